"""Every change of state of a submission in one small table, and who may make it."""

from dataclasses import dataclass
from enum import StrEnum

from labelkit.domain.errors import Conflict, NotAllowed
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.texts import N_


class State(StrEnum):
    """Where a Submission stands.

    `corrected`: an inspector put a right answer beside it. `failed`: sent back as often as the project
    allows. `lapsed`: sent back, and not sent again in time. `unsampled`: done without inspection, as it was
    not drawn.
    """

    SCORED = "scored"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    FAILED = "failed"
    LAPSED = "lapsed"
    UNSAMPLED = "unsampled"


class Verdict(StrEnum):
    """An inspector's decision."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"


class Step(StrEnum):
    """What happens to a submission: a verdict, the end of a deadline, or a dispute that was upheld."""

    ACCEPT = "accept"
    REJECT = "reject"
    REJECT_LAST = "reject_last"
    CORRECT = "correct"
    LAPSE = "lapse"
    UPHOLD = "uphold"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change: from a state, by a step, to a state, by one of these roles; by the clock alone
    where there are none."""

    start: State
    step: Step
    end: State
    roles: frozenset[Role]


_INSPECTORS = frozenset({Role.INSPECTOR, Role.ADMIN})
_CLOCK: frozenset[Role] = frozenset()

MOVES = (
    Move(State.WAITING, Step.ACCEPT, State.ACCEPTED, _INSPECTORS),
    Move(State.WAITING, Step.REJECT, State.REJECTED, _INSPECTORS),
    Move(State.WAITING, Step.REJECT_LAST, State.FAILED, _INSPECTORS),
    Move(State.WAITING, Step.CORRECT, State.CORRECTED, _INSPECTORS),
    Move(State.REJECTED, Step.LAPSE, State.LAPSED, _CLOCK),
    Move(State.REJECTED, Step.UPHOLD, State.ACCEPTED, _INSPECTORS),
    Move(State.FAILED, Step.UPHOLD, State.ACCEPTED, _INSPECTORS),
    Move(State.LAPSED, Step.UPHOLD, State.ACCEPTED, _INSPECTORS),
    Move(State.CORRECTED, Step.UPHOLD, State.ACCEPTED, _INSPECTORS),
)
_STEPS = {
    Verdict.ACCEPTED: Step.ACCEPT,
    Verdict.REJECTED: Step.REJECT,
    Verdict.CORRECTED: Step.CORRECT,
}


def opens(state: State) -> bool:
    """True where a worker may see score and gold from this state on; for the attempts before it too."""
    return state not in {State.WAITING, State.REJECTED}


def first_state(feedback: Feedback, *, drawn: bool = True) -> State:
    """The state in which a submission begins; `drawn`: it belongs to the sample that is inspected."""
    if feedback is Feedback.AT_ONCE:
        return State.SCORED
    return State.WAITING if drawn else State.UNSAMPLED


def judge(state: State, verdict: Verdict, role: Role, *, last: bool = False) -> State:
    """The state that follows a verdict; `last`: the project allows no rework after this rejection.

    Raises Conflict where no move leads on from `state`, NotAllowed where it is not this role's to make.
    """
    step = Step.REJECT_LAST if last and verdict is Verdict.REJECTED else _STEPS[verdict]
    return take(state, step, role)


def take(state: State, step: Step, role: Role | None) -> State:
    """The state that follows a step; `role` is None where the clock takes it.

    Raises Conflict where no move leads on from `state`, NotAllowed where it is not this role's to make.
    """
    move = next((move for move in MOVES if move.start is state and move.step is step), None)
    if move is None:
        raise Conflict(N_("This submission has already been judged."))
    if (role is None) != (not move.roles) or (role is not None and role not in move.roles):
        raise NotAllowed(N_("This page is for inspectors."))
    return move.end
