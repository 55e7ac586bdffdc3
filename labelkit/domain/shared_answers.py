"""How far the people of a project agree, as its page tells it: over items that several of them answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from labelkit.domain.agreement import (
    Key,
    cohen_kappa,
    cross_tally,
    krippendorff_alpha,
    percent_agreement,
    tally,
)
from labelkit.domain.arrays import Floats
from labelkit.domain.consensus import ENOUGH, Said

LEAST_SHARED = 5  # items that two people both answered, before their kappa is told
MOST_PAIRS = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people, the number of items that both answered, and their kappa; None where it has no meaning."""

    one: int
    other: int
    n: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree. `compared` counts units, see `domain.consensus`, and `couples` the pairs of
    answers to one item, of which `likeness` is the mean, 0 to 1. None is a figure without meaning."""

    items: int
    people: int
    answers: int
    compared: int
    couples: int
    percent: float | None
    alpha: float | None
    likeness: float | None
    pairs: tuple[Pair, ...]


def agreement(answered: Sequence[Said], likeness: Sequence[Floats]) -> Agreement:
    """The figures over items with two answers or more; `likeness` is of each two answers to each item."""
    both = [one for one in zip(answered, likeness, strict=True) if len(one[0].workers) >= ENOUGH]
    said = [one for one, _ in both]
    rows = [
        (f"{item}/{place}", chosen)
        for item, one in enumerate(said)
        for place, unit in enumerate(one.units)
        for chosen in unit
    ]
    counts = tally([unit for unit, _ in rows], [chosen for _, chosen in rows]).counts if rows else [[0.0]]
    couples = np.concatenate([values for _, values in both]) if both else np.zeros(0)
    return Agreement(
        items=len(said),
        people=len({worker for one in said for worker in one.workers}),
        answers=sum(len(one.workers) for one in said),
        compared=sum(len(one.units) for one in said),
        couples=len(couples),
        percent=percent_agreement(counts),
        alpha=krippendorff_alpha(counts),
        likeness=float(couples.mean()) if len(couples) else None,
        pairs=_pairs(said),
    )


def _pairs(said: Sequence[Said]) -> tuple[Pair, ...]:
    """The pairs that share the most items."""
    shared = Counter(pair for one in said for pair in combinations(sorted(one.workers), 2))
    enough = [pair for pair, n in shared.items() if n >= LEAST_SHARED]
    chosen = sorted(enough, key=lambda pair: (-shared[pair], pair))[:MOST_PAIRS]
    return tuple(Pair(*pair, shared[pair], _kappa(said, *pair)) for pair in chosen)


def _kappa(said: Sequence[Said], one: int, other: int) -> float | None:
    first: list[Key | None] = []
    second: list[Key | None] = []
    for item in said:
        if one in item.workers and other in item.workers:
            mine, yours = item.workers.index(one), item.workers.index(other)
            first += [unit[mine] for unit in item.units]
            second += [unit[yours] for unit in item.units]
    return cohen_kappa(cross_tally(first, second))
