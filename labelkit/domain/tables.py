"""Boxes of many annotations as columns, so that one engine scores one answer and a whole data set alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.arrays import Bools, Floats, Ints
from labelkit.domain.geometry import corners


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

    def starts(self) -> Ints:
        """The row (scenes + 1,) at which each scene begins, and the end."""
        return np.searchsorted(self.scene, np.arange(self.scenes + 1))

    def corners_of(self, rows: Ints) -> Floats:
        """Corners (k, 4) of these rows (k,)."""
        return self.corners.T.take(rows, axis=1).T

    def take(self, rows: Ints) -> "BoxTable":
        """The table of these rows, in this order."""
        columns = (column.T.take(rows, axis=-1).T for column in self._columns())
        return BoxTable(self.labels, self.unusable, *columns)

    def _columns(self) -> Iterator[np.ndarray]:
        return (getattr(self, name) for name in self.__slots__[2:])

    def part(self, rows: slice) -> "BoxTable":
        """A view of some rows that follow each other."""
        return BoxTable(self.labels, self.unusable, *(column[rows] for column in self._columns()))

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
    bit = {flag: 1 << number for number, flag in enumerate(flags)}
    sizes = np.array([len(annotation.regions) for annotation in annotations], dtype=np.intp)
    boxes = [box for annotation in annotations for box in annotation.regions]
    scene = np.repeat(np.arange(len(sizes)), sizes)
    return box_table(
        labels,
        np.array([annotation.unusable for annotation in annotations], dtype=np.bool_),
        scene,
        np.array([rank[box.label] for box in boxes], dtype=np.intp),
        np.array([(box.x, box.y, box.w, box.h) for box in boxes], dtype=np.float64).reshape(-1, 4),
        np.arange(len(boxes)) - (np.cumsum(sizes) - sizes)[scene],
        np.array([_bits(box, bit) for box in boxes], dtype=np.intp),
        *_marks(boxes),
    )


def _bits(box: Box, bit: dict[str, int]) -> int:
    return sum(bit.get(flag, 0) for flag in box.flags)


def _marks(boxes: Iterable[Box]) -> tuple[Bools, Bools, Bools]:
    marks = [(box.ignore, box.optional, box.crowd) for box in boxes]
    ignore, optional, crowd = np.array(marks, dtype=np.bool_).reshape(-1, 3).T
    return ignore, optional, crowd


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
