"""Leases: what one inspector looks at, no other does meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit.domain.errors import Conflict
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State, Verdict
from labelkit.services import leases, queue, reviews
from labelkit.services.queue import Wanted
from labelkit.services.reviews import Decision
from labelkit.store.models import Lease, Review
from labelkit.store.types import utc_now
from tests.make import make_project, make_submission, make_user

ACCEPT = Decision(Verdict.ACCEPTED)
HELD = "This submission is being inspected by First."


@pytest.fixture
def project(session):
    return make_project(session, task_type="text_class", feedback=Feedback.AFTER_REVIEW)


@pytest.fixture
def waiting(session, project):
    return make_submission(session, make_user(session, "worker"), project)


@pytest.fixture
def first(session):
    return make_user(session, "first", Role.INSPECTOR)


@pytest.fixture
def second(session):
    return make_user(session, "second", Role.INSPECTOR)


def ago(minutes):
    return utc_now() - timedelta(minutes=minutes)


def test_another_is_told_who_inspects_it(session, first, second, waiting):
    reviews.take(session, first, waiting)

    for act in (lambda: reviews.take(session, second, waiting), lambda: decide(session, second, waiting)):
        with pytest.raises(Conflict) as refused:
            act()
        assert str(refused.value) == HELD
    assert waiting.state is State.WAITING


def decide(session, me, submission):
    return reviews.decide(session, me, submission.id, ACCEPT)


def test_the_holder_goes_on_holding_and_decides(session, first, waiting):
    leases.take(session, first, waiting.id, ago(9))
    leases.take(session, first, waiting.id)

    assert session.get(Lease, waiting.id).until > utc_now() + timedelta(minutes=9)
    assert decide(session, first, waiting).state is State.ACCEPTED
    session.expire_all()
    assert session.get(Lease, waiting.id) is None


def test_what_ran_out_is_free_for_another(session, first, second, waiting):
    leases.take(session, first, waiting.id, ago(11))

    reviews.take(session, second, waiting)

    assert leases.by_others(session, first, [waiting.id]) == {waiting.id: "Second"}
    with pytest.raises(Conflict, match="inspected by Second"):
        decide(session, first, waiting)


def test_a_verdict_after_ones_time_ran_out_is_refused_until_it_is_taken_again(session, first, waiting):
    leases.take(session, first, waiting.id, ago(30))

    with pytest.raises(Conflict, match="this submission was free for others"):
        decide(session, first, waiting)
    assert waiting.state is State.WAITING

    reviews.take(session, first, waiting)
    assert decide(session, first, waiting).state is State.ACCEPTED


def test_so_is_one_after_the_time_of_another_ran_out_who_had_taken_it_over(session, first, second, waiting):
    leases.take(session, second, waiting.id, ago(30))

    with pytest.raises(Conflict, match="this submission was free for others"):
        decide(session, first, waiting)


def test_whoever_never_opened_it_may_decide_and_no_time_is_noted(session, first, waiting):
    assert decide(session, first, waiting).state is State.ACCEPTED
    assert seconds_of(session, waiting) is None


@pytest.mark.parametrize(("minutes", "noted"), [(2, 120), (25, 600)])
def test_the_time_at_a_verdict_counts_from_when_it_was_taken_and_ten_minutes_at_most(
    session, first, waiting, minutes, noted
):
    leases.take(session, first, waiting.id, ago(minutes))
    session.get(Lease, waiting.id).until = utc_now() + timedelta(minutes=1)  # held on to meanwhile
    decide(session, first, waiting)

    assert seconds_of(session, waiting) == pytest.approx(noted, abs=5)


def seconds_of(session, submission):
    return session.scalars(select(Review).where(Review.submission_id == submission.id)).one().seconds


def test_the_next_is_one_that_nobody_looks_at(session, first, second, project, waiting):
    others = [make_submission(session, make_user(session), project) for _ in range(2)]
    leases.take(session, second, others[0].id)

    assert queue.next_waiting(session, first, waiting) is others[1]


def test_the_queue_is_narrowed_by_project_worker_kind_and_age(session, first, project, waiting):
    elsewhere = make_project(session, task_type="text_class", feedback=Feedback.AFTER_REVIEW)
    other = make_submission(session, make_user(session), elsewhere)
    rework = make_submission(session, make_user(session), project)
    rework.attempt = 2
    waiting.sent_at = ago(25 * 60)
    session.flush()

    def seen(**wanted):
        found = queue.waiting(session, first, Wanted(**wanted))
        assert queue.count_waiting(session, first, Wanted(**wanted)) == len(found)
        return {one.id for one in found}

    assert seen() == {waiting.id, other.id, rework.id}
    assert seen(project_id=project.id) == {waiting.id, rework.id}
    assert seen(user_id=other.user_id) == {other.id}
    assert seen(kind="rework") == {rework.id}
    assert seen(kind="first", project_id=project.id) == {waiting.id}
    assert seen(hours=24) == {waiting.id}
    assert seen(hours=72) == set()


def test_what_the_queue_can_be_narrowed_to_is_told_with_its_number(session, first, project, waiting):
    make_submission(session, make_user(session, "another"), project)
    make_submission(session, first, project)

    found = queue.offer(session, first)

    assert [(one.id, n) for one, n in found.projects] == [(project.id, 2)]
    assert [(one.name, n) for one, n in found.workers] == [("Another", 1), ("Worker", 1)]
