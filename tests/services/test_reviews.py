"""Inspection: what waits, who may judge it, and what a verdict must say."""

import dataclasses

import pytest
from sqlalchemy import func, select

from labelkit.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback, Reason
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import State, Verdict
from labelkit.services import practice, queue, reviews, submissions, tallies
from labelkit.services.reviews import Decision
from labelkit.services.submissions import Sent
from labelkit.store.models import Review
from tests.make import RIGHT, WRONG, make_project, make_submission, make_user

ACCEPT = Decision(Verdict.ACCEPTED)


def reject(*reasons, comment=""):
    return Decision(Verdict.REJECTED, reasons, comment)


@pytest.fixture
def project(session):
    return make_project(session, task_type="text_class", feedback=Feedback.AFTER_REVIEW)


@pytest.fixture
def worker(session):
    return make_user(session, "worker")


@pytest.fixture
def inspector(session):
    return make_user(session, "inspector", Role.INSPECTOR)


@pytest.fixture
def waiting(session, worker, project):
    return make_submission(session, worker, project)


def review_of(session, submission):
    return session.scalar(select(Review).where(Review.submission_id == submission.id))


def test_an_inspector_accepts(session, inspector, waiting):
    assert reviews.decide(session, inspector, waiting.id, ACCEPT).state is State.ACCEPTED

    review = review_of(session, waiting)
    assert (review.inspector_id, review.verdict, review.reasons) == (inspector.id, Verdict.ACCEPTED, [])


def test_a_rejection_keeps_its_reason_clause_and_words(session, inspector, waiting):
    decision = reject("loose", comment="  왼쪽을 보세요.\n ")

    assert reviews.decide(session, inspector, waiting.id, decision).state is State.REJECTED

    review = review_of(session, waiting)
    assert review.comment == "왼쪽을 보세요."
    assert review.reasons == [
        {"key": "loose", "clause": "G-02", "text": {"ko": "박스가 느슨합니다.", "en": "A box is loose."}}
    ]


def test_the_reason_stays_as_the_guide_put_it_that_day(session, inspector, waiting, project):
    reviews.decide(session, inspector, waiting.id, reject("loose"))

    project.guide = dataclasses.replace(project.guide, reasons=(Reason("loose", "G-09", Texts(en="New.")),))
    session.flush()

    assert review_of(session, waiting).reasons[0]["clause"] == "G-02"


def test_a_rejection_may_have_several_reasons(session, inspector, waiting):
    reviews.decide(session, inspector, waiting.id, reject("missing", "loose"))

    assert [reason["key"] for reason in review_of(session, waiting).reasons] == ["missing", "loose"]


def test_a_reason_said_twice_is_one_reason(session, inspector, waiting):
    reviews.decide(session, inspector, waiting.id, reject("loose", "loose"))

    assert [reason["key"] for reason in review_of(session, waiting).reasons] == ["loose"]


def test_a_rejection_without_a_reason_is_refused(session, inspector, waiting):
    with pytest.raises(Invalid, match=r"^Choose at least one reason out of the guide\.$"):
        reviews.decide(session, inspector, waiting.id, reject(comment="because"))

    assert waiting.state is State.WAITING


@pytest.mark.parametrize("reasons", [("ugly",), ("loose", "ugly"), ("",), ("G-02",)])
def test_a_reason_that_the_guide_does_not_know_is_refused(session, inspector, waiting, reasons):
    with pytest.raises(Invalid, match=r"^That reason is not in this project's guide\.$"):
        reviews.decide(session, inspector, waiting.id, reject(*reasons))

    assert waiting.state is State.WAITING
    assert review_of(session, waiting) is None


def test_reasons_of_an_acceptance_are_not_kept(session, inspector, waiting):
    reviews.decide(session, inspector, waiting.id, Decision(Verdict.ACCEPTED, ("loose",), "good"))

    assert review_of(session, waiting).reasons == []


def test_a_comment_is_cut_to_its_greatest_length(session, inspector, waiting):
    reviews.decide(session, inspector, waiting.id, Decision(Verdict.ACCEPTED, comment="x" * 5000))

    assert len(review_of(session, waiting).comment) == 1000


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.ADMIN])
def test_nobody_judges_their_own_work(session, project, role):
    me = make_user(session, role=role)
    mine = make_submission(session, me, project)

    with pytest.raises(NotAllowed, match=r"^Nobody inspects their own work\.$"):
        reviews.decide(session, me, mine.id, ACCEPT)

    assert mine.state is State.WAITING


