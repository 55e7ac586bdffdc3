"""How a dispute ends: who may decide it, and what is written down when somebody has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from labelkit.domain.audit import What
from labelkit.domain.dispute_states import DisputeState, Ruling, take
from labelkit.domain.dispute_subjects import VERDICT
from labelkit.domain.workflow import State
from labelkit.services import audit, golds, tallies
from labelkit.store.models import Dispute, GoldProposal, Review, Submission, User
from labelkit.store.types import utc_now


@dataclass(frozen=True, slots=True)
class Words:
    """The answer to a dispute: one sentence, and a clause of the guide ("" where none is named)."""

    sentence: str = ""
    clause: str = ""


def parties(session: Session, disputes: Sequence[Dispute]) -> dict[int, set[int | None]]:
    """Dispute id to those who have a part in it: whoever gave the verdict; or who wrote the gold that the
    finding is by, or the one in force."""
    items = {one.item_id for one in disputes if one.finding}
    written = [origin for origin in golds.origins(session, items) if origin.author_id]
    verdicts = [one.submission_id for one in disputes if not one.finding]
    inspectors = select(Review.submission_id, Review.inspector_id).where(Review.submission_id.in_(verdicts))
    given: dict[int, int] = dict(session.execute(inspectors).all())
    return {
        one.id: {
            origin.author_id
            for origin in written
            if origin.item_id == one.item_id and (origin.current or origin.version == one.gold_version)
        }
        if one.finding
        else {given[one.submission_id]}
        for one in disputes
    }


def check(session: Session, me: User, dispute: Dispute, ruling: Ruling) -> DisputeState:
    """The state that follows; raises Conflict where it is decided, NotAllowed where it is not mine to do."""
    is_party = me.id in parties(session, [dispute])[dispute.id]
    return take(dispute.state, ruling, me.role, is_raiser=dispute.user_id == me.id, is_party=is_party)


def end(
    session: Session,
    me: User,
    dispute: Dispute,
    ruling: Ruling,
    words: Words,
    new_version: int | None = None,
) -> None:
    """Close a dispute with these words; `new_version` is the gold that came of it. Its project is locked."""
    dispute.state = check(session, me, dispute, ruling)
    dispute.decided_by_id, dispute.decided_at = me.id, utc_now()
    dispute.ruling, dispute.ruling_clause, dispute.new_version = words.sentence, words.clause, new_version
    if ruling is not Ruling.UPHOLD:
        _let_the_deadline_go_on(session, dispute, dispute.decided_at)
    audit.note(session, me, What.DISPUTE_DECIDED, dispute=dispute.id, ruling=dispute.state)
    session.flush()


def stop_the_deadline(session: Session, dispute: Dispute) -> None:
    """While a rejection is disputed, the time for its rework does not run."""
    rejected = select(Review).join(Submission).where(Submission.state == State.REJECTED)
    review = session.scalar(rejected.where(Review.submission_id == dispute.submission_id))
    if review is not None:
        dispute.due_at, review.due_at = review.due_at, None


def _let_the_deadline_go_on(session: Session, dispute: Dispute, now: datetime) -> None:
    """As much time is left again as when the dispute was raised."""
    if dispute.due_at is None:
        return
    review = session.scalars(select(Review).where(Review.submission_id == dispute.submission_id)).one()
    review.due_at = now + (dispute.due_at - dispute.raised_at)


def give_up(session: Session, me: User, rejected: Submission) -> None:
    """Whoever sends a rework has accepted the rejection: an open dispute of it is given up."""
    of_verdict = (Dispute.subject == VERDICT) & (Dispute.state == DisputeState.OPEN)
    dispute = session.scalar(select(Dispute).where(Dispute.submission_id == rejected.id, of_verdict))
    if dispute is not None and rejected.state is State.REJECTED:
        end(session, me, dispute, Ruling.WITHDRAW, Words())


def waiting_for(session: Session, me: User, proposal: GoldProposal) -> list[Dispute]:
    """The open disputes that this gold settles; raises NotAllowed where I have a part in one.

    Their project is locked.
    """
    tallies.lock(session, [proposal.item.project_id])
    waiting = select(Dispute).where(Dispute.proposal_id == proposal.id, Dispute.state == DisputeState.OPEN)
    found = session.scalars(waiting.order_by(Dispute.id).with_for_update(key_share=True)).all()
    for one in found:
        check(session, me, one, Ruling.UPHOLD)
    return list(found)
