"""Rules of inspection of a project: changed by inspectors, one after the other."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from labelkit.domain.audit import What
from labelkit.domain.errors import Conflict, Invalid
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.texts import N_
from labelkit.services import audit, tallies
from labelkit.store.models import Project, User


def change(session: Session, me: User, project_id: int, before: str, rules: ReviewRules) -> Project:
    """Put these rules in force: they hold for what is sent or judged from now on.

    `before` is the digest of the rules that somebody began from. Raises Conflict where others are in force
    meanwhile, Invalid where nothing changes.
    """
    tallies.lock(session, [project_id])  # whoever sends or judges now does so by one set of rules
    found = select(Project).where(Project.id == project_id)
    project = session.scalars(found, execution_options={"populate_existing": True}).one()
    if project.review_rules.digest != before:
        raise Conflict(N_("Somebody changed these rules meanwhile. What you wrote is still here."))
    if rules == project.review_rules:
        raise Invalid(N_("Nothing was changed yet."))
    project.review_rules = rules
    audit.note(session, me, What.REVIEW_RULES_CHANGED, project=project.id)
    session.flush()
    return project
