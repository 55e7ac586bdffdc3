"""Disputes from the inspector's chair: what waits, for whom, and what speaks against deciding it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, undefer

from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.errors import NotFound
from labelkit.domain.gold_states import GoldState
from labelkit.domain.people import Role
from labelkit.domain.projects import Split
from labelkit.domain.texts import N_
from labelkit.services import dispute_ends
from labelkit.store.models import Dispute, GoldProposal, Item, Project, Submission, User

SHOWN = 100


class Hindrance(StrEnum):
    """Why somebody may not decide a dispute."""

    RAISED = "raised"
    WROTE_GOLD = "wrote_gold"
    GAVE_VERDICT = "gave_verdict"


def _open_to(me: User) -> list[ColumnElement[bool]]:
    """The open ones; those of examinations are an admin's alone."""
    still_open = Dispute.state == DisputeState.OPEN
    return [still_open] if me.role is Role.ADMIN else [still_open, Item.split != Split.EXAM]


def waiting(session: Session, me: User) -> Sequence[Dispute]:
    """What nobody has decided, the oldest first."""
    found = select(Dispute).join(Dispute.item).where(*_open_to(me)).order_by(Dispute.raised_at, Dispute.id)
    return session.scalars(found.limit(SHOWN).options(*_whole())).all()


def count_waiting(session: Session, me: User) -> int:
    """How many are open, also those that I may not decide."""
    counted = select(func.count(Dispute.id)).join(Dispute.item).where(*_open_to(me))
    return session.scalar(counted) or 0


def find(session: Session, me: User, dispute_id: int) -> Dispute:
    """A dispute that I may look at, as it is now; raises NotFound for what is none, or belongs to an
    examination."""
    found = select(Dispute).where(Dispute.id == dispute_id).options(*_whole())
    dispute = session.scalar(found, execution_options={"populate_existing": True})
    is_exam = dispute is not None and dispute.item.split is Split.EXAM and me.role is not Role.ADMIN
    if dispute is None or me.role is Role.WORKER or is_exam:
        raise NotFound(N_("There is no such dispute."))
    return dispute


def _whole() -> tuple[Any, ...]:
    return (
        joinedload(Dispute.project).options(undefer(Project.guide)),
        joinedload(Dispute.item).joinedload(Item.picture),
        joinedload(Dispute.submission).joinedload(Submission.review),
        joinedload(Dispute.user),
        joinedload(Dispute.decided_by),
    )


def hindrances(session: Session, me: User, disputes: Sequence[Dispute]) -> dict[int, Hindrance]:
    """Dispute id to why I may not decide it; those that I may are left out."""
    parties = dispute_ends.parties(session, disputes)
    found: dict[int, Hindrance] = {}
    for one in disputes:
        if one.user_id == me.id:
            found[one.id] = Hindrance.RAISED
        elif me.id in parties[one.id]:
            found[one.id] = Hindrance.WROTE_GOLD if one.finding else Hindrance.GAVE_VERDICT
    return found


def correctors(session: Session, disputes: Sequence[Dispute]) -> dict[int, str]:
    """Dispute id to who is correcting the gold because of it just now."""
    still_open = [one for one in disputes if one.state is DisputeState.OPEN]
    under_way = GoldProposal.state.in_((GoldState.DRAFT, GoldState.PROPOSED))
    names = (
        select(GoldProposal.id, User.name)
        .join(User, User.id == GoldProposal.author_id)
        .where(GoldProposal.id.in_({one.proposal_id for one in still_open if one.proposal_id}), under_way)
    )
    found = dict(session.execute(names).all())
    return {one.id: found[one.proposal_id] for one in still_open if one.proposal_id in found}


def of_proposal(session: Session, proposal_id: int) -> Sequence[Dispute]:
    """The disputes because of which a gold is drawn."""
    found = select(Dispute).where(Dispute.proposal_id == proposal_id).order_by(Dispute.id)
    return session.scalars(found.options(*_whole())).all()
