"""What a count allows to say: intervals and tests for shares and means, in plain arithmetic.

Many things are asked of the same counts at once, so whoever makes a statement of a test asks for far more
than one chance in twenty (see `domain.coaching`).
"""

from dataclasses import dataclass
from math import comb, sqrt

Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of `n` numbers, and its standard error (None where fewer than two were counted)."""

    n: int
    mean: float
    error: float | None

    @classmethod
    def of_sums(cls, n: int, total: float, squares: float) -> "Mean":
        """Out of the sum and the sum of squares of n > 0 numbers."""
        if n < 1:
            raise ValueError("a mean needs a number")
        mean = total / n
        if n == 1:
            return cls(n, mean, None)
        variance = max(squares - n * mean * mean, 0.0) / (n - 1)
        return cls(n, mean, sqrt(variance / n))

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the mean lies with a confidence of 95 % (by the normal); None for a single number."""
        if self.error is None:
            return None
        return self.mean - Z95 * self.error, self.mean + Z95 * self.error

    def is_from(self, other: float, errors: float) -> bool:
        """Whether the mean lies more than so many standard errors from another number."""
        return self.error is not None and abs(self.mean - other) > errors * self.error


def wilson(part: int, whole: int, z: float = Z95) -> tuple[float, float]:
    """Wilson's interval of a share, `part` of `whole` > 0: it stays inside 0 to 1 and holds for few as well
    (Wilson 1927)."""
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{part} of {whole} is no share")
    share, weight = part / whole, z * z / whole
    centre = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * sqrt(share * (1 - share) / whole + weight / (4 * whole))
    return max(0.0, centre - half), min(1.0, centre + half)


def chance_of_more(part: int, whole: int, other_part: int, other_whole: int) -> float:
    """Fisher's exact test, one-sided: how likely `part` of `whole` or more would be if both groups had the
    same rate. Exact for few and for many; 1 where a group is empty."""
    hits, everything = part + other_part, whole + other_whole
    if not whole or not other_whole:
        return 1.0
    ways = sum(
        comb(whole, k) * comb(other_whole, hits - k)
        for k in range(part, min(whole, hits) + 1)
        if hits - k <= other_whole
    )
    return ways / comb(everything, hits)
