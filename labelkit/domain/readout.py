"""From columns to values: the Score of one scene, or of all together."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import numpy as np

from labelkit.domain.arrays import Ints
from labelkit.domain.diagnosis import Diagnosis, Place
from labelkit.domain.figures import Cell, Counts, Figures, by_label, by_scene_and_label, confusion
from labelkit.domain.findings import KINDS, FindingTable, Judgement
from labelkit.domain.scores import Finding, LabelFigures, Score, Severity, Sides
from labelkit.domain.sides import SIDES

T = TypeVar("T")

NUMBERS = (
    *("value", "right", "mistakes", "hits", "precision", "recall", "f1"),
    *("mean_iou", "panoptic_quality", "mean_side_error", "exact_share"),
)


class ByScene(Generic[T]):
    """Values that are sorted by their scene."""

    def __init__(self, scenes: Ints, values: Sequence[T]) -> None:
        self.scenes: list[int] = scenes.tolist()
        self.values = values

    def of(self, scene: int) -> tuple[T, ...]:
        first = bisect_left(self.scenes, scene)
        return tuple(self.values[first : bisect_left(self.scenes, scene + 1, first)])


@dataclass(frozen=True)
class Readout:
    """Reads Scores off the columns of a bulk result. What all scenes need is turned into values once."""

    found: Diagnosis
    judged: Judgement
    findings: FindingTable
    figures: Figures
    flags: tuple[str, ...]

    def score(self, scene: int, accepted: int) -> Score:
        """The Score of one scene, the same to the last bit as if it had been scored alone."""
        return Score(
            **_numbers(self.figures.each[scene]),
            findings=self._findings.of(scene),
            labels=self._labels.of(scene),
            confusion=self._confusion.of(scene),
            pairs=self._pairs.of(scene),
            set_aside=self._set_aside.of(scene),
            accepted=accepted,
        )

    def together(self) -> Score:
        """The figures of all scenes as one, without single findings and pairs."""
        everything = np.zeros_like(self.found.answers.scene), np.zeros_like(self.found.golds.scene)
        labels, cells = by_label(self.found, self.judged), confusion(self.found, everything)[1]
        return Score(**_numbers(self.figures.together()), labels=tuple(labels), confusion=tuple(cells))

    @cached_property
    def _labels(self) -> ByScene[LabelFigures]:
        return ByScene(*by_scene_and_label(self.found, self.judged))

    @cached_property
    def _confusion(self) -> ByScene[Cell]:
        return ByScene(*confusion(self.found, (self.found.answers.scene, self.found.golds.scene)))

    @cached_property
    def _pairs(self) -> ByScene[tuple[int, int]]:
        answers, golds = self.found.answers, self.found.golds
        rows = self.found.paired()
        positions = answers.position[rows], golds.position[self.found.partner[rows]]
        pairs = zip(*(side.tolist() for side in positions), strict=True)
        return ByScene(answers.scene[rows], list(pairs))

    @cached_property
    def _set_aside(self) -> ByScene[int]:
        rows = (self.found.answer_place == Place.SET_ASIDE).nonzero()[0]
        answers = self.found.answers
        return ByScene(answers.scene[rows], answers.position[rows].tolist())

    @cached_property
    def _findings(self) -> ByScene[Finding]:
        table = self.findings
        rows = (table.kind, table.fail, table.answer, table.gold, table.flag)
        each = zip(*(column.tolist() for column in rows), strict=True)
        return ByScene(table.scene, [self._finding(*row) for row in each])

    def _finding(self, kind: int, fail: bool, answer: int, gold: int, flag: int) -> Finding:
        """One finding out of rows of the tables and the number of a flag, each -1 where there is none."""
        drawn, meant, judged = self.found.answers, self.found.golds, self.judged
        sided = answer >= 0 and flag < 0 and bool(judged.sided[answer])
        return Finding(
            kind=KINDS[kind],
            severity=Severity.FAIL if fail else Severity.WARNING,
            answer=drawn.position[answer].item() if answer >= 0 else None,
            gold=meant.position[gold].item() if gold >= 0 else None,
            labels=(drawn.labels[drawn.label[answer]],) if answer >= 0 else (),
            gold_labels=(meant.labels[meant.label[gold]],) if gold >= 0 else (),
            iou=self.found.iou[answer].item() if answer >= 0 and gold >= 0 else None,
            sides=Sides(*judged.sides[answer].tolist()) if sided else None,
            worst=SIDES[judged.worst[answer]] if sided else None,
            flag=self.flags[flag] if flag >= 0 else None,
        )


def _numbers(counts: Counts) -> dict[str, Any]:
    return {name: getattr(counts, name) for name in NUMBERS}
