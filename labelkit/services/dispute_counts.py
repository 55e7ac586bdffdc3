"""How often somebody's gold and verdicts were disputed, and what came of it."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from labelkit.domain.dispute_states import DisputeState
from labelkit.store.models import Dispute


@dataclass(frozen=True, slots=True)
class Against:
    """The disputes against one person, as author of gold and as inspector; `raised` are all of them, also
    those that were taken back."""

    raised: int
    upheld: int
    dismissed: int
    open: int


def against(session: Session, user_id: int) -> Against:
    counted = select(Dispute.state, func.count()).where(Dispute.against_id == user_id).group_by(Dispute.state)
    found: dict[DisputeState, int] = dict(session.execute(counted).all())
    upheld, dismissed, still_open = (
        found.get(state, 0) for state in (DisputeState.UPHELD, DisputeState.DISMISSED, DisputeState.OPEN)
    )
    return Against(sum(found.values()), upheld, dismissed, still_open)
