"""Makes items/ and gold.json of the picture packs out of the pictures' own annotations.

    python sample_data/build.py SOURCE

SOURCE is the folder of the rendered pictures: one folder a pack, with images/ and annotations.json
(COCO), or labels.csv for `vehicle_type`. What people write (pack.json, all of `inquiry_ko`) is left
alone. The same SOURCE gives the same files to the byte.
"""

import csv
import json
import math
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

HERE = Path(__file__).parent
BOX_PACKS = ("street", "street_basic")

# The numbers that the guides of the box packs state.
MOST_HIDDEN = 0.6  # share of an object; what is hidden more is optional
LEAST_SIDE = 12  # px; what is smaller is optional
OCCLUDED_FROM = 0.1  # share of an object; what is hidden more is flagged "occluded"

SPLITS = {"practice": 0.5, "inspect": 0.2, "exam": 0.3}
SWAPS = 4000

# How hard a picture of vehicle_type is, 0 to 1: a range for each body shape, by judgement. Its place in
# the range is drawn, so that the order of the items gives no label away.
VEHICLES = {
    "bicycle": (0.02, 0.1), "bus": (0.05, 0.25), "taxi": (0.1, 0.35), "truck": (0.08, 0.4),
    "van": (0.25, 0.6), "sedan": (0.3, 0.6), "suv": (0.4, 0.8), "hatchback": (0.45, 0.85),
}  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """One picture: its item, and the objects that gold holds."""

    item: dict[str, Any]
    picture: Path
    regions: list[dict[str, Any]] = field(default_factory=list)

    def traits(self, pack: str) -> Iterable[str]:
        """What each split should have its share of."""
        yield pack
        for name, value in self.item["attributes"].items():
            yield f"{pack} {name} {value}"
        for label in sorted({region["label"] for region in self.regions if counts(region)}):
            yield f"{pack} label {label}"


def counts(region: dict[str, Any]) -> bool:
    return not region.get("ignore") and not region.get("optional")


def main(source: Path) -> None:
    boxes = {pack: box_scenes(source / pack, flags_of(pack)) for pack in BOX_PACKS}
    share_out(boxes)
    for pack, scenes in boxes.items():
        write(pack, scenes, [{"regions": scene.regions} for scene in scenes])
    vehicles, labels = vehicle_scenes(source / "vehicle_type")
    share_out({"vehicle_type": vehicles})
    write("vehicle_type", vehicles, [{"labels": [label]} for label in labels], help_texts("vehicle_type"))


# Boxes


def box_scenes(folder: Path, flags: list[str]) -> list[Scene]:
    coco = json.loads((folder / "annotations.json").read_text(encoding="utf-8"))
    labels = {entry["id"]: entry["name"].replace(" ", "_") for entry in coco["categories"]}
    views = views_of(folder.parent)
    return [
        box_scene(
            folder / "images" / image["file_name"],
            image | {"view": views[image.get("from", image["file_name"])]},
            [(labels[a["category_id"]], a) for a in coco["annotations"] if a["image_id"] == image["id"]],
            flags,
        )
        for image in coco["images"]
    ]


def views_of(source: Path) -> dict[str, str]:
    """From where each whole street scene was taken; windows of it inherit that."""
    coco = json.loads((source / "street" / "annotations.json").read_text(encoding="utf-8"))
    return {image["file_name"]: image["view"] for image in coco["images"]}


def box_scene(
    picture: Path, image: dict[str, Any], objects: list[tuple[str, dict[str, Any]]], flags: list[str]
) -> Scene:
    size = (image["width"], image["height"])
    item = {
        "key": picture.stem,
        "picture": picture.name,
        "source": Path(image.get("from", picture.name)).stem,
        "difficulty": box_difficulty([thing for _, thing in objects if not thing["ignore"]]),
        "attributes": {"weather": image["weather"], "view": image["view"]},
    }
    return Scene(item, picture, [region(label, thing, size, flags) for label, thing in objects])


def region(label: str, thing: dict[str, Any], size: tuple[int, int], flags: list[str]) -> dict[str, Any]:
    """One object of gold. A flag says what can be seen: "truncated" means that the box meets the border."""
    x, y, w, h = thing["bbox"]
    found = {
        "occluded": thing["occlusion"] > OCCLUDED_FROM,
        "truncated": x <= 0 or y <= 0 or x + w >= size[0] or y + h >= size[1],
    }
    result: dict[str, Any] = {"label": label, "box": thing["bbox"]}
    if thing["ignore"]:
        return result | {"ignore": True}
    if marks := [flag for flag in flags if found[flag]]:
        result["flags"] = marks
    if thing["occlusion"] > MOST_HIDDEN or min(w, h) < LEAST_SIDE:
        result["optional"] = True
    return result


