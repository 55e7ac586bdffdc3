"""Choosing: which item teaches somebody most. It only orders what `issuing` leaves.

An item is worth what its objects teach (`needs`), by the time that it takes, and suits whoever gets most
of it right. Chance decides among what is worth about the same, so that two learners, and two days, differ.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from labelkit.domain.needs import Needs, needs, needs_of
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import MILLION, Counts, below, total

NOTHING = {"label/": 1}  # the features of what has no object: there is one thing to be told
AROUND = 3  # objects that could be marked in the time that looking, sending and reading the result take
# Where most is learnt: about 85 % right (Wilson et al. 2019, Nature Communications 10, 4646).
AIM, WIDTH = 0.85, 0.2
# Twice the worth comes four times as often, and not always: categories are learnt better from examples of
# several in turn than from one after the other (Kornell and Bjork 2008, Psychological Science 19, 585).
KEENNESS = 2
TRIES = 5  # first tries by everybody that weigh as much as the difficulty which the author gave


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item as far as choosing goes: what its gold holds (see `Item.features`), the difficulty (0 to 1)
    that its author gave, and everybody's first tries: their number, and their scores in millionths."""

    item_id: int
    features: Mapping[str, int]
    authored: float
    firsts: int = 0
    value: int = 0


def pick(
    candidates: Sequence[Candidate], counts: Mapping[str, int], standing: float | None, seed: str
) -> int:
    """The id of the item to do next, out of at least one; the same seed gives the same item.

    `counts` is what one did in the project so far, `standing` (0 to 1) how well; until there is one, the
    easiest comes first, of several the first in order.
    """
    hard = difficulties(candidates)
    if standing is None:
        return min(candidates, key=lambda one: hard[one.item_id]).item_id
    worth = _worths(candidates, needs(counts, total(_features(one) for one in candidates)))
    middle = sum(hard.values()) / len(hard)
    weights = [
        worth[one.item_id] ** KEENNESS * _suits(standing + middle - hard[one.item_id]) for one in candidates
    ]
    return Random(seed).choices(candidates, weights)[0].item_id


def _suits(expected: float) -> float:
    """How well an item suits of which one may expect to get this share right (above 1: with ease), 0 to 1."""
    return math.exp(-(((expected - AIM) / WIDTH) ** 2) / 2)


def difficulties(candidates: Sequence[Candidate]) -> dict[int, float]:
    """Item id to difficulty: the share (0 to 1) of an item that everybody gets wrong at the first try.

    What the author gave counts as much as TRIES first tries, once it was moved by as much as all authored
    difficulties here differ from what was measured; so items with and without tries can be compared.
    """
    tries = sum(one.firsts for one in candidates)
    off = sum(_wrong(one) - one.firsts * one.authored for one in candidates) / (tries + TRIES)
    return {
        one.item_id: min(1.0, max(0.0, (TRIES * (one.authored + off) + _wrong(one)) / (TRIES + one.firsts)))
        for one in candidates
    }


def weakest(
    candidates: Sequence[Candidate],
    counts: Mapping[str, int],
    count: int,
    kind: ErrorKind | None = None,
    label: str | None = None,
    last_seen: Mapping[int, int] | None = None,
) -> list[int]:
    """The ids of up to `count` items that let one practise a kind of mistake, a label, or whatever one fails.

    `last_seen` tells which items one has had, the larger the later. Of those that teach at least half as
    much as the best, the unseen come first, then those not seen for longest.
    """
    seen = last_seen or {}
    worth = {item: value for item, value in _teaching(candidates, counts, kind, label).items() if value > 0}
    ranked = sorted(worth, key=lambda item: (-worth[item], item))
    good = [item for item in ranked if worth[item] >= worth[ranked[0]] / 2]
    return sorted(good if len(good) >= count else ranked[:count], key=lambda item: seen.get(item, 0))[:count]


def _teaching(
    candidates: Sequence[Candidate], counts: Mapping[str, int], kind: ErrorKind | None, label: str | None
) -> dict[int, float]:
    if label is not None:
        return _worths(candidates, {f"label/{label}": 1.0})
    there = total(_features(one) for one in candidates)
    return _worths(candidates, needs(counts, there) if kind is None else needs_of(counts, kind, there))


def _worths(candidates: Sequence[Candidate], need: Needs) -> dict[int, float]:
    """Item id to what its objects teach, by the time that it takes."""
    return {one.item_id: _worth(_features(one), need) for one in candidates}


def _worth(features: Mapping[str, int], need: Needs) -> float:
    objects = sum(below(features, "label").values())
    return sum(n * need.get(path, 0.0) for path, n in features.items()) / (AROUND + objects)


def _features(one: Candidate) -> Counts:
    return dict(one.features) or NOTHING


def _wrong(one: Candidate) -> float:
    """The sum of what everybody got wrong of an item at the first try."""
    return one.firsts - one.value / MILLION
