"""What tallies count of boxes: their sizes and their sides."""

from collections.abc import Sequence

from labelkit.domain.annotations import Box
from labelkit.domain.scores import ErrorKind, Score
from labelkit.domain.tallies import Counts

# COCO's bounds of small and medium objects: areas in square pixels.
SMALL, MEDIUM = 32**2, 96**2


def size_of(box: Box) -> str:
    """COCO's name for how large an object is: "small" below 32 x 32 pixels, "large" from 96 x 96 on."""
    area = box.w * box.h
    return "small" if area < SMALL else "medium" if area < MEDIUM else "large"


def box_features(gold: Sequence[Box]) -> Counts:
    """How many objects of each label and each size must be marked."""
    found: Counts = {}
    for box in gold:
        if not (box.ignore or box.optional):
            for path in (f"label/{box.label}", f"size/{size_of(box)}"):
                found[path] = found.get(path, 0) + 1
    return found


def count_boxes(score: Score, answers: Sequence[Box], golds: Sequence[Box]) -> Counts:
    """Objects there were and objects missed, by size; signed errors of the sides of all hits.

    Where somebody said that the item cannot be labelled, no object was looked for, and none is counted.
    """
    found: Counts = {}
    if any(finding.kind is ErrorKind.FALSE_UNUSABLE for finding in score.findings):
        return found

    def count(path: str, number: int = 1) -> None:
        found[path] = found.get(path, 0) + number

    for box in golds:
        if not (box.ignore or box.optional):
            count(f"size/{size_of(box)}/golds")
    for finding in score.findings:
        if finding.kind is ErrorKind.MISSING and finding.gold is not None:
            count(f"size/{size_of(golds[finding.gold])}/missed")
    misplaced = {finding.answer for finding in score.findings if finding.kind is ErrorKind.MISPLACED}
    for answer, gold in score.pairs:
        if answers[answer].label == golds[gold].label and answer not in misplaced:
            for side, error in _hundredths(answers[answer], golds[gold]).items():
                count(f"side/{side}/n")
                count(f"side/{side}/sum", error)
                count(f"side/{side}/squares", error * error)
    return {path: number for path, number in found.items() if number}


def _hundredths(answer: Box, gold: Box) -> dict[str, int]:
    """The signed error of each side in hundredths of a pixel: + lies outside the gold."""
    pixels = {
        "left": gold.x - answer.x,
        "top": gold.y - answer.y,
        "right": answer.x + answer.w - gold.x - gold.w,
        "bottom": answer.y + answer.h - gold.y - gold.h,
    }
    return {side: round(100 * error) for side, error in pixels.items()}
