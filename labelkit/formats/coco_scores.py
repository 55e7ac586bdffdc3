"""The scores of two COCO files: all of it as JSON, and a line for each image as CSV."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from labelkit.domain.bulk import BulkScores, score_tables
from labelkit.domain.figures import Counts
from labelkit.domain.findings import KINDS
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Finding, LabelFigures
from labelkit.domain.sides import SIDES
from labelkit.formats.coco import read_answers, read_gold
from labelkit.formats.coco_notes import Note, notes
from labelkit.formats.coco_pairs import Comparison, Side, side_by_side

Json = dict[str, Any]

_COUNTED = ("right", "mistakes", "hits", "answers", "golds")
_RATIOS = (
    "precision", "recall", "f1", "mean_iou", "panoptic_quality", "mean_side_error", "exact_share",
)  # fmt: skip


@dataclass(frozen=True)
class FileScores:
    """An answers file scored against a gold file; scene n is the n-th image of gold."""

    compared: Comparison
    rules: BoxRules
    scores: BulkScores

    @cached_property
    def overall(self) -> Counts:
        return self.scores.figures.together()

    @cached_property
    def passed(self) -> list[bool]:
        return [self.rules.passes(value) for value in self.scores.figures.value.tolist()]

    @cached_property
    def notes(self) -> list[Note]:
        return notes(self.compared, self.scores)

    def kinds(self) -> list[tuple[ErrorKind, int, int]]:
        """Each kind of finding that there is, with its numbers of mistakes and of warnings."""
        table = self.scores.findings
        mistakes = np.bincount(table.kind[table.fail], minlength=len(KINDS)).tolist()
        warnings = np.bincount(table.kind[~table.fail], minlength=len(KINDS)).tolist()
        counted = zip(KINDS, mistakes, warnings, strict=True)
        return [line for line in counted if any(line[1:])]


def score_files(gold: Path, answers: Path, rules: BoxRules) -> FileScores:
    """Score an answers file against a gold file. Raises CocoError, saying what is wrong, and where."""
    right = read_gold(gold, rules.flags)
    compared = side_by_side(right, read_answers(answers, right, rules.flags))
    return FileScores(compared, rules, score_tables(compared.answers.table, compared.gold.table, rules))


def to_json(scored: FileScores) -> bytes:
    """Everything, in UTF-8: a number that is not there is null; boxes go by index (from 0) and id."""
    gold, answers = scored.compared.gold.file, scored.compared.answers.file
    overall = scored.scores.overall()
    raw = {
        "gold": str(gold.path),
        "answers": str(answers.path),
        "rules": scored.rules.to_json(),
        "images_scored": len(scored.scores),
        "images_passed": sum(scored.passed),
        "overall": _figures(scored.overall),
        "labels": [asdict(figures) | {"score": label_score(figures)} for figures in overall.labels],
        "findings": [
            dict(zip(("kind", "mistakes", "warnings"), line, strict=True)) for line in scored.kinds()
        ],
        "confusion": [
            dict(zip(("gold", "answer", "count"), cell, strict=True)) for cell in overall.confusion
        ],
        "notes": [asdict(note) for note in scored.notes],
        "images": list(_images(scored)),
    }
    return json.dumps(raw, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def _figures(counts: Counts) -> Json:
    return {"score": counts.value} | {name: getattr(counts, name) for name in (*_COUNTED, *_RATIOS)}


def label_score(figures: LabelFigures) -> float | None:
    """The headline of one label: right / (right + mistakes), where there is either."""
    counted = figures.right + figures.mistakes
    return figures.right / counted if counted else None


def _images(scored: FileScores) -> Iterator[Json]:
    images, gold, answers = scored.compared.gold.file.images, scored.compared.gold, scored.compared.answers
    for scene, (counts, passed) in enumerate(zip(scored.scores.figures.each, scored.passed, strict=True)):
        score = scored.scores.score(scene)
        yield {
            "file_name": images.names[scene],
            "image_id": images.ids[scene],
            "passed": passed,
            **_figures(counts),
            "findings": [_finding(finding, scene, gold, answers) for finding in score.findings],
            "pairs": [[answers.row(scene, one), gold.row(scene, other)] for one, other in score.pairs],
            "set_aside": [answers.row(scene, position) for position in score.set_aside],
        }


def _finding(finding: Finding, scene: int, gold: Side, answers: Side) -> Json:
    return {
        "kind": finding.kind,
        "severity": finding.severity,
        **_box("answer", answers, scene, finding.answer),
        "label": next(iter(finding.labels), None),
        **_box("gold", gold, scene, finding.gold),
        "gold_label": next(iter(finding.gold_labels), None),
        "iou": finding.iou,
        "sides": finding.sides and {side: getattr(finding.sides, side) for side in SIDES},
        "worst": finding.worst,
        "flag": finding.flag,
    }


def _box(name: str, side: Side, scene: int, position: int | None) -> Json:
    row = None if position is None else side.row(scene, position)
    return {name: row, f"{name}_id": None if row is None else side.file.boxes.ids[row]}


def to_csv(scored: FileScores) -> bytes:
    """A line for each image, in UTF-8 with a BOM; how many findings it has of each kind stands last."""
    images, table = scored.compared.gold.file.images, scored.scores.findings
    cells = table.scene * len(KINDS) + table.kind
    kinds = np.bincount(cells, minlength=len(images) * len(KINDS)).reshape(-1, len(KINDS)).tolist()
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(("file_name", "image_id", "score", "passed", *_COUNTED, *_RATIOS, *KINDS))
    each = zip(images.names, images.ids, scored.passed, scored.scores.figures.each, kinds, strict=True)
    for name, id, passed, counts, found in each:
        score, *rest = _figures(counts).values()
        lines.writerow((name, id, score, int(passed), *rest, *found))
    return text.getvalue().encode("utf-8-sig", "replace")
