"""A question with choices of its own: asked, answered and listed in the language of its reader."""

import re

import pytest

from labelkit.domain.projects import Feedback
from labelkit.services import queue, simulation
from tests.make import QUESTION, make_item, make_project, make_submission
from tests.web.visits import begin, follow, send, sentence, words

ENGLISH, KOREAN = {"lang": "en"}, {"lang": "ko"}


@pytest.fixture
def project(session):
    return make_project(session, task_type="choice", unusable=False)


def test_it_is_asked_in_the_language_of_the_reader(as_worker, project):
    address = begin(as_worker, project)

    english = words(as_worker.get(address, query_string=ENGLISH))
    korean = words(as_worker.get(address, query_string=KOREAN))

    assert "How far does a box reach? A What is visible 1 B The whole picture 2" in english
    assert "박스는 어디까지 그리나요? A 보이는 데까지 1 B 그림 끝까지 2" in korean


def test_an_answer_holds_the_letter_and_the_result_tells_mine_and_the_right_one(as_worker, project):
    result = follow(send(as_worker, begin(as_worker, project), {"labels": ["b"]}))

    told = words(as_worker.get(result, query_string=ENGLISH))

    assert "A What is visible Gold B The whole picture Mine" in told
    assert "You chose B. The answer is A." in told
    assert "Why See the guide." in told


def test_a_choice_that_this_question_does_not_have_is_refused(as_worker, project):
    answer = send(as_worker, begin(as_worker, project), {"labels": ["d"]})

    assert answer.status_code == 422
    assert "This project does not know that label." in sentence(answer)


def test_cannot_be_labelled_is_not_offered_where_every_question_has_an_answer(as_worker, project):
    address = begin(as_worker, project)

    assert 'data-command="unusable"' not in as_worker.get(address).text
    assert send(as_worker, address, {"unusable": True}).status_code == 422


def test_a_card_without_pictures_shows_the_question_of_its_cover(as_worker, session):
    project = make_project(session, task_type="choice", items=0)
    make_item(session, project, cover=True)

    assert QUESTION.text.ko in words(as_worker.get("/", query_string=KOREAN))
    assert QUESTION.text.en in words(as_worker.get("/", query_string=ENGLISH))


def test_an_answer_to_be_inspected_shows_question_and_choices(as_worker, as_inspector, session):
    project = make_project(session, task_type="choice", feedback=Feedback.AFTER_REVIEW)
    waiting = make_submission(session, as_worker.person, project, {"labels": ["b"]})

    page = as_inspector.get(f"/inspect/{waiting.id}", query_string=ENGLISH | {"gold": "1"})

    assert "A What is visible Gold B The whole picture Answer" in words(page)


def test_simulated_people_choose_among_the_choices_of_the_question(session, as_inspector):
    make_project(session, task_type="choice", feedback=Feedback.AFTER_REVIEW, items=12)

    simulation.go_on(session)

    sent = {str(one.annotation) for one in queue.waiting(session, as_inspector.person)}
    assert sent
    assert not re.search("'[cd]'", " ".join(sent))
