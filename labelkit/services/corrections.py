"""Corrections: an inspector draws a right answer on a copy of the worker's, and puts it beside that."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from labelkit.domain.errors import Conflict, TooLarge
from labelkit.domain.scores import ErrorKind, Severity
from labelkit.domain.texts import N_
from labelkit.domain.workflow import State, Verdict
from labelkit.services import reviews, submissions
from labelkit.services.practice import MOST_DRAFT_CHARACTERS
from labelkit.services.reviews import Decision
from labelkit.store.models import Correction, Gold, Project, Review, Submission, User
from labelkit.store.types import dump_json
from labelkit.tasktypes import TASK_TYPES


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


def mistakes_left(session: Session, review_ids: Select[int]) -> dict[int, frozenset[ErrorKind]]:
    """The kinds of mistakes that the corrections among these reviews still have by the gold in force, by the
    id of the submission; one question, and one more for the projects of those that there are."""
    corrected = (
        select(Submission.project_id, Submission.id, Review.correction, Gold.accepted)
        .join(Review, Review.submission_id == Submission.id)
        .join(Gold, (Gold.item_id == Submission.item_id) & Gold.current)
        .where(Review.id.in_(review_ids), Review.correction.is_not(None))
    )
    of_project = defaultdict(list)
    for project_id, *row in session.execute(corrected):
        of_project[project_id].append(row)
    if not of_project:
        return {}
    left: dict[int, frozenset[ErrorKind]] = {}
    for project in session.scalars(select(Project).where(Project.id.in_(of_project))):
        kind, rows = TASK_TYPES[project.task_type], of_project[project.id]
        answers = [kind.read(correction) for _, correction, _ in rows]
        accepted = [[kind.read(one) for one in golds] for *_, golds in rows]
        scored = kind.score_many(answers, accepted, kind.parse_rules(project.rules))
        for (submission_id, *_), score in zip(rows, scored, strict=True):
            left[submission_id] = frozenset(
                one.kind for one in score.findings if one.severity is Severity.FAIL
            )
    return left


def _of_revision(session: Session, me: User, submission_id: int, revision: int) -> Correction | None:
    """My drawing, of which this is the newest revision; None where nothing was drawn yet."""
    draft = session.get(Correction, (submission_id, me.id), populate_existing=True)
    if draft is not None and draft.revision != revision:
        raise DrawingConflict(draft)
    return draft
