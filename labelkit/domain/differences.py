"""What one Annotation says otherwise than another: added, removed, moved, relabelled, marked."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from labelkit.domain.annotations import Box, BoxAnnotation, LabelAnnotation
from labelkit.domain.rules import SLACK

NEAR = 0.1  # IoU from which two boxes are the same object, moved

Sides = tuple[float, float, float, float]
Annotation = BoxAnnotation | LabelAnnotation


class Change(StrEnum):
    """A kind of difference."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RELABELLED = "relabelled"
    MARKED = "marked"
    NOW_UNUSABLE = "now_unusable"
    NOW_USABLE = "now_usable"
    ANSWER_ADDED = "answer_added"
    ANSWER_REMOVED = "answer_removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed.

    `label` is what holds now (of what was removed: what held), `was` the label before. `sides` says how
    far left, top, right and bottom moved, in pixels, + to the right and down. `answer` counts accepted
    answers from 1; `marks` are the flags that changed, "+ignore" or "-ignore". `old` and `new` are the
    positions of the box among those before and after, None where there is none.
    """

    change: Change
    label: str | None = None
    was: str | None = None
    sides: Sides | None = None
    marks: tuple[str, ...] = ()
    answer: int = 1
    old: int | None = field(default=None, compare=False)
    new: int | None = field(default=None, compare=False)


def between(before: Sequence[Annotation], after: Sequence[Annotation]) -> list[Difference]:
    """The differences from the accepted answers `before` to those `after`, paired by their place."""
    found: list[Difference] = []
    for number in range(1, max(len(before), len(after)) + 1):
        if number > len(before):
            found.append(Difference(Change.ANSWER_ADDED, answer=number))
        elif number > len(after):
            found.append(Difference(Change.ANSWER_REMOVED, answer=number))
        else:
            found += _of_one(before[number - 1], after[number - 1], number)
    return found


def _of_one(before: Annotation, after: Annotation, number: int) -> list[Difference]:
    found = []
    if before.unusable != after.unusable:
        change = Change.NOW_UNUSABLE if after.unusable else Change.NOW_USABLE
        found.append(Difference(change, answer=number))
    if isinstance(before, BoxAnnotation) and isinstance(after, BoxAnnotation):
        return found + _of_boxes(before.regions, after.regions, number)
    if isinstance(before, LabelAnnotation) and isinstance(after, LabelAnnotation):
        return found + _of_labels(before.labels, after.labels, number)
    return found


def _of_labels(before: frozenset[str], after: frozenset[str], number: int) -> list[Difference]:
    gone, new = sorted(before - after), sorted(after - before)
    if len(gone) == len(new) == 1:
        return [Difference(Change.RELABELLED, new[0], gone[0], answer=number)]
    removed = [Difference(Change.REMOVED, label, answer=number) for label in gone]
    return removed + [Difference(Change.ADDED, label, answer=number) for label in new]


def _of_boxes(before: Sequence[Box], after: Sequence[Box], number: int) -> list[Difference]:
    """Boxes are paired from the nearest pair on; of equally near ones those of the same label first."""
    pairs, lost, new = _pair(before, after)
    changed = [
        replace(found, old=old, new=now)
        for old, now in pairs
        for found in _of_pair(before[old], after[now], number)
    ]
    removed = [Difference(Change.REMOVED, before[at].label, answer=number, old=at) for at in lost]
    return (
        changed + removed + [Difference(Change.ADDED, after[at].label, answer=number, new=at) for at in new]
    )


def _pair(before: Sequence[Box], after: Sequence[Box]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Positions of boxes: of those that are the same object before and after, of lost and of new ones."""
    near = [
        (-overlap, old.label != now.label, first, second)
        for first, old in enumerate(before)
        for second, now in enumerate(after)
        if (overlap := _iou(old, now)) >= NEAR
    ]
    firsts: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, first, second in sorted(near):
        if first not in firsts and second not in taken:
            firsts[first] = second
            taken.add(second)
    lost = [position for position in range(len(before)) if position not in firsts]
    return sorted(firsts.items()), lost, [position for position in range(len(after)) if position not in taken]


def _iou(one: Box, other: Box) -> float:
    across = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    down = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    shared = max(across, 0.0) * max(down, 0.0)
    return shared / (one.w * one.h + other.w * other.h - shared)


def _of_pair(old: Box, now: Box, number: int) -> list[Difference]:
    found = []
    if old.label != now.label:
        found.append(Difference(Change.RELABELLED, now.label, old.label, answer=number))
    left, top = now.x - old.x, now.y - old.y
    sides = (left, top, left + now.w - old.w, top + now.h - old.h)
    if any(abs(side) > SLACK for side in sides):
        found.append(Difference(Change.MOVED, now.label, sides=sides, answer=number))
    gone, new = sorted(_marks(old) - _marks(now)), sorted(_marks(now) - _marks(old))
    if gone or new:
        marks = tuple(f"+{mark}" for mark in new) + tuple(f"-{mark}" for mark in gone)
        found.append(Difference(Change.MARKED, now.label, marks=marks, answer=number))
    return found


def _marks(box: Box) -> frozenset[str]:
    said = {"ignore": box.ignore, "optional": box.optional, "crowd": box.crowd}
    return box.flags | {mark for mark, is_said in said.items() if is_said}
