"""What the pages of inspection practice are given to show. Before the verdict nothing of it is gold."""

from dataclasses import dataclass, replace
from typing import Self

from labelkit.domain.inspection import Outcome, Place, rights
from labelkit.domain.projects import Reason
from labelkit.domain.texts import Texts
from labelkit.services.inspection_practice import Told, faults_of, place_of
from labelkit.store.models import Exercise
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.findings import Compared, ShownFinding, finding_sentence, findings_of
from labelkit.web.inspector_words import PLANTED
from labelkit.web.shown_plain import PlainAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownExercise(PlainAnswer):
    """A result to inspect; gold and all that rests on it are there once it is judged."""

    id: int
    marks_regions: bool
    explanation: Texts | None = None

    @classmethod
    def of(cls, exercise: Exercise) -> Self:
        kind = TASK_TYPES[exercise.project.task_type]
        answer = kind.read(exercise.annotation)
        return cls.shown(exercise.item, id=exercise.id, answer=answer, marks_regions=kind.marks_regions)

    @classmethod
    def told(cls, told: Told) -> Self:
        shown = cls.of(told.exercise)
        if told.score is None:
            return shown
        seen = Compared(shown.project, shown.item, shown.answer, told.gold, told.score)
        return replace(
            shown,
            score=told.score,
            passed=not told.outcome.faulty,
            gold=told.gold,
            accepted_golds=told.accepted,
            explanation=told.explanation,
            findings=tuple(_planted(one, seen) for one in findings_of(seen)),
        )


def _planted(shown: ShownFinding, seen: Compared) -> ShownFinding:
    """A plant in the words that are meant for an inspector."""
    finding = next(
        one
        for one in seen.score.findings
        if (one.kind, one.answer, one.gold) == (shown.kind, shown.answer, shown.gold)
    )
    sentence = finding_sentence(finding, seen.project, shown.tolerance, PLANTED.get(finding.kind))
    return replace(shown, sentence=sentence)


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """What somebody said of a result: `holds` are the reasons of the guide that would have been right."""

    outcome: Outcome
    place: Place | None
    reason: Reason | None
    holds: list[Reason]
    seconds: float

    @classmethod
    def of(cls, exercise: Exercise, outcome: Outcome) -> Self:
        guide = exercise.project.guide
        kinds = [fault.kind for fault in faults_of(exercise)]
        keys = {key for kind in kinds for key in rights(guide, kind)}
        return cls(
            outcome=outcome,
            place=place_of(exercise),
            reason=guide.reason(exercise.reason or ""),
            holds=[reason for reason in guide.reasons if reason.key in keys],
            seconds=exercise.seconds or 0.0,
        )
