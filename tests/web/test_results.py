"""The result of a submission: all of it at once, or nothing of it before an inspector accepted."""

import re

import pytest
from sqlalchemy import select

from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import Verdict
from labelkit.services import reviews
from labelkit.services.reviews import Decision
from labelkit.store.models import GoldView, Submission
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission
from tests.web.visits import begin, follow, send, sentence, words

TASK_TYPES = ["bbox", "image_class", "text_class", "choice"]
GOLD_LAYER = 'class="layer-gold"'
EXPLANATION = "See the guide."


def address_of(submission):
    return f"/results/{submission.id}"


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_at_once_shows_score_gold_and_explanation(as_worker, session, task_type):
    submission = make_submission(
        session, as_worker.person, make_project(session, task_type=task_type), WRONG[task_type]
    )

    page = as_worker.get(address_of(submission))

    assert "Score 0 %" in words(page)
    assert EXPLANATION in words(page)
    assert GOLD_LAYER in page.text
    assert "G-01 Mark every car." in words(page)  # the clause that the finding breaks


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_after_review_shows_only_my_answer_while_it_waits(as_worker, session, task_type):
    project = make_project(session, task_type=task_type, feedback=Feedback.AFTER_REVIEW)
    submission = make_submission(session, as_worker.person, project, WRONG[task_type])

    page = as_worker.get(address_of(submission))

    assert "Waiting Your answer is with the inspector." in words(page)
    assert not re.search(r"Score \d", words(page))
    assert EXPLANATION not in page.text
    assert (
        GOLD_LAYER not in page.text or "<rect" not in page.text.partition(GOLD_LAYER)[2].partition("</g>")[0]
    )


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_after_review_shows_everything_once_it_is_accepted(as_worker, as_inspector, session, task_type):
    project = make_project(session, task_type=task_type, feedback=Feedback.AFTER_REVIEW)
    submission = make_submission(session, as_worker.person, project, RIGHT[task_type])
    reviews.decide(
        session, as_inspector.person, submission.id, Decision(Verdict.ACCEPTED, comment="Well done.")
    )

    page = as_worker.get(address_of(submission))

    assert "Score 100 % Passed" in words(page)
    assert "Inspected by Inspector" in words(page)
    assert "Well done." in words(page)
    assert EXPLANATION in words(page)


def test_both_answers_lie_on_the_picture_in_pixels(as_worker, session):
    project = make_project(session, items=0)
    make_item(session, project, gold=[boxes(box(x=61, y=62, w=63, h=64))])
    submission = make_submission(session, as_worker.person, project, boxes(box(x=71, y=72, w=73, h=74)))

    page = as_worker.get(address_of(submission)).text

    assert 'viewBox="0 0 320 240"' in page
    assert 'x="61.0" y="62.0" width="63.0" height="64.0"' in page
    assert 'x="71.0" y="72.0" width="73.0" height="74.0"' in page


def test_several_accepted_answers_are_all_told(as_worker, session):
    project = make_project(session, task_type="text_class", items=0)
    make_item(session, project, gold=[{"labels": ["refund"]}, {"labels": ["delivery"]}])
    submission = make_submission(session, as_worker.person, project, {"unusable": True})

    assert "Refund or Delivery" in words(as_worker.get(address_of(submission)))


def test_an_item_without_gold_shows_no_score(as_worker, as_inspector, session):
    project = make_project(session, items=0, feedback=Feedback.AFTER_REVIEW)
    make_item(session, project, gold=[])
    submission = make_submission(session, as_worker.person, project)
    reviews.decide(session, as_inspector.person, submission.id, Decision(Verdict.ACCEPTED))

    page = as_worker.get(address_of(submission))

    assert page.status_code == 200
    assert not re.search(r"Score \d", words(page))


def test_gold_that_was_shown_is_in_the_ledger_and_gold_that_was_not_is_not(as_worker, session):
    at_once = make_submission(session, as_worker.person, make_project(session))
    waiting = make_submission(
        session, as_worker.person, make_project(session, feedback=Feedback.AFTER_REVIEW)
    )

    for submission in (at_once, waiting, at_once):
        as_worker.get(address_of(submission))

    seen = session.scalars(select(GoldView)).all()
    assert [(view.user_id, view.item_id, view.how) for view in seen] == [
        (as_worker.person.id, at_once.item_id, "feedback")
    ]


def test_whoever_saw_the_gold_elsewhere_makes_no_first_attempt_with_it(as_worker, as_inspector, session):
    project = make_project(session, items=1)
    as_inspector.get(address_of(make_submission(session, as_worker.person, project)))

    follow(send(as_inspector, begin(as_inspector, project), RIGHT["bbox"]))

    mine = session.scalars(select(Submission).where(Submission.user_id == as_inspector.person.id)).one()
    assert mine.first_try is False


def test_another_worker_learns_nothing_not_even_that_it_exists(as_worker, as_other_worker, session):
    submission = make_submission(session, as_worker.person, make_project(session))

    foreign, none = as_other_worker.get(address_of(submission)), as_other_worker.get("/results/999")

    assert foreign.status_code == none.status_code == 404
    assert sentence(foreign) == sentence(none) == "There is no such submission among yours."


def test_an_inspector_sees_anybodys(as_worker, as_inspector, session):
    submission = make_submission(session, as_worker.person, make_project(session))

    page = as_inspector.get(address_of(submission))

    assert "Score 100 %" in words(page)
    assert f'action="{address_of(submission)}/again"' not in page.text


def test_an_inspector_does_not_see_the_gold_of_the_own_answer_that_waits(as_inspector, session):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW)
    submission = make_submission(session, as_inspector.person, project)

    assert "Waiting" in words(as_inspector.get(address_of(submission)))
    assert session.scalars(select(GoldView)).all() == []


def test_there_is_no_result_of_another_number(as_worker):
    for number in ("0", "99999999999999999999", "-1", "x"):
        assert as_worker.get(f"/results/{number}").status_code == 404
