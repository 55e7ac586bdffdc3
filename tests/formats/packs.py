"""A small pack that is right, written to a folder, for tests to spoil one thing at a time."""

import json
from pathlib import Path
from typing import Any

Files = dict[str, Any]


def box_pack() -> Files:
    """The files of a pack of two pictures; what is no bytes is written as JSON."""
    return {
        "pack.json": {
            "format": 1,
            "slug": "kitchen",
            "task_type": "bbox",
            "title": {"ko": "부엌", "en": "Kitchen"},
            "summary": {"ko": "컵과 접시를 표시해요.", "en": "Box cups and plates."},
            "order": 7,
            "feedback": "at_once",
            "cover": ["k-1"],
            "labels": [
                {"key": "cup", "name": {"ko": "컵", "en": "Cup"}, "colour": 1},
                {"key": "plate", "name": {"en": "Plate"}, "colour": 2, "help": {"en": "Flat."}},
            ],
            "rules": {"match_iou": 0.6},
            "guide": _guide(),
        },
        "items/items.json": [
            {
                "key": "k-1",
                "picture": "k-1.jpg",
                "source": "room",
                "split": "practice",
                "difficulty": 0.3,
                "attributes": {"light": "day"},
            },
            {"key": "k-2", "picture": "부엌.jpg", "split": "exam"},
        ],
        "items/k-1.jpg": b"first",
        "items/부엌.jpg": b"second",
        "gold.json": {
            "format": 1,
            "gold": [
                {
                    "item": "k-1",
                    "version": 1,
                    "accepted": [{"regions": [{"label": "cup", "box": [1, 2, 30, 40]}]}],
                    "explanation": {"ko": "컵이 하나예요."},
                },
                {"item": "k-2", "accepted": [{"nothing": True}]},
            ],
        },
    }


def _guide() -> dict[str, Any]:
    return {
        "version": 1,
        "purpose": {"en": "Find things."},
        "flow": {"en": "1. Look.\n2. Draw."},
        "clauses": [
            {"id": "G-01", "group": "what", "text": {"en": "Mark every cup."}},
            {"id": "G-02", "group": "tight", "text": {"en": "Draw tight."}},
        ],
        "reasons": [{"key": "loose", "clause": "G-02", "text": {"en": "Too large."}}],
        "errors": {"missing": "G-01", "loose": "G-02"},
        "changes": [{"version": 1, "date": "2026-11-23", "text": {"en": "First."}}],
    }


def text_pack() -> Files:
    """The files of a pack of one text."""
    files = {name: entry for name, entry in box_pack().items() if not name.endswith(".jpg")}
    files["pack.json"] |= {"task_type": "text_class", "cover": [], "rules": {}}
    files["items/items.json"] = [{"key": "t-1", "text": "컵이 깨졌어요", "split": "practice"}]
    files["gold.json"]["gold"] = [{"item": "t-1", "accepted": [{"labels": ["cup"]}, {"labels": ["plate"]}]}]
    return files


def question_pack() -> Files:
    """The files of a pack of one question with two choices, under the letters of the project."""
    files = text_pack()
    labels = [{"key": key, "name": {"en": key.upper()}, "colour": n} for n, key in enumerate("abcdefg", 1)]
    files["pack.json"] |= {"task_type": "choice", "labels": labels}
    choices = {"b": {"ko": "두 개", "en": "Two"}, "a": {"ko": "한 개", "en": "One"}}
    question = {"question": {"ko": "컵이 몇 개예요?", "en": "How many cups?"}, "choices": choices}
    files["items/items.json"] = [{"key": "q-1", "split": "practice"} | question]
    files["gold.json"]["gold"] = [{"item": "q-1", "accepted": [{"labels": ["b"]}]}]
    return files


def write(folder: Path, files: Files) -> Path:
    for name, entry in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(entry))
    return folder


def as_bytes(entry: object) -> bytes:
    return entry if isinstance(entry, bytes) else json.dumps(entry, ensure_ascii=False).encode()
