"""Every change of state of a dispute in one small table, and who may make it."""

from dataclasses import dataclass
from enum import StrEnum

from labelkit.domain.errors import Conflict, NotAllowed
from labelkit.domain.people import Role
from labelkit.domain.texts import N_


class DisputeState(StrEnum):
    """Where a dispute stands. `withdrawn`: given up by whoever raised it."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


class Ruling(StrEnum):
    """What somebody does to an open dispute."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change: from a state, by a ruling, to a state; `own`: only who raised it makes it."""

    start: DisputeState
    ruling: Ruling
    end: DisputeState
    own: bool = False


MOVES = (
    Move(DisputeState.OPEN, Ruling.UPHOLD, DisputeState.UPHELD),
    Move(DisputeState.OPEN, Ruling.DISMISS, DisputeState.DISMISSED),
    Move(DisputeState.OPEN, Ruling.WITHDRAW, DisputeState.WITHDRAWN, own=True),
)


def take(state: DisputeState, ruling: Ruling, role: Role, *, is_raiser: bool, is_party: bool) -> DisputeState:
    """The state that follows a ruling.

    `is_raiser`: it is one's own dispute; `is_party`: one wrote the disputed gold, or gave the verdict.
    Raises Conflict where no move leads on from `state`, NotAllowed where it is not this person's to make.
    """
    move = next((move for move in MOVES if move.start is state and move.ruling is ruling), None)
    if move is None:
        raise Conflict(N_("This dispute has been decided meanwhile."))
    if move.own:
        if not is_raiser:
            raise NotAllowed(N_("Only who raised a dispute takes it back."))
        return move.end
    if role is Role.WORKER:
        raise NotAllowed(N_("This page is for inspectors."))
    if is_raiser:
        raise NotAllowed(N_("Nobody decides a dispute that they raised."))
    if is_party:
        raise NotAllowed(N_("Nobody decides on their own gold or verdict."))
    return move.end
