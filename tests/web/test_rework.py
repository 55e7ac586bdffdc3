"""Rework: the attempt that answers a rejection."""

import pytest
from sqlalchemy import select

from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State, Verdict
from labelkit.services import reviews
from labelkit.services.reviews import Decision
from labelkit.store.models import Assignment, Submission
from tests.make import RIGHT, WRONG, make_project, make_submission
from tests.web.visits import drafted, follow, nothing_changes, send, sentence, words

UNCHANGED = "This is the answer that was sent back. Change what the inspector marked."
TASK_TYPES = ["bbox", "image_class", "text_class", "choice"]


@pytest.fixture
def task_type():
    return "bbox"


@pytest.fixture
def result(as_worker, as_inspector, session, task_type):
    """The result page of a wrong answer that was sent back."""
    project = make_project(session, task_type=task_type, feedback=Feedback.AFTER_REVIEW)
    submission = make_submission(session, as_worker.person, project, WRONG[task_type])
    decision = Decision(Verdict.REJECTED, ("missing", "loose"), "Look at the left.")
    reviews.decide(session, as_inspector.person, submission.id, decision)
    return f"/results/{submission.id}"


def rework(client, result):
    return follow(client.post(f"{result}/again", data={"from": "mine"}))


def test_the_worker_reads_reasons_with_their_clauses_and_the_comment(as_worker, result):
    page = words(as_worker.get(result))

    assert "Rejected" in page
    assert "An object is missing. G-01 Mark every car." in page
    assert "A box is loose. G-02 Fit to what is visible." in page
    assert "Look at the left." in page


def test_score_and_gold_stay_closed(as_worker, result):
    page = as_worker.get(result)

    assert "Score and gold stay closed until the rework is judged." in words(page)
    assert "See the guide." not in page.text
    assert "Accepted" not in words(page)


def test_home_names_what_came_back_first(as_worker, result):
    page = as_worker.get("/")

    assert "An inspector sent 1 answer back" in words(page)
    assert f'href="{result}"' in page.text


def test_it_starts_from_the_answer_that_was_sent_back(as_worker, session, result):
    address = rework(as_worker, result)

    assert drafted(as_worker.get(address)) == WRONG["bbox"]
    assert session.get_one(Assignment, int(address.rpartition("/")[2])).purpose == "rework"


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_the_same_answer_again_is_refused_with_a_message(as_worker, session, result, task_type):
    address = rework(as_worker, result)
    as_worker.get(address)

    with nothing_changes(session):
        answer = send(as_worker, address, WRONG[task_type])

    assert (answer.status_code, sentence(answer)) == (422, UNCHANGED)


def test_it_is_not_refused_for_good(as_worker, result):
    address = rework(as_worker, result)
    send(as_worker, address, WRONG["bbox"])

    assert follow(send(as_worker, address, RIGHT["bbox"]))


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_a_changed_answer_waits_and_is_shown_when_accepted(
    as_worker, as_inspector, session, result, task_type
):
    second = follow(send(as_worker, rework(as_worker, result), RIGHT[task_type]))
    assert "Waiting" in words(as_worker.get(second))
    number = second.rpartition("/")[2]

    follow(as_inspector.post(f"/inspect/{number}", data={"verdict": "accepted"}))

    assert "Score 100 %" in words(as_worker.get(second))
    submission = session.get_one(Submission, int(number))
    assert (submission.attempt, submission.first_try, submission.state) == (2, False, State.ACCEPTED)


def test_the_rejected_submission_itself_is_never_edited(as_worker, session, result):
    follow(send(as_worker, rework(as_worker, result), RIGHT["bbox"]))

    first = session.scalars(select(Submission).order_by(Submission.id)).first()
    assert (first.annotation, first.state) == (WRONG["bbox"], State.REJECTED)


def test_once_the_rework_is_sent_home_names_it_no_more(as_worker, result):
    follow(send(as_worker, rework(as_worker, result), RIGHT["bbox"]))

    assert "sent 1 answer back" not in words(as_worker.get("/"))


def test_a_rejection_that_was_answered_is_not_answered_again_while_that_waits(as_worker, session, result):
    follow(send(as_worker, rework(as_worker, result), RIGHT["bbox"]))

    with nothing_changes(session):
        answer = as_worker.post(f"{result}/again", data={"from": "mine"})

    assert (answer.status_code, sentence(answer)) == (409, "Your answer is still with the inspector.")
