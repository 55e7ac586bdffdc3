"""How often and until when an answer may be sent again, and what becomes of one that was not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.errors import Conflict
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.workflow import State, Verdict
from labelkit.services import lapses, practice, reviews, rework, tallies
from labelkit.services.reviews import Decision
from labelkit.services.rework import TooLate
from labelkit.store.models import Assignment, Dispute, Submission
from labelkit.store.types import utc_now
from tests.make import make_project, make_submission, make_user
from tests.services.rejecting import DELIVERY, REFUND, TEXT, make_overdue, reject, review_of, send, states


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def inspector(session):
    return make_user(session, "inspector", Role.INSPECTOR)


@pytest.fixture
def project(session):
    found = make_project(session, task_type=TEXT, items=2, feedback=Feedback.AFTER_REVIEW)
    found.review_rules = ReviewRules(rework_hours=26, rework_limit=3)
    return found


@pytest.fixture
def rejected(session, me, inspector, project):
    return reject(session, inspector, make_submission(session, me, project, DELIVERY))


def answers():
    while True:
        yield REFUND
        yield DELIVERY


def send_again(session, me, submission, answer):
    again = practice.issue_again(session, me, submission, from_mine=True)
    return send(session, me, again.id, answer)


def lapse(session, submission):
    return lapses.lapse(session, submission.id, utc_now())


def test_a_rejection_says_until_when_it_may_be_sent_again(session, rejected):
    review = review_of(session, rejected)

    assert review.due_at - review.decided_at == timedelta(hours=26)


def test_an_acceptance_has_no_deadline_and_neither_has_a_project_without(session, me, inspector, project):
    accepted = make_submission(session, me, project)
    reviews.decide(session, inspector, accepted.id, Decision(Verdict.ACCEPTED))
    project.review_rules = ReviewRules()
    endless = reject(session, inspector, make_submission(session, me, project))

    assert [review_of(session, one).due_at for one in (accepted, endless)] == [None, None]


def test_the_last_rejection_ends_it_and_opens_score_and_gold_of_all_attempts(session, me, inspector, project):
    answer = answers()
    sent = make_submission(session, me, project, next(answer))
    for _ in range(2):
        sent = send_again(session, me, reject(session, inspector, sent), next(answer))
        assert not sent.opened
    assert rework.rejections(session, sent).is_last

    reject(session, inspector, sent)

    assert states(session, me) == [State.REJECTED, State.REJECTED, State.FAILED]
    assert all(session.scalars(select(Submission.opened)))
    assert review_of(session, sent).due_at is None
    assert tallies.recount(session) == []


def test_after_the_last_rejection_another_try_is_only_practice_and_counts_anew(
    session, me, inspector, project
):
    project.review_rules = ReviewRules(rework_limit=1)
    failed = reject(session, inspector, make_submission(session, me, project, DELIVERY))
    assert failed.state is State.FAILED

    again = practice.issue_again(session, me, failed, from_mine=True)
    project.review_rules = ReviewRules(rework_limit=2)
    sent = send(session, me, again.id, DELIVERY)

    assert again.purpose == "again"
    assert rework.rejections(session, sent).used == 1
    assert reject(session, inspector, sent).state is State.REJECTED


def test_what_was_not_sent_again_in_time_lapses_and_is_opened(session, engine, me, rejected):
    make_overdue(session, rejected)
    session.commit()

    assert lapses.lapse_due(engine) == 1
    assert lapses.lapse_due(engine) == 0

    session.expire_all()
    assert (rejected.state, rejected.opened) == (State.LAPSED, True)
    assert tallies.recount(session) == []


def test_before_its_time_is_over_nothing_lapses(session, engine, rejected):
    session.commit()

    assert lapses.lapse_due(engine, utc_now() + timedelta(hours=25)) == 0
    assert lapses.lapse_due(engine, utc_now() + timedelta(hours=27)) == 1


def test_an_open_rework_is_closed_with_its_draft_kept(session, me, rejected):
    again = practice.issue_again(session, me, rejected, from_mine=True)
    practice.save_draft(session, me, again.id, 0, REFUND)
    make_overdue(session, rejected)

    assert lapse(session, rejected)

    assert (again.open, again.skipped, again.draft) == (False, False, REFUND)
    for act in (
        lambda: send(session, me, again.id, REFUND),
        lambda: practice.save_draft(session, me, again.id, 1, DELIVERY),
    ):
        with pytest.raises(TooLate):
            act()
    assert states(session, me) == [State.LAPSED]


def test_a_rework_after_the_deadline_is_refused_before_anything_lapsed_it(session, me, rejected):
    again = practice.issue_again(session, me, rejected, from_mine=True)
    make_overdue(session, rejected)

    with pytest.raises(TooLate):
        send(session, me, again.id, REFUND)
    again.open = False
    with pytest.raises(TooLate):
        practice.issue_again(session, me, rejected, from_mine=True)


def test_afterwards_the_item_may_come_as_any_other(session, me, rejected):
    make_overdue(session, rejected)
    lapse(session, rejected)

    again = practice.issue_again(session, me, rejected, from_mine=False)
    assert again.purpose == "again"
    assert send(session, me, again.id, DELIVERY).state is State.WAITING  # unchanged: it answers nothing


def test_what_was_sent_in_time_never_lapses(session, engine, me, rejected):
    send_again(session, me, rejected, REFUND)
    make_overdue(session, rejected)
    session.commit()

    assert lapses.lapse_due(engine) == 0


def test_while_its_verdict_is_disputed_the_time_stands_still(session, engine, me, inspector, rejected):
    make_overdue(session, rejected)
    dispute = disputed(session, rejected, inspector)
    session.commit()

    assert lapses.lapse_due(engine) == 0
    practice.issue_again(session, me, rejected, from_mine=True)
    dispute.state = DisputeState.DISMISSED
    session.commit()
    assert lapses.lapse_due(engine) == 1


def disputed(session, submission, against):
    dispute = Dispute(
        submission_id=submission.id,
        project_id=submission.project_id,
        item_id=submission.item_id,
        user_id=submission.user_id,
        subject="verdict",
        guide_version=1,
        clause="G-01",
        sentence="Nothing is missing.",
        against_id=against.id,
        raised_at=utc_now(),
    )
    session.add(dispute)
    return dispute


def test_a_rework_that_was_begun_as_the_rest_lapsed_is_closed_when_it_is_opened(session, me, rejected):
    make_overdue(session, rejected)
    lapse(session, rejected)
    late = Assignment(
        user_id=me.id, project_id=rejected.project_id, item_id=rejected.item_id, round=1, purpose="rework"
    )
    session.add(late)
    session.flush()

    assert lapses.settle(session, late)
    assert not late.open


def test_what_is_no_rework_or_was_sent_is_left_alone(session, me, rejected, project):
    first = practice.issue_next(session, me, project)
    answered = send_again(session, me, rejected, REFUND)
    make_overdue(session, rejected)

    assert not lapses.settle(session, first)
    assert not lapses.settle(session, session.get_one(Assignment, answered.assignment_id))


def test_a_late_answer_is_kept_as_the_draft_unless_it_is_none_or_too_large(session, me, rejected):
    again = practice.issue_again(session, me, rejected, from_mine=True)
    for odd in (None, [], {"text": "x" * (practice.MOST_DRAFT_CHARACTERS + 1)}):
        lapses.keep_late(again, odd)
    assert again.draft == DELIVERY

    lapses.keep_late(again, REFUND)
    assert again.draft == REFUND


def test_rules_that_come_later_change_nothing_that_was_judged(session, inspector, project, me, rejected):
    due = review_of(session, rejected).due_at
    project.review_rules = ReviewRules(rework_hours=1, rework_limit=1)

    assert review_of(session, rejected).due_at == due
    assert rejected.state is State.REJECTED
    with pytest.raises(Conflict):
        reject(session, inspector, rejected)
