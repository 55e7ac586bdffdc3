"""Gold of the box packs, made of what was measured when the pictures were rendered."""

import math
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from build_files import Scene, project, read_coco
from build_outlines import corners, speckled

SHOWN = ("weather", "view", "setting", "language")  # what an item says about its picture …
SELF_EVIDENT = {"indoor", "from above", "shelf", "table"}  # … unless it is so all over the pack
AT_BORDER = 2  # px from the border: nobody can say by eye that it is not met
MERGED = {"street": {544, 545}}  # ids of objects that stand in each other: nobody can tell them apart


@dataclass(frozen=True)
class Limits:
    """The numbers that the guide of a box pack states: shares 0 to 1, sides in px of the visible part."""

    hidden: float = 0.6  # what is hidden more is optional
    side: int = 0  # what is shorter on its shorter side is optional
    occluded: float = 0.1  # what is hidden more is flagged "occluded"
    whole: bool = False  # what the border of the picture cuts, or all but cuts, is ignored
    guessed: bool = (
        False  # the box goes round the whole object, hidden part included; what is cut and hidden is ignored
    )
    pictures: str = ""  # where its pictures lie, if not in a folder of its own name


LIMITS = {
    "street": Limits(side=12),
    "street_basic": Limits(side=12),
    "street_amodal": Limits(hidden=0.5, side=12, guessed=True, pictures="street"),
    "parking": Limits(hidden=0.5, side=12, occluded=0.25),
    "parking_basic": Limits(side=20),
    "shelf": Limits(side=48, whole=True),
    "shelf_basic": Limits(side=20),
    "table": Limits(),
    "receipt": Limits(),
}


def box_scenes(source: Path, pack: str) -> list[Scene]:
    limits, flags = LIMITS[pack], list(project(pack)["rules"].get("flags", []))
    folder = source / (limits.pictures or pack)
    coco = read_coco(folder)
    names = {entry["id"]: entry["name"].replace(" ", "_") for entry in coco["categories"]}
    wholes, unclear = wholes_of(source, coco), set(MERGED.get(folder.name, ()))
    if not limits.guessed:
        unclear |= speckled(source, coco)
    scenes = []
    for image in coco["images"]:
        things = [a for a in coco["annotations"] if a["image_id"] == image["id"]]
        size = (image["width"], image["height"])
        regions = [region(names[thing["category_id"]], thing, size, limits, flags) for thing in things]
        labels = {box["label"] for box in regions if not (box.get("ignore") or box.get("optional"))}
        regions = [
            never_scored(box) if thing["id"] in unclear else box
            for thing, box in zip(things, regions, strict=True)
        ]
        scored = [thing for thing, box in zip(things, regions, strict=True) if not box.get("ignore")]
        item = box_item(pack, image | wholes.get(image.get("from"), {}))
        item["difficulty"] = box_difficulty(scored, limits.hidden)
        picture = folder / "images" / image["file_name"]
        scenes.append(Scene(item, picture, [{"regions": regions}], labels, item["attributes"]))
    return scenes


def wholes_of(source: Path, coco: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is known of the scenes that windows were cut from, such as the view; windows inherit that."""
    names = {image["from"].rpartition("-")[0] for image in coco["images"] if "from" in image}
    return {
        image["file_name"]: {key: image[key] for key in SHOWN if key in image}
        for name in names
        for image in read_coco(source / name)["images"]
    }


def box_item(pack: str, image: dict[str, Any]) -> dict[str, Any]:
    picture = image["file_name"]
    return {
        "key": Path(picture).stem.replace("street", "amodal" if pack == "street_amodal" else "street"),
        "picture": picture,
        "source": Path(image.get("from", picture)).stem,
        "difficulty": 0.0,  # measured when its gold is known
        "attributes": {key: image[key] for key in SHOWN if image.get(key, "indoor") not in SELF_EVIDENT},
    }


def region(
    label: str, thing: dict[str, Any], size: tuple[int, int], limits: Limits, flags: list[str]
) -> dict[str, Any]:
    """One object of gold. A flag says what can be seen: "truncated" means that the box meets the border."""
    x, y, w, h = thing["bbox"]
    found = {
        "occluded": thing["occlusion"] > limits.occluded,
        "truncated": x <= 0 or y <= 0 or x + w >= size[0] or y + h >= size[1],
    }
    untold = limits.guessed and thing["truncated"] and thing["occlusion"] > limits.occluded
    ignored = thing["ignore"] or untold or (limits.whole and border_gap(thing, size) <= AT_BORDER)
    result: dict[str, Any] = {"label": label, "box": thing["bbox"]}
    if limits.guessed:
        result["box"] = largest_box(thing, size) if ignored else whole_box(thing, size)
    if ignored:
        return never_scored(result)
    if marks := [flag for flag in flags if found[flag]]:
        result["flags"] = marks
    if thing["occlusion"] > limits.hidden or min(w, h) < limits.side:
        result["optional"] = True
    return result


def border_gap(thing: dict[str, Any], size: tuple[int, int]) -> float:
    """How far an object lies from the border that is nearest to it."""
    left, top, right, bottom = corners(thing["bbox"])
    return min(left, top, size[0] - right, size[1] - bottom)


def never_scored(box: dict[str, Any]) -> dict[str, Any]:
    return {"label": box["label"], "box": box["box"], "ignore": True}


def whole_box(thing: dict[str, Any], size: tuple[int, int]) -> list[int]:
    """The box of an object as if nothing were in front of it, up to the border, in whole pixels.

    Sides are left, top, right, bottom. One of which nothing is hidden lies where it lies in the box of
    the visible part. Where the border cuts the object, what was measured is the object with its part
    outside: that part may reach further up, down or aside than the part inside. What can be told of the
    part inside is the side that is cut and the one opposite it; the others stay those of the visible part.
    """
    seen, whole = corners(thing["bbox"]), corners(thing["amodal_bbox"])
    borders = (0, 0, *size)
    cut = [whole[0] < 0, whole[1] < 0, whole[2] > size[0], whole[3] > size[1]]
    sides = list(seen)
    for at in range(4):
        told = sum(cut) == 0 or (sum(cut) == 1 and (cut[at] or cut[at - 2]))
        if told and abs(whole[at] - seen[at]) > 1:
            sides[at] = borders[at] if cut[at] else whole[at]
    left, top, right, bottom = map(round, sides)
    return [left, top, right - left, bottom - top]


def largest_box(thing: dict[str, Any], size: tuple[int, int]) -> list[int]:
    """Where anybody may take an object to be that is never scored."""
    left, top, right, bottom = corners(thing["amodal_bbox"])
    x, y = max(0, math.floor(left)), max(0, math.floor(top))
    return [x, y, min(size[0], math.ceil(right)) - x, min(size[1], math.ceil(bottom)) - y]


def box_difficulty(things: list[dict[str, Any]], most_hidden: float) -> float:
    """0 to 1: half for how many objects, 0.3 for how small they are, 0.2 for how much of them is hidden.

    What is hidden so much that it may be left out is as hard as can be.
    """
    many = min(1.0, math.log(len(things)) / math.log(60))
    small = fmean(min(1.0, max(0.0, (80 - min(thing["bbox"][2:])) / 70)) for thing in things)
    hidden = fmean(min(1.0, thing["occlusion"] / most_hidden) for thing in things)
    return round(0.5 * many + 0.3 * small + 0.2 * hidden, 2)
