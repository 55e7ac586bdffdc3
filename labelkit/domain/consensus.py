"""What several people's answers to one item say together, as questions with a closed list of answers.

An item is taken apart into units: each is one question that every answer to the item says something about.
An object that anybody marked is a unit; who has no such object there says "nothing". So agreement on objects
is computed as agreement on classes is, with nothing as a class of its own: as Nassar et al. put boxes to
Krippendorff's alpha (Assessing data quality of annotations, arXiv:1912.10107, 2019). Which label an object
has by consensus, says Dawid and Skene's estimate (see `dawid_skene`) over all answers there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.arrays import Floats
from labelkit.domain.dawid_skene import DawidSkene, dawid_skene

# What somebody says of a unit who gives it no label. Keys of labels begin with a letter or a digit.
NOTHING = ""
UNUSABLE = "-"
ENOUGH = 2  # answers that make a consensus
CLOSE, ROUNDS = 1e-6, 100  # how exact the estimate is: nobody waits for digits that decide nothing

Unit = tuple[str, ...]  # the class that each answer gives, in the order of the answers


@dataclass(frozen=True, slots=True)
class Said:
    """What the answers to one item say: `workers` who gave them, and its units, one class each of these."""

    workers: tuple[int, ...]
    units: tuple[Unit, ...]


def likeliest(answered: Mapping[int, Said], item: int) -> list[str]:
    """The class of each unit of `item` that the people who answered it give together.

    What most of them mark is there, what fewer mark is nothing; which label it has, and what to hold of that
    which just half of them mark, says Dawid and Skene's estimate over all `answered` items. (Left to decide
    alone what is there, the estimate believes whoever marks something, since a unit is only made where
    somebody does: over simulated crowds of three that made consensus worse than votes do.) Who calls the item
    unusable says nothing about its units: that is put to the vote.
    """
    rows = [
        (f"{key}/{place}", worker, chosen)
        for key, said in sorted(answered.items())
        for place, unit in enumerate(said.units)
        for worker, chosen in zip(said.workers, unit, strict=True)
        if chosen != UNUSABLE
    ]
    units = [[chosen for chosen in unit if chosen != UNUSABLE] for unit in answered[item].units]
    if not rows:
        return [NOTHING] * len(units)
    items, workers, classes = map(list, zip(*rows, strict=True))
    found = dawid_skene(items, workers, classes, tolerance=CLOSE, max_iterations=ROUNDS)
    return [_decided(found, f"{item}/{place}", votes) for place, votes in enumerate(units)]


def _decided(found: DawidSkene, unit: str, votes: Sequence[str]) -> str:
    marked = [chosen != NOTHING for chosen in votes]
    if 2 * sum(marked) < len(marked) or not any(marked):
        return NOTHING
    classes = [key for key in found.classes if key != NOTHING or not most_say(marked)]
    chances = dict(zip(found.classes, found.posterior[found.items.index(unit)].tolist(), strict=True))
    return str(max(classes, key=lambda key: chances[key]))


def most_say(votes: Sequence[bool]) -> bool:
    """True where more than half say yes."""
    return 2 * sum(votes) > len(votes)


def label_units(answers: Sequence[LabelAnnotation], *, multiple: bool) -> tuple[Unit, ...]:
    """The units of a choice of labels: the choice itself; with `multiple`, each label that anybody chose."""
    offered = sorted({key for answer in answers for key in answer.labels}) if multiple else []
    if offered:
        return tuple(tuple(_says(answer, key) for answer in answers) for key in offered)
    return (tuple(_says(answer, next(iter(sorted(answer.labels)), NOTHING)) for answer in answers),)


def _says(answer: LabelAnnotation, key: str) -> str:
    if answer.unusable:
        return UNUSABLE
    return key if key in answer.labels else NOTHING


def label_consensus(answers: Sequence[LabelAnnotation], classes: Sequence[str]) -> LabelAnnotation:
    """The choice that the answers make together; `classes` has the likeliest of each of their units."""
    if most_say([answer.unusable for answer in answers]):
        return LabelAnnotation(unusable=True)
    return LabelAnnotation(frozenset(key for key in classes if key not in (NOTHING, UNUSABLE)))


def label_likeness(answers: Sequence[LabelAnnotation]) -> Floats:
    """How alike each two answers are, 0 to 1, in the order of `itertools.combinations`: F1 of the two sets,
    which for one label each is 1 or 0; a set without labels is like another, and "cannot be labelled" too."""
    return np.array(
        [_likeness(one, other) for n, one in enumerate(answers) for other in answers[n + 1 :]],
        dtype=np.float64,
    )


def _likeness(one: LabelAnnotation, other: LabelAnnotation) -> float:
    total = len(one.labels) + len(other.labels)
    if one.unusable or other.unusable or not total:
        return float(one.unusable == other.unusable)
    return 2 * len(one.labels & other.labels) / total
