"""What the picture packs are made of, and how their files are written."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Scene:
    """One picture: its item, the answers that its gold accepts, and what gold says about it.

    `labels` and `attributes` are what each split should have its share of.
    """

    item: dict[str, Any]
    picture: Path
    accepted: list[dict[str, Any]]
    labels: set[str]
    attributes: dict[str, str] = field(default_factory=dict)
    explanation: dict[str, str] = field(default_factory=dict)

    def traits(self, pack: str) -> Iterable[str]:
        yield pack
        for name, value in self.attributes.items():
            yield f"{pack} {name} {value}"
        for label in sorted(self.labels):
            yield f"{pack} label {label}"


def read_coco(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "annotations.json").read_text(encoding="utf-8"))
    return found


def project(pack: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / pack / "pack.json").read_text(encoding="utf-8"))
    return found


def write(pack: str, scenes: list[Scene]) -> None:
    folder = HERE / pack / "items"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if "pictures" not in project(pack):
        for scene in scenes:
            shutil.copyfile(scene.picture, folder / scene.picture.name)
    items = lines([scene.item for scene in scenes])
    (folder / "items.json").write_text(items, encoding="utf-8", newline="\n")
    gold = lines([gold_entry(scene) for scene in scenes]).rstrip()
    (HERE / pack / "gold.json").write_text(
        f'{{"format": 1, "gold": {gold}}}\n', encoding="utf-8", newline="\n"
    )


def gold_entry(scene: Scene) -> dict[str, Any]:
    entry: dict[str, Any] = {"item": scene.item["key"], "version": 1, "accepted": scene.accepted}
    return entry | ({"explanation": scene.explanation} if scene.explanation else {})


def lines(entries: list[dict[str, Any]]) -> str:
    """A JSON list with one entry a line, so that a change of one shows as a change of one."""
    return "[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries) + "\n]\n"
