"""Gold of the packs that ask for labels of a whole picture."""

import csv
import random
from itertools import product
from pathlib import Path
from typing import Any

from build_files import Scene, project

# How hard a picture of vehicle_type is, 0 to 1: a range for each body shape, by judgement. Its place in
# the range is drawn, so that the order of the items gives no label away.
VEHICLES = {
    "bicycle": (0.02, 0.1), "bus": (0.05, 0.25), "taxi": (0.1, 0.35), "truck": (0.08, 0.4),
    "van": (0.25, 0.6), "sedan": (0.3, 0.6), "suv": (0.4, 0.8), "hatchback": (0.45, 0.85),
}  # fmt: skip

# The numbers that the guide of street_scene states.
LEAST_SIDE = 20  # px; what is smaller need not be seen
MOST_HIDDEN = 0.6  # share of an object; what is hidden more need not be seen
MOST_OUTSIDE = 0.5  # share of an object; what the border cuts off more of need not be seen
CROWD = 15  # persons
# Side, hidden share and share cut off of a person whom everybody, or somebody, would count.
SURELY, PERHAPS = (LEAST_SIDE, 0.4, 0.2), (12, 0.75, 1.0)
PRESENT = {
    "bus_present": "bus",
    "bicycle_present": "bicycle",
    "dog_present": "dog",
    "stop_sign_present": "stop sign",
}

LIGHT = {
    "rain": {"ko": "비가 오고", "en": "It rains"},
    "evening": {"ko": "낮은 해가 벽을 노랗게 물들였고", "en": "A low sun colours the walls"},
    "dusk": {"ko": "해가 지고 가게 불이 켜졌고", "en": "The sun is down and the shops are lit"},
    "day": {"ko": "비도, 저녁 햇빛도, 땅거미도 아니고", "en": "Neither rain nor evening sun nor dusk"},
}
VIEW = {
    "above": {"ko": "위에서 내려다본 사진이에요", "en": "seen from above"},
    "level": {"ko": "사람 눈높이에서 본 사진이에요", "en": "seen at eye level"},
}
TALLY = {
    "bus_present": {"ko": "버스 {}대", "en": "buses {}"},
    "bicycle_present": {"ko": "자전거 {}대", "en": "bicycles {}"},
    "dog_present": {"ko": "개 {}마리", "en": "dogs {}"},
    "stop_sign_present": {"ko": "정지 표지판 {}개", "en": "stop signs {}"},
}


# One vehicle, one label


def vehicle_scenes(folder: Path) -> list[Scene]:
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["file_name"])
    help_texts = {label["key"]: label["help"] for label in project("vehicle_type")["labels"]}
    return [
        vehicle_scene(folder / "images" / row["file_name"], row["label"], help_texts[row["label"]])
        for row in rows
    ]


def vehicle_scene(picture: Path, label: str, explanation: dict[str, str]) -> Scene:
    easy, hard = VEHICLES[label]
    item = {
        "key": picture.stem,
        "picture": picture.name,
        "source": picture.stem,
        "difficulty": round(random.Random(picture.stem).uniform(easy, hard), 2),
        "attributes": {},
    }
    return Scene(item, picture, [{"labels": [label]}], {label}, explanation=explanation)


# A street, several labels


def street_scenes(coco: dict[str, Any], folder: Path) -> list[Scene]:
    names = {entry["id"]: entry["name"] for entry in coco["categories"]}
    scenes = []
    for image in coco["images"]:
        things: dict[str, list[dict[str, Any]]] = {name: [] for name in names.values()}
        for thing in coco["annotations"]:
            if thing["image_id"] == image["id"]:
                things[names[thing["category_id"]]].append(thing)
        scenes.append(street_scene(image, things, folder / "images" / image["file_name"]))
    return scenes


