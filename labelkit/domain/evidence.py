"""What a count allows to say: intervals and tests for shares and means, in plain arithmetic.

Many things are asked of the same counts at once, so whoever makes a statement of a test asks for far more
than one chance in twenty (see `domain.coaching`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, sqrt

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
    same rate. 1 where a group is empty, or its share is no larger than the other's."""
    hits, everything = part + other_part, whole + other_whole
    if not whole or not other_whole or part * other_whole <= other_part * whole:
        return 1.0
    chance = 0.0
    for k in range(part, min(whole, hits) + 1):  # beyond the likeliest k, so each term is less than the last
        term = exp(_ways(whole, k) + _ways(other_whole, hits - k) - _ways(everything, hits))
        chance += term
        if term <= chance * 1e-15:
            break
    return chance


def _ways(whole: int, part: int) -> float:
    """The logarithm of the number of ways to choose `part` of `whole`."""
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)


def gap_of_scores(n: int, total: float, other_n: int, other_total: float) -> float:
    """By how many standard errors the mean of `n` scores lies above that of `other_n`, out of their sums.

    No spread is needed: scores from 0 to 1 vary at most as those that are only 0 or 1 (variance m (1 - m)),
    so the gap is never overrated. Means are drawn in by one right and one wrong for the variance, so that
    a few equal scores are not taken for certainty (Agresti & Caffo 2000).
    """
    variance = sum(
        ((value + 1) / (count + 2)) * (1 - (value + 1) / (count + 2)) / count
        for count, value in ((n, total), (other_n, other_total))
    )
    return (total / n - other_total / other_n) / sqrt(variance)


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line through weighted points, with the standard error of its slope."""

    slope: float
    error: float
    centre: tuple[float, float]
    points: int

    @classmethod
    def through(cls, points: Sequence[tuple[float, float, float]]) -> "Line | None":
        """The line of least squares through points (x, y, weight > 0); None for fewer than three x."""
        if len({x for x, _, _ in points}) < 3:
            return None
        weight = sum(w for _, _, w in points)
        x0, y0 = (sum(w * point[at] for *point, w in points) / weight for at in (0, 1))
        across = sum(w * (x - x0) ** 2 for x, _, w in points)
        slope = sum(w * (x - x0) * (y - y0) for x, y, w in points) / across
        left = sum(w * (y - y0 - slope * (x - x0)) ** 2 for x, y, w in points)
        return cls(slope, sqrt(left / (len(points) - 2) / across), (x0, y0), len(points))

    def at(self, x: float) -> float:
        return self.centre[1] + self.slope * (x - self.centre[0])

    @property
    def stands_out(self) -> bool:
        """Whether the slope is no chance: in fewer than one of a thousand lines through mere noise."""
        return abs(self.slope) > students_t(self.points - 2) * self.error


def students_t(freedom: int) -> float:
    """How many standard errors lie beyond chance, one in a thousand on both sides together, with so many
    degrees of freedom > 2 (Cornish and Fisher's expansion, within 3 % from 5 on; below it is too mild)."""
    z, v = 3.290527, freedom
    return z + (z**3 + z) / (4 * v) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2) + _cubic(z) / v**3


def _cubic(z: float) -> float:
    return (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
