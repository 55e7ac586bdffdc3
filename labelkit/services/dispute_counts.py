"""How many disputes were raised against somebody's golds and verdicts, and what came of them."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from labelkit.domain.dispute_states import DisputeState
from labelkit.store.models import Dispute


@dataclass(frozen=True, slots=True)
class Against:
    """`raised` counts all, also those that were given up."""

    raised: int
    upheld: int
    dismissed: int
    open: int


def against(session: Session, user_id: int) -> Against:
    """The disputes against one person."""
    counted = select(Dispute.state, func.count()).where(Dispute.against_id == user_id).group_by(Dispute.state)
    counts: dict[DisputeState, int] = dict(session.execute(counted).all())
    return Against(
        raised=sum(counts.values()),
        upheld=counts.get(DisputeState.UPHELD, 0),
        dismissed=counts.get(DisputeState.DISMISSED, 0),
        open=counts.get(DisputeState.OPEN, 0),
    )
