"""Corrections: an inspector draws a right answer on a copy of the worker's, and puts it beside that."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from labelkit.domain.errors import Conflict, TooLarge
from labelkit.domain.texts import N_
from labelkit.domain.workflow import State, Verdict
from labelkit.services import reviews, submissions
from labelkit.services.practice import MOST_DRAFT_CHARACTERS
from labelkit.services.reviews import Decision
from labelkit.store.models import Correction, Submission, User
from labelkit.store.types import dump_json


@dataclass(frozen=True, slots=True)
class Drawing:
    """The copy of an answer that an inspector corrects: the worker's own, until something was changed."""

    submission: Submission
    annotation: dict[str, Any]
    revision: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """What an inspector sends: the right answer in JSON form, the revision of the drawing that it follows,
    reasons out of the guide or none, and a comment."""

    annotation: Any
    revision: int
    reasons: tuple[str, ...] = ()
    comment: str = ""


class DrawingConflict(Conflict):
    """The server holds a newer drawing: `revision` and `annotation` are the server's."""

    def __init__(self, draft: Correction) -> None:
        super().__init__(N_("This item was changed in another tab. Choose which answer to keep."))
        self.revision = draft.revision
        self.annotation = draft.annotation


def begin(session: Session, me: User, submission_id: int) -> Drawing:
    """Open an answer to be corrected, and hold it; raises NotAllowed for one's own, Conflict where another
    inspector holds it, or where it never waited. One that was judged is shown as it is, held by nobody."""
    submission = submissions.find(session, me, submission_id)
    reviews.take(session, me, submission)
    return drawing(session, me, submission)


def drawing(session: Session, me: User, submission: Submission) -> Drawing:
    """What I have drawn so far."""
    draft = session.get(Correction, (submission.id, me.id), populate_existing=True)
    if draft is None:
        return Drawing(submission, submission.annotation, 0)
    return Drawing(submission, draft.annotation, draft.revision)


def save(session: Session, me: User, submission_id: int, revision: int, annotation: dict[str, Any]) -> int:
    """Keep what is drawn and return its revision.

    Raises DrawingConflict where `revision` is not the newest, Conflict where the answer is judged.
    """
    reviews.check_waiting(submissions.find(session, me, submission_id), me)
    # No drawing may begin while a verdict is on its way, which takes all of them away.
    locked = select(Submission.state).where(Submission.id == submission_id)
    if session.scalar(locked.with_for_update(key_share=True)) is not State.WAITING:
        raise Conflict(N_("This submission has already been judged."))
    draft = _of_revision(session, me, submission_id, revision)
    if len(dump_json(annotation)) > MOST_DRAFT_CHARACTERS:
        raise TooLarge(N_("This answer is too large to keep."))
    if draft is None:
        session.add(draft := Correction(submission_id=submission_id, inspector_id=me.id, revision=0))
    draft.annotation = annotation
    draft.revision += 1
    session.flush()
    return draft.revision


def send(session: Session, me: User, submission_id: int, corrected: Corrected) -> Submission:
    """Put the right answer beside the worker's: a verdict that is final; see `reviews.decide`, which says
    what it refuses. Raises DrawingConflict where another tab drew on."""
    reviews.locked(session, submission_id)  # no tab draws on from here
    _of_revision(session, me, submission_id, corrected.revision)
    decision = Decision(
        Verdict.CORRECTED, corrected.reasons, corrected.comment, correction=corrected.annotation
    )
    return reviews.decide(session, me, submission_id, decision)


def _of_revision(session: Session, me: User, submission_id: int, revision: int) -> Correction | None:
    """My drawing, of which this is the newest revision; None where nothing was drawn yet."""
    draft = session.get(Correction, (submission_id, me.id), populate_existing=True)
    if draft is not None and draft.revision != revision:
        raise DrawingConflict(draft)
    return draft
