"""What the pages of agreement are given to show."""

from dataclasses import dataclass, replace
from typing import Any, Self

from flask import url_for

from labelkit.services.agreement import Answered, Disagreement
from labelkit.services.consensus import Origin
from labelkit.store.models import Item, Project
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.filters import text
from labelkit.web.shown_plain import PlainItem
from labelkit.web.shown_team import ShownItem
from labelkit.web.words import say, say_many


@dataclass(frozen=True, slots=True)
class ShownDisagreement:
    """An item in the queue of disagreements."""

    item: ShownItem
    answers: int
    agreement: float
    has_gold: bool
    has_proposal: bool

    @classmethod
    def of(cls, one: Disagreement) -> Self:
        url = url_for("agreement.item", item_id=one.item.id)
        return cls(
            item=replace(ShownItem.of(one.item), url=url),
            answers=one.answers,
            agreement=one.agreement,
            has_gold=one.has_gold,
            has_proposal=one.has_proposal,
        )


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer among others: its number on the picture, whose it is, and in short what it says."""

    number: int
    name: str
    annotation: Any
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTogether(PlainItem):
    """An item with all answers to it, in the shape in which the task types show them over each other."""

    answers: tuple[ShownAnswer, ...]
    agreement: float | None

    @classmethod
    def of(cls, item: Item, found: Answered, names: dict[int, str]) -> Self:
        answers = [
            ShownAnswer(number, names.get(worker, "–"), annotation, _says(item, annotation))
            for number, (worker, annotation) in enumerate(
                zip(found.said.workers, found.annotations, strict=True), 1
            )
        ]
        return cls.shown(item, answers=tuple(answers), agreement=found.agreement)


def _says(item: Item, annotation: Any) -> str:  # noqa: ANN401  (an Annotation of the project's task type)
    kind = TASK_TYPES[item.project.task_type]
    if annotation.unusable:
        return say("Cannot be labelled")
    if kind.marks_regions:
        found = len(annotation.regions)
        return say_many("%(num)d object", "%(num)d objects", found) if found else say("Nothing to find")
    names = {label.key: text(label.name) for label in kind.offer(item.project.labels, item.question)}
    return ", ".join(names.get(key, key) for key in sorted(annotation.labels)) or say("None of the labels")


def reason_of(project: Project, origin: Origin) -> str:
    """How a consensus came to be, in one sentence: the reason of its proposal."""
    n = origin.answers
    if origin.unusable:
        return say(
            "Consensus of %(n)d answers: %(alike)d of them say that this cannot be labelled.",
            n=n,
            alike=origin.alike,
        )
    if TASK_TYPES[project.task_type].marks_regions and origin.objects:
        return say(
            "Consensus of %(n)d answers: %(kept)d of %(objects)d objects that anybody marked.",
            n=n,
            kept=origin.kept,
            objects=origin.objects,
        )
    return say("Consensus of %(n)d answers: %(alike)d of them say just this.", n=n, alike=origin.alike)
