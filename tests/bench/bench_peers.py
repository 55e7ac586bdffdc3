"""The other programs that the benchmark runs beside ours, each as its own users would run it for speed.

All of them match at the one threshold 0.5 and one size range, with their data loaded beforehand. Only
hotcoco's also names errors image by image.
"""

import contextlib
import io
from collections.abc import Callable
from typing import Any

import numpy as np
from bench_data import IMAGES, NAMES, SIZE, Boxes

THRESHOLD, MOST = 0.5, 1_000  # IoU, and boxes of one picture: none is left out
WHOLE_RANGE = [0.0, 1e10]


def pycocotools(gold: Boxes, answers: Boxes) -> Callable[[], Any]:
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    loaded = _loaded(COCO, gold, answers)
    return lambda: _quietly(lambda: _camel(COCOeval(*loaded, "bbox")))


def faster_coco_eval(gold: Boxes, answers: Boxes) -> Callable[[], Any]:
    from faster_coco_eval import COCO, COCOeval_faster

    loaded = _loaded(COCO, gold, answers)
    return lambda: _quietly(lambda: _camel(COCOeval_faster(*loaded, "bbox")))


def hotcoco(gold: Boxes, answers: Boxes) -> Callable[[], Any]:
    from hotcoco import COCO, COCOeval

    loaded = _loaded(COCO, gold, answers)
    return lambda: _camel(COCOeval(*loaded, "bbox")).image_diagnostics(iou_thr=THRESHOLD)


PEERS = {
    "pycocotools": pycocotools,
    "faster-coco-eval": faster_coco_eval,
    "hotcoco, image_diagnostics": hotcoco,
}


def greedy_pairs(gold: Boxes, answers: Boxes) -> set[tuple[int, int]]:
    """The pairs of rows (answer, gold) that pycocotools counts as true positives."""
    matched = pycocotools(gold, answers)()
    pairs = set()
    for each in matched.evalImgs:
        if each is not None:
            found = zip(each["dtIds"], each["dtMatches"][0], strict=True)
            pairs |= {(int(answer) - 1, int(gold) - 1) for answer, gold in found if gold > 0}
    return pairs


def _camel(evaluation: Any) -> Any:
    evaluation.params.iouThrs = np.array([THRESHOLD])
    evaluation.params.areaRng, evaluation.params.areaRngLbl = [WHOLE_RANGE], ["all"]
    evaluation.params.maxDets = [MOST]
    evaluation.evaluate()
    return evaluation


def _loaded(coco: Any, gold: Boxes, answers: Boxes) -> tuple[Any, Any]:
    """Both sides as that library holds them. The answers have no scores, so all of them get 1."""
    width, height = SIZE.astype(int).tolist()
    whole = {
        "info": {},
        "images": [{"id": n + 1, "width": width, "height": height} for n in range(IMAGES)],
        "categories": [{"id": n + 1, "name": name} for n, name in enumerate(NAMES)],
    }
    sides = []
    for boxes in (gold, answers):
        rows = zip(boxes.image.tolist(), boxes.label.tolist(), boxes.xywh.tolist(), strict=True)
        annotations = [
            {
                "id": n,
                "image_id": image + 1,
                "category_id": label + 1,
                "bbox": xywh,
                "area": xywh[2] * xywh[3],
                "iscrowd": 0,
                "score": 1.0,
            }
            for n, (image, label, xywh) in enumerate(rows, start=1)
        ]
        sides.append(_quietly(lambda held=annotations: _from_dict(coco, {**whole, "annotations": held})))
    return sides[0], sides[1]


def _from_dict(coco: Any, dataset: dict[str, Any]) -> Any:
    loaded = coco()
    loaded.dataset = dataset
    loaded.createIndex()
    return loaded


def _quietly(run: Callable[[], Any]) -> Any:
    with contextlib.redirect_stdout(io.StringIO()):
        return run()
