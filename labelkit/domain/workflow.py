"""Every change of state in one small table, and who may make it."""

from dataclasses import dataclass
from enum import StrEnum

from labelkit.domain.errors import Conflict, NotAllowed
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.texts import N_


class State(StrEnum):
    """Where a Submission stands."""

    SCORED = "scored"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Verdict(StrEnum):
    """An inspector's decision."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change: from a state, by a verdict, to a state, by one of these roles."""

    start: State
    verdict: Verdict
    end: State
    roles: frozenset[Role]


_INSPECTORS = frozenset({Role.INSPECTOR, Role.ADMIN})

MOVES = (
    Move(State.WAITING, Verdict.ACCEPTED, State.ACCEPTED, _INSPECTORS),
    Move(State.WAITING, Verdict.REJECTED, State.REJECTED, _INSPECTORS),
)


def opens(state: State) -> bool:
    """True where a worker may see score and gold from this state on; for the attempts before it too."""
    return state in {State.SCORED, State.ACCEPTED}


def first_state(feedback: Feedback) -> State:
    """The state in which a submission begins."""
    return State.SCORED if feedback is Feedback.AT_ONCE else State.WAITING


def judge(state: State, verdict: Verdict, role: Role) -> State:
    """The state that follows a verdict.

    Raises Conflict where no move leads on from `state`, NotAllowed where it is not this role's to make.
    """
    move = next((move for move in MOVES if move.start is state and move.verdict is verdict), None)
    if move is None:
        raise Conflict(N_("This submission has already been judged."))
    if role not in move.roles:
        raise NotAllowed(N_("This page is for inspectors."))
    return move.end
