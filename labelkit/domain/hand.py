"""How a hand draws a box: never quite on the edge. In units of the tolerance t of rule 5 (DESIGN 4).

Sides here are outward: + makes the box larger on that side, - smaller, as in a Finding.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.geometry import corners
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import Sides
from labelkit.domain.sides import tolerances

STRAIGHT = Sides(0, 0, 0, 0)
WITHIN = 0.95  # of the tolerance: as far as a steady hand strays
NARROWEST = 0.45  # of a box's length: as far as one side moves inward, so that the box keeps a size


@dataclass(frozen=True, slots=True)
class Setting:
    """What a drawn box depends on besides its object: chance, the rules, the picture and its labels.

    `size` is the (width, height) of the picture in pixels; `labels` the label keys of the project.
    """

    random: random.Random
    rules: BoxRules
    size: tuple[float, float]
    labels: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Hand:
    """`spread`: standard deviation of each side; `bias`: its mean. Both in tolerances."""

    spread: float = 0.4
    bias: Sides = STRAIGHT


ORDINARY = Hand()


def jitter(
    annotation: BoxAnnotation,
    random: random.Random,
    rules: BoxRules,
    size: tuple[float, float],
    spread: float = 0.4,
) -> BoxAnnotation:
    """The same boxes as a steady hand draws them: every side off a little, never beyond tolerance.

    A small box strays less than its tolerance, so that it stays a hit: overlap falls to no less than
    0.3 of the way from `match_iou` up to 1. Boxes stay inside the picture (`size` in pixels).
    """
    setting = Setting(random, rules, size)
    return replace(
        annotation, regions=tuple(steady(region, setting, spread) for region in annotation.regions)
    )


def steady(box: Box, setting: Setting, spread: float = 0.4) -> Box:
    """One box as `jitter` draws it."""
    floor = setting.rules.match_iou + 0.3 * (1 - setting.rules.match_iou)
    narrow = (1 - math.sqrt(floor)) / 2
    left, top, right, bottom = (_bounded(setting.random, spread) for _ in range(4))
    across, down = tolerance(box, setting.rules)
    across, down = min(WITHIN * across, narrow * box.w), min(WITHIN * down, narrow * box.h)
    return moved(box, Sides(left * across, top * down, right * across, bottom * down), setting.size)


def drawn(box: Box, setting: Setting, hand: Hand) -> Box:
    """One box as this hand draws it, well or badly: a side may land beyond tolerance."""
    across, down = tolerance(box, setting.rules)
    bias, gauss = hand.bias, setting.random.gauss
    sides = Sides(
        left=across * gauss(bias.left, hand.spread),
        top=down * gauss(bias.top, hand.spread),
        right=across * gauss(bias.right, hand.spread),
        bottom=down * gauss(bias.bottom, hand.spread),
    )
    return moved(box, sides, setting.size)


@lru_cache(maxsize=4096)
def tolerance(gold: Box, rules: BoxRules) -> tuple[float, float]:
    """The tolerance t of rule 5 across and down this gold box, in pixels."""
    across, down, *_ = tolerances(corners(np.array([[gold.x, gold.y, gold.w, gold.h]])), rules)[0]
    return float(across), float(down)


def moved(box: Box, outward: Sides, size: tuple[float, float]) -> Box:
    """The box with each side moved outward by so many pixels, kept inside the picture and with a size."""
    x1 = max(0.0, box.x - max(outward.left, -NARROWEST * box.w))
    y1 = max(0.0, box.y - max(outward.top, -NARROWEST * box.h))
    x2 = min(size[0], box.x + box.w + max(outward.right, -NARROWEST * box.w))
    y2 = min(size[1], box.y + box.h + max(outward.bottom, -NARROWEST * box.h))
    return replace(box, x=x1, y=y1, w=x2 - x1, h=y2 - y1)


def _bounded(chance: random.Random, spread: float) -> float:
    """A normal number of this standard deviation, drawn again until it lies in [-1, 1]."""
    while True:
        value = chance.gauss(0, spread)
        if abs(value) <= 1:
            return value
