"""Pictures to score in tests: crowded random ones from a seed, and hypothesis strategies for small ones."""

import os
import random
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Score, Severity
from labelkit.domain.scoring import score_boxes

SOAK = bool(os.environ.get("LABELKIT_SOAK"))
LABELS = ("bus", "car", "person")
FLAGS = ("occluded", "truncated")
CAR = Box("car", 100, 100, 100, 80)
DOG = Box("dog", 400, 100, 50, 40)


def share(whole: int) -> int:
    """How many of `whole` random cases to run: all in a soak, else a tenth."""
    return whole if SOAK else whole // 10


def tried(whole: int) -> settings:
    """Settings of a property: the same examples every time, all of them in a soak, else a tenth."""
    return settings(max_examples=share(whole), derandomize=True, deadline=None, database=None)


def annotation(*boxes: Box) -> BoxAnnotation:
    return BoxAnnotation(tuple(boxes))


def moved(box: Box, x: float = 0, y: float = 0, w: float = 0, h: float = 0, **other: str) -> Box:
    """The box with its place and size changed by so many pixels."""
    return replace(box, x=box.x + x, y=box.y + y, w=box.w + w, h=box.h + h, **other)


def score(drawn: list[Box], gold: list[Box], rules: BoxRules | None = None) -> Score:
    return score_boxes(annotation(*drawn), annotation(*gold), rules or BoxRules())


def kinds(result: Score) -> list[tuple[ErrorKind, Severity]]:
    return [(finding.kind, finding.severity) for finding in result.findings]


def crowded(chance: random.Random, most: int = 12, marks: bool = False) -> BoxAnnotation:
    """Boxes that overlap a lot; with `marks`, some are ignored, optional, crowds or flagged."""
    return annotation(*(_box(chance, marks) for _ in range(chance.randint(0, most))))


def _box(chance: random.Random, marks: bool) -> Box:
    x, y = chance.uniform(0, 120), chance.uniform(0, 120)
    w, h = chance.uniform(8, 90), chance.uniform(8, 90)
    flags = frozenset(flag for flag in FLAGS if marks and chance.random() < 0.2)
    said = {mark: marks and chance.random() < 0.1 for mark in ("ignore", "optional", "crowd")}
    return Box(chance.choice(LABELS), x, y, w, h, flags, **said)


def drawn_after(gold: BoxAnnotation, chance: random.Random) -> BoxAnnotation:
    """What somebody careless draws after `gold`: near most objects, some twice, some wrongly named."""
    boxes = []
    for box in gold.regions:
        for _ in range(chance.choice((0, 1, 1, 1, 1, 1, 2))):
            boxes.append(_redrawn(box, chance))
    boxes += [_box(chance, marks=False) for _ in range(chance.randint(0, 3))]
    chance.shuffle(boxes)
    return annotation(*boxes)


def _redrawn(box: Box, chance: random.Random) -> Box:
    spread = chance.choice((0.02, 0.05, 0.2, 0.5))
    dx, dy, dw, dh = (chance.gauss(0, spread) for _ in range(4))
    label = chance.choice(LABELS) if chance.random() < 0.2 else box.label
    flags = frozenset(flag for flag in FLAGS if chance.random() < 0.3)
    w, h = max(box.w * (1 + dw), 1.0), max(box.h * (1 + dh), 1.0)
    return Box(label, box.x + dx * box.w, box.y + dy * box.h, w, h, flags)


# On a coarse grid, so that equal overlaps and equal boxes come up often.
boxes = st.builds(
    Box,
    st.sampled_from(LABELS),
    *(st.integers(0, 12).map(lambda n: n * 5.0) for _ in range(2)),
    *(st.integers(1, 8).map(lambda n: n * 5.0) for _ in range(2)),
)
annotations = st.lists(boxes, max_size=7).map(lambda drawn: annotation(*drawn))
marked_boxes = st.builds(
    lambda box, mark: Box(box.label, box.x, box.y, box.w, box.h, **({mark: True} if mark else {})),
    boxes,
    st.sampled_from((None, None, None, "ignore", "optional", "crowd")),
)
marked_annotations = st.lists(marked_boxes, max_size=7).map(lambda drawn: annotation(*drawn))
