"""COCO's annotation files and results lists as columns: pictures, labels, and boxes [x, y, w, h] in pixels.

Beyond COCO's own fields an annotation may say `ignore` and `optional` (0 or 1) and `flags` (a list; CVAT's
`attributes` are understood too), and an image may say `unusable`: it cannot be labelled.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np

from labelkit.domain.arrays import Bools, Floats, Ints
from labelkit.domain.rules import SLACK
from labelkit.domain.texts import N_
from labelkit.formats.coco_json import CocoError, Id, Rows, read_json, shown

_FARTHEST = 1e7  # pixels; no picture reaches as far
_WHOLE = ("images", "annotations", "categories")


@dataclass(frozen=True, slots=True)
class CocoImages:
    """The pictures (p,) of a file. `names` are NFC with "/" between folders, or "" where there is none.

    `sizes` (p, 2) are width and height in pixels, infinite where not told; `unusable` says of which it
    was answered that they cannot be labelled.
    """

    ids: Sequence[Id]
    names: Sequence[str]
    sizes: Floats
    unusable: Bools

    def __len__(self) -> int:
        return len(self.ids)

    def title(self, number: int) -> str:
        """What people call an image: its file name, or else its id."""
        return self.names[number] or f"id {self.ids[number]}"


@dataclass(frozen=True, slots=True)
class CocoBoxes:
    """The boxes (n,) of a file, in its order: `xywh` (n, 4) in pixels, and all else that is said of them.

    `image` and `label` number the images and labels of the file; `flags` has a bit for each flag asked
    for; `unsure` are those that come with a confidence other than 1. `place` names the list they are in.
    """

    place: str
    ids: Sequence[Id | None]
    image: Ints
    label: Ints
    xywh: Floats
    flags: Ints
    ignore: Bools
    optional: Bools
    crowd: Bools
    unsure: Bools

    def __len__(self) -> int:
        return len(self.image)


@dataclass(frozen=True, slots=True)
class CocoFile:
    """One file as columns. `labels` are names, NFC; `categories` says which one an id stands for.

    `lists_images` is false where the file has no pictures of its own and answers those of gold.
    """

    path: Path
    images: CocoImages
    labels: Sequence[str]
    categories: Mapping[Id, int]
    boxes: CocoBoxes
    lists_images: bool = True


def read_gold(path: Path, flags: Sequence[str] = ()) -> CocoFile:
    """An annotation file. Raises CocoError, which says in one sentence what is wrong, and where."""
    raw = read_json(path)
    if not isinstance(raw, dict) or not raw.keys() >= {*_WHOLE}:
        sentence = N_("This is no COCO annotation file: an object with images, annotations and categories.")
        raise CocoError(str(path), sentence)
    gold = _read(path, raw, f"{path}, annotations", flags)
    if not len(gold.images):
        raise CocoError(str(path), N_("There are no images in it."))
    return gold


def read_answers(path: Path, gold: CocoFile, flags: Sequence[str] = ()) -> CocoFile:
    """An annotation file, or a results list. What it does not list itself, it takes from the gold.

    Raises CocoError, which says in one sentence what is wrong, and where.
    """
    raw = read_json(path)
    if isinstance(raw, list):
        return _read(path, {"annotations": raw}, f"{path}, results", flags, gold)
    if not isinstance(raw, dict) or "annotations" not in raw:
        sentence = N_("This is neither a COCO results list nor an object with annotations.")
        raise CocoError(str(path), sentence)
    return _read(path, raw, f"{path}, annotations", flags, gold)


def _read(
    path: Path, raw: Mapping[str, object], place: str, flags: Sequence[str], gold: CocoFile | None = None
) -> CocoFile:
    numbers: dict[Id, int] = {}
    if gold and "images" not in raw:
        images = replace(gold.images, unusable=np.zeros(len(gold.images), dtype=np.bool_))
        numbers |= {name: number for number, name in enumerate(images.names) if name}
    else:
        images = _images(Rows.of(raw["images"], f"{path}, images"))
    numbers |= _numbered(images.ids)
    if gold and "categories" not in raw:
        labels, categories = gold.labels, gold.categories
    else:
        labels, categories = _labels(Rows.of(raw["categories"], f"{path}, categories"))
    rows = Rows.of(raw["annotations"], place)
    boxes = _boxes(rows, numbers, categories, flags)
    contradicted = images.unusable[boxes.image]
    rows.refuse_first(contradicted, N_("Its image says that it cannot be labelled, and yet here is a box."))
    return CocoFile(path, images, labels, categories, boxes, lists_images="images" in raw)


def _numbered(ids: Iterable[Id]) -> dict[Id, int]:
    return {id: number for number, id in enumerate(ids)}


def _images(rows: Rows) -> CocoImages:
    names = (_nfc(name or "") for name in rows.texts("file_name", required=False))
    return CocoImages(
        ids=_ids(rows),
        names=[name.replace("\\", "/").removeprefix("./") for name in names],
        sizes=np.stack([_lengths(rows, "width"), _lengths(rows, "height")], axis=1),
        unusable=rows.marks("unusable"),
    )


def _labels(rows: Rows) -> tuple[list[str], dict[Id, int]]:
    """The names of the categories, and the number of the name that each id stands for."""
    return [_nfc(name or "") for name in rows.texts("name")], _numbered(_ids(rows))


def _ids(rows: Rows) -> list[Id]:
    ids: list[Id] = rows.ids("id")
    seen: set[Id] = set()
    for number, id in enumerate(ids):
        if id in seen:
            rows.refuse(number, N_("Another one has the same id."))
        seen.add(id)
    return ids


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _lengths(rows: Rows, field: str) -> Floats:
    """A side (p,) of each picture in pixels; infinite where it is left out, null or 0."""
    values = rows.column(field, (int, float), N_("“%(field)s” is not a number."), required=False)
    odd = (not 0 <= (value or 0) <= _FARTHEST for value in values)
    rows.refuse_first(odd, N_("“%(field)s” is no size that a picture can have."), field=field)
    return np.array([value or np.inf for value in values], dtype=np.float64)


def _boxes(
    rows: Rows, images: Mapping[Id, int], categories: Mapping[Id, int], flags: Sequence[str]
) -> CocoBoxes:
    return CocoBoxes(
        place=rows.place,
        ids=rows.ids("id", required=False),
        image=_found(rows, "image_id", images, N_("There is no image with the id %(id)s.")),
        label=_found(rows, "category_id", categories, N_("There is no category with the id %(id)s.")),
        xywh=_xywh(rows),
        flags=_flags(rows, flags),
        ignore=rows.marks("ignore"),
        optional=rows.marks("optional"),
        crowd=rows.marks("iscrowd"),
        unsure=np.array([score not in (None, 1) for score in rows.values("score")], dtype=np.bool_),
    )


def _found(rows: Rows, field: str, numbers: Mapping[Id, int], sentence: str) -> Ints:
    """The number (n,) of what each object names by its id. Refuses the first that names nothing."""
    ids = rows.ids(field)
    found = [numbers.get(id, -1) for id in ids]
    if -1 in found:
        odd = found.index(-1)
        rows.refuse(odd, sentence, id=shown(ids[odd]))
    return np.array(found, dtype=np.intp)


def _xywh(rows: Rows) -> Floats:
    """COCO boxes (n, 4) in pixels: finite, and with an area."""
    sentence = N_("The bbox is not a list of four numbers.")
    boxes = rows.column("bbox", (list,), sentence)
    rows.refuse_first((len(box) != 4 for box in boxes), sentence)
    flat = list(chain.from_iterable(boxes))
    if not {*map(type, flat)} <= {int, float}:
        odd = next(n for n, value in enumerate(flat) if type(value) not in (int, float))
        rows.refuse(odd // 4, N_("The bbox holds %(value)s, which is not a number."), value=shown(flat[odd]))
    if flat and max(map(abs, flat)) > _FARTHEST:
        odd = next(n for n, value in enumerate(flat) if abs(value) > _FARTHEST)
        rows.refuse(odd // 4, N_("The bbox reaches farther than any picture."))
    xywh = np.array(flat, dtype=np.float64).reshape(-1, 4)
    rows.refuse_first(xywh[:, 2:].min(axis=1) <= SLACK, N_("The bbox has no area."))
    return xywh


def _flags(rows: Rows, asked: Sequence[str]) -> Ints:
    """Bits (n,) of the flags asked for that each box has, by our `flags` or by CVAT's `attributes`."""
    if not asked:
        return np.zeros(len(rows), dtype=np.intp)
    own = rows.column("flags", (list,), N_("“%(field)s” is not a list."), required=False)
    sentence = N_("“%(field)s” is not an object.")
    attributes = rows.column("attributes", (dict,), sentence, required=False)
    bits = [
        sum(
            1 << bit
            for bit, flag in enumerate(asked)
            if flag in (flags or ()) or (said or {}).get(flag) is True
        )
        for flags, said in zip(own, attributes, strict=True)
    ]
    return np.array(bits, dtype=np.intp)
