"""Reworks that nobody asks for any longer: closed without being sent, and what was drawn in them is kept."""

from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from labelkit.domain.texts import N_
from labelkit.store.models import Assignment, Submission

SENTENCE = N_("This rework is no longer asked for. What you drew is kept: “Again from mine” begins with it.")


def lay_down(session: Session, submission: Submission) -> None:
    """Close the open rework of an answer; its draft stays where it is."""
    open_one = Assignment.open & (Assignment.purpose == "rework")
    session.execute(update(Assignment).where(_on_item_of(submission), open_one).values(open=False))


def draft(session: Session, submission: Submission) -> dict[str, Any] | None:
    """What was drawn after this answer in a rework that was laid down; None where nothing was."""
    kept = (
        ~Assignment.open & ~Assignment.skipped & (Assignment.purpose == "rework")
    )  # a sent one has no draft
    later = Assignment.draft.is_not(None) & (Assignment.id > submission.assignment_id)
    newest = select(Assignment.draft).where(_on_item_of(submission), kept, later)
    return session.scalar(newest.order_by(Assignment.id.desc()).limit(1))


def _on_item_of(submission: Submission) -> ColumnElement[bool]:
    return (Assignment.user_id == submission.user_id) & (Assignment.item_id == submission.item_id)
