"""What the two classifications share: one label, or a set of them, for the whole item."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import ClassVar

from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.arrays import Floats
from labelkit.domain.classification import score_labels
from labelkit.domain.consensus import Unit, label_consensus, label_likeness, label_units
from labelkit.domain.errors import Invalid
from labelkit.domain.inspection import ToInspect
from labelkit.domain.marks import Mark
from labelkit.domain.projects import ClauseGroup, Label
from labelkit.domain.rules import ClassRules
from labelkit.domain.scores import ErrorKind, Finding, Score
from labelkit.domain.showing import SPOILT, ClassItem, labels_to_inspect
from labelkit.domain.simulated import SimulatedWorker
from labelkit.domain.tallies import Counts
from labelkit.domain.texts import N_
from labelkit.tasktypes.base import SENTENCES, Json, Size, TaskType, the_one_answer

_SENTENCES = SENTENCES | {
    ErrorKind.WRONG_LABEL: N_("You chose %(label)s. The answer is %(gold)s."),
    ErrorKind.MISSING: N_("You left out %(gold)s."),
    ErrorKind.EXTRA: N_("%(label)s does not apply."),
}


class Classification(TaskType[LabelAnnotation, ClassRules]):
    clause_groups = TaskType.clause_groups | {
        ClauseGroup.WHAT: N_("What to choose"),
        ClauseGroup.TIGHT: N_("How far to look"),
        ClauseGroup.HIDDEN: N_("What is hidden or only hinted at"),
    }
    errors: ClassVar[tuple[ErrorKind, ...]] = (
        ErrorKind.WRONG_LABEL,
        ErrorKind.MISSING,
        ErrorKind.EXTRA,
        ErrorKind.FALSE_UNUSABLE,
        ErrorKind.MISSED_UNUSABLE,
    )

    plantable = tuple(SPOILT)

    def parse_rules(self, raw: Json) -> ClassRules:
        return ClassRules.from_json(raw)

    def parse(
        self,
        raw: object,
        labels: Sequence[Label],
        rules: ClassRules,
        *,
        size: Size | None = None,
        gold: bool = False,
    ) -> LabelAnnotation:
        answer = the_one_answer(raw, "labels")
        if answer.get("unusable"):
            if not rules.unusable:
                raise Invalid(N_("This project does not offer “Cannot be labelled”."))
            return LabelAnnotation(unusable=True)
        if answer.get("nothing") and rules.multiple:
            return LabelAnnotation()
        chosen = answer.get("labels")
        if not isinstance(chosen, list) or not all(isinstance(key, str) for key in chosen):
            raise Invalid(N_("The answer could not be read."))
        if not chosen:
            raise Invalid(N_("Choose a label."))
        if not set(chosen) <= {label.key for label in labels}:
            raise Invalid(N_("This project does not know that label."))
        if len(chosen) > 1 and not rules.multiple:
            raise Invalid(N_("Choose one label only."))
        return LabelAnnotation(frozenset(chosen))

    def read(self, raw: object) -> LabelAnnotation:
        answer = the_one_answer(raw, "labels")
        chosen = answer.get("labels", [])
        if not isinstance(chosen, list) or not all(isinstance(key, str) for key in chosen):
            raise Invalid(N_("The answer could not be read."))
        return LabelAnnotation(frozenset(chosen), unusable=answer.get("unusable", False))

    def dump(self, annotation: LabelAnnotation) -> Json:
        if annotation.unusable:
            return {"unusable": True}
        return {"labels": sorted(annotation.labels)} if annotation.labels else {"nothing": True}

    def score(self, answer: LabelAnnotation, accepted: Sequence[LabelAnnotation], rules: ClassRules) -> Score:
        return score_labels(answer, accepted, rules)

    def features(self, gold: LabelAnnotation) -> Counts:
        return {f"label/{key}": 1 for key in sorted(gold.labels)} or {"label/": 1}

    def simulate(
        self,
        worker: SimulatedWorker,
        gold: LabelAnnotation,
        random: Random,
        labels: Sequence[Label],
        rules: ClassRules,
        *,
        size: Size | None = None,
    ) -> LabelAnnotation:
        keys = [label.key for label in labels]
        return worker.answer_label(gold, random, keys, multiple=rules.multiple)

    def mend(
        self,
        answer: LabelAnnotation,
        accepted: Sequence[LabelAnnotation],
        marks: Sequence[Mark],
        random: Random,
        rules: ClassRules,
        *,
        size: Size | None = None,
    ) -> LabelAnnotation:
        return accepted[self.score(answer, accepted, rules).accepted]

    def to_inspect(
        self,
        accepted: Sequence[LabelAnnotation],
        kinds: Sequence[ErrorKind],
        random: Random,
        labels: Sequence[Label],
        rules: ClassRules,
        *,
        size: Size | None = None,
        alike: Mapping[str, Sequence[str]] | None = None,
    ) -> ToInspect[LabelAnnotation]:
        item = ClassItem(accepted, rules, [label.key for label in labels], alike or {})
        return labels_to_inspect(item, kinds, random)

    def units(self, answers: Sequence[LabelAnnotation], rules: ClassRules) -> tuple[Unit, ...]:
        return label_units(answers, multiple=rules.multiple)

    def likeness(self, answers: Sequence[LabelAnnotation], rules: ClassRules) -> Floats:
        return label_likeness(answers)

    def consensus(
        self, answers: Sequence[LabelAnnotation], classes: Sequence[str], rules: ClassRules
    ) -> LabelAnnotation:
        return label_consensus(answers, classes)

    def blank(self) -> Json:
        return {"labels": []}

    def say(self, finding: Finding) -> str:
        return _SENTENCES[finding.kind]
