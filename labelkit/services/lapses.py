"""Lapses: a rejected answer that was not sent again in time is opened, and its rework closed.

Whoever sends a rework, and whoever lets it lapse, takes its assignment and then the project's tally before
looking: so one of them comes first, and the other sees what was done.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from labelkit.domain.workflow import State, Step, take
from labelkit.services import practice, reviews, rework, submissions, tallies
from labelkit.store.engine import reading, writing
from labelkit.store.models import Assignment, Submission, User
from labelkit.store.types import utc_now


def lapse_due(engine: Engine, now: datetime | None = None) -> int:
    """Let everything lapse that is due, each in a transaction of its own; how many that were."""
    now = now or utc_now()
    with reading(engine) as session:  # looking keeps nobody from writing
        due = session.scalars(rework.overdue(now)).all()
    done = 0
    for submission_id in due:
        with writing(engine) as session, session.begin():
            done += lapse(session, submission_id, now)
    return done


def lapse(session: Session, submission_id: int, now: datetime) -> bool:
    """Let one submission lapse; False where a rework was sent meanwhile, or it is not due.

    Its worker sees score and gold of it and of the attempts before it; the open rework is closed, its draft
    kept.
    """
    submission = session.get(Submission, submission_id)
    if submission is None or not rework.is_overdue(session, submission_id, now):
        return False
    opened = _open_on(session, submission)
    tallies.lock(session, [submission.project_id])
    if not rework.is_overdue(session, submission_id, now):
        return False
    session.refresh(submission)
    submission.state = take(submission.state, Step.LAPSE, None)
    if opened is not None and opened.purpose == "rework":
        opened.open = False
    reviews.open_attempts(session, submission)
    session.flush()
    return True


def _open_on(session: Session, submission: Submission) -> Assignment | None:
    """What its worker has open on the item, kept from being sent meanwhile."""
    opened = select(Assignment).where(
        Assignment.user_id == submission.user_id, Assignment.item_id == submission.item_id, Assignment.open
    )
    return session.scalar(opened.with_for_update())


def settle(session: Session, assignment: Assignment, now: datetime | None = None) -> bool:
    """Let a rework end whose time is over; True where that is so, or was before."""
    before = rework.answered(session, assignment)
    if before is None or submissions.of_assignment(session, assignment.id) is not None:
        return False
    lapse(session, before.id, now or utc_now())
    if before.state is State.LAPSED and assignment.open:  # begun in the moment in which the rest lapsed
        assignment.open = False
        session.flush()
    return before.state is State.LAPSED


def settle_on(session: Session, me: User, item_id: int, *, is_rework: bool) -> bool:
    """The same for my newest attempt at an item, which I mean to send again. `is_rework`: as an answer to
    its rejection, and not as another try."""
    found = rework.newest(session, me.id, item_id)
    if found is None:
        return False
    return lapse(session, found.id, utc_now()) or (is_rework and found.state is State.LAPSED)


def keep_late(assignment: Assignment, annotation: Any) -> None:  # noqa: ANN401  (whatever was sent)
    """Keep an answer that came too late as the draft, to be read."""
    if isinstance(annotation, dict) and practice.may_keep(annotation):
        assignment.draft = annotation
