"""Second looks: where two inspectors who judged one answer say the same, and where they differ.

Who of them is right is not said: nobody knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import dist

from labelkit.domain.marks import Mark

NEAR = 40.0  # pixels of the image between two marks of the same empty place, at most
Reasons = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What both said of one region (by its position in the answer), of one empty place (x, y in pixels of
    the upright image), or, without either, of the whole: the keys of their reasons, none for nothing."""

    first: Reasons
    second: Reasons
    region: int | None = None
    at: tuple[float, float] | None = None

    @property
    def same(self) -> bool:
        return set(self.first) == set(self.second)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one inspector pointed at, and the keys of the reasons that he or she gave for the whole."""

    marks: tuple[Mark, ...] = ()
    whole: Reasons = ()

    def on(self, region: int) -> Reasons:
        return tuple(mark.reason for mark in self.marks if mark.region == region)

    @property
    def places(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.at]


def compare(first: Opinion, second: Opinion) -> list[Compared]:
    """Every region and every place that either has marked, then the reasons for the whole where there are
    any. Marks of empty places belong together where they lie near each other, the nearest first."""
    marked = {mark.region for mark in (*first.marks, *second.marks) if mark.region is not None}
    found = [Compared(first.on(region), second.on(region), region) for region in sorted(marked)]
    found += _places(first.places, second.places)
    whole = [Compared(first.whole, second.whole)] if first.whole or second.whole else []
    return found + whole


def _places(first: Sequence[Mark], second: Sequence[Mark]) -> list[Compared]:
    near = sorted(
        (apart, i, j)
        for i, one in enumerate(first)
        for j, other in enumerate(second)
        if (apart := dist(one.at or (), other.at or ())) <= NEAR
    )
    partner: dict[int, int] = {}
    for _, i, j in near:
        if i not in partner and j not in partner.values():
            partner[i] = j
    alone = [mark for j, mark in enumerate(second) if j not in partner.values()]
    return [
        Compared((one.reason,), (second[partner[i]].reason,) if i in partner else (), at=one.at)
        for i, one in enumerate(first)
    ] + [Compared((), (mark.reason,), at=mark.at) for mark in alone]
