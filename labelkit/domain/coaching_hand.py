"""How a hand leans: side errors that chance does not explain."""

from collections.abc import Mapping
from math import sqrt

from labelkit.domain.coaching_statements import Lean, Leaning, Statement, Tone, TrueHand
from labelkit.domain.coaching_tables import fails, side_mean
from labelkit.domain.evidence import Mean
from labelkit.domain.scores import ErrorKind
from labelkit.domain.sides import SIDES

LEAST_BOXES = 30
LEAST_PIXELS = 1.0  # half of the strictest tolerance
ERRORS = 4.0  # standard errors from nothing: by chance once in 16,000 sides
LEAST_SPREADS = 0.25  # of the standard deviation: else a few boxes far off pass for a habit
COSTLY_PIXELS = 2.0  # the strictest tolerance
COSTLY_FAILS = 3
TRUE_BOXES = 50
AXES = (("left", "right"), ("top", "bottom"))

# A leaning side makes boxes loose or cut, or shifted where the opposite one strays the other way.
EXPLAINED = {
    Lean.LOOSE: (ErrorKind.LOOSE, ErrorKind.SHIFTED),
    Lean.CUT: (ErrorKind.CUT, ErrorKind.SHIFTED),
    Lean.SHIFTED: (ErrorKind.SHIFTED, ErrorKind.LOOSE, ErrorKind.CUT),
}


def leanings(counts: Mapping[str, int], clauses: Mapping[str, str]) -> list[Leaning]:
    """The systematic hand, each side told once: all four, both of an axis, or one alone.

    A side leans when at least 30 boxes were measured and their mean signed error is at least 1 px, more
    than 4 standard errors from 0 (the t of one sample), and at least a quarter of a standard deviation.
    It costs points, beyond being worth a look, from 2 px on when 3 boxes failed in the way it explains.
    `clauses` maps an error kind to the clause that it breaks.
    """
    leaning = {side: mean for side in SIDES if (mean := side_mean(counts, side)) and _is_systematic(mean)}
    signs = {mean.mean > 0 for mean in leaning.values()}
    if len(leaning) == 4 and len(signs) == 1:
        return [_leaning(SIDES, leaning, counts, clauses)]
    found = []
    for axis in AXES:
        if sides := tuple(side for side in axis if side in leaning):
            found.append(_leaning(sides, leaning, counts, clauses))
    return found


def explained(leaning: Leaning) -> frozenset[ErrorKind]:
    """The kinds of mistake that a costly habit of the hand accounts for, so that they need no other word."""
    return frozenset(EXPLAINED[leaning.lean] if leaning.tone is Tone.WRONG else ())


def true_hand(counts: Mapping[str, int]) -> list[Statement]:
    """Praise for a hand of which no side leans: at least 50 boxes, the 95 % interval of every mean within
    1 px, and fewer than one box in twenty failed by its sides."""
    means = [side_mean(counts, side) for side in SIDES]
    if any(mean is None or mean.n < TRUE_BOXES or not _is_true(mean) for mean in means):
        return []
    n = counts["side/left/n"]
    if 20 * fails(counts, *EXPLAINED[Lean.SHIFTED]) >= n:
        return []
    return [TrueHand(n=n, tone=Tone.RIGHT, pixels=LEAST_PIXELS)]


def _is_systematic(mean: Mean) -> bool:
    if mean.n < LEAST_BOXES or mean.error is None:
        return False
    spread = mean.error * sqrt(mean.n)
    return abs(mean.mean) >= max(LEAST_PIXELS, LEAST_SPREADS * spread) and mean.is_from(0, ERRORS)


def _is_true(mean: Mean) -> bool:
    return mean.interval is not None and all(abs(end) < LEAST_PIXELS for end in mean.interval)


def _leaning(
    sides: tuple[str, ...],
    means: Mapping[str, Mean],
    counts: Mapping[str, int],
    clauses: Mapping[str, str],
) -> Leaning:
    errors = [means[side].mean for side in sides]
    lean = Lean.LOOSE if errors[0] > 0 else Lean.CUT
    pixels = sum(errors) / len(errors)
    if len(sides) == 2 and (errors[0] > 0) != (errors[1] > 0):
        lean, pixels = Lean.SHIFTED, (errors[1] - errors[0]) / 2  # the second is the right or the bottom side
    failed = fails(counts, *EXPLAINED[lean])
    costly = abs(pixels) >= COSTLY_PIXELS and failed >= COSTLY_FAILS
    error = EXPLAINED[lean][0]
    return Leaning(
        n=means[sides[0]].n,
        tone=Tone.WRONG if costly else Tone.WATCH,
        weight=failed,
        error=error,
        clause=clauses.get(error),
        sides=sides,
        lean=lean,
        pixels=pixels,
    )
