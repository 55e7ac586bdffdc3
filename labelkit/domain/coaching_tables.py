"""Tables that a tally holds, as rows to draw: sides, confusions, labels by kinds, pace, sizes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from labelkit.domain.evidence import Mean, wilson
from labelkit.domain.scores import ErrorKind
from labelkit.domain.sides import SIDES
from labelkit.domain.tallies import MILLION, PACES, below, mean_value

SIZES = ("small", "medium", "large")
NOTHING = ""  # the name of the empty row and column of a confusion table


@dataclass(frozen=True, slots=True)
class SideBias:
    """Where a hand leans on one side: the mean signed error over `n` boxes, in pixels, + is loose.

    `low` and `high` are the ends of its 95 % interval; None where there is one box only.
    """

    side: str
    n: int
    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often a `labels[row]` of gold was answered by `labels[column]`; the last of both is NOTHING."""

    labels: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        return sum(map(sum, self.cells))

    def beside(self, gold: str, answer: str) -> int:
        """The count of one cell, 0 for labels that never occurred."""
        if gold not in self.labels or answer not in self.labels:
            return 0
        return self.cells[self.labels.index(gold)][self.labels.index(answer)]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """The mistakes with one label, kind by kind as in `Heat.kinds`, and how often gold had it."""

    label: str
    golds: int
    mistakes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Labels by error kinds: only the kinds that occurred, in the order of ErrorKind. A row with the label
    NOTHING holds mistakes that concern no label (a whole item wrongly set aside)."""

    kinds: tuple[ErrorKind, ...]
    rows: tuple[HeatRow, ...]

    @property
    def most(self) -> int:
        """The largest count in it, 0 in an empty table."""
        return max((count for row in self.rows for count in row.mistakes), default=0)


@dataclass(frozen=True, slots=True)
class Pace:
    """First attempts at so many seconds for each object: from `start` up to `end` (None: no end).

    `n` attempts with `objects` marked; `mean` is their mean score, 0 to 1, None where there is none.
    """

    start: int
    end: int | None
    n: int
    objects: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Size:
    """Objects of one of COCO's sizes: how many there were and were missed, the share, its 95 % interval."""

    size: str
    golds: int
    missed: int
    share: float
    low: float
    high: float


def side_bias(counts: Mapping[str, int]) -> list[SideBias]:
    """A row for each side that was measured: left, top, right, bottom."""
    means = ((side, side_mean(counts, side)) for side in SIDES)
    return [_bias(side, mean) for side, mean in means if mean is not None]


def side_mean(counts: Mapping[str, int], side: str) -> Mean | None:
    """The mean signed error of a side in pixels; None where none was measured."""
    n, total, squares = (counts.get(f"side/{side}/{name}", 0) for name in ("n", "sum", "squares"))
    return Mean.of_sums(n, total / 100, squares / 10_000) if n else None


def _bias(side: str, mean: Mean) -> SideBias:
    low, high = mean.interval or (None, None)
    return SideBias(side, mean.n, mean.mean, low, high)


def confusion(counts: Mapping[str, int], labels: Sequence[str] = ()) -> Confusion:
    """The confusion table of labels that occurred, in the order of `labels` (label keys); those that the
    project no longer has come after them."""
    cells = {(path[0], path[1]): count for path, count in below(counts, "confusion").items()}
    names = (*_in_order({name for cell in cells for name in cell}, labels), NOTHING)
    return Confusion(names, tuple(tuple(cells.get((gold, answer), 0) for answer in names) for gold in names))


def heat(counts: Mapping[str, int], labels: Sequence[str] = ()) -> Heat:
    """Mistakes by label and kind, the labels in the order of `labels` (label keys) as far as they occurred
    in gold or in a mistake."""
    fails = {(path[0], path[1]): count for path, count in below(counts, "fail").items()}
    golds = {path[0]: count for path, count in below(counts, "label").items() if path[1] == "golds"}
    kinds = tuple(kind for kind in ErrorKind if any(kind == failed for failed, _ in fails))
    occurred = {label for _, label in fails} | golds.keys()
    names = _in_order(occurred, labels) + ([NOTHING] if NOTHING in occurred else [])
    rows = (
        HeatRow(name, golds.get(name, 0), tuple(fails.get((kind, name), 0) for kind in kinds))
        for name in names
    )
    return Heat(kinds, tuple(rows))


def pace(counts: Mapping[str, int]) -> list[Pace]:
    """A row for each of PACES, also where nothing was sent at that pace."""
    ends = (*PACES[1:], None)
    return [
        Pace(
            start,
            end,
            n=counts.get(f"pace/{start}/n", 0),
            objects=counts.get(f"pace/{start}/objects", 0),
            mean=mean_value(counts, f"pace/{start}"),
        )
        for start, end in zip(PACES, ends, strict=True)
    ]


def sizes(counts: Mapping[str, int]) -> list[Size]:
    """A row for each size of object that there was: small, medium, large. A task without boxes has none."""
    found = []
    for size in SIZES:
        golds, missed = counts.get(f"size/{size}/golds", 0), counts.get(f"size/{size}/missed", 0)
        if golds:
            found.append(Size(size, golds, missed, missed / golds, *wilson(missed, golds)))
    return found


def mean_seconds(counts: Mapping[str, int], branch: str) -> float | None:
    """The mean seconds of the attempts counted in a branch ("" all, "first"); None where there are none."""
    start = f"{branch}/" if branch else ""
    n = counts.get(f"{start}n", 0)
    return counts.get(f"{start}millis", 0) / 1000 / n if n else None


def retries(counts: Mapping[str, int]) -> tuple[int, float | None]:
    """How many attempts were no first ones, and their mean score."""
    n = counts.get("n", 0) - counts.get("first/n", 0)
    value = counts.get("value", 0) - counts.get("first/value", 0)
    return n, value / MILLION / n if n else None


def fails(counts: Mapping[str, int], *kinds: ErrorKind) -> int:
    """How many mistakes of these kinds there were, with whatever label."""
    return sum(count for kind in kinds for count in below(counts, f"fail/{kind}").values())


def _in_order(names: set[str], labels: Sequence[str]) -> list[str]:
    known = [key for key in labels if key in names]
    return known + sorted(names - set(known) - {NOTHING})
