"""Every change of state of a gold in one small table, and who may make it."""

from dataclasses import dataclass
from enum import StrEnum

from labelkit.domain.errors import Conflict, NotAllowed
from labelkit.domain.people import Role
from labelkit.domain.texts import N_


class GoldState(StrEnum):
    """Where a gold stands: on somebody's desk, before another's eyes, in force, or no longer."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Made(StrEnum):
    """Where a gold comes from."""

    DRAWN = "drawn"
    PROMOTED = "promoted"
    IMPORTED = "imported"
    CONSENSUS = "consensus"
    DISPUTE = "dispute"


class Step(StrEnum):
    """What somebody does to a gold."""

    SAVE = "save"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change: from a state, by a step, to a state; `own`: only its author makes it."""

    start: GoldState
    step: Step
    end: GoldState
    own: bool = False


MOVES = (
    Move(GoldState.DRAFT, Step.SAVE, GoldState.DRAFT, own=True),
    Move(GoldState.DRAFT, Step.PROPOSE, GoldState.PROPOSED, own=True),
    Move(GoldState.PROPOSED, Step.SEND_BACK, GoldState.DRAFT),
    Move(GoldState.PROPOSED, Step.APPROVE, GoldState.APPROVED),
    Move(GoldState.APPROVED, Step.SUPERSEDE, GoldState.SUPERSEDED),
    Move(GoldState.APPROVED, Step.WITHDRAW, GoldState.WITHDRAWN),
)


def take(state: GoldState, step: Step, role: Role, *, is_author: bool) -> GoldState:
    """The state that follows a step.

    Raises Conflict where no move leads on from `state`, NotAllowed where it is not this person's to make.
    Whether an author may approve is `may_approve`'s to say.
    """
    move = next((move for move in MOVES if move.start is state and move.step is step), None)
    if move is None:
        raise Conflict(N_("This gold has moved on meanwhile. Look at it again."))
    if role is Role.WORKER:
        raise NotAllowed(N_("This page is for inspectors."))
    if move.own and not is_author:
        raise NotAllowed(N_("Only its author works on this draft."))
    return move.end


def may_approve(role: Role, *, is_author: bool, inspectors: int) -> bool:
    """Nobody approves gold they wrote; an admin may, as long as fewer than two `inspectors` are active."""
    return not is_author or (role is Role.ADMIN and inspectors < 2)
