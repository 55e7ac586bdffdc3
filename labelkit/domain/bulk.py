"""Scoring many scenes at once: the one engine, of which a single answer is the case of one scene."""

from dataclasses import dataclass, replace
from functools import cached_property

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
        first, last = self._finding_starts[scene : scene + 2].tolist()
        found, judged = self._part(scene)
        paired = found.paired()
        pairs = zip(
            found.answers.position[paired].tolist(),
            found.golds.position[found.partner[paired]].tolist(),
            strict=True,
        )
        return replace(
            _score(self.figures, scene),
            findings=tuple(self._finding(row) for row in range(first, last)),
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

    def _finding(self, row: int) -> Finding:
        table, found, judged = self.findings, self.found, self.judged
        answer, gold, flag = int(table.answer[row]), int(table.gold[row]), int(table.flag[row])
        drawn, sided = answer >= 0, answer >= 0 and flag < 0 and bool(judged.sided[answer])
        return Finding(
            kind=KINDS[table.kind[row]],
            severity=Severity.FAIL if table.fail[row] else Severity.WARNING,
            answer=int(found.answers.position[answer]) if drawn else None,
            gold=int(found.golds.position[gold]) if gold >= 0 else None,
            labels=(found.answers.labels[found.answers.label[answer]],) if drawn else (),
            gold_labels=(found.golds.labels[found.golds.label[gold]],) if gold >= 0 else (),
            iou=number_or_none(found.iou[answer]) if drawn else None,
            sides=Sides(*judged.sides[answer].tolist()) if sided else None,
            worst=SIDES[judged.worst[answer]] if sided else None,
            flag=self.rules.flags[flag] if flag >= 0 else None,
        )


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
