"""Plots: values in, geometry out; templates/plots.html draws it.

Across, places are percent of the plot's width, so that one drawing fits a phone, a desk and a sheet of paper;
down, they are pixels from the top. Shares are 0 to 1. What was not measured (None) has no mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt

HEIGHT = 160  # of the field in which scores lie
SMALLEST, LARGEST = 2.5, 5.5  # radii of marks


@dataclass(frozen=True, slots=True)
class DayScore:
    """What was scored on a day: the mean of `n` first attempts, and of `again_n` later ones."""

    day: date
    value: float | None = None
    n: int = 0
    again: float | None = None
    again_n: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """One measured value: where it lies, how large it is drawn, and what it says."""

    x: float
    y: float
    radius: float
    value: float
    n: int
    day: date


@dataclass(frozen=True, slots=True)
class Stretch:
    """A straight line between two marks; `gap`: nothing was done in between."""

    x1: float
    y1: float
    x2: float
    y2: float
    gap: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across at `at` pixels, and the share that it stands for."""

    at: float
    share: float


@dataclass(frozen=True, slots=True)
class DayTick:
    """A day named under the plot; `anchor` keeps the outer ones inside it."""

    x: float
    day: date
    anchor: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Scores over days: first attempts as marks with a line, later ones as marks alone."""

    days: tuple[DayScore, ...]
    marks: tuple[Mark, ...]
    again: tuple[Mark, ...]
    stretches: tuple[Stretch, ...]
    ticks: tuple[Tick, ...]
    day_ticks: tuple[DayTick, ...]
    target: Tick | None
    height: int = HEIGHT

    @property
    def n(self) -> int:
        return sum(day.n for day in self.days)

    @property
    def again_n(self) -> int:
        return sum(day.again_n for day in self.days)


def curve(days: Sequence[DayScore], target: float | None = None) -> Curve:
    """The learning curve of consecutive days, the oldest first, with the share to reach as a line."""
    known = [share for day in days for share in (day.value, day.again) if share is not None]
    floor = 0.5 if all(share >= 0.5 for share in (*known, 1.0 if target is None else target)) else 0.0
    most = max((max(day.n, day.again_n) for day in days), default=0)
    places = across(len(days))
    marks = _marks([(x, day.day, day.value, day.n) for x, day in zip(places, days, strict=True)], floor, most)
    again = _marks(
        [(x, day.day, day.again, day.again_n) for x, day in zip(places, days, strict=True)], floor, most
    )
    return Curve(
        days=tuple(days),
        marks=marks,
        again=again,
        stretches=_stretches(marks),
        ticks=tuple(Tick(_down(share, floor), share) for share in _shares(floor)),
        day_ticks=_day_ticks(places, days),
        target=None if target is None else Tick(_down(target, floor), target),
    )


def across(count: int) -> list[float]:
    """Places for so many columns, each in the middle of its own."""
    return [round(100 * (place + 0.5) / count, 2) for place in range(count)]


def _down(share: float, floor: float = 0.0, height: float = HEIGHT) -> float:
    """How far down a share lies in a field that reaches from `floor` at the bottom to 1 at the top."""
    return round(height * (1 - (share - floor) / (1 - floor)), 1)


def _shares(floor: float) -> list[float]:
    return [0.5, 0.6, 0.7, 0.8, 0.9, 1.0] if floor else [0.0, 0.25, 0.5, 0.75, 1.0]


def _radius(n: int, most: int) -> float:
    """A mark's area grows with its n."""
    return round(SMALLEST + (LARGEST - SMALLEST) * sqrt(n / most), 1) if most else SMALLEST


def _marks(
    columns: Sequence[tuple[float, date, float | None, int]], floor: float, most: int
) -> tuple[Mark, ...]:
    return tuple(
        Mark(x, _down(value, floor), _radius(n, most), value, n, day)
        for x, day, value, n in columns
        if value is not None
    )


def _stretches(marks: Sequence[Mark]) -> tuple[Stretch, ...]:
    """Lines from mark to mark; days without any lie in a gap."""
    return tuple(
        Stretch(one.x, one.y, other.x, other.y, gap=(other.day - one.day).days > 1)
        for one, other in pairwise(marks)
    )


def _day_ticks(places: Sequence[float], days: Sequence[DayScore]) -> tuple[DayTick, ...]:
    """The newest day, and one for each week before it."""
    shown = [(x, day.day) for x, day in list(zip(places, days, strict=True))[::-1][::7]]
    return tuple(DayTick(x, day, "end" if x > 95 else "start" if x < 5 else "middle") for x, day in shown)


@dataclass(frozen=True, slots=True)
class PaceMark:
    """The mean score from `start` up to `end` seconds (None: no end); `x` is the middle of its column."""

    start: int
    end: int | None
    x: float
    y: float
    radius: float
    value: float
    n: int


@dataclass(frozen=True, slots=True)
class PacePlot:
    """Score against seconds for each object: columns of equal width, each from its `starts` on.

    `points_at` is where 7 seconds lie, `drawn` where 25 to 35 lie (from, width): what the literature gives
    for boxes by extreme points and for drawn ones. None where it says nothing about this work.
    """

    marks: tuple[PaceMark, ...]
    columns: tuple[float, ...]
    starts: tuple[int, ...]
    ticks: tuple[Tick, ...]
    points_at: float | None
    drawn: tuple[float, float] | None
    height: int = HEIGHT


def pace(rows: Sequence[tuple[int, int, float | None]], *, of_boxes: bool) -> PacePlot:
    """The plot of (first second, n, mean score) rows, the quickest first."""
    starts = tuple(start for start, _, _ in rows)
    places = across(len(rows))
    most = max((n for _, n, _ in rows), default=0)
    ends = (*starts[1:], None)
    marks = tuple(
        PaceMark(start, end, x, _down(value), _radius(n, most), value, n)
        for x, end, (start, n, value) in zip(places, ends, rows, strict=True)
        if value is not None
    )
    edges = {start: round(100 * place / len(rows), 2) for place, start in enumerate(starts)}
    marked = of_boxes and {7, 25, 35} <= edges.keys()
    return PacePlot(
        marks,
        tuple(places),
        starts,
        tuple(Tick(_down(share), share) for share in _shares(0.0)),
        edges[7] if marked else None,
        (edges[25], round(edges[35] - edges[25], 2)) if marked else None,
    )
