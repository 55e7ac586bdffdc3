"""Marks: what an inspector points at in an answer, each tied to a reason of the guide's closed list."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from labelkit.domain.errors import Invalid
from labelkit.domain.texts import N_

MOST_MARKS = 1000
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """One fault: a region of the answer by its position from 0, or an empty place (x, y) in pixels of the
    upright image, from its top left corner."""

    reason: str
    region: int | None = None
    at: Place | None = None

    def to_json(self) -> dict[str, Any]:
        where: dict[str, Any] = {"at": list(self.at)} if self.at else {"region": self.region}
        return where | {"reason": self.reason}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Mark":
        """A mark as `to_json` wrote it; what people send is read by `parse_marks`."""
        at = raw.get("at")
        return cls(raw["reason"], raw.get("region"), (at[0], at[1]) if at else None)


def parse_marks(raw: object, regions: int, size: Place | None, reasons: Collection[str]) -> tuple[Mark, ...]:
    """The marks that `raw` (JSON) holds.

    `regions` is how many the answer has, `size` the picture's (width, height) in pixels, None for a text.
    Raises Invalid where a region is not there, a place lies outside the picture, or a reason is no key of
    `reasons`.
    """
    if not isinstance(raw, list | tuple) or len(raw) > MOST_MARKS:
        raise Invalid(N_("The marks could not be read."))
    return tuple(dict.fromkeys(_mark(one, regions, size, reasons) for one in raw))


def _mark(raw: object, regions: int, size: Place | None, reasons: Collection[str]) -> Mark:
    match raw:
        case {"region": int(region), "reason": str(reason), **rest} if not rest:
            if isinstance(region, bool) or not 0 <= region < regions:
                raise Invalid(N_("The answer has no such object to mark."))
            mark = Mark(reason, region=region)
        case {"at": [int() | float() as x, int() | float() as y], "reason": str(reason), **rest} if not rest:
            mark = Mark(reason, at=_inside(float(x), float(y), size))
        case _:
            raise Invalid(N_("The marks could not be read."))
    if mark.reason not in reasons:
        raise Invalid(N_("That reason is not in this project's guide."))
    return mark


def _inside(x: float, y: float, size: Place | None) -> Place:
    inside = size is not None and 0 <= x <= size[0] and 0 <= y <= size[1]  # NaN is in no range
    if not inside or not math.isfinite(x + y):
        raise Invalid(N_("A marked place lies outside the picture."))
    return x, y
