"""Plots of bars: sides of boxes with their sign, minutes of a week, shades of tables.

As in `web.plots`, places across are percent of the width, and those down are pixels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from labelkit.domain.sides import SIDES
from labelkit.web.plots import across

SHADES = 5
GOLD = (30.0, 24.0, 100.0, 64.0)  # the right box of a sketch: x, y, w, h
MOST_OFF = 20  # how far a side of the sketch may lie from it
WEEK_HEIGHT = 56


@dataclass(frozen=True, slots=True)
class Bar:
    """A signed value of `n`, as a bar from the middle, and the ends of its interval, as it `reaches`."""

    name: str
    value: float
    n: int
    low: float | None
    high: float | None
    x: float
    width: float
    reaches: tuple[float, float] | None

    @property
    def beyond(self) -> float:
        """Where the bar and its interval end, on the side that the bar goes to."""
        ends: tuple[float, ...] = (self.x, self.x + self.width, *(self.reaches or ()))
        return max(ends) if self.value >= 0 else min(ends)


@dataclass(frozen=True, slots=True)
class Bars:
    """Signed bars on one scale that reaches `reach` to either side of the middle."""

    bars: tuple[Bar, ...]
    reach: float


def bars(rows: Sequence[tuple[str, float, int, float | None, float | None]]) -> Bars:
    """Bars of (name, value, n, low, high); low and high are the ends of an interval, or None."""
    ends = [abs(end) for _, value, _, low, high in rows for end in (value, low, high) if end is not None]
    reach = _round_up(max(ends, default=0.0))
    found = []
    for name, value, n, low, high in rows:
        at = _beside(value, reach)
        reaches = None if low is None or high is None else (_beside(low, reach), _beside(high, reach))
        found.append(Bar(name, value, n, low, high, min(50.0, at), round(abs(at - 50), 2), reaches))
    return Bars(tuple(found), reach)


def _beside(value: float, reach: float) -> float:
    return round(50 + 50 * value / reach, 2)


def _round_up(value: float) -> float:
    """A round end of a scale: 2, 5, 10, 20, 50 …; never 0."""
    steps = (step * 10**power for power in range(7) for step in (2, 5, 10))
    return float(next((step for step in steps if step >= value), value))


@dataclass(frozen=True, slots=True)
class Sketch:
    """A box as a hand draws it beside a right one, as x, y, w, h; errors are enlarged `scale` times."""

    gold: tuple[float, float, float, float]
    drawn: tuple[float, float, float, float]
    scale: float


def sketch(sides: Mapping[str, float]) -> Sketch:
    """The sketch of mean signed errors of sides in pixels (+ is outside), enlarged until they show."""
    x, y, w, h = GOLD
    largest = max(map(abs, sides.values()), default=0.0)
    scale = next((scale for scale in (10, 5, 2, 1) if largest * scale <= MOST_OFF), MOST_OFF / (largest or 1))
    left, top, right, bottom = (scale * sides.get(side, 0.0) for side in SIDES)
    drawn = (x - left, y - top, w + left + right, h + top + bottom)
    return Sketch(
        GOLD, (round(drawn[0], 1), round(drawn[1], 1), round(drawn[2], 1), round(drawn[3], 1)), scale
    )


def shade(count: int, most: int) -> int:
    """How dark a cell of a table is, 0 to 5: 0 only for nothing, 5 for the most."""
    return ceil(SHADES * count / most) if count > 0 and most > 0 else 0


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day's minutes as a bar from the bottom; `met`: the goal was reached."""

    day: date
    minutes: float
    x: float
    y: float
    height: float
    met: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days against a goal of minutes a day; `goal_at` is its line."""

    days: tuple[WeekDay, ...]
    goal: int | None
    goal_at: float | None
    height: int = WEEK_HEIGHT


def week(minutes: Sequence[tuple[date, float]], goal: int | None = None) -> Week:
    """The strip of (day, minutes), the oldest first; the last one is today."""
    top = max([value for _, value in minutes] + [goal or 0, 1])
    days = []
    for place, (x, (day, value)) in enumerate(zip(across(len(minutes)), minutes, strict=True), 1):
        tall = round(WEEK_HEIGHT * value / top, 1)
        met = goal is not None and value >= goal
        days.append(WeekDay(day, value, x, round(WEEK_HEIGHT - tall, 1), tall, met, place == len(minutes)))
    return Week(tuple(days), goal, None if goal is None else round(WEEK_HEIGHT * (1 - goal / top), 1))
