"""Scoring many scenes at once: the one engine, of which a single answer is the case of one scene."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from labelkit.domain.arrays import Ints
from labelkit.domain.diagnosis import Diagnosis, diagnose
from labelkit.domain.figures import Figures, by_label, confusion, count, number_or_none
from labelkit.domain.findings import KINDS, FindingTable, Judgement, finding_table, judge
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import Finding, Score, Severity, Sides
from labelkit.domain.sides import SIDES
from labelkit.domain.tables import BoxTable


@dataclass(frozen=True)
class BulkScores:
    """The scores of all scenes as columns, and a `Score` of any one of them, or of all, on demand.

    `figures` has one entry a scene; `accepted` (scenes,) says which accepted gold each was scored against.
    """

    rules: BoxRules
    found: Diagnosis
    judged: Judgement
    findings: FindingTable
    figures: Figures
    accepted: Ints

    def __len__(self) -> int:
        return len(self.accepted)

    def score(self, scene: int) -> Score:
        """The Score of one scene, the same to the last bit as if it had been scored alone."""
        found, judged = self._part(scene)
        paired = found.paired()
        pairs = zip(
            found.answers.position[paired].tolist(),
            found.golds.position[found.partner[paired]].tolist(),
            strict=True,
        )
        return replace(
            _score(self.figures, scene),
            findings=tuple(self._findings(scene)),
            labels=by_label(found, judged),
            confusion=confusion(found),
            pairs=tuple(pairs),
            set_aside=tuple(found.set_aside().tolist()),
            accepted=int(self.accepted[scene]),
        )

    def overall(self) -> Score:
        """The figures of all scenes taken together, without single findings and pairs."""
        figures = self.figures.pooled()
        labels, cells = by_label(self.found, self.judged), confusion(self.found)
        return replace(_score(figures, 0), labels=labels, confusion=cells)

    @cached_property
    def _finding_starts(self) -> Ints:
        return np.searchsorted(self.findings.scene, np.arange(len(self) + 1))

    @cached_property
    def _starts(self) -> tuple[Ints, Ints]:
        return self.found.answers.starts(), self.found.golds.starts()

    def _part(self, scene: int) -> tuple[Diagnosis, Judgement]:
        """What was found in one scene only."""
        if len(self) == 1:
            return self.found, self.judged
        answers, golds = (slice(*starts[scene : scene + 2].tolist()) for starts in self._starts)
        return self.found.part(answers, golds), self.judged.part(answers)

    def _findings(self, scene: int) -> Iterator[Finding]:
        rows = slice(*self._finding_starts[scene : scene + 2].tolist())
        columns = (getattr(self.findings, name)[rows].tolist() for name in FindingTable.__slots__)
        for _, kind, fail, answer, gold, flag in zip(*columns, strict=True):
            severity = Severity.FAIL if fail else Severity.WARNING
            yield Finding(
                KINDS[kind], severity, **self._both_sides(answer, gold), **self._detail(answer, flag)
            )

    def _both_sides(self, answer: int, gold: int) -> dict[str, Any]:
        """Positions and labels of the two boxes concerned, given by their rows; -1 where there is none."""
        said: dict[str, Any] = {}
        answers, golds = self.found.answers, self.found.golds
        if answer >= 0:
            said["answer"] = int(answers.position[answer])
            said["labels"] = (answers.labels[answers.label[answer]],)
        if gold >= 0:
            said["gold"] = int(golds.position[gold])
            said["gold_labels"] = (golds.labels[golds.label[gold]],)
        return said

    def _detail(self, answer: int, flag: int) -> dict[str, Any]:
        """How the drawn box lies, or which flag it has otherwise."""
        if answer < 0:
            return {}
        detail: dict[str, Any] = {"iou": number_or_none(self.found.iou[answer])}
        if flag >= 0:
            detail["flag"] = self.rules.flags[flag]
        elif self.judged.sided[answer]:
            detail["sides"] = Sides(*self.judged.sides[answer].tolist())
            detail["worst"] = SIDES[self.judged.worst[answer]]
        return detail


def score_tables(
    answers: BoxTable, golds: BoxTable, rules: BoxRules, accepted: Ints | None = None
) -> BulkScores:
    """Score every scene of `answers` beside the same scene of `golds` by DESIGN section 4.

    Raises ValueError when the two tables number labels or scenes differently.
    """
    if answers.labels != golds.labels or answers.scenes != golds.scenes:
        raise ValueError("the tables of answers and golds must share their labels and scenes")
    closed = answers.unusable | golds.unusable  # nothing to compare in these (rule 8)
    answers, golds = answers.without(closed), golds.without(closed)
    found = diagnose(answers, golds, rules)
    judged = judge(found, rules)
    figures = count(found, judged, answers.scene, golds.scene, answers.scenes)
    figures = replace(
        figures,
        right=figures.right + (answers.unusable & golds.unusable),
        mistakes=figures.mistakes + (answers.unusable ^ golds.unusable),
    )
    first = np.zeros(answers.scenes, dtype=np.intp) if accepted is None else accepted
    return BulkScores(rules, found, judged, finding_table(found, judged, rules), figures, first)


def _score(figures: Figures, group: int) -> Score:
    """The figures of one group as a Score without findings."""
    return Score(
        value=float(figures.value[group]),
        right=int(figures.right[group]),
        mistakes=int(figures.mistakes[group]),
        hits=int(figures.hits[group]),
        precision=number_or_none(figures.precision[group]),
        recall=number_or_none(figures.recall[group]),
        f1=number_or_none(figures.f1[group]),
        mean_iou=number_or_none(figures.mean_iou[group]),
        panoptic_quality=number_or_none(figures.panoptic_quality[group]),
        mean_side_error=number_or_none(figures.mean_side_error[group]),
        exact_share=number_or_none(figures.exact_share[group]),
    )
