"""Speed against accuracy, the trend over days, first tries against retries."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from labelkit.domain.coaching_statements import Hurried, Mark, Retried, Statement, Tempo, Tone, Trend
from labelkit.domain.coaching_tables import pace, retries
from labelkit.domain.evidence import Line, gap_of_scores
from labelkit.domain.tallies import PACES, Counts, mean_value

LEAST_TRIES = 10
LEAST_GAP = 0.05  # of the mean scores; less is not worth a sentence
PACE_ERRORS = 3.7  # one in 1,000 with the five lines between paces that are tried
RETRY_ERRORS = 3.3  # one in 1,000
NO_LOSS = 0.02
TRIES_FOR_PRAISE = 20
LEAST_DRAWN = 30
EXTREME_SECONDS, DRAWN_SECONDS, SLOW_SECONDS = 7, 25, 35
LEAST_DAYS, LEAST_DAILY = 8, 30


def hurried(counts: Mapping[str, int], pass_score: float = 0.8) -> list[Hurried]:
    """Whether first tries at a faster pace score lower than slower ones.

    The two sides of each line between PACES are compared where each has at least 10 tries. Told is the
    line with the largest gap, if it is at least 5 points and 3.7 standard errors (`gap_of_scores`). With
    20 tries on each side of the middlemost line, a pass on the faster one and no more than 2 points lost,
    it is praise: hurrying costs nothing.
    """
    found = [line for seconds in PACES[1:] if (line := _line(counts, seconds))]
    costly = [(gap, line) for gap, line in found if gap >= PACE_ERRORS and line.slow - line.fast >= LEAST_GAP]
    if costly:
        return [max(costly, key=lambda entry: entry[0])[1]]
    free = [
        line
        for _, line in found
        if min(line.n, line.slow_n) >= TRIES_FOR_PRAISE and line.fast >= max(pass_score, line.slow - NO_LOSS)
    ]
    middle = max(free, key=lambda line: min(line.n, line.slow_n), default=None)
    return [replace(middle, tone=Tone.RIGHT)] if middle else []


def _line(counts: Mapping[str, int], seconds: int) -> tuple[float, Hurried] | None:
    rows = [row for row in pace(counts) if row.n]
    fast = [row for row in rows if row.start < seconds]
    slow = [row for row in rows if row.start >= seconds]
    n, slow_n = sum(row.n for row in fast), sum(row.n for row in slow)
    if min(n, slow_n) < LEAST_TRIES:
        return None
    fast_sum, slow_sum = (sum(row.n * (row.mean or 0.0) for row in side) for side in (fast, slow))
    told = Hurried(
        n=n, tone=Tone.WATCH, seconds=seconds, fast=fast_sum / n, slow=slow_sum / slow_n, slow_n=slow_n
    )
    return gap_of_scores(slow_n, slow_sum, n, fast_sum), told


def tempo(counts: Mapping[str, int], pass_score: float = 0.8) -> list[Tempo]:
    """Seconds for an object in first tries beside the literature's marks; only where boxes are drawn, at
    least 30 of them in 10 first tries. Speed is no matter below `pass_score`, unless it is very fast."""
    score = mean_value(counts, "first")
    objects = sum(row.objects for row in pace(counts))
    if score is None or counts["first/n"] < LEAST_TRIES or objects < LEAST_DRAWN or not _draws(counts):
        return []
    seconds = counts.get("first/millis", 0) / 1000 / objects
    mark = mark_of(seconds)
    if score < pass_score and mark is not Mark.EXTREME:
        return []
    good = score >= pass_score and mark is not Mark.SLOW
    tone = Tone.RIGHT if good else Tone.WATCH
    return [Tempo(n=objects, tone=tone, seconds=seconds, mark=mark, score=score)]


def mark_of(seconds: float) -> Mark:
    """Where seconds for one object lie among the literature's marks."""
    if seconds < EXTREME_SECONDS:
        return Mark.EXTREME
    if seconds < DRAWN_SECONDS:
        return Mark.BETWEEN
    return Mark.DRAWN if seconds <= SLOW_SECONDS else Mark.SLOW


def _draws(counts: Mapping[str, int]) -> bool:
    return any(path.startswith("size/") for path in counts)


def trend(days: Mapping[date, Counts]) -> list[Trend]:
    """The slope of the daily mean score of first tries, where it stands out from the days' own noise.

    A least squares line weighted by tries, over at least 8 days with at least 30 tries; told when its
    slope is beyond chance (Student, one in 1,000) and it climbs or falls by 5 points or more.
    """
    tried = sorted((day, counts) for day, counts in days.items() if counts.get("first/n", 0))
    n = sum(counts["first/n"] for _, counts in tried)
    if len(tried) < LEAST_DAYS or n < LEAST_DAILY:
        return []
    first, last = tried[0][0].toordinal(), tried[-1][0].toordinal()
    line = Line.through(_points(tried))
    if line is None or not line.stands_out:
        return []
    start, end = (min(max(line.at(day), 0.0), 1.0) for day in (first, last))
    if abs(end - start) < LEAST_GAP:
        return []
    tone = Tone.RIGHT if end > start else Tone.WATCH
    return [Trend(n=n, tone=tone, start=start, end=end, days=last - first + 1)]


def _points(tried: Iterable[tuple[date, Counts]]) -> list[tuple[float, float, float]]:
    return [(day.toordinal(), mean_value(counts, "first") or 0.0, counts["first/n"]) for day, counts in tried]


def retried(counts: Mapping[str, int]) -> list[Statement]:
    """First tries against retries: at least 10 of each, 5 points and 3.3 standard errors apart."""
    first, n = mean_value(counts, "first"), counts.get("first/n", 0)
    retry_n, retry = retries(counts)
    if first is None or retry is None or min(n, retry_n) < LEAST_TRIES or abs(retry - first) < LEAST_GAP:
        return []
    if abs(gap_of_scores(retry_n, retry * retry_n, n, first * n)) < RETRY_ERRORS:
        return []
    tone = Tone.RIGHT if retry > first else Tone.WATCH
    return [Retried(n=n, tone=tone, first=first, retry=retry, retry_n=retry_n)]
