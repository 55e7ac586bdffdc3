"""Which boxes of an answer overlap which boxes of its gold, over all scenes at once."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from labelkit.domain.arrays import Bools, Floats, Ints
from labelkit.domain.geometry import area
from labelkit.domain.rules import SLACK, BoxRules
from labelkit.domain.tables import BoxTable

SLICE = 100_000  # pairs looked at in one go: small enough to stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Overlaps:
    """The pairs (k,) that may matter, in the order of their rows: `answer`, `gold`, their `iou`, 0 to 1.

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
    """Rows (k,) of answers and golds of one scene with a common area, and that area, slice by slice."""
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
    """Every answer beside every gold of its scene, in slices of about SLICE pairs."""
    starts = golds.starts()
    first = starts[answers.scene]
    count = starts[answers.scene + 1] - first
    end = np.cumsum(count)
    begin = 0
    while begin < len(answers):
        done = end[begin - 1] if begin else 0
        stop = max(int(np.searchsorted(end, done + SLICE, side="right")), begin + 1)
        answer = np.repeat(np.arange(begin, stop), count[begin:stop])
        gold = np.arange(len(answer)) + np.repeat(
            first[begin:stop] - (end[begin:stop] - count[begin:stop] - done), count[begin:stop]
        )
        yield answer, gold
        begin = stop


def _none() -> tuple[Ints, Ints, Floats]:
    return np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0)
