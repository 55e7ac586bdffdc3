"""Faults that a simulated worker has with some objects and not with others."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from labelkit.domain.annotations import Box
from labelkit.domain.box_counts import size_of


@dataclass(frozen=True, slots=True)
class Habits:
    """`misses`: the probability of leaving out an object, by its size ("small", "medium", "large").
    `confuses`: by label, the labels taken for it and how likely each is.

    Without a habit nothing is drawn from chance, so that workers without any stay who they were.
    """

    misses: Mapping[str, float] = field(default_factory=dict)
    confuses: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        together = [sum(others.values()) for others in self.confuses.values()]
        rates = [
            *self.misses.values(),
            *(rate for others in self.confuses.values() for rate in others.values()),
        ]
        if any(not 0 <= rate <= 1 for rate in rates) or any(rate > 1 + 1e-9 for rate in together):
            raise ValueError("a habit's rates are probabilities, those of one label sum to 1 at most")

    def leaves_out(self, box: Box, random: random.Random) -> bool:
        """Whether this object is not seen."""
        rate = self.misses.get(size_of(box), 0.0) if self.misses else 0.0
        return rate > 0 and random.random() < rate

    def label_for(self, label: str, random: random.Random) -> str:
        """The label given to an object of this one: its own as a rule."""
        others = self.confuses.get(label, {})
        point = random.random() if others else 1.0
        for other, rate in others.items():
            point -= rate
            if point < 0:
                return other
        return label


NO_HABITS = Habits()