def test_a_worker_judges_nothing(session, waiting):
    with pytest.raises(NotAllowed):
        reviews.decide(session, make_user(session), waiting.id, ACCEPT)

    assert waiting.state is State.WAITING


@pytest.mark.parametrize("second", [ACCEPT, reject("loose")])
def test_a_verdict_is_final(session, inspector, waiting, second):
    reviews.decide(session, inspector, waiting.id, ACCEPT)

    with pytest.raises(Conflict, match=r"^This submission has already been judged\.$"):
        reviews.decide(session, make_user(session, role=Role.ADMIN), waiting.id, second)

    assert waiting.state is State.ACCEPTED
    assert session.scalar(select(func.count()).select_from(Review)) == 1


def test_what_was_scored_at_once_is_not_judged(session, inspector, worker):
    scored = make_submission(session, worker, make_project(session, task_type="text_class"))

    with pytest.raises(Conflict):
        reviews.decide(session, inspector, scored.id, ACCEPT)

    assert queue.waiting(session, inspector) == []


def test_a_submission_that_is_not_there_is_not_found(session, inspector):
    with pytest.raises(NotFound, match=r"^There is no such submission\.$"):
        reviews.decide(session, inspector, 12345, ACCEPT)


def test_the_queue_holds_what_waits_the_oldest_first(session, inspector, worker, project):
    first, second, third = [make_submission(session, worker, project) for _ in range(3)]
    reviews.decide(session, inspector, second.id, ACCEPT)

    assert queue.waiting(session, inspector) == [first, third]
    assert queue.count_waiting(session, inspector) == 2
    assert queue.next_waiting(session, inspector, second) is first
    assert queue.next_waiting(session, inspector, first) is third


def test_the_queue_never_holds_my_own_work(session, inspector, project):
    mine = make_submission(session, inspector, project)

    assert queue.waiting(session, inspector) == []
    assert queue.count_waiting(session, inspector) == 0
    assert queue.next_waiting(session, inspector, mine) is None
    assert queue.waiting(session, make_user(session, role=Role.INSPECTOR)) == [mine]


def test_what_waits_may_be_opened_and_so_may_what_was_judged(session, inspector, waiting):
    reviews.check_waiting(reviews_of(session, waiting), inspector)
    reviews.decide(session, inspector, waiting.id, ACCEPT)

    reviews.check_waiting(reviews_of(session, waiting), inspector)


def test_my_own_work_may_not_be_opened_for_inspection(session, worker, waiting):
    with pytest.raises(NotAllowed):
        reviews.check_waiting(reviews_of(session, waiting), worker)


def test_what_never_waited_may_not_be_opened_for_inspection(session, inspector, worker):
    scored = make_submission(session, worker, make_project(session, task_type="text_class"))

    with pytest.raises(Conflict, match=r"^This submission does not wait for an inspector\.$"):
        reviews.check_waiting(reviews_of(session, scored), inspector)


def reviews_of(session, submission):
    """The submission with its review loaded, as pages have it."""
    session.refresh(submission, ["review"])
    return submission


def test_an_accepted_rework_opens_the_attempt_that_was_sent_back(session, inspector, worker, project):
    first = make_submission(session, worker, project, WRONG[project.task_type])
    reviews.decide(session, inspector, first.id, reject("loose"))
    assert not first.opened

    again = practice.issue_again(session, worker, first, from_mine=True)
    sent = Sent(RIGHT[project.task_type], again.revision, submit_key="rework")
    second = submissions.submit(session, worker, again.id, sent)
    assert not second.opened
    reviews.decide(session, inspector, second.id, ACCEPT)
    session.refresh(first)

    assert (first.state, first.opened, second.opened) == (State.REJECTED, True, True)
    assert submissions.result(session, worker, first.id).score.value == 0
    counts = tallies.of_person(session, worker.id)[project.id]
    assert (counts["n"], counts["passed"], counts["first/n"], counts.get("first/value")) == (2, 1, 1, None)
