"""Scoring of labels: one label, or a set of them, for a whole picture or text (DESIGN section 4, end)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.rules import SLACK, ClassRules
from labelkit.domain.scores import ErrorKind, Finding, LabelFigures, Score, Severity

Cells = Counter[tuple[str | None, str | None]]


def score_labels(answer: LabelAnnotation, accepted: Sequence[LabelAnnotation], rules: ClassRules) -> Score:
    """The best score of `answer` against the accepted golds (ties: the first); `accepted` says which.

    One label scores 1 or 0; with `multiple`, the F1 of the two sets. Raises ValueError without gold.
    """
    if not accepted:
        raise ValueError("every answer needs at least one accepted gold")
    scores = [_score(answer, gold, rules) for gold in accepted]
    best = max(range(len(scores)), key=lambda number: scores[number].value)
    return replace(scores[best], accepted=best)


def _score(answer: LabelAnnotation, gold: LabelAnnotation, rules: ClassRules) -> Score:
    if answer.unusable or gold.unusable:
        return _score_unusable(answer, gold)
    return (
        _score_set(answer.labels, gold.labels) if rules.multiple else _score_one(answer.labels, gold.labels)
    )


def _score_unusable(answer: LabelAnnotation, gold: LabelAnnotation) -> Score:
    if answer.unusable and gold.unusable:
        return Score(1.0, right=1, mistakes=0)
    kind = ErrorKind.FALSE_UNUSABLE if answer.unusable else ErrorKind.MISSED_UNUSABLE
    return Score(0.0, right=0, mistakes=1, findings=(_fail(kind, answer.labels, gold.labels),))


def _score_one(drawn: frozenset[str], gold: frozenset[str]) -> Score:
    right = drawn == gold
    cells = Cells((g, a) for g in gold for a in drawn)
    return Score(
        value=float(right),
        right=int(right),
        mistakes=int(not right),
        hits=int(right),
        findings=() if right else (_fail(ErrorKind.WRONG_LABEL, drawn, gold),),
        labels=label_figures(cells),
        confusion=_sorted(cells),
    )


def _score_set(drawn: frozenset[str], gold: frozenset[str]) -> Score:
    common, left_out, too_many = drawn & gold, sorted(gold - drawn), sorted(drawn - gold)
    total = len(drawn) + len(gold)
    f1 = 2 * len(common) / total if total else None
    missing = tuple(_fail(ErrorKind.MISSING, (), (label,)) for label in left_out)
    extra = tuple(_fail(ErrorKind.EXTRA, (label,), ()) for label in too_many)
    cells = Cells((label, label) for label in common)
    cells.update((label, None) for label in left_out)
    cells.update((None, label) for label in too_many)
    return Score(
        value=1.0 if f1 is None else f1,
        right=len(common),
        mistakes=len(missing) + len(extra),
        hits=len(common),
        precision=len(common) / len(drawn) if drawn else None,
        recall=len(common) / len(gold) if gold else None,
        f1=f1,
        findings=missing + extra,
        labels=label_figures(cells),
        confusion=_sorted(cells),
    )


def _fail(kind: ErrorKind, labels: Iterable[str], gold_labels: Iterable[str]) -> Finding:
    return Finding(kind, Severity.FAIL, labels=tuple(sorted(labels)), gold_labels=tuple(sorted(gold_labels)))


def label_figures(cells: Cells) -> tuple[LabelFigures, ...]:
    """The figures of each label out of a confusion table (gold, answer) -> count; None is "nothing".

    A wrong label counts as a mistake of the gold's label, and against the precision of the other.
    """
    keys = sorted({key for cell in cells for key in cell if key is not None})
    return tuple(_figures(key, cells) for key in keys)


def _figures(key: str, cells: Cells) -> LabelFigures:
    hits = cells[key, key]
    golds = sum(count for (gold, _), count in cells.items() if gold == key)
    answers = sum(count for (_, answer), count in cells.items() if answer == key)
    return LabelFigures(
        label=key,
        right=hits,
        mistakes=golds - hits + cells[None, key],
        hits=hits,
        answers=answers,
        golds=golds,
        precision=hits / answers if answers else None,
        recall=hits / golds if golds else None,
        f1=2 * hits / (answers + golds) if answers + golds else None,
        mean_iou=None,
    )


def _sorted(cells: Cells) -> tuple[tuple[str | None, str | None, int], ...]:
    ordered = sorted(cells.items(), key=lambda item: [(key is None, key or "") for key in item[0]])
    return tuple((gold, answer, count) for (gold, answer), count in ordered)


@dataclass(frozen=True, slots=True)
class LabelReport:
    """Many scored answers together: share with value 1, mean F1 over labels (0 to 1; None without any)."""

    answers: int
    accuracy: float | None
    macro_f1: float | None
    labels: tuple[LabelFigures, ...]
    confusion: tuple[tuple[str | None, str | None, int], ...]


def label_report(scores: Iterable[Score]) -> LabelReport:
    """Put scores of `score_labels` together; each counts against the accepted gold it was scored by.

    Macro F1 is the plain mean over all labels that occur in an answer or a gold.
    """
    scores = tuple(scores)
    cells: Cells = Counter()
    for score in scores:
        for gold, answer, count in score.confusion:
            cells[gold, answer] += count
    figures = label_figures(cells)
    f1 = [label.f1 for label in figures if label.f1 is not None]
    right = sum(score.value >= 1 - SLACK for score in scores)
    return LabelReport(
        answers=len(scores),
        accuracy=right / len(scores) if scores else None,
        macro_f1=sum(f1) / len(f1) if f1 else None,
        labels=figures,
        confusion=_sorted(cells),
    )
