"""Scoring many scenes at once: the one engine, of which a single answer is the case of one scene."""

from dataclasses import dataclass, replace

import numpy as np

from labelkit.domain.arrays import Ints
from labelkit.domain.diagnosis import Diagnosis, diagnose
from labelkit.domain.figures import Figures, count
from labelkit.domain.findings import FindingTable, Judgement, finding_table, judge
from labelkit.domain.readout import Readout
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import Score
from labelkit.domain.tables import BoxTable


@dataclass(frozen=True, slots=True)
class BulkScores:
    """The scores of all scenes as columns, and a Score of any one of them, or of all, on demand.

    `figures` has a line for each scene: `value`, `right`, `mistakes`, `hits` and what the ratios are made
    of. `found` and `judged` say what became of each box, `findings` lists every difference. `accepted`
    (scenes,) says which accepted gold each scene was scored against.
    """

    found: Diagnosis
    judged: Judgement
    findings: FindingTable
    figures: Figures
    accepted: Ints
    readout: Readout

    def __len__(self) -> int:
        return len(self.accepted)

    def score(self, scene: int) -> Score:
        """The Score of one scene, the same to the last bit as if it had been scored alone."""
        return self.readout.score(scene, self.accepted[scene].item())

    def overall(self) -> Score:
        """The figures of all scenes taken together, without single findings and pairs."""
        return self.readout.together()


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
    findings = finding_table(found, judged, rules)
    figures = count(found, judged, answers.scene, golds.scene, answers.scenes)
    figures = replace(
        figures,
        right=figures.right + (answers.unusable & golds.unusable),
        mistakes=figures.mistakes + (answers.unusable ^ golds.unusable),
    )
    first = np.zeros(answers.scenes, dtype=np.intp) if accepted is None else accepted
    readout = Readout(found, judged, findings, figures, rules.flags)
    return BulkScores(found, judged, findings, figures, first, readout)
