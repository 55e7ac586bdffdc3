"""Findings in words, numbered, worst first, with the clause that says so."""

from dataclasses import dataclass

from labelkit.domain.projects import Clause
from labelkit.domain.scores import ErrorKind, Finding, Severity, Sides
from labelkit.services.submissions import Result
from labelkit.store.models import Project
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.filters import pixels, text
from labelkit.web.words import say

_SIDES = ("left", "top", "right", "bottom")


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding as pages show it; `box` is the place to zoom to, [x, y, w, h] in image pixels."""

    number: int
    kind: str
    kind_name: str
    severity: str
    sentence: str
    clause: Clause | None
    answer: int | None
    gold: int | None
    sides: Sides | None
    worst: str | None
    box: tuple[float, float, float, float] | None


def shown_findings(result: Result) -> list[ShownFinding]:
    """All findings of a scored result: mistakes before warnings, otherwise in the order of scoring."""
    if result.score is None:
        return []
    project = result.submission.project
    ordered = sorted(result.score.detail.findings, key=lambda finding: finding.severity is not Severity.FAIL)
    return [_shown(number, finding, result, project) for number, finding in enumerate(ordered, 1)]


def _shown(number: int, finding: Finding, result: Result, project: Project) -> ShownFinding:
    kind = TASK_TYPES[project.task_type]
    return ShownFinding(
        number=number,
        kind=finding.kind,
        kind_name=kind_name(finding.kind),
        severity=finding.severity,
        sentence=finding_sentence(finding, project),
        clause=project.guide.clause_for(finding.kind),
        answer=finding.answer,
        gold=finding.gold,
        sides=finding.sides,
        worst=finding.worst,
        box=kind.place(finding, result.answer, result.gold),
    )


def finding_sentence(finding: Finding, project: Project) -> str:
    """A finding in one sentence, in the language of the reader."""
    return say(
        TASK_TYPES[project.task_type].say(finding),
        label=label_names(project, finding.labels),
        gold=label_names(project, finding.gold_labels),
        sides=sides_in_words(finding.sides) if finding.sides else "",
        flag=flag_name(finding.flag or ""),
    )


def label_names(project: Project, keys: tuple[str, ...]) -> str:
    """The names of these labels; a label that the project no longer has goes by its key."""
    names = {label.key: text(label.name) for label in project.labels}
    return ", ".join(names.get(key, key) for key in keys)


def sides_in_words(sides: Sides) -> str:
    """Every side that is off by a pixel or more: "left +6 px loose, top −3 px cut"."""
    off = [(side, getattr(sides, side)) for side in _SIDES if abs(getattr(sides, side)) >= 1]
    return ", ".join(_side_in_words(side, error) for side, error in off)


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
