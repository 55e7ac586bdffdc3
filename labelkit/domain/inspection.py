"""Inspection practice: which results are shown, what is planted in them, and how a verdict is judged.

A shown result is right, or has one or two plants. Everything that is not planted carries a hand's jitter
within tolerance, in right results too: else the one inexact box would give the plant away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Any, Generic, TypeVar

from labelkit.domain.projects import Guide
from labelkit.domain.scores import ErrorKind

A = TypeVar("A")
Point = tuple[float, float]
Place = int | Point  # a region by its position, or a point where nothing is marked

MOST_AHEAD = 3  # by how many the faulty or the right results may be more
TWO_PLANTS = 0.35  # share of the faulty results that are to have two
NEAR = 0.15  # how far beside a left-out object one may point, as a share of its sides
NEAR_PX = 8.0  # and at least so many pixels
SAID_AS = {  # kinds that a reason named otherwise describes as well
    ErrorKind.SHIFTED: {ErrorKind.SHIFTED, ErrorKind.MISPLACED},
    ErrorKind.MISPLACED: {ErrorKind.SHIFTED, ErrorKind.MISPLACED},
    ErrorKind.MISPLACED_WRONG_LABEL: {
        ErrorKind.MISPLACED_WRONG_LABEL,
        ErrorKind.MISPLACED,
        ErrorKind.WRONG_LABEL,
    },
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted error: `regions` may be pointed at for it (positions in the shown result); `box` is the
    object left out, as x, y, w, h in image pixels. A fault of a class answer has neither."""

    kind: ErrorKind
    regions: tuple[int, ...] = ()
    box: tuple[float, float, float, float] | None = None

    @property
    def has_place(self) -> bool:
        return bool(self.regions) or self.box is not None

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind.value, "regions": list(self.regions), "box": self.box and list(self.box)}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Fault":
        x = raw["box"]
        return cls(ErrorKind(raw["kind"]), tuple(raw["regions"]), x and (x[0], x[1], x[2], x[3]))


@dataclass(frozen=True, slots=True)
class ToInspect(Generic[A]):
    """A result to inspect, and what is wrong with it on purpose."""

    annotation: A
    faults: tuple[Fault, ...] = ()


def is_faulty(seed: str, number: int) -> bool:
    """Whether the shown result with this number, from 0, is to have plants.

    Half and half: a fair coin, unless one side is ahead by three (the big stick of Soares and Wu 1983), so
    that counting along hardly helps. The same seed gives the same order.
    """
    chance = Random(f"inspection {seed}")
    ahead = 0  # by how many more were faulty
    faulty = False
    for _ in range(number + 1):
        faulty = chance.random() < 0.5 if abs(ahead) < MOST_AHEAD else ahead < 0
        ahead += 1 if faulty else -1
    return faulty


def plans(
    kinds: Sequence[ErrorKind], planted: Mapping[ErrorKind, int], random: Random
) -> list[list[ErrorKind]]:
    """What to plant, the first choice first, so that over time no kind comes more often than another.

    `kinds` are those of the task type, `planted` how often each was planted before. Each kind is there
    alone, so that an item which can carry any of them finds a plan; with some luck a second one beside it.
    """
    order = sorted(random.sample(kinds, len(kinds)), key=lambda kind: planted.get(kind, 0))
    alone = [[kind] for kind in order]
    if random.random() >= TWO_PLANTS:
        return alone
    both = ([[*pair], [pair[0]]] for pair in pairwise(order))
    return [plan for plans in both for plan in plans] + alone[-1:]


@dataclass(frozen=True, slots=True)
class Decision:
    """An inspector's word on a shown result; place and reason belong to a rejection."""

    accepted: bool
    place: Place | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How good a decision was. `place` and `reason` are None where they were not asked for or cannot be
    told: only the rejection of a faulty result has them."""

    faulty: bool
    accepted: bool
    place: bool | None = None
    reason: bool | None = None

    @property
    def right(self) -> bool:
        return self.faulty != self.accepted

    @property
    def false_accept(self) -> bool:
        return self.faulty and self.accepted

    @property
    def false_reject(self) -> bool:
        return not self.faulty and not self.accepted

    @property
    def value(self) -> float:
        """0 for the wrong verdict; for the right one 2 points, and one each for place and reason where
        they can be told, as a share of what could be had."""
        told = [part for part in (self.place, self.reason) if part is not None]
        return (2 + sum(told)) / (2 + len(told)) if self.right else 0.0


def judge(faults: Sequence[Fault], decision: Decision, guide: Guide) -> Outcome:
    """What a decision on a result with these plants was worth. Any of several plants will do."""
    if decision.accepted or not faults:
        return Outcome(bool(faults), decision.accepted)
    asked = any(fault.has_place for fault in faults)
    place = bool(found(faults, decision.place)) if asked else None
    return Outcome(True, False, place, reason_holds(guide, decision.reason, [fault.kind for fault in faults]))


def found(faults: Sequence[Fault], place: Place | None) -> tuple[Fault, ...]:
    """The plants that somebody pointed at."""
    return tuple(fault for fault in faults if place is not None and _is_at(fault, place))


def _is_at(fault: Fault, place: Place) -> bool:
    if isinstance(place, int):
        return place in fault.regions
    if fault.box is None:
        return False
    x, y, w, h = fault.box
    across, down = max(NEAR * w, NEAR_PX), max(NEAR * h, NEAR_PX)
    return x - across <= place[0] <= x + w + across and y - down <= place[1] <= y + h + down


def reason_holds(guide: Guide, key: str | None, kinds: Sequence[ErrorKind]) -> bool | None:
    """Whether a reason of the guide says what is wrong, where errors of these kinds were planted.

    A reason that is named like a kind stands for that kind. Where the guide names none so, every reason on
    the clause that the kind breaks holds. None for a more particular reason, on a clause to which no kind
    is tied: what is planted cannot tell whether it is true.
    """
    reason = guide.reason(key or "")
    if reason is None:
        return False
    named = {one.key for one in guide.reasons}
    for kind in kinds:
        names = {said.value for said in SAID_AS.get(kind, {kind})}
        on_clause = not names & named and reason.clause == guide.errors.get(kind)
        if reason.key in names or on_clause:
            return True
    is_told = reason.key in set(ErrorKind) or reason.clause in guide.errors.values()
    return False if is_told else None


def rights(guide: Guide, kind: ErrorKind) -> list[str]:
    """The keys of the reasons that hold for a kind."""
    return [reason.key for reason in guide.reasons if reason_holds(guide, reason.key, [kind])]
