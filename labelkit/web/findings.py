"""Findings in words, numbered, worst first, with the clause that says so."""

from dataclasses import dataclass, fields
from typing import Any

from labelkit.domain.projects import Clause
from labelkit.domain.rules import SLACK
from labelkit.domain.scores import ErrorKind, Finding, Score, Sides
from labelkit.services.submissions import Result, size_of
from labelkit.store.models import Item, Project
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.filters import pixels, text
from labelkit.web.words import say

Tolerance = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding as pages show it; `box` is the place to zoom to, [x, y, w, h] in image pixels;
    `position` its place among the findings of the score.

    `sides` names the sides that lie off with their signed pixels; `tolerance` is what may be off across
    and down; `triple` what gold and the answer mark there.
    """

    number: int
    position: int
    kind: str
    kind_name: str
    severity: str
    sentence: str
    clause: Clause | None
    answer: int | None
    gold: int | None
    sides: list[tuple[str, str]]
    tolerance: Tolerance | None
    worst: str | None
    box: tuple[float, float, float, float] | None
    triple: Any


@dataclass(frozen=True, slots=True)
class Compared:
    """An answer to an item beside the gold that it was scored against."""

    project: Project
    item: Item
    answer: Any
    gold: Any
    score: Score


def shown_findings(result: Result) -> list[ShownFinding]:
    """All findings of a scored result, the worst first."""
    if result.score is None:
        return []
    submission = result.submission
    score = result.score.detail
    return findings_of(Compared(submission.project, submission.item, result.answer, result.gold, score))


def findings_of(seen: Compared) -> list[ShownFinding]:
    """All findings of a score, the worst first."""
    kind = TASK_TYPES[seen.project.task_type]
    rules = kind.parse_rules(seen.project.rules)
    ordered = kind.worst_first(seen.score.findings, seen.answer, seen.gold, rules)
    place = {id(finding): position for position, finding in enumerate(seen.score.findings)}
    return [
        _shown(number, place[id(finding)], finding, seen, rules) for number, finding in enumerate(ordered, 1)
    ]


def _shown(number: int, position: int, finding: Finding, seen: Compared, rules: Any) -> ShownFinding:  # noqa: ANN401
    project, size = seen.project, size_of(seen.item)
    kind = TASK_TYPES[project.task_type]
    tolerance = kind.tolerance(finding, seen.gold, rules)
    return ShownFinding(
        number=number,
        position=position,
        kind=finding.kind,
        kind_name=kind_name(finding.kind),
        severity=finding.severity,
        sentence=finding_sentence(finding, project, tolerance),
        clause=project.guide.clause_for(finding.kind),
        answer=finding.answer,
        gold=finding.gold,
        sides=[(side, pixels(error)) for side, error in sides_off(finding.sides, tolerance)],
        tolerance=tolerance,
        worst=finding.worst,
        box=kind.place(finding, seen.answer, seen.gold),
        triple=kind.triple(finding, seen.score, seen.answer, seen.gold, size) if size else None,
    )


def finding_sentence(
    finding: Finding, project: Project, tolerance: Tolerance | None = None, sentence: str | None = None
) -> str:
    """A finding in one sentence, in the language of the reader; in the words of the task type, unless
    another `sentence` is given."""
    return say(
        sentence or TASK_TYPES[project.task_type].say(finding),
        label=label_names(project, finding.labels),
        gold=label_names(project, finding.gold_labels),
        sides=sides_in_words(finding.sides, tolerance),
        flag=flag_name(finding.flag or ""),
    )


def label_names(project: Project, keys: tuple[str, ...]) -> str:
    """The names of these labels; a label that the project no longer has goes by its key."""
    names = {label.key: text(label.name) for label in project.labels}
    return ", ".join(names.get(key, key) for key in keys)


def sides_off(sides: Sides | None, tolerance: Tolerance | None) -> list[tuple[str, float]]:
    """The sides that lie off, with their signed pixels: by more than the tolerance where that is known,
    else by a pixel or more."""
    if sides is None:
        return []
    each = [(field.name, getattr(sides, field.name)) for field in fields(sides)]
    if tolerance is None:
        return [(side, error) for side, error in each if abs(error) >= 1]
    line = dict(zip(("left", "top", "right", "bottom"), tolerance * 2, strict=True))
    return [(side, error) for side, error in each if abs(error) > line[side] + SLACK]


def sides_in_words(sides: Sides | None, tolerance: Tolerance | None = None) -> str:
    """Every side that is off: "left +6 px loose, top −3 px cut"."""
    return ", ".join(_side_in_words(side, error) for side, error in sides_off(sides, tolerance))


def _side_in_words(side: str, error: float) -> str:
    name = {"left": say("left"), "top": say("top"), "right": say("right"), "bottom": say("bottom")}[side]
    how = say("loose") if error > 0 else say("cut")
    return say("%(side)s %(pixels)s %(how)s", side=name, pixels=pixels(error), how=how)


def flag_name(flag: str) -> str:
    return {"occluded": say("occluded"), "truncated": say("truncated")}.get(flag, flag)


def kind_name(kind: str) -> str:
    """The trade's word for an error kind."""
    return {
        ErrorKind.MISSING: say("missing"),
        ErrorKind.EXTRA: say("extra"),
        ErrorKind.DUPLICATE: say("duplicate"),
        ErrorKind.WRONG_LABEL: say("wrong label"),
        ErrorKind.MISPLACED: say("misplaced"),
        ErrorKind.MISPLACED_WRONG_LABEL: say("misplaced and wrong label"),
        ErrorKind.LOOSE: say("loose"),
        ErrorKind.CUT: say("cut"),
        ErrorKind.SHIFTED: say("shifted"),
        ErrorKind.WRONG_ATTRIBUTE: say("wrong attribute"),
        ErrorKind.FALSE_UNUSABLE: say("wrongly set aside"),
        ErrorKind.MISSED_UNUSABLE: say("missed that it cannot be labelled"),
    }[ErrorKind(kind)]
