"""One of the choices that belong to a question."""

from collections.abc import Sequence
from dataclasses import replace

from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.errors import Invalid
from labelkit.domain.projects import ClauseGroup, Label
from labelkit.domain.questions import Question
from labelkit.domain.rules import ClassRules
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import Counts
from labelkit.domain.texts import N_, Texts
from labelkit.tasktypes.base import Json
from labelkit.tasktypes.classes import Classification


class Choice(Classification):
    """The project's labels are the letters of the choices, so that answers and tallies hold keys."""

    key = "choice"
    title = N_("Multiple choice")
    needs_picture = False
    needs_question = True
    clause_groups = Classification.clause_groups | {
        ClauseGroup.WHAT: N_("How to choose"),
        ClauseGroup.TIGHT: N_("What words and figures mean here"),
    }
    errors = (ErrorKind.WRONG_LABEL, ErrorKind.FALSE_UNUSABLE, ErrorKind.MISSED_UNUSABLE)

    def parse_rules(self, raw: Json) -> ClassRules:
        rules = super().parse_rules(raw)
        if rules.multiple:
            raise Invalid(
                N_("A question has one answer, so the rule “%(key)s” must be false."), key="multiple"
            )
        return rules

    def features(self, gold: LabelAnnotation) -> Counts:
        return {}  # the letter of the right choice is nothing that one could learn

    def offer(self, labels: Sequence[Label], question: Question | None) -> Sequence[Label]:
        if question is None:
            return labels
        offered = (label for label in labels if label.key in question.choices)
        return [replace(label, name=question.choices[label.key], help=Texts()) for label in offered]
