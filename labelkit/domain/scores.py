"""The result of scoring one Annotation against one gold: a Score and its Findings.

One kind of Score serves every task type, so that pages, tallies and exports need not ask which
one it was. A figure that has no meaning for a task type, or no denominator, is None.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class ErrorKind(StrEnum):
    """What may be wrong with an answer. The words are those of the guide, the pages and the tallies."""

    MISSING = "missing"
    EXTRA = "extra"
    DUPLICATE = "duplicate"
    WRONG_LABEL = "wrong_label"
    MISPLACED = "misplaced"
    MISPLACED_WRONG_LABEL = "misplaced_wrong_label"
    LOOSE = "loose"
    CUT = "cut"
    SHIFTED = "shifted"
    WRONG_ATTRIBUTE = "wrong_attribute"
    FALSE_UNUSABLE = "false_unusable"
    MISSED_UNUSABLE = "missed_unusable"


class Severity(StrEnum):
    """A fail is a mistake and lowers the score; a warning is told and costs nothing."""

    WARNING = "warning"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Sides:
    """Signed error of each side in image pixels: + lies outside the gold (loose), - inside (cut)."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One single difference between an answer and gold.

    `answer` and `gold` are positions in the two lists of regions as the caller gave them (None where
    there is no counterpart). `labels` and `gold_labels` are the label keys concerned on either side.
    `worst` names the side that decided a loose, cut or shifted ("left", "top", "right", "bottom").
    """

    kind: ErrorKind
    severity: Severity
    answer: int | None = None
    gold: int | None = None
    labels: tuple[str, ...] = ()
    gold_labels: tuple[str, ...] = ()
    iou: float | None = None
    sides: Sides | None = None
    worst: str | None = None
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """The counts of one label: pairs that are right, mistakes, hits, answers and golds that took part."""

    label: str
    right: int
    mistakes: int
    hits: int
    answers: int
    golds: int
    precision: float | None
    recall: float | None
    f1: float | None
    mean_iou: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """How close an answer is to gold: `value` = right / (right + mistakes), in [0, 1], and why.

    Where neither is counted, nothing was to be found and nothing was marked, `value` is 1; for sets of
    labels it is the F1 of the two sets.

    `confusion` maps (gold label, answer label) to a count; None stands for "nothing" on either axis.
    `pairs` lists (answer, gold) positions of the matched regions, right or not, for the pages to draw;
    `set_aside`, positions of answers that lie on an ignored region and count nowhere. `accepted` is the
    number of the accepted gold that it was scored against.
    """

    value: float
    right: int
    mistakes: int
    findings: tuple[Finding, ...] = ()
    hits: int = 0
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    mean_iou: float | None = None
    panoptic_quality: float | None = None
    mean_side_error: float | None = None
    exact_share: float | None = None
    labels: tuple[LabelFigures, ...] = ()
    confusion: tuple[tuple[str | None, str | None, int], ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()
    set_aside: tuple[int, ...] = ()
    accepted: int = 0

    def to_json(self) -> dict[str, Any]:
        """A compact JSON value that `from_json` turns back into an equal Score; defaults are left out."""
        raw = _without_defaults(self)
        listed = {
            "findings": [_finding_to_json(finding) for finding in self.findings],
            "labels": [list(_values(figures)) for figures in self.labels],
            "confusion": [list(cell) for cell in self.confusion],
            "pairs": [list(pair) for pair in self.pairs],
            "set_aside": list(self.set_aside),
        }
        return {key: listed.get(key, value) for key, value in raw.items()}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Score":
        """The Score that `to_json` wrote."""
        listed = {
            "findings": findings_from_json(raw),
            "labels": tuple(LabelFigures(*figures) for figures in raw.get("labels", ())),
            "confusion": tuple((gold, answer, count) for gold, answer, count in raw.get("confusion", ())),
            "pairs": tuple((answer, gold) for answer, gold in raw.get("pairs", ())),
            "set_aside": tuple(raw.get("set_aside", ())),
        }
        return cls(**{**raw, **listed})


def findings_from_json(raw: Mapping[str, Any]) -> tuple[Finding, ...]:
    """The findings alone of a Score that `to_json` wrote: all that is needed where many are read."""
    return tuple(_finding_from_json(finding) for finding in raw.get("findings", ()))


def _finding_to_json(finding: Finding) -> dict[str, Any]:
    raw = _without_defaults(finding)
    if finding.sides is not None:
        raw["sides"] = list(_values(finding.sides))
    return {key: list(value) if isinstance(value, tuple) else value for key, value in raw.items()}


def _finding_from_json(raw: Mapping[str, Any]) -> Finding:
    read = {
        "kind": ErrorKind(raw["kind"]),
        "severity": Severity(raw["severity"]),
        "labels": tuple(raw.get("labels", ())),
        "gold_labels": tuple(raw.get("gold_labels", ())),
        "sides": Sides(*raw["sides"]) if "sides" in raw else None,
    }
    return Finding(**{**raw, **read})


def _values(value: LabelFigures | Sides) -> tuple[Any, ...]:
    return tuple(getattr(value, field.name) for field in fields(value))


def _without_defaults(value: Score | Finding) -> dict[str, Any]:
    named = ((field, getattr(value, field.name)) for field in fields(value))
    return {field.name: held for field, held in named if held != field.default}
