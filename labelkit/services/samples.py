"""Samples: which answers are inspected where a project does not inspect all."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from labelkit.domain.sampling import is_drawn
from labelkit.domain.workflow import State
from labelkit.store.models import Assignment, Submission, User


def draws(session: Session, me: User, assignment: Assignment, before: Submission | None) -> bool:
    """Whether what is about to be sent belongs to the sample; `before` is the attempt that it follows.

    Each worker is a stratum of the sample. The answer to a rejection is always inspected, and so is what
    simulated people send: it is there to be inspected. The project is locked, so that no two answers have
    the same number.
    """
    project, rules = assignment.project, assignment.project.review_rules
    if rules.sample_percent == 100 or me.simulated:
        return True
    if before is not None and before.state is State.REJECTED:
        return True
    sent = (
        select(func.count())
        .select_from(Submission)
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .where(Submission.user_id == me.id, Submission.project_id == project.id)
        .where(Assignment.purpose != "rework")
    )
    return is_drawn(rules.sample_percent, rules.seed or project.slug, me.id, session.scalar(sent) or 0)