def street_scene(image: dict[str, Any], things: dict[str, list[dict[str, Any]]], picture: Path) -> Scene:
    persons = things["person"]
    labels = [key for key in ("rain", "evening", "dusk") if key == image["weather"]]
    labels += ["seen_from_above"] * (image["view"] == "above")
    labels += ["crowd"] * (count(persons) >= CROWD)
    labels += [key for key, name in PRESENT.items() if count(things[name])]
    # Whoever counts one person more or less is not wrong.
    doubtful = ["crowd"] * (count(persons, *SURELY) - 1 < CROWD <= count(persons, *PERHAPS) + 1)
    doubtful += [key for key, name in PRESENT.items() if things[name] and not count(things[name])]
    item = {
        "key": picture.stem.replace("street", "scene"),
        "picture": picture.name,
        "source": picture.stem,
        "difficulty": scene_difficulty(things, len(labels), len(doubtful)),
        "attributes": {},
    }
    accepted = either_way(labels, doubtful)
    return Scene(item, picture, accepted, set(labels), explanation=explain(image, things, doubtful))


def count(
    things: list[dict[str, Any]],
    side: int = LEAST_SIDE,
    hidden: float = MOST_HIDDEN,
    outside: float = MOST_OUTSIDE,
) -> int:
    """How many of these are at least so large, and at most so much hidden and cut off."""
    return sum(
        shorter(thing) >= side and thing["occlusion"] <= hidden and thing["truncation"] <= outside
        for thing in things
    )


def either_way(labels: list[str], doubtful: list[str]) -> list[dict[str, Any]]:
    """The sets of labels that are right: each doubtful label as the rule has it first, then the other way."""
    order = [*labels, *(key for key in doubtful if key not in labels)]
    ways = product(*[(key in labels, key not in labels) if key in doubtful else (True,) for key in order])
    chosen = [[key for key, take in zip(order, way, strict=True) if take] for way in ways]
    return [{"labels": sorted(keys)} if keys else {"nothing": True} for keys in chosen]


def scene_difficulty(things: dict[str, list[dict[str, Any]]], labels: int, doubtful: int) -> float:
    """0 to 1: how many labels apply or are in doubt, how near a crowd is, how small what decides is."""
    near = max(0.0, 1 - abs(count(things["person"]) - CROWD) / 8)
    deciding = [max(map(shorter, things[name])) for name in PRESENT.values() if things[name]]
    small = max((1 - min(1.0, side / 120) for side in deciding), default=0.0)
    many = min(1.0, (labels + doubtful) / 6)
    return round(0.4 * many + 0.3 * near + 0.3 * small, 2)


def explain(
    image: dict[str, Any], things: dict[str, list[dict[str, Any]]], doubtful: list[str]
) -> dict[str, str]:
    """Why these labels, in both languages, with the numbers that decide."""
    light = LIGHT[image["weather"] if image["weather"] in LIGHT else "day"]
    view = VIEW["above" if image["view"] == "above" else "level"]
    tags = {label["key"]: label["name"] for label in project("street_scene")["labels"]}
    persons = count(things["person"])
    korean = [f"사람 {persons}명({CROWD}명부터 혼잡)"]
    english = [f"Persons {persons} (a crowd from {CROWD} on)"]
    for key, name in PRESENT.items():
        number, side = count(things[name]), max(map(shorter, things[name]), default=0)
        korean.append(TALLY[key]["ko"].format(number) + (f"(짧은 변 {side} px)" if number else ""))
        english.append(TALLY[key]["en"].format(number) + (f" (shorter side {side} px)" if number else ""))
    return {
        "ko": f"{light['ko']}, {view['ko']}. {', '.join(korean)}."
        + "".join(f" ‘{tags[key]['ko']}’ 태그는 골라도, 안 골라도 맞아요({doubt(key)})." for key in doubtful),
        "en": f"{light['en']}; {view['en']}. {', '.join(english)}."
        + "".join(f" “{tags[key]['en']}” may be chosen or left out ({doubt(key)})." for key in doubtful),
    }


def doubt(key: str) -> str:
    """The clause of the guide that lets this tag be chosen or left out."""
    return "G-10" if key == "crowd" else "G-09"


def shorter(thing: dict[str, Any]) -> int:
    """The shorter side of what is visible of a thing, in px."""
    side: int = min(thing["bbox"][2:])
    return side
