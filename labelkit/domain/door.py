"""What may come in as a box at all (DESIGN section 4, rule 9)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from labelkit.domain.annotations import Box
from labelkit.domain.errors import Invalid, TooLarge
from labelkit.domain.rules import SLACK
from labelkit.domain.texts import N_


@dataclass(frozen=True, slots=True)
class Admitted:
    """Boxes that may be scored, in their given order; `clipped`, positions of those cut to the picture."""

    boxes: tuple[Box, ...]
    clipped: tuple[int, ...]


def admit(boxes: Sequence[Box], width: float, height: float, max_regions: int) -> Admitted:
    """Boxes in pixels, checked and clipped to a picture of `width` by `height`.

    Raises TooLarge for more than `max_regions`; Invalid, naming the first bad box (counted from 1), when
    a number is NaN or infinite, a side zero or negative, or the box wholly outside the picture.
    """
    if len(boxes) > max_regions:
        raise TooLarge(N_("At most %(most)d objects fit in one answer."), most=max_regions)
    inside = tuple(_admit(box, number, width, height) for number, box in enumerate(boxes, start=1))
    changed = (position for position, box in enumerate(boxes) if inside[position] is not box)
    return Admitted(inside, tuple(changed))


def _admit(box: Box, number: int, width: float, height: float) -> Box:
    if not all(math.isfinite(value) for value in (box.x, box.y, box.w, box.h)):
        raise Invalid(N_("Box %(number)d has a coordinate that is not a number."), number=number)
    if box.w < 0 or box.h < 0:
        raise Invalid(N_("Box %(number)d has a negative width or height."), number=number)
    if box.w <= SLACK or box.h <= SLACK:
        raise Invalid(N_("Box %(number)d has no area."), number=number)
    left, top = max(box.x, 0.0), max(box.y, 0.0)
    right, bottom = min(box.x + box.w, width), min(box.y + box.h, height)
    if right - left <= SLACK or bottom - top <= SLACK:
        raise Invalid(N_("Box %(number)d lies wholly outside the picture."), number=number)
    overhang = max(-box.x, -box.y, box.x + box.w - width, box.y + box.h - height)
    return replace(box, x=left, y=top, w=right - left, h=bottom - top) if overhang > SLACK else box
