"""Two COCO files side by side: scene n of both is the n-th image of gold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from labelkit.domain.arrays import Bools, Floats, Ints
from labelkit.domain.rules import SLACK
from labelkit.domain.tables import BoxTable, box_table
from labelkit.domain.texts import N_
from labelkit.formats.coco import CocoBoxes, CocoFile
from labelkit.formats.coco_json import CocoError, place_of


@dataclass(frozen=True, slots=True)
class Side:
    """The boxes of one file as they are compared; `clipped` counts those that were cut to their image.

    `rows` (n,) are their rows in the file, by scene, and `first` (scenes,) says where each scene begins.
    """

    file: CocoFile
    table: BoxTable
    rows: Ints
    first: Ints
    clipped: int

    def row(self, scene: int, position: int) -> int:
        """The row in the file of a box that is known by its position in one scene."""
        return int(self.rows[self.first[scene] + position])


@dataclass(frozen=True, slots=True)
class Comparison:
    """`scene` (p,) is the number of the gold image that each image of the answers belongs to, or -1."""

    gold: Side
    answers: Side
    scene: Ints


def side_by_side(gold: CocoFile, answers: CocoFile) -> Comparison:
    """Bring together what belongs together: images by file name, else by id; labels by name.

    Boxes that overhang their picture are clipped where its size is known. Raises CocoError where gold
    has none of the images, two images belong to the same, or a box lies wholly outside its picture.
    """
    scene = _scenes(gold, answers)
    known = scene >= 0
    sizes = np.full_like(gold.images.sizes, np.inf)
    sizes[scene[known]] = answers.images.sizes[known]
    unusable = np.zeros(len(gold.images), dtype=np.bool_)
    unusable[scene[known]] = answers.images.unusable[known]
    own = np.arange(len(gold.images))
    labels = tuple(sorted({*gold.labels, *answers.labels}))
    return Comparison(
        _side(gold, own, sizes, gold.images.unusable, labels),
        _side(answers, scene, gold.images.sizes[scene], unusable, labels),
        scene,
    )


def _scenes(gold: CocoFile, answers: CocoFile) -> Ints:
    """The number (p,) of the gold image that each image of the answers belongs to, or -1.

    By file name where both have one; a name that stands twice in a file says nothing. Where the files
    have no name in common, and only there, ids decide against the names.
    """
    if not answers.lists_images:
        return np.arange(len(gold.images))
    ours, theirs = _telling(gold.images.names), _telling(answers.images.names)
    by_name = {name: number for number, name in enumerate(ours) if name}
    by_id = {id: number for number, id in enumerate(gold.images.ids)}
    strangers = by_name.keys().isdisjoint(theirs)

    def scene(name: str, id: int | str) -> int:
        if name in by_name:
            return by_name[name]
        number = by_id.get(id, -1)
        return number if strangers or not (name and ours[number]) else -1

    found = [scene(name, id) for name, id in zip(theirs, answers.images.ids, strict=True)]
    _check_scenes(found, answers)
    return np.array(found, dtype=np.intp)


def _telling(names: Sequence[str]) -> list[str]:
    """The names, but "" for those that stand more than once."""
    count = Counter(names)
    return [name if count[name] == 1 else "" for name in names]


def _check_scenes(found: Sequence[int], answers: CocoFile) -> None:
    if found and max(found) < 0:
        raise CocoError(str(answers.path), N_("Gold has none of its images, neither by file name nor by id."))
    taken = set()
    for number, scene in enumerate(found):
        if scene in taken:
            place = place_of(f"{answers.path}, images", number, answers.images.ids[number])
            raise CocoError(place, N_("Another image of this file belongs to the same image of gold."))
        if scene >= 0:
            taken.add(scene)


def _side(file: CocoFile, scene_of: Ints, sizes: Floats, unusable: Bools, labels: tuple[str, ...]) -> Side:
    """One file's part; `sizes` (p, 2) say how large its images are where the file itself does not."""
    sizes = np.where(np.isfinite(file.images.sizes), file.images.sizes, sizes)
    boxes = file.boxes
    scene = scene_of[boxes.image]
    rows = scene.argsort(kind="stable")
    rows = rows[scene[rows] >= 0]
    scene = scene[rows]
    xywh, overhang = _clipped(boxes, rows, sizes)
    rank_of = {name: rank for rank, name in enumerate(labels)}
    first = np.searchsorted(scene, np.arange(len(unusable)))
    rank = np.array([rank_of[name] for name in file.labels], dtype=np.intp)
    table = box_table(
        labels,
        unusable,
        scene,
        rank[boxes.label[rows]],
        xywh,
        np.arange(len(rows)) - first[scene],
        boxes.flags[rows],
        *(mark[rows] for mark in (boxes.ignore, boxes.optional, boxes.crowd)),
    )
    return Side(file, table, rows, first, int(overhang.sum()))


def _clipped(boxes: CocoBoxes, rows: Ints, sizes: Floats) -> tuple[Floats, Bools]:
    """The boxes (k, 4) of these rows cut to their pictures, as rule 9 has it, and which (k,) were cut."""
    xywh = boxes.xywh[rows]
    x, y, w, h = xywh.T
    width, height = sizes[boxes.image[rows]].T
    left, top = np.maximum(x, 0.0), np.maximum(y, 0.0)
    right, bottom = np.minimum(x + w, width), np.minimum(y + h, height)
    outside = np.minimum(right - left, bottom - top) <= SLACK
    if outside.any():
        row = int(rows[outside].min())
        place = place_of(boxes.place, row, boxes.ids[row])
        raise CocoError(place, N_("The box lies wholly outside its picture."))
    overhang = np.max((-x, -y, x + w - width, y + h - height), axis=0) > SLACK
    cut = np.stack((left, top, right - left, bottom - top), axis=1)
    return np.where(overhang[:, None], cut, xywh), overhang
