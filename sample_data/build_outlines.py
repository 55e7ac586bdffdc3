"""Objects whose edge shows only in specks, or in a mote: nobody can say where it lies."""

from pathlib import Path
from typing import Any

from build_files import read_coco

SPECK = 40  # px; a visible piece of a smaller area is a speck
SPECKS = 4  # so many make an edge that nobody can follow; one or two may be a handlebar or a foot …
MOTE = 10  # px; … unless they are so small that nobody sees them beside a pole or a sleeve

Corners = tuple[float, float, float, float]


def speckled(source: Path, coco: dict[str, Any]) -> set[int]:
    """The ids of the objects of which a side of the box hangs on specks or motes alone.

    Windows carry no outlines; those of the scene that they were cut from are used, cut likewise.
    """
    found = {annotation["id"] for annotation in coco["annotations"] if hangs_on_specks(annotation)}
    for image in coco["images"]:
        if "from" in image:
            whole = read_coco(source / image["from"].rpartition("-")[0])
            found |= speckled_in_window(image, coco, whole)
    return found


def speckled_in_window(image: dict[str, Any], coco: dict[str, Any], whole: dict[str, Any]) -> set[int]:
    scene = next(entry["id"] for entry in whole["images"] if entry["file_name"] == image["from"])
    names = {entry["id"]: entry["name"] for entry in whole["categories"]}
    own = {entry["id"]: entry["name"] for entry in coco["categories"]}
    found = set()
    for thing in (entry for entry in coco["annotations"] if entry["image_id"] == image["id"]):
        same = [
            entry | {"window": image["window"]}
            for entry in whole["annotations"]
            if entry["image_id"] == scene and names[entry["category_id"]] == own[thing["category_id"]]
        ]
        nearest = min(same, key=lambda entry: apart(cut(corners(entry["bbox"]), image["window"]), thing))
        if hangs_on_specks(nearest):
            found.add(thing["id"])
    return found


def hangs_on_specks(thing: dict[str, Any]) -> bool:
    """Whether leaving the specks out moves a side further than twice the tolerance of the guides."""
    window = thing.get("window", [0, 0, 10**6, 10**6])
    pieces = [(area(piece), cut(extent(piece), window)) for piece in thing.get("segmentation", [])]
    inside = [(size, box) for size, box in pieces if box[0] < box[2] and box[1] < box[3]]
    specks = sum(size < SPECK for size, _ in inside)
    return hangs_on(inside, MOTE) or (specks >= SPECKS and hangs_on(inside, SPECK))


def hangs_on(pieces: list[tuple[float, Corners]], least: float) -> bool:
    """Whether a side lies elsewhere, as above, without the pieces whose area is less than the least."""
    large = [box for size, box in pieces if size >= least]
    if not large:
        return False
    without, full = union(large), union([box for _, box in pieces])
    width, height = full[2] - full[0], full[3] - full[1]
    return any(
        abs(one - other) > 2 * min(10.0, max(2.0, 0.03 * length))
        for one, other, length in zip(without, full, (width, height) * 2, strict=True)
    )


def corners(box: list[float]) -> Corners:
    x, y, w, h = box
    return x, y, x + w, y + h


def cut(box: Corners, window: list[float]) -> Corners:
    """What of a box lies in the window, seen from the window's corner."""
    x, y, w, h = window
    left, top, right, bottom = box
    return max(0.0, left - x), max(0.0, top - y), min(w, right - x), min(h, bottom - y)


def apart(box: Corners, thing: dict[str, Any]) -> float:
    return sum(abs(one - other) for one, other in zip(box, corners(thing["bbox"]), strict=True))


def extent(piece: list[float]) -> Corners:
    return min(piece[0::2]), min(piece[1::2]), max(piece[0::2]), max(piece[1::2])


def union(boxes: list[Corners]) -> Corners:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def area(piece: list[float]) -> float:
    """The area of a polygon x1, y1, x2, y2 … in px (shoelace formula)."""
    points = list(zip(piece[0::2], piece[1::2], strict=True))
    return (
        abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))) / 2
    )
