"""Runs: some items in a row with an aim; which items they take, and what came of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, zip_longest
from math import ceil
from random import Random
from statistics import fmean

from labelkit.domain.scores import ErrorKind

OF_EACH = 2  # items of each task type in a diagnosis
SILENT_ITEMS = 10
WEAKNESS_ITEMS = 10
LIMITS = (10, 20, 30)  # minutes that a silent run may be given
LEAST = 2  # mistakes of one kind, from which on it is more than chance


class RunKind(StrEnum):
    """What a run is for."""

    DIAGNOSIS = "diagnosis"
    SILENT = "silent"
    WEAKNESS = "weakness"

    @property
    def silent(self) -> bool:
        """True where nothing is scored aloud before the run has ended."""
        return self is not RunKind.WEAKNESS


def of_each(there: Mapping[str, int]) -> dict[str, int]:
    """Task type to the number of its items in a diagnosis, out of the number that there are."""
    return {key: min(OF_EACH, count) for key, count in there.items() if count}


def minutes(counts: Mapping[str, int], seconds: Mapping[str, float]) -> int:
    """How many minutes so many items of each task type take, at these seconds an item; begun ones count."""
    return ceil(sum(count * seconds[key] for key, count in counts.items()) / 60)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that a run may take. `source` is the same for items that were cut from one picture."""

    item: int
    project: int
    task_type: str
    source: str
    difficulty: float


def easier_half(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those of each task type that are not harder than its middle one: what can be asked of anybody, and
    done in the time."""
    kinds = dict.fromkeys(one.task_type for one in candidates)
    return list(chain.from_iterable(_not_above_middle(candidates, kind) for kind in kinds))


def _not_above_middle(candidates: Sequence[Candidate], task_type: str) -> list[Candidate]:
    ordered = sorted(
        (one for one in candidates if one.task_type == task_type), key=lambda one: (one.difficulty, one.item)
    )
    return ordered[: (len(ordered) + 1) // 2]


def draw(groups: Sequence[Sequence[Candidate]], count: int, seed: str) -> list[int]:
    """At most `count` items, the same ones for the same seed: those of an earlier group first, projects
    taking turns in it, and a source twice only where nothing else is left."""
    random = Random(seed)
    line = list(chain.from_iterable(_in_turns(group, random) for group in groups))
    drawn: dict[int, str] = {}
    for twice in (False, True):
        for one in line:
            if len(drawn) < count and one.item not in drawn and (twice or one.source not in drawn.values()):
                drawn[one.item] = one.source
    return list(drawn)


def _in_turns(group: Sequence[Candidate], random: Random) -> Iterator[Candidate]:
    """All of a group by chance, one of each project after the other."""
    projects: dict[int, list[Candidate]] = {}
    for one in sorted(group, key=lambda one: (one.project, one.item)):
        projects.setdefault(one.project, []).append(one)
    lines = list(projects.values())
    random.shuffle(lines)
    for line in lines:
        random.shuffle(line)
    return (one for turn in zip_longest(*lines) for one in turn if one is not None)


def next_item(items: Sequence[int], left: Collection[int], skips: Mapping[int, int]) -> int | None:
    """The item of those `left` that comes next: in their order, but what was skipped after all others."""
    return min(left, key=lambda item: (skips.get(item, 0), items.index(item)), default=None)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of a run as far as it may be told: without a score, `value` (0 to 1) is None."""

    task_type: str
    project: str
    value: float | None
    passed: bool
    seconds: float
    late: bool
    mistakes: tuple[ErrorKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The scored answers of one task type or of one project: `value` is their mean, 0 to 1."""

    name: str
    n: int
    value: float
    passed: int


@dataclass(frozen=True, slots=True)
class Weakest:
    """The kind of mistake that was made most, and where: `n` of all `mistakes` in the task type."""

    task_type: str
    project: str
    kind: ErrorKind
    n: int
    mistakes: int

    @property
    def clear(self) -> bool:
        """True where it happened often enough to be called a weakness."""
        return self.n >= LEAST


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run of `items` items: `sent` were answered, `n` of those have a score that is open.

    `value` is the mean of these scores (0 to 1, None without any), `seconds` the time from issue to sending
    summed over what was sent, `late` how many were sent after the limit. `parts` tell a diagnosis by task
    type, another run by project; `kinds`, how often each kind of mistake was made, the most frequent first.
    """

    kind: RunKind
    items: int
    sent: int
    n: int
    value: float | None
    passed: int
    seconds: float
    late: int
    parts: tuple[Part, ...]
    kinds: tuple[tuple[ErrorKind, int], ...]
    weakest: Weakest | None


def result(kind: RunKind, items: int, answers: Sequence[Answered]) -> Result:
    """What to say of a run of `items` items, of which these answers were sent, in their order."""
    scored = [one for one in answers if one.value is not None]
    names = [one.task_type if kind is RunKind.DIAGNOSIS else one.project for one in scored]
    return Result(
        kind=kind,
        items=items,
        sent=len(answers),
        n=len(scored),
        value=_mean(scored),
        passed=sum(one.passed for one in scored),
        seconds=sum(one.seconds for one in answers),
        late=sum(one.late for one in answers),
        parts=tuple(_part(name, scored, names) for name in dict.fromkeys(names)),
        kinds=_kinds(scored),
        weakest=weakest(scored),
    )


def weakest(answers: Sequence[Answered]) -> Weakest | None:
    """The kind of mistake made most in one project of the task type that went worst: a picture holds many
    objects to go wrong, a text one. Where two are even, the kind that is named first, and the project that
    came first. None where there was no mistake; counted of all mistakes in that task type."""
    scored = [one for one in answers if one.value is not None and one.mistakes]
    values: dict[str, list[float]] = {}
    for one in answers:
        if one.value is not None:
            values.setdefault(one.task_type, []).append(one.value)
    worst = min((one.task_type for one in scored), key=lambda name: fmean(values[name]), default=None)
    counts = Counter((one.project, kind) for one in scored if one.task_type == worst for kind in one.mistakes)
    order = list(ErrorKind)
    ordered = sorted(counts, key=lambda found: order.index(found[1]))  # stable: projects as they came
    most = max(ordered, key=counts.__getitem__, default=None)
    return Weakest(worst, *most, counts[most], counts.total()) if worst and most else None


def _kinds(answers: Iterable[Answered]) -> tuple[tuple[ErrorKind, int], ...]:
    counts = Counter(kind for one in answers for kind in one.mistakes)
    return tuple(sorted(((kind, counts[kind]) for kind in ErrorKind if counts[kind]), key=lambda of: -of[1]))


def _part(name: str, scored: Sequence[Answered], names: Sequence[str]) -> Part:
    mine = [one for one, its_name in zip(scored, names, strict=True) if its_name == name]
    return Part(name, len(mine), _mean(mine) or 0.0, sum(one.passed for one in mine))


def _mean(scored: Sequence[Answered]) -> float | None:
    return fmean(one.value for one in scored if one.value is not None) if scored else None
