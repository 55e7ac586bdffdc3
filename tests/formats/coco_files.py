"""Two small COCO files whose score is easy to work out by hand, for tests to change one thing at a time.

Of three pictures the second is right with a warning (its box sits 4 px too far right, IoU 96/104), the first
has one box with the wrong label, and in the third, where nothing is, a person is marked.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.rules import BoxRules
from labelkit.formats.coco_scores import FileScores, score_files

Json = dict[str, Any]


def image(id: int, name: str, **other: Any) -> Json:
    return {"id": id, "file_name": name, "width": 640, "height": 480} | other


def box(id: int, image: int, category: int, *xywh: float, **other: Any) -> Json:
    return {"id": id, "image_id": image, "category_id": category, "bbox": list(xywh)} | other


def gold() -> Json:
    return {
        "images": [image(1, "거리-1.jpg"), image(2, "street-2.jpg"), image(3, "street-3.jpg")],
        "categories": [{"id": 1, "name": "car"}, {"id": 2, "name": "보행자"}],
        "annotations": [
            box(11, 1, 1, 100, 100, 100, 80),
            box(12, 1, 2, 300, 100, 40, 80),
            box(13, 2, 1, 10, 10, 100, 100),
        ],
    }


def answers() -> Json:
    """Images and categories go by other ids here than in gold."""
    return {
        "images": [image(30, "street-3.jpg"), image(20, "street-2.jpg"), image(10, "거리-1.jpg")],
        "categories": [{"id": 5, "name": "보행자"}, {"id": 4, "name": "car"}],
        "annotations": [
            box(91, 30, 5, 50, 50, 20, 20),
            box(92, 10, 4, 300, 100, 40, 80),
            box(93, 20, 4, 14, 10, 100, 100),
            box(94, 10, 4, 100, 100, 100, 80),
        ],
    }


def results() -> list[Json]:
    """The same answers as a results list, which goes by the ids of gold."""
    ids, categories = {30: 3, 20: 2, 10: 1}, {5: 2, 4: 1}
    return [
        {
            "image_id": ids[each["image_id"]],
            "category_id": categories[each["category_id"]],
            "bbox": each["bbox"],
            "score": 1.0,
        }
        for each in answers()["annotations"]
    ]


def write(path: Path, content: object) -> Path:
    """Bytes as they are, all else as JSON."""
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def scored(folder: Path, gold: object, answers: object, rules: BoxRules | None = None) -> FileScores:
    """Scores of two files that hold these."""
    files = write(folder / "gold.json", gold), write(folder / "answers.json", answers)
    return score_files(*files, rules or BoxRules())


def as_coco(annotations: Sequence[BoxAnnotation]) -> Json:
    """Annotations, one a picture, as a file."""
    labels = sorted({box.label for annotation in annotations for box in annotation.regions})
    return {
        "images": [
            {"id": n, "file_name": f"{n}.jpg", "unusable": annotation.unusable}
            for n, annotation in enumerate(annotations)
        ],
        "categories": [{"id": n, "name": label} for n, label in enumerate(labels)],
        "annotations": [
            _as_coco(box, n, labels) for n, each in enumerate(annotations) for box in each.regions
        ],
    }


def _as_coco(box: Box, image: int, labels: Sequence[str]) -> Json:
    return {
        "image_id": image,
        "category_id": labels.index(box.label),
        "bbox": [box.x, box.y, box.w, box.h],
        "flags": sorted(box.flags),
        "ignore": box.ignore,
        "optional": box.optional,
        "iscrowd": int(box.crowd),
    }