def box_difficulty(things: list[dict[str, Any]]) -> float:
    """0 to 1: half for how many objects, 0.3 for how small they are, 0.2 for how much of them is hidden."""
    many = min(1.0, math.log(len(things)) / math.log(60))
    small = fmean(min(1.0, max(0.0, (80 - min(thing["bbox"][2:])) / 70)) for thing in things)
    hidden = fmean(min(1.0, thing["occlusion"] / MOST_HIDDEN) for thing in things)
    return round(0.5 * many + 0.3 * small + 0.2 * hidden, 2)


# Classification


def vehicle_scenes(folder: Path) -> tuple[list[Scene], list[str]]:
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["file_name"])
    scenes = [vehicle_scene(folder / "images" / row["file_name"], row["label"]) for row in rows]
    return scenes, [row["label"] for row in rows]


def vehicle_scene(picture: Path, label: str) -> Scene:
    easy, hard = VEHICLES[label]
    item = {
        "key": picture.stem,
        "picture": picture.name,
        "source": picture.stem,
        "difficulty": round(random.Random(picture.stem).uniform(easy, hard), 2),
        "attributes": {},
    }
    return Scene(item, picture, [{"label": label}])


# Splits


def share_out(packs: dict[str, list[Scene]]) -> None:
    """Give each source picture one split in all packs, so that each split shows its share of everything."""
    traits: dict[str, Counter[str]] = {}
    for pack, scenes in packs.items():
        for scene in scenes:
            traits.setdefault(scene.item["source"], Counter()).update(scene.traits(pack))
    splits = balanced(traits)
    for scenes in packs.values():
        for scene in scenes:
            scene.item["split"] = splits[scene.item["source"]]


def balanced(traits: dict[str, Counter[str]]) -> dict[str, str]:
    """A split for each source: shuffled by a seed, then mended by every swap that does not unbalance it."""
    chance = random.Random(20261123)
    sources = sorted(traits)
    words = [word for word, share in SPLITS.items() for _ in range(round(share * len(sources)))]
    chance.shuffle(words)
    splits = dict(zip(sources, words, strict=True))
    cost = imbalance(splits, traits)
    for _ in range(SWAPS):
        one, other = chance.sample(sources, 2)
        swapped = splits | {one: splits[other], other: splits[one]}
        if splits[one] != splits[other] and (found := imbalance(swapped, traits)) <= cost:
            splits, cost = swapped, found
    return splits


def imbalance(splits: dict[str, str], traits: dict[str, Counter[str]]) -> float:
    """Squared distance of each trait in each split from its share; one that a split lacks weighs most."""
    found: dict[str, Counter[str]] = {split: Counter() for split in SPLITS}
    total: Counter[str] = Counter()
    for source, split in splits.items():
        found[split].update(traits[source])
        total.update(traits[source])
    cost = 0.0
    for split, share in SPLITS.items():
        for trait, count in total.items():
            weight = 10 if trait in BOX_PACKS else 1
            cost += weight * (found[split][trait] - share * count) ** 2 / (share * count)
            cost += 5 if count >= len(SPLITS) and not found[split][trait] else 0
    return cost


# Files


def flags_of(pack: str) -> list[str]:
    return list(project(pack)["rules"].get("flags", []))


def help_texts(pack: str) -> dict[str, dict[str, str]]:
    """What a label means, in both languages: the explanation of gold that holds just this label."""
    return {label["key"]: label["help"] for label in project(pack)["labels"]}


def project(pack: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / pack / "pack.json").read_text(encoding="utf-8"))
    return found


def write(
    pack: str,
    scenes: list[Scene],
    answers: list[dict[str, Any]],
    explanations: dict[str, dict[str, str]] | None = None,
) -> None:
    folder = HERE / pack / "items"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    gold = []
    for scene, answer in zip(scenes, answers, strict=True):
        shutil.copyfile(scene.picture, folder / scene.picture.name)
        entry = {"item": scene.item["key"], "version": 1, "accepted": [answer]}
        if explanations:
            entry["explanation"] = explanations[scene.regions[0]["label"]]
        gold.append(entry)
    (folder / "items.json").write_text(
        lines([scene.item for scene in scenes]), encoding="utf-8", newline="\n"
    )
    text = f'{{"format": 1, "gold": {lines(gold).rstrip()}}}\n'
    (HERE / pack / "gold.json").write_text(text, encoding="utf-8", newline="\n")


def lines(entries: list[dict[str, Any]]) -> str:
    """A JSON list with one entry a line, so that a change of one shows as a change of one."""
    return "[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries) + "\n]\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
