"""Counts as they come about, and what coaching says of them."""

import random

from labelkit.domain.coaching import statements
from labelkit.domain.tallies import total

CLAUSES = {"loose": "G-03", "cut": "G-03", "missing": "G-01", "wrong_label": "G-02", "duplicate": "G-04"}
SIDES = ("left", "top", "right", "bottom")


def said(*counts, kind=None, **rest):
    """The statements, or those of one kind only, that the sum of these counts gives rise to."""
    found = statements(total(counts), clauses=CLAUSES, **rest)
    return found if kind is None else [one for one in found if isinstance(one, kind)]


def hand(n, spread=1.0, **means):
    """Counts of `n` boxes whose sides have these mean errors in pixels."""
    chance = random.Random(1)
    counts = {}
    for side in SIDES:
        errors = [round(100 * chance.gauss(means.get(side, 0), spread)) for _ in range(n)]
        counts |= {
            f"side/{side}/n": n,
            f"side/{side}/sum": sum(errors),
            f"side/{side}/squares": sum(error**2 for error in errors),
        }
    return counts


def objects(right, **mistakes):
    """Counts of right objects, all of them cars, and of mistakes by kind, with cars too."""
    return {
        "right": right,
        "mistakes": sum(mistakes.values()),
        "label/car/golds": right + sum(mistakes.values()),
        "label/car/answers": right + sum(mistakes.values()),
        **{f"fail/{kind}/car": count for kind, count in mistakes.items()},
    }


def sized(small, medium, large):
    """Counts of (golds, missed) by size."""
    found = {}
    for size, (golds, missed) in {"small": small, "medium": medium, "large": large}.items():
        found |= {f"size/{size}/golds": golds, f"size/{size}/missed": missed}
    return found
