"""One-to-one pairing of boxes with the largest total IoU, over all scenes at once.

IoU is counted in whole units of the slack, 1e-9, so that what is equal but for rounding is equal, and
sums are exact. Of several pairings with the same total the one with more pairs is taken, so that answer
and gold may change places; what is equal then resolves in the order of rows, which are sorted.
"""

import numpy as np
from numpy.typing import NDArray

from labelkit.domain.arrays import Floats, Ints
from labelkit.domain.assignment import assign
from labelkit.domain.rules import SLACK

MANY = 1_000_000  # more pairs than a scene has: one pair more weighs less than one unit of IoU

Weights = NDArray[np.int64]


def best_pairing(left: Ints, right: Ints, iou: Floats) -> Ints:
    """Which candidate pairs (k,) form the best one-to-one pairing: their places in the arrays, ascending.

    Candidate number e pairs row `left[e]` with row `right[e]` at `iou[e]` in (0, 1]; none stands twice.
    """
    weight = np.rint(iou / SLACK).astype(np.int64) * MANY + 1
    chosen = np.zeros(len(iou), dtype=np.bool_)
    edges = np.arange(len(iou))
    while len(edges):
        a, b, w = left[edges], right[edges], weight[edges]
        sure = w > _rival(a, w) + _rival(b, w)
        if not sure.any():
            break
        chosen[edges[sure]] = True
        taken_a, taken_b = np.zeros(a.max() + 1, np.bool_), np.zeros(b.max() + 1, np.bool_)
        taken_a[a[sure]] = taken_b[b[sure]] = True
        edges = edges[~(taken_a[a] | taken_b[b])]
    if len(edges):
        chosen[edges[_untangled(left[edges], right[edges], weight[edges])]] = True
    return chosen.nonzero()[0]


def _rival(end: Ints, weight: Weights) -> Weights:
    """The heaviest other candidate (k,) at the same end as each candidate; 0 where there is none.

    A candidate heavier than its rivals at both ends together belongs to every best pairing: without
    it, one candidate at either end is the most that could come instead.
    """
    best = np.zeros(end.max() + 1, dtype=np.int64)
    np.maximum.at(best, end, weight)
    leads = weight == best[end]
    second = np.zeros(len(best), dtype=np.int64)
    np.maximum.at(second, end[~leads], weight[~leads])
    tied = np.bincount(end[leads], minlength=len(best)) > 1
    second[tied] = best[tied]
    return np.where(leads, second[end], best[end])


def _untangled(left: Ints, right: Ints, weight: Weights) -> list[int]:
    """The best pairing among candidates that are in each other's way: their places in the arrays."""
    rows, row = np.unique(left, return_inverse=True)
    columns, column = np.unique(right, return_inverse=True)
    edges: list[list[tuple[int, int]]] = [[] for _ in range(len(rows))]
    place = {}
    for number, (r, c, w) in enumerate(zip(row.tolist(), column.tolist(), weight.tolist(), strict=True)):
        edges[r].append((c, w))
        place[r, c] = number
    return [place[r, c] for r, c in enumerate(assign(edges, len(columns))) if c >= 0]
