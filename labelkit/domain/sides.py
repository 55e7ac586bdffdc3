"""How far each side of a box lies off, and what that is called (DESIGN section 4, rule 5)."""

from dataclasses import dataclass

import numpy as np

from labelkit.domain.arrays import Bools, Floats, Ints
from labelkit.domain.rules import SLACK, BoxRules
from labelkit.domain.scores import ErrorKind

SIDES = ("left", "top", "right", "bottom")
OUTWARD = np.array((-1.0, -1.0, 1.0, 1.0))


@dataclass(frozen=True, slots=True)
class SideErrors:
    """The sides of paired boxes: `error` (n, 4) left, top, right, bottom in pixels, + outside, - inside.

    `exact` (n,): all sides within the tolerance t. `fails` (n,): a side beyond 2t. `worst` (n,): the
    number of the side with the largest |error| / t, the first of equals. `kind` (n,): index in KINDS of
    what a box that is not exact is called.
    """

    error: Floats
    exact: Bools
    fails: Bools
    worst: Ints
    kind: Ints


KINDS = (ErrorKind.LOOSE, ErrorKind.CUT, ErrorKind.SHIFTED)


def side_errors(answers: Floats, golds: Floats, rules: BoxRules) -> SideErrors:
    """Judge the sides of answers against golds, both corners (n, 4) x1 y1 x2 y2 in pixels, pair by pair."""
    error = (answers - golds) * OUTWARD + 0.0  # no negative zero
    tolerance = tolerances(golds, rules)
    size = np.abs(error)
    beyond = size > tolerance + SLACK
    ratio = size / tolerance
    worst = np.argmax(ratio >= ratio.max(axis=1, keepdims=True) - SLACK, axis=1)
    opposite = beyond[:, :2] & beyond[:, 2:] & ((error[:, :2] > 0) != (error[:, 2:] > 0))
    cut = error[np.arange(len(error)), worst] < 0
    return SideErrors(
        error=error,
        exact=~beyond.any(axis=1),
        fails=(size > rules.fail_factor * tolerance + SLACK).any(axis=1),
        worst=worst,
        kind=np.where(opposite.any(axis=1), 2, cut.astype(np.intp)),
    )


def tolerances(golds: Floats, rules: BoxRules) -> Floats:
    """The tolerance t (n, 4) of each side of corners (n, 4), in pixels: a share of the gold's own length."""
    length = golds[:, 2:] - golds[:, :2]
    t = np.clip(rules.tolerance_share * length, rules.tolerance_min, rules.tolerance_max)
    return np.hstack((t, t))
