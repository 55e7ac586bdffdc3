"""The objects that several people mean by their boxes in one picture: boxes gathered into clusters.

Every pair of boxes of two people with enough IoU is looked at, the best first, and joined where that leaves
at most one box of each person in a cluster: single-link clustering that stops where two boxes of one person
would meet. Labels do not keep boxes apart; of pairs that are alike otherwise, those of one label come first.
Neither the order of people nor that of their boxes matters. An object lies at the median of each side, which
one person's slip cannot move far.
"""

from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.arrays import Floats
from labelkit.domain.consensus import NOTHING, UNUSABLE, Unit, most_say
from labelkit.domain.geometry import corners, pairwise_iou
from labelkit.domain.matching import best_pairing
from labelkit.domain.rules import SLACK, BoxRules

Cluster = dict[int, int]  # position of an answer to that of its box in the cluster
_Place = tuple[int, int]  # position of an answer, and of a box in it
_Key = tuple[float, float, float, float, str]


def clusters(answers: Sequence[BoxAnnotation], match_iou: float) -> list[Cluster]:
    """The objects that these answers mark, at most one box of each answer in each; every box is in one.

    Two boxes may mean one object from an IoU of `match_iou` on. Sorted by where they lie.
    """
    places = _places(answers)
    home: dict[_Place, Cluster] = {place: {place[0]: place[1]} for place in places}
    for one, other in _pairs(answers, places, match_iou):
        mine, yours = home[one], home[other]
        if mine.keys().isdisjoint(yours):
            mine |= yours
            home.update(dict.fromkeys(yours.items(), mine))
    found = {id(cluster): cluster for cluster in home.values()}
    return sorted(found.values(), key=lambda cluster: sorted(_key(box) for box in _boxes(answers, cluster)))


def _places(answers: Sequence[BoxAnnotation]) -> list[_Place]:
    """All boxes, in an order that does not tell in which they were drawn, nor by whom, but for twins."""
    found = [(n, place) for n, answer in enumerate(answers) for place in range(len(answer.regions))]
    return sorted(found, key=lambda at: (_key(answers[at[0]].regions[at[1]]), at))


def _key(box: Box) -> _Key:
    return box.x, box.y, box.w, box.h, box.label


def _pairs(
    answers: Sequence[BoxAnnotation], places: Sequence[_Place], match_iou: float
) -> Iterator[tuple[_Place, _Place]]:
    """The pairs of two people's boxes that may mean one object, the best first."""
    boxes = [answers[n].regions[place] for n, place in places]
    at = _corners(boxes)
    iou = pairwise_iou(at, at)
    rows, columns = np.nonzero(np.triu(iou >= match_iou - SLACK, 1))
    units = np.rint(iou[rows, columns] / SLACK).astype(np.int64)  # what differs by rounding is alike
    found = [
        (-unit, boxes[row].label != boxes[column].label, row, column)
        for row, column, unit in zip(rows.tolist(), columns.tolist(), units.tolist(), strict=True)
        if places[row][0] != places[column][0]
    ]
    for _, _, row, column in sorted(found):
        yield places[row], places[column]


def _corners(boxes: Sequence[Box]) -> Floats:
    return corners(np.array([(box.x, box.y, box.w, box.h) for box in boxes], dtype=np.float64))


def _boxes(answers: Sequence[BoxAnnotation], cluster: Cluster) -> list[Box]:
    return [answers[n].regions[place] for n, place in cluster.items()]


def box_units(answers: Sequence[BoxAnnotation], rules: BoxRules) -> tuple[Unit, ...]:
    """The label that each answer gives to each object that any of them marks; where none marks any, whether
    it says "nothing to find" or "cannot be labelled"."""

    def says(number: int, cluster: Cluster) -> str:
        if answers[number].unusable:
            return UNUSABLE
        return answers[number].regions[cluster[number]].label if number in cluster else NOTHING

    found = clusters(answers, rules.match_iou) or [{}]
    return tuple(tuple(says(number, cluster) for number in range(len(answers))) for cluster in found)


def box_consensus(answers: Sequence[BoxAnnotation], classes: Sequence[str], rules: BoxRules) -> BoxAnnotation:
    """The boxes that the answers mark together; `classes` has the likeliest of each of their `box_units`.

    An object whose likeliest class is nothing is left out. Each side lies at the median of the sides of its
    boxes, and it has the flags that most of them have.
    """
    if most_say([answer.unusable for answer in answers]):
        return BoxAnnotation(unusable=True)
    found = zip(clusters(answers, rules.match_iou), classes, strict=False)
    return BoxAnnotation(
        tuple(_middle(_boxes(answers, cluster), label) for cluster, label in found if label != NOTHING)
    )


def _middle(boxes: Sequence[Box], label: str) -> Box:
    left, top = (median(box.x for box in boxes), median(box.y for box in boxes))
    right, bottom = (median(box.x + box.w for box in boxes), median(box.y + box.h for box in boxes))
    flags = {flag for box in boxes for flag in box.flags}
    kept = frozenset(flag for flag in flags if most_say([flag in box.flags for box in boxes]))
    return Box(label, left, top, right - left, bottom - top, kept)


def box_likeness(answers: Sequence[BoxAnnotation], rules: BoxRules) -> Floats:
    """How alike each two answers are, 0 to 1, in the order of `itertools.combinations`: F1 of their boxes,
    paired one to one within a label from an IoU of `match_iou` on, as scoring pairs hits. Two answers
    without boxes are alike where both, or neither, say "cannot be labelled"."""
    n = len(answers)
    boxes = [box for answer in answers for box in answer.regions]
    counts = np.array([len(answer.regions) for answer in answers], dtype=np.intp)
    owner, labels = np.repeat(np.arange(n), counts), np.array([box.label for box in boxes], dtype=np.str_)
    at = _corners(boxes)
    iou = pairwise_iou(at, at)
    near = (iou >= rules.match_iou - SLACK) & (labels[:, None] == labels) & (owner[:, None] < owner)
    rows, columns = near.nonzero()
    one, other = owner[rows], owner[columns]
    # All pairs of answers at once: a box stands there once for each other answer.
    chosen = best_pairing(rows * n + other, columns * n + one, iou[rows, columns])
    hits = np.bincount(one[chosen] * n + other[chosen], minlength=n * n).reshape(n, n)
    total = counts[:, None] + counts
    unusable = np.array([answer.unusable for answer in answers], dtype=np.bool_)
    alike = np.where(total > 0, 2 * hits / np.maximum(total, 1), unusable[:, None] == unusable)
    result: Floats = alike[np.triu_indices(n, 1)]
    return result
