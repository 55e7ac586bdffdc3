"""Leases: one inspector at a time looks at a submission, so that two do not do the same work."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.errors import Conflict
from labelkit.domain.texts import N_
from labelkit.domain.workflow import State
from labelkit.store.models import Lease, Submission, User
from labelkit.store.types import utc_now

LASTS = timedelta(minutes=10)


class RanOut(Conflict):
    """A verdict after the time with a submission had run out."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "For ten minutes nothing happened here, so this submission was free for others. You hold it "
                "again: look once more, then decide."
            )
        )


def take(session: Session, me: User, submission_id: int, now: datetime | None = None) -> None:
    """Take a submission for a while, or go on holding it; raises Conflict where another inspector holds it.

    What ran out is free: whoever comes first has it then. What is judged already is held by nobody.
    """
    now = now or utc_now()
    # The lock of the submission is that of its lease: it waits for a verdict that is on its way.
    locked = select(Submission.state).where(Submission.id == submission_id)
    if session.scalar(locked.with_for_update(key_share=True)) is not State.WAITING:
        return
    lease = session.get(Lease, submission_id, populate_existing=True)
    if lease is None:
        lease = Lease(submission_id=submission_id, inspector_id=me.id, since=now, until=now)
        session.add(lease)
    if lease.inspector_id != me.id and lease.until > now:
        raise _held_by(session, lease)
    if lease.inspector_id != me.id or lease.until <= now:
        lease.inspector_id, lease.since = me.id, now
    lease.until = now + LASTS
    session.flush()


def check(session: Session, me: User, submission_id: int, now: datetime) -> float | None:
    """How many seconds I have been at a submission, which is locked; None where nobody holds it.

    Raises Conflict where another inspector holds it, or where the time of whoever held it last has run out.
    """
    lease = session.get(Lease, submission_id, populate_existing=True)
    if lease is None:
        return None
    if lease.until <= now:
        raise RanOut
    if lease.inspector_id != me.id:
        raise _held_by(session, lease)
    return min(max((now - lease.since).total_seconds(), 0.0), LASTS.total_seconds())


def _held_by(session: Session, lease: Lease) -> Conflict:
    name = session.get_one(User, lease.inspector_id).name
    return Conflict(N_("This submission is being inspected by %(name)s."), name=name)


def give_back(session: Session, submission_id: int) -> None:
    session.execute(delete(Lease).where(Lease.submission_id == submission_id))


def by_others(
    session: Session, me: User, submission_ids: Iterable[int], now: datetime | None = None
) -> dict[int, str]:
    """Submission id to the name of the other inspector who looks at it just now."""
    held = (
        select(Lease)
        .where(Lease.submission_id.in_(submission_ids), Lease.inspector_id != me.id)
        .where(Lease.until > (now or utc_now()))
        .options(joinedload(Lease.inspector))
    )
    return {lease.submission_id: lease.inspector.name for lease in session.scalars(held)}
