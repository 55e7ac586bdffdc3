"""Simulated people keep somebody who is alone company: they fill the queue, answer and judge."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.workflow import State, Verdict
from labelkit.services import golds, queue, reports, reviews, simulation
from labelkit.services.reviews import Decision
from labelkit.services.simulation import INSPECTOR, QUEUE, THINKING, WORKERS
from labelkit.store.models import Assignment, Review, Submission, User
from labelkit.store.types import utc_now
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission, make_user

TEXT = "text_class"


@pytest.fixture
def me(session):
    return make_user(session, "me", Role.INSPECTOR)


@pytest.fixture
def project(session):
    return make_project(session, task_type=TEXT, items=6, feedback=Feedback.AFTER_REVIEW)


def go_on(session, *, later=timedelta(minutes=1)):
    """What they do a while from now."""
    simulation.go_on(session, utc_now() + later)
    session.flush()
    session.expire_all()


def simulated(session):
    return session.scalars(select(User).where(User.simulated).order_by(User.username)).all()


def sent_by_simulated(session, project, *states):
    found = select(Submission).join(User, User.id == Submission.user_id)
    return session.scalars(
        found.where(
            User.simulated, Submission.project_id == project.id, Submission.state.in_(states or State)
        )
    ).all()


def review_of(session, submission):
    return session.scalar(select(Review).where(Review.submission_id == submission.id))


def count(session, kind):
    return session.scalar(select(func.count()).select_from(kind))


def test_the_crew_is_made_once_and_marked_as_simulated(session):
    go_on(session)
    go_on(session)

    crew = simulated(session)
    assert {person.username for person in crew} == {INSPECTOR[0], *(name for name, _, _ in WORKERS)}
    assert {person.role for person in crew} == {Role.WORKER, Role.INSPECTOR}


def test_nobody_can_sign_in_as_one_of_the_crew(session):
    go_on(session)

    assert {person.password_hash for person in simulated(session)} == {None}


def test_they_fill_the_queue_of_each_project_that_is_reviewed(session, me, project):
    other = make_project(session, task_type="image_class", items=2, feedback=Feedback.AFTER_REVIEW)

    go_on(session)

    for its in (project, other):
        assert len(sent_by_simulated(session, its, State.WAITING)) == QUEUE
    assert len(queue.waiting(session, me)) == 2 * QUEUE


def test_a_full_queue_stays_as_it_is(session, project):
    go_on(session)
    go_on(session)

    assert len(sent_by_simulated(session, project)) == QUEUE


def test_what_is_taken_from_the_queue_is_filled_up(session, me, project):
    go_on(session)
    reviews.decide(session, me, queue.waiting(session, me)[0].id, Decision(Verdict.ACCEPTED))

    go_on(session)

    assert len(sent_by_simulated(session, project, State.WAITING)) == QUEUE
    assert len(sent_by_simulated(session, project)) == QUEUE + 1


def test_a_project_that_answers_at_once_needs_nobody(session):
    project = make_project(session, task_type=TEXT)

    go_on(session)

    assert sent_by_simulated(session, project) == []


def test_they_leave_alone_what_may_no_longer_be_sent_again(session, me, project):
    project.review_rules = ReviewRules(rework_hours=1)
    go_on(session)
    sent = queue.waiting(session, me)[0]
    reviews.decide(session, me, sent.id, Decision(Verdict.REJECTED, ("missing",)))
    review_of(session, sent).due_at = utc_now()

    go_on(session)

    assert sent.state is State.REJECTED
    assert session.scalar(select(Assignment).where(Assignment.purpose == "rework")) is None


def test_boxes_are_drawn_too(session):
    project = make_project(session, items=2, feedback=Feedback.AFTER_REVIEW)

    go_on(session)

    assert len(sent_by_simulated(session, project, State.WAITING)) == QUEUE


def test_items_without_gold_are_left_to_people(session):
    project = make_project(session, task_type=TEXT, items=0, feedback=Feedback.AFTER_REVIEW)
    make_item(session, project, gold=[])

    go_on(session)
    go_on(session)

    assert sent_by_simulated(session, project) == []
    assert count(session, Assignment) == 0


def test_my_work_is_judged_after_a_time_of_thinking(session, me, project):
    sent = make_submission(session, me, project)

    go_on(session, later=THINKING - timedelta(seconds=5))
    assert sent.state is State.WAITING

    go_on(session, later=THINKING + timedelta(seconds=5))
    assert sent.state is State.ACCEPTED


def test_right_work_is_accepted_by_the_simulated_inspector(session, me, project):
    sent = make_submission(session, me, project, RIGHT[TEXT])

    go_on(session)

    review = review_of(session, sent)
    assert (sent.state, review.verdict, review.reasons) == (State.ACCEPTED, Verdict.ACCEPTED, [])
    inspector = session.get(User, review.inspector_id)
    assert (inspector.username, inspector.simulated) == (INSPECTOR[0], True)


def test_wrong_work_is_rejected_with_the_reason_and_clause_of_the_guide(session, me, project):
    sent = make_submission(session, me, project, WRONG[TEXT])

    go_on(session)

    (reason,) = review_of(session, sent).reasons
    assert sent.state is State.REJECTED
    assert (reason["key"], reason["clause"]) == ("missing", "G-01")


def test_each_mistake_is_pointed_at_where_it_is(session, me):
    project = make_project(session, items=1, feedback=Feedback.AFTER_REVIEW)
    gold = [boxes(box(), box(x=200, y=100, w=40, h=40))]
    make_item(session, project, gold=gold)
    make_submission(session, me, project)
    sent = make_submission(session, me, project, boxes(box(x=30, y=30, w=120, h=100)))

    go_on(session, later=2 * THINKING)

    assert sorted(review_of(session, sent).marks, key=str, reverse=True) == [
        {"region": 0, "reason": "loose"},
        {"at": [220.0, 120.0], "reason": "missing"},
    ]


def test_what_the_guide_does_not_forbid_is_accepted(session, me, project):
    project.guide.errors.clear()
    project.guide = type(project.guide).from_json(project.guide.to_json())
    sent = make_submission(session, me, project, WRONG[TEXT])

    go_on(session)

    assert sent.state is State.ACCEPTED


def test_work_without_gold_is_accepted(session, me):
    project = make_project(session, task_type=TEXT, items=0, feedback=Feedback.AFTER_REVIEW)
    make_item(session, project, gold=[])
    sent = make_submission(session, me, project)

    go_on(session)

    assert sent.state is State.ACCEPTED


def test_judging_shows_me_nothing(session, me, project):
    sent = make_submission(session, me, project)

    go_on(session)

    assert not golds.has_seen(session, me.id, sent.item_id)


def test_their_own_work_is_left_for_me_to_judge(session, me, project):
    go_on(session)
    go_on(session, later=timedelta(days=1))

    assert len(sent_by_simulated(session, project, State.WAITING)) == QUEUE
    assert count(session, Review) == 0


def reject_one(session, me, wanted=None):
    sent = next(one for one in queue.waiting(session, me) if wanted is None or one.annotation == wanted)
    return reviews.decide(session, me, sent.id, Decision(Verdict.REJECTED, ("missing",)))


def attempts(session, submission):
    mine = select(Submission).where(
        Submission.user_id == submission.user_id, Submission.item_id == submission.item_id
    )
    return session.scalars(mine.order_by(Submission.attempt)).all()


def test_a_rejection_is_answered_with_other_work_after_a_time_of_thinking(session, me):
    project = make_project(session, items=4, feedback=Feedback.AFTER_REVIEW)
    go_on(session)
    rejected = reject_one(session, me)

    go_on(session, later=timedelta())
    assert len(attempts(session, rejected)) == 1

    go_on(session)
    first, second = attempts(session, rejected)
    assert (second.state, second.project_id) == (State.WAITING, project.id)
    assert first.annotation != second.annotation


def test_right_work_that_is_rejected_again_and_again_piles_up_nothing(session, me, project):
    go_on(session)
    rejected = reject_one(session, me, wanted=RIGHT[TEXT])
    go_on(session)  # fills the queue, and opens the rework
    before = count(session, Assignment)

    for _ in range(3):
        go_on(session)

    assert count(session, Assignment) == before
    assert rejected.state is State.REJECTED


def test_my_rejected_work_is_left_to_me(session, me, project):
    sent = make_submission(session, me, project, WRONG[TEXT])

    go_on(session)
    go_on(session)

    assert len(attempts(session, sent)) == 1


def test_they_count_in_nobodys_figures(session, me, project):
    make_submission(session, me, project)
    go_on(session)
    for waiting in queue.waiting(session, me):
        reviews.decide(session, me, waiting.id, Decision(Verdict.ACCEPTED))

    everybody = [me, *simulated(session)]

    assert reports.people(session) == [me]
    assert [row.user for row in reports.rows(session, everybody)] == [me]
    assert row_of(session, me).attempts == 1


def row_of(session, person):
    return reports.rows(session, [person])[0]
