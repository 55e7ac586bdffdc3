"""Which boxes of an answer overlap which boxes of its gold, over all scenes at once."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from labelkit.domain.arrays import Bools, Floats, Ints
from labelkit.domain.geometry import area
from labelkit.domain.rules import SLACK, BoxRules
from labelkit.domain.tables import BoxTable

SLICE = 100_000  # pairs looked at in one go: small enough to stay in the processor's cache
CROWDED = 4_000  # from so many pairs on, a scene is better looked at by itself


@dataclass(frozen=True, slots=True)
class Overlaps:
    """The pairs (k,) that may matter, rows `answer` and `gold` with their `iou`, 0 to 1; in order by scene.

    Only golds that take part are in it, and only pairs with an IoU of `near_iou` or more. `alike` says
    which pairs share their label; `aside` (answers,), which answers lie on an ignored or crowd region.
    """

    answer: Ints
    gold: Ints
    iou: Floats
    alike: Bools
    aside: Bools


def overlaps(answers: BoxTable, golds: BoxTable, rules: BoxRules) -> Overlaps:
    """All pairs of one scene that overlap by `near_iou` or more, and the answers that lie on ignored gold."""
    answer_area, gold_area = area(answers.corners), area(golds.corners)
    left_out = golds.ignore | golds.crowd
    aside = np.zeros(len(answers), dtype=np.bool_)
    found = []
    for answer, gold, common in _touching(answers, golds):
        iou = common / (answer_area[answer] + gold_area[gold] - common)
        out = left_out[gold]
        if out.any():
            inside = common[out] / answer_area[answer[out]]
            lies = _lies_on(answers, golds.take(gold[out]), answer[out], iou[out], inside, rules)
            aside[answer[out][lies]] = True
        kept = (~out & (iou >= rules.near_iou - SLACK)).nonzero()[0]
        found.append((answer[kept], gold[kept], iou[kept]))
    answer, gold, iou = (np.concatenate(column) for column in zip(*found, strict=True)) if found else _none()
    return Overlaps(answer, gold, iou, answers.label[answer] == golds.label[gold], aside)


def _lies_on(
    answers: BoxTable, regions: BoxTable, answer: Ints, iou: Floats, inside: Floats, rules: BoxRules
) -> Bools:
    """Whether each answer (k,) lies on the ignored or crowd region (k,) beside it: rule 3."""
    ignored = (iou >= rules.match_iou - SLACK) | (inside >= rules.ignore_share - SLACK)
    in_crowd = (inside >= rules.match_iou - SLACK) & (answers.label[answer] == regions.label)
    result: Bools = (regions.ignore & ignored) | (regions.crowd & in_crowd)
    return result


def _touching(answers: BoxTable, golds: BoxTable) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Rows (k,) of answers and golds of one scene with a common area, and that area, slice by slice.

    The rows of one scene come in order; scenes with many boxes come before the others.
    """
    ax1, ay1, ax2, ay2 = answers.corners.T
    gx1, gy1, gx2, gy2 = golds.corners.T
    for answer, gold in _facing(answers, golds):
        width = np.minimum(ax2[answer], gx2[gold]) - np.maximum(ax1[answer], gx1[gold])
        kept = (width > 0).nonzero()[0]
        answer, gold, width = answer[kept], gold[kept], width[kept]
        height = np.minimum(ay2[answer], gy2[gold]) - np.maximum(ay1[answer], gy1[gold])
        common = width * height
        kept = ((height > 0) & (common > 0)).nonzero()[0]
        yield answer[kept], gold[kept], common[kept]


def _facing(answers: BoxTable, golds: BoxTable) -> Iterator[tuple[Ints, Ints]]:
    """Rows (k,) of all pairs that may touch: scene by scene where there are many, else in slices."""
    scenes = np.arange(answers.scenes + 1)
    drawn, meant = answers.scene.searchsorted(scenes), golds.scene.searchsorted(scenes)
    crowded = np.diff(drawn) * np.diff(meant) >= CROWDED
    for scene in crowded.nonzero()[0].tolist():
        yield _in_one_scene(
            answers, golds, slice(*drawn[scene : scene + 2]), slice(*meant[scene : scene + 2])
        )
    rows = (~crowded[answers.scene]).nonzero()[0]
    first, count = meant[answers.scene[rows]], np.diff(meant)[answers.scene[rows]]
    end = count.cumsum()
    begin = 0
    while begin < len(rows):
        done = end[begin - 1] if begin else 0
        stop = max(int(end.searchsorted(done + SLICE, side="right")), begin + 1)
        some = slice(begin, stop)
        offset = first[some] - (end[some] - count[some] - done)
        answer = rows[some].repeat(count[some])
        yield answer, np.arange(len(answer)) + offset.repeat(count[some])
        begin = stop


def _in_one_scene(answers: BoxTable, golds: BoxTable, drawn: slice, meant: slice) -> tuple[Ints, Ints]:
    """Rows (k,) of the pairs among these rows that do touch."""
    ax1, ay1, ax2, ay2 = answers.corners[drawn].T[:, :, None]
    gx1, gy1, gx2, gy2 = golds.corners[meant].T
    touch = (ax1 < gx2) & (gx1 < ax2) & (ay1 < gy2) & (gy1 < ay2)
    answer, gold = np.divmod(touch.ravel().nonzero()[0], touch.shape[1])
    return answer + drawn.start, gold + meant.start


def _none() -> tuple[Ints, Ints, Floats]:
    return np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0)
