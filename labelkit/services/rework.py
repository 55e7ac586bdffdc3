"""Rework: which answer it follows, how often that was rejected, and until when it may be sent."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, literal, select
from sqlalchemy.orm import Session

from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.errors import Conflict
from labelkit.domain.rework import Rejections, in_a_row
from labelkit.domain.texts import N_
from labelkit.domain.workflow import State
from labelkit.store.models import Assignment, Dispute, Project, Review, Submission
from labelkit.store.types import utc_now

OVER = N_("The time to send this item again is over. Your draft is kept, and score and gold are open now.")


class TooLate(Conflict):
    """A rework was begun or sent after its deadline."""

    def __init__(self) -> None:
        super().__init__(OVER)


def due_at(project: Project, state: State, decided_at: datetime) -> datetime | None:
    """Until when what was decided on just now may be sent again; None where it may not, or at any time."""
    hours = project.review_rules.rework_hours
    if state is not State.REJECTED or hours is None:
        return None
    return decided_at + timedelta(hours=hours)


def overdue(now: datetime) -> Select[int]:
    """The ids of rejected submissions whose time is over. While a dispute of one is open its time stands
    still."""
    disputed = exists().where(Dispute.submission_id == Submission.id, Dispute.state == DisputeState.OPEN)
    # SQLite finds the few that are out by their index only where the state is written out.
    rejected = Submission.state == literal(State.REJECTED, Submission.state.type, literal_execute=True)
    return (
        select(Submission.id)
        .join(Review, Review.submission_id == Submission.id)
        .where(Submission.newest, rejected, Review.due_at <= now, ~disputed)
        .order_by(Review.due_at, Submission.id)
    )


def is_overdue(session: Session, submission_id: int, now: datetime) -> bool:
    return session.scalar(overdue(now).where(Submission.id == submission_id)) is not None


def check_in_time(session: Session, before: Submission | None) -> None:
    """Refuse a rework of this attempt where its time is over."""
    if before is not None and is_overdue(session, before.id, utc_now()):
        raise TooLate


def check_open(session: Session, assignment: Assignment) -> None:
    """Refuse to go on with a rework that was closed as its time was over."""
    before = answered(session, assignment)
    sent = select(Submission.id).where(Submission.assignment_id == assignment.id)
    if before is not None and before.state is State.LAPSED and session.scalar(sent) is None:
        raise TooLate


def newest(session: Session, user_id: int, item_id: int) -> Submission | None:
    """Somebody's newest attempt at an item, as it stands now."""
    mine = select(Submission).where(Submission.user_id == user_id, Submission.item_id == item_id)
    return session.scalar(
        mine.order_by(Submission.attempt.desc()).limit(1), execution_options={"populate_existing": True}
    )


def answered(session: Session, assignment: Assignment) -> Submission | None:
    """The attempt that an assignment is the rework of, whatever has become of it; None where it is none."""
    if assignment.purpose != "rework":
        return None
    before = select(Submission).where(
        Submission.user_id == assignment.user_id,
        Submission.item_id == assignment.item_id,
        Submission.sent_at <= assignment.issued_at,
    )
    return session.scalar(before.order_by(Submission.attempt.desc()).limit(1))


def rejections(session: Session, submission: Submission) -> Rejections:
    """How often this answer and those before it were rejected; one that waits counts as if it were."""
    return of_many(session, [submission])[submission.id]


def of_many(session: Session, submissions: Sequence[Submission]) -> dict[int, Rejections]:
    """Submission id to the rejections that led to it, with its own."""
    found = select(Submission.user_id, Submission.item_id, Submission.attempt, Submission.state).where(
        Submission.user_id.in_({one.user_id for one in submissions}),
        Submission.item_id.in_({one.item_id for one in submissions}),
    )
    attempts: dict[tuple[int, int], list[tuple[int, State]]] = defaultdict(list)
    for user_id, item_id, attempt, state in session.execute(found.order_by(Submission.attempt)):
        attempts[user_id, item_id].append((attempt, state))
    return {one.id: _rejections(one, attempts[one.user_id, one.item_id]) for one in submissions}


def _rejections(submission: Submission, attempts: Sequence[tuple[int, State]]) -> Rejections:
    before = [state for attempt, state in attempts if attempt < submission.attempt]
    return Rejections(in_a_row(before) + 1, submission.project.review_rules.rework_limit)
