"""Standing: how good somebody is right now."""

from collections.abc import Sequence
from dataclasses import dataclass

NEWEST = 10
LEAST = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """The mean score (0 to 1) of the newest first attempts, or None while there are too few; `n` of them."""

    value: float | None
    n: int


def standing(newest_first: Sequence[float]) -> Standing:
    """The mean of the newest 10 first attempts, shown from 3 on (DESIGN section 4)."""
    taken = newest_first[:NEWEST]
    return Standing(sum(taken) / len(taken) if len(taken) >= LEAST else None, len(taken))
