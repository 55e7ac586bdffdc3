"""Boxes of many annotations as columns, so that one engine scores one answer and a whole data set alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

import numpy as np

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.arrays import Bools, Floats, Ints
from labelkit.domain.geometry import corners

PLACE = attrgetter("x", "y", "w", "h")
MARKS = attrgetter("ignore"), attrgetter("optional"), attrgetter("crowd")


@dataclass(frozen=True, slots=True)
class BoxTable:
    """One row a box, in the order of DESIGN section 4: scene, label key, x, y, w, h.

    A *scene* is one answer beside one gold; both sides of a comparison number their scenes alike, 0 to
    `scenes` - 1. All columns are (n,) but `corners` (n, 4). `label` ranks in the sorted `labels`;
    `position` is the box's place in its own annotation; `flags` has a bit for each flag asked for.
    """

    labels: tuple[str, ...]
    unusable: Bools
    scene: Ints
    label: Ints
    corners: Floats
    position: Ints
    flags: Ints
    ignore: Bools
    optional: Bools
    crowd: Bools

    @property
    def scenes(self) -> int:
        return len(self.unusable)

    def __len__(self) -> int:
        return len(self.scene)

    def corners_of(self, rows: Ints) -> Floats:
        """Corners (k, 4) of these rows (k,)."""
        return self.corners.T.take(rows, axis=1).T

    def take(self, rows: Ints) -> "BoxTable":
        """The table of these rows, in this order; columns stay contiguous in memory."""
        columns = (column.T.take(rows, axis=-1).T for column in self._columns())
        return BoxTable(self.labels, self.unusable, *columns)

    def _columns(self) -> Iterator[np.ndarray]:
        return (getattr(self, name) for name in self.__slots__[2:])

    def without(self, scenes: Bools) -> "BoxTable":
        """The table without the boxes of these scenes (scenes,)."""
        return self.take((~scenes[self.scene]).nonzero()[0]) if scenes.any() else self


def box_table(
    labels: tuple[str, ...],
    unusable: Bools,
    scene: Ints,
    label: Ints,
    boxes: Floats,
    position: Ints,
    flags: Ints | None = None,
    ignore: Bools | None = None,
    optional: Bools | None = None,
    crowd: Bools | None = None,
) -> BoxTable:
    """The sorted table of COCO boxes (n, 4) x y w h in any order; `labels` must be sorted."""
    none = np.zeros(len(scene), dtype=np.bool_)
    ignore, optional, crowd = (none if mark is None else mark for mark in (ignore, optional, crowd))
    flags = np.zeros(len(scene), dtype=np.intp) if flags is None else flags
    table = BoxTable(labels, unusable, scene, label, corners(boxes), position, flags, ignore, optional, crowd)
    return table.take(_sorted_rows(table, boxes))


def tables_of(
    answers: Sequence[BoxAnnotation], golds: Sequence[BoxAnnotation], flags: tuple[str, ...]
) -> tuple[BoxTable, BoxTable]:
    """The two tables of answers and golds that stand side by side, sharing one list of labels."""
    keys = {box.label for side in (answers, golds) for annotation in side for box in annotation.regions}
    labels = tuple(sorted(keys))
    return _table_of(answers, labels, flags), _table_of(golds, labels, flags)


def _table_of(
    annotations: Sequence[BoxAnnotation], labels: tuple[str, ...], flags: tuple[str, ...]
) -> BoxTable:
    rank = {key: number for number, key in enumerate(labels)}
    sizes = np.array([len(annotation.regions) for annotation in annotations], dtype=np.intp)
    boxes = [box for annotation in annotations for box in annotation.regions]
    scene = np.arange(len(sizes)).repeat(sizes)
    return box_table(
        labels,
        np.array([annotation.unusable for annotation in annotations], dtype=np.bool_),
        scene,
        np.array([rank[box.label] for box in boxes], dtype=np.intp),
        np.fromiter(chain.from_iterable(map(PLACE, boxes)), np.float64, 4 * len(boxes)).reshape(-1, 4),
        np.arange(len(boxes)) - (sizes.cumsum() - sizes)[scene],
        _flag_bits(boxes, flags),
        *(np.array([*map(mark, boxes)], dtype=np.bool_) for mark in MARKS),
    )


def _flag_bits(boxes: Sequence[Box], flags: tuple[str, ...]) -> Ints:
    bits = np.zeros(len(boxes), dtype=np.intp)
    for number, flag in enumerate(flags):
        bits |= np.array([flag in box.flags for box in boxes], dtype=np.intp) << number
    return bits


def _sorted_rows(table: BoxTable, boxes: Floats) -> Ints:
    """Row numbers in the order scene, label, x, y, w, h; equal boxes by what else they say of themselves."""
    group = table.scene * max(len(table.labels), 1) + table.label
    x, y, w, h = boxes.T
    rows = np.lexsort((x, group))
    same = (group[rows[1:]] == group[rows[:-1]]) & (x[rows[1:]] == x[rows[:-1]])
    if same.any():  # few: only these need the other columns looked at
        tied = (np.append(same, False) | np.append(False, same)).nonzero()[0]
        few = rows[tied]
        last = (table.crowd, table.optional, table.ignore, table.flags)
        rows[tied] = few[np.lexsort([column[few] for column in (*last, h, w, y, x, group)])]
    return rows
