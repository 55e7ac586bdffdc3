"""Tallies: counters that pages read instead of submissions.

Counts are whole numbers under a path, so that what was added can be taken away again to the last bit:

    n, passed, right, mistakes, objects       attempts, those that passed, and what was in them
    value, millis                             sums of scores in millionths, of time in milliseconds
    first/n|passed|value|millis               the same of first attempts; what is missing of n are retries
    pace/<from>/n|value|objects               first attempts by seconds an object took, from one of PACES on
    fail/<kind>/<label>                       mistakes; `label` is the gold's, else the answer's
    warning/<kind>/<label>                    what was told and cost nothing
    label/<label>/right|mistakes|hits|answers|golds|iou      iou in millionths, summed over the hits
    confusion/<gold>/<answer>                 an empty name stands for nothing
    size/<small|medium|large>/golds|missed    objects by COCO's sizes
    side/<side>/n|sum|squares                 signed errors of sides in hundredths of a pixel, + is loose
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labelkit.domain.scores import Score

Counts = dict[str, int]
MILLION = 1_000_000
PACES = (0, 7, 15, 25, 35, 60)  # seconds per object; 7 and 25 to 35 are the marks that the literature gives


@dataclass(frozen=True, slots=True)
class Sent:
    """What a submission adds beside its score: was it a first attempt, how long did it take (seconds), and
    how many objects were marked (1 for a choice of labels), which its score keeps as the count `objects`."""

    first_try: bool
    seconds: float
    objects: int


def contribution(sent: Sent, value: float, passed: bool, counts: Mapping[str, int]) -> Counts:
    """All that one scored submission adds to a tally; `counts` is what its score says of its objects."""
    whole = {
        "n": 1,
        "passed": int(passed),
        "value": in_millionths(value),
        "millis": round(sent.seconds * 1000),
    }
    added = {**whole, "objects": sent.objects, **counts}
    if sent.first_try:
        added |= {f"first/{name}": count for name, count in whole.items()}
        pace = f"pace/{pace_of(sent.seconds, sent.objects)}"
        added |= {f"{pace}/n": 1, f"{pace}/value": whole["value"], f"{pace}/objects": sent.objects}
    return {path: count for path, count in added.items() if count}


def counts_of(score: Score) -> Counts:
    """What the findings, labels and confusions of a score add."""
    found: Counts = {"right": score.right, "mistakes": score.mistakes}
    for finding in score.findings:
        label = (*finding.gold_labels, *finding.labels, "")[0]
        _count(found, f"{finding.severity}/{finding.kind}/{label}")
    for figures in score.labels:
        path = f"label/{figures.label}"
        for name in ("right", "mistakes", "hits", "answers", "golds"):
            _count(found, f"{path}/{name}", getattr(figures, name))
        _count(found, f"{path}/iou", in_millionths((figures.mean_iou or 0.0) * figures.hits))
    for gold, answer, count in score.confusion:
        _count(found, f"confusion/{gold or ''}/{answer or ''}", count)
    return {path: count for path, count in found.items() if count}


def moved(counts: Mapping[str, int], added: Mapping[str, int], taken: Mapping[str, int]) -> Counts:
    """`counts` with `added` and without `taken`; what comes to nothing is left out."""
    paths = counts.keys() | added.keys() | taken.keys()
    after = {path: counts.get(path, 0) + added.get(path, 0) - taken.get(path, 0) for path in sorted(paths)}
    return {path: count for path, count in after.items() if count}


def total(many: Iterable[Mapping[str, int]]) -> Counts:
    """The sum of several counts; what comes to nothing is left out."""
    found: Counts = {}
    for counts in many:
        for path, count in counts.items():  # pages add up hundreds of days: no call for each path
            found[path] = found.get(path, 0) + count
    return {path: count for path, count in found.items() if count}


def below(counts: Mapping[str, int], branch: str) -> dict[tuple[str, ...], int]:
    """What stands under a branch, by the rest of its path: below(counts, "fail")[("loose", "car")]."""
    start = f"{branch}/"
    n = len(start)
    return {tuple(path[n:].split("/")): count for path, count in counts.items() if path[:n] == start}


def mean_value(counts: Mapping[str, int], branch: str = "") -> float | None:
    """The mean score, 0 to 1, of the attempts counted there ("" all, "first" first attempts, "pace/7"); None
    where there are none."""
    start = f"{branch}/" if branch else ""
    n = counts.get(f"{start}n", 0)
    return counts.get(f"{start}value", 0) / MILLION / n if n else None


def in_millionths(value: float) -> int:
    """A share (0 to 1), or a sum of shares, as whole millionths."""
    return round(value * MILLION)


def pace_of(seconds: float, objects: int) -> int:
    """The one of PACES that the seconds for each object fall into."""
    each = seconds / max(objects, 1)
    return max(pace for pace in PACES if pace <= max(each, 0.0))


def _count(found: Counts, path: str, count: int = 1) -> None:
    found[path] = found.get(path, 0) + count
