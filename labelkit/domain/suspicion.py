"""Suspicious gold: what good workers do otherwise than gold says, and all of them in the same way."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from labelkit.domain.geometry import corners, pairwise_iou
from labelkit.domain.rules import SLACK
from labelkit.domain.scores import ErrorKind, Finding, Severity
from labelkit.domain.tallies import below

GOOD_STANDING, GOOD_N = 0.8, 5  # who counts as a good worker in a project
LEAST, SHARE = 3, 0.6  # so many of them, and so great a part, must agree
SAME_PLACE = 0.5  # IoU from which on two boxes beside gold mean the same object
MOST_EXTRA = 20  # boxes beside gold that one answer may bring; what comes after them is not looked at

Signature = tuple[object, ...]
Box = tuple[float, float, float, float]  # x, y, w, h in pixels


@dataclass(frozen=True, slots=True)
class Deviation:
    """One way in which an answer differs from gold.

    `gold` is the accepted answer and the position in it (None where gold has no counterpart, `box` then
    being the one that is too much, or where the whole item is meant); `worst` the side that decided.
    """

    kind: ErrorKind
    gold: tuple[int, int] | None = None
    labels: tuple[str, ...] = ()
    gold_labels: tuple[str, ...] = ()
    worst: str | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class FirstTry:
    """A good worker's first attempt at an item: its id, and all in which it differs from gold."""

    submission: int
    deviations: tuple[Deviation, ...]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A deviation that `agree` out of `n` good workers share; `submissions` are theirs, ascending."""

    deviation: Deviation
    agree: int
    n: int
    submissions: tuple[int, ...]


def deviations(
    findings: Iterable[Finding], accepted: int, place: Callable[[Finding], Box | None]
) -> tuple[Deviation, ...]:
    """The mistakes among findings as deviations from the accepted answer of that number; `place` tells
    where one lies, asked only of those that have no counterpart in gold."""
    return tuple(
        Deviation(
            kind=finding.kind,
            gold=None if finding.gold is None else (accepted, finding.gold),
            labels=finding.labels,
            gold_labels=finding.gold_labels,
            worst=finding.worst,
            box=place(finding) if finding.gold is None else None,
        )
        for finding in findings
        if finding.severity is Severity.FAIL
    )


def suspicions(tries: Sequence[FirstTry]) -> list[Suspicion]:
    """What at least 3 of these first attempts, and at least 60 % of them, have in common against gold: the
    most common first. `tries` holds one for each good worker, those without a deviation too."""
    groups = [*_with_counterpart(tries), *_beside_gold(tries)]
    found = [
        Suspicion(deviation, len(ids), len(tries), tuple(sorted(ids)))
        for deviation, ids in groups
        if len(ids) >= enough(len(tries))
    ]
    return sorted(found, key=lambda one: (-one.agree, list(ErrorKind).index(one.deviation.kind)))


def enough(n: int) -> float:
    """How many of `n` good workers must agree, at least."""
    return max(LEAST, SHARE * n - SLACK)


def may_agree(counts: Sequence[Mapping[str, int]]) -> bool:
    """Whether first attempts may have a deviation in common, by what the tallies count of each: enough have
    a mistake of one kind with one label. What is too much may go by any label."""
    having = Counter(mistake for each in counts for mistake in _mistakes(each))
    return bool(having) and max(having.values()) >= enough(len(counts))


def _mistakes(counts: Mapping[str, int]) -> set[tuple[str, ...]]:
    return {path[:1] if path[0] == ErrorKind.EXTRA else path for path in below(counts, "fail")}


Group = tuple[Deviation, set[int]]


def _with_counterpart(tries: Sequence[FirstTry]) -> list[Group]:
    """Deviations that say what they differ from: the same kind, object, labels and side."""
    groups: dict[Signature, Group] = {}
    for one in tries:
        for deviation in one.deviations:
            if deviation.box is None:
                signature = (deviation.kind, deviation.gold, deviation.labels, deviation.worst)
                groups.setdefault(signature, (deviation, set()))[1].add(one.submission)
    return list(groups.values())


def _beside_gold(tries: Sequence[FirstTry]) -> list[Group]:
    """Boxes where gold has none, put together where they overlap: the box that most others agree with
    speaks for them, and what is left over is looked at anew."""
    rows = [(one.submission, deviation, box) for one in tries for deviation, box in _extras(one)]
    if not rows:
        return []
    places = corners(np.array([box for _, _, box in rows]))
    near = pairwise_iou(places, places) >= SAME_PLACE - SLACK
    senders = np.array([submission for submission, _, _ in rows])
    left = np.ones(len(rows), dtype=np.bool_)
    groups: list[Group] = []
    while True:
        agree = [len(set(senders[near[row] & left])) if left[row] else 0 for row in range(len(rows))]
        best = int(np.argmax(agree))
        if agree[best] < enough(len(tries)):
            return groups
        groups.append((rows[best][1], {int(sender) for sender in senders[near[best] & left]}))
        left &= ~near[best]


def _extras(one: FirstTry) -> list[tuple[Deviation, Box]]:
    return [(each, each.box) for each in one.deviations if each.box is not None][:MOST_EXTRA]
