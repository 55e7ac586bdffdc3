"""The verdict of a second look."""

from sqlalchemy.orm import Session

from labelkit.domain.audit import What
from labelkit.domain.errors import Conflict, Invalid, NotAllowed
from labelkit.domain.people import Role
from labelkit.domain.texts import N_
from labelkit.domain.workflow import Verdict
from labelkit.services import audit, second_looks
from labelkit.services.reviews import LONGEST_COMMENT, Decision, marks_of, reasons_of
from labelkit.store.models import SecondLook, User
from labelkit.store.types import utc_now


def decide(session: Session, me: User, submission_id: int, decision: Decision) -> SecondLook:
    """Say of an answer that somebody else has judged what I would have said; once. The answer stays as it
    is, and so does what its worker is told.

    Raises NotAllowed for my own work and my own verdict, Conflict where somebody was first, Invalid for what
    is no verdict.
    """
    if me.role is Role.WORKER:
        raise NotAllowed(N_("This page is for inspectors."))
    look = second_looks.find(session, me, submission_id, to_judge=True)
    if look.decided_at is not None:
        raise Conflict(N_("This answer has had its second look already."))
    if decision.verdict is Verdict.CORRECTED:
        raise Invalid(N_("Choose: accept or reject."))
    marks = marks_of(look.submission, decision)
    look.reasons = reasons_of(look.submission.project, decision, marks)
    look.marks = [mark.to_json() for mark in marks]
    look.comment = decision.comment.strip()[:LONGEST_COMMENT]
    look.verdict, look.inspector, look.decided_at = decision.verdict, me, utc_now()
    audit.note(session, me, What.SECOND_LOOK, submission=look.submission_id)
    session.flush()
    return look
