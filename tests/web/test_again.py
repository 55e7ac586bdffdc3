"""The same item once more: practice, and no first attempt."""

import pytest
from sqlalchemy import func, select

from labelkit.domain.projects import Feedback
from labelkit.store.models import Assignment, Submission
from tests.make import RIGHT, WRONG, make_project
from tests.web.visits import begin, drafted, follow, nothing_changes, save, send, sentence, words


@pytest.fixture
def result(as_worker, session):
    """The result page of a wrong answer."""
    return follow(send(as_worker, begin(as_worker, make_project(session)), WRONG["bbox"]))


def again(client, result, **form):
    return client.post(f"{result}/again", data=form)


@pytest.mark.parametrize(
    ("form", "start"),
    [({}, {"regions": []}), ({"from": "empty"}, {"regions": []}), ({"from": "mine"}, WRONG["bbox"])],
)
def test_it_starts_empty_or_from_mine(as_worker, result, form, start):
    address = follow(again(as_worker, result, **form))

    assert drafted(as_worker.get(address)) == start


def test_it_is_the_next_attempt_and_no_first_try(as_worker, session, result):
    page = as_worker.get(follow(send(as_worker, follow(again(as_worker, result)), RIGHT["bbox"])))

    newest = session.scalars(select(Submission).order_by(Submission.id.desc())).first()
    assert (newest.attempt, newest.first_try) == (2, False)
    assert "Attempt 2" in words(page)
    assert "Score 100 %" in words(page)


def test_the_first_submission_stays_as_it_was(as_worker, session, result):
    first = words(as_worker.get(result))
    follow(send(as_worker, follow(again(as_worker, result)), RIGHT["bbox"]))

    now = words(as_worker.get(result))
    assert "All attempts Attempt 1 " in now
    assert now.replace("All attempts Attempt 1 ", "") == first


def test_asking_twice_opens_one(as_worker, session, result):
    address = follow(again(as_worker, result))
    save(as_worker, address, 0, RIGHT["bbox"])

    assert follow(again(as_worker, result, **{"from": "mine"})) == address
    assert drafted(as_worker.get(address)) == RIGHT["bbox"]
    assert session.scalar(select(func.count()).where(Assignment.open)) == 1


def test_it_does_not_count_in_the_progress(as_worker, session):
    project = make_project(session)
    result = follow(send(as_worker, begin(as_worker, project), WRONG["bbox"]))
    follow(send(as_worker, follow(again(as_worker, result)), RIGHT["bbox"]))

    assert 'max="3" value="1"' in as_worker.get(f"/projects/{project.slug}").text
    assert "2 / 3" in words(as_worker.get(begin(as_worker, project)))


def test_nobody_tries_anothers_submission_again(as_other_worker, as_inspector, session, result):
    with nothing_changes(session):
        answers = [again(person, result) for person in (as_other_worker, as_inspector)]

    assert {(answer.status_code, sentence(answer)) for answer in answers} == {
        (404, "There is no such submission among yours.")
    }


def test_what_waits_for_an_inspector_is_not_tried_again_meanwhile(as_worker, session):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW)
    result = follow(send(as_worker, begin(as_worker, project), WRONG["bbox"]))
    assert f'action="{result}/again"' not in as_worker.get(result).text

    with nothing_changes(session):
        answer = again(as_worker, result)

    assert (answer.status_code, sentence(answer)) == (409, "Your answer is still with the inspector.")
