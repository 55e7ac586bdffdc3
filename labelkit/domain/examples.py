"""Examples for a guide: a place in a picture as a right answer marks it, and as a planted error does."""

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.errors import Invalid
from labelkit.domain.planting import Planted, plant
from labelkit.domain.projects import Aim
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Finding
from labelkit.domain.scoring import best_score
from labelkit.domain.sides import SIDES

A = TypeVar("A")
View = tuple[float, float, float, float]
DRAWINGS = 10  # plants drawn, of which the clearest is taken
AIMED_DRAWINGS = 32  # an aim at one side passes over those that go wrong elsewhere
LARGE = 96.0  # px: an object of this shorter side is as clear as any larger one
NARROWEST = 112.0  # px, the width of a view, so that a small object keeps its surroundings
RELABELS = (ErrorKind.WRONG_LABEL, ErrorKind.MISPLACED_WRONG_LABEL)


@dataclass(frozen=True, slots=True)
class Example(Generic[A]):
    """What a right and a wrong answer mark within `view` (x, y, w, h in image pixels), and what the
    scoring says of the wrong one."""

    finding: Finding
    right: A
    wrong: A
    view: View


@lru_cache(maxsize=512)
def box_example(
    accepted: tuple[BoxAnnotation, ...],
    kind: ErrorKind,
    seed: str,
    rules: BoxRules,
    size: tuple[float, float],
    labels: tuple[str, ...],
    aim: Aim | None = None,
) -> Example[BoxAnnotation] | None:
    """The clearest of some plants of this kind in this gold; None where it cannot carry one.

    `size`: width and height of the picture in pixels; `labels`: what a wrong label is chosen from, and
    what the object of a wrong label is. With `aim`, the object and the side that it names. The same
    seed gives the same example.
    """
    found: list[tuple[float, Example[BoxAnnotation]]] = []
    on = None if aim is None else aim.region - 1
    for number in range(AIMED_DRAWINGS if aim else DRAWINGS):
        chance = random.Random(f"{seed} {number}")
        try:
            planted = plant(accepted[0], chance, [kind], rules, size, labels, accepted=accepted[1:], on=on)
        except Invalid:
            return found[0][1] if found else None
        example = _example(planted, accepted, rules, size)
        if _worst_side(example.finding, aim) and (
            aim or kind not in RELABELS or set(example.finding.gold_labels) <= set(labels)
        ):
            found.append((_clearness(example, accepted[0]), example))
    return max(found, key=lambda one: one[0])[1] if found else None


def _example(
    planted: Planted, accepted: tuple[BoxAnnotation, ...], rules: BoxRules, size: tuple[float, float]
) -> Example[BoxAnnotation]:
    (fault,) = planted.plants
    finding = best_score(planted.annotation, accepted, rules).findings[0]
    right = () if fault.gold is None else (accepted[0].regions[fault.gold],)
    wrong = () if fault.answer is None else (planted.annotation.regions[fault.answer],)
    first = right if fault.kind is ErrorKind.DUPLICATE else ()
    shown = BoxAnnotation(right), BoxAnnotation((*first, *wrong))
    return Example(finding, *shown, view_round((*right, *wrong), size))


def _worst_side(finding: Finding, aim: Aim | None) -> bool:
    """Whether the side that is meant goes wrong by most, if one is meant."""
    if aim is None or not aim.side or finding.sides is None:
        return True
    sides: dict[str, float] = {side: abs(getattr(finding.sides, side)) for side in SIDES}
    return sides[aim.side] == max(sides.values())


def _clearness(example: Example[BoxAnnotation], gold: BoxAnnotation) -> float:
    """Large, alone and far off is clear: how well a plant is seen at a glance; higher is better."""
    box = (example.right.regions or example.wrong.regions)[0]
    short = min(box.w, box.h)
    sides = example.finding.sides
    error = max(abs(sides.left), abs(sides.top), abs(sides.right), abs(sides.bottom)) if sides else 0.0
    crowd = sum(_shared(box, other) for other in gold.regions if other not in example.right.regions)
    return min(short, LARGE) / LARGE + min(2 * error / short, 0.6) - min(crowd / (box.w * box.h), 1.0)


def _shared(a: Box, b: Box) -> float:
    across = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
    down = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    return max(0.0, across) * max(0.0, down)


def view_round(boxes: tuple[Box, ...], size: tuple[float, float]) -> View:
    """The part of the picture round these boxes, 4 wide and 3 high, as far as the picture goes; beyond its
    borders only where the boxes would not fit otherwise."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    across = max(box.x + box.w for box in boxes) - left
    down = max(box.y + box.h for box in boxes) - top
    pad = 0.4 * max(across, down)
    wanted = max(across + pad, 4 / 3 * (down + pad), NARROWEST)
    width = max(min(wanted, size[0], 4 / 3 * size[1]), 1.04 * across, 1.04 * 4 / 3 * down)
    height = 3 / 4 * width
    x = _within(left + across / 2, width, size[0])
    y = _within(top + down / 2, height, size[1])
    return round(x, 1), round(y, 1), round(width, 1), round(height, 1)


def _within(middle: float, length: float, room: float) -> float:
    """Where a stretch round `middle` begins that stays within 0 and `room`, or has it in its middle."""
    return min(max(middle - length / 2, 0.0), room - length) if length <= room else (room - length) / 2
