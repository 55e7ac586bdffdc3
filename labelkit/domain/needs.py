"""Needs: what somebody gets wrong, as rates that stay calm while there are few data.

Paths are those of `domain.tallies` and of an item's features: "label/car", "size/small".
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import below

Needs = dict[str, float]

# The rate of somebody of whom nothing is known: Beta(1, 4), whose mean 0.2 lies where an item just passes.
FAULTS, CHANCES = 1, 5
# How many chances the rate over all labels (or sizes) weighs in that of each: an empirical Bayes estimate
# (Casella 1985). Learners need about seven to master a skill (Koedinger et al. 2023, PNAS 120 e2221311120),
# so that fewer say little of what is still wrong.
STRENGTH = 7
UNCOUNTED = "label/"  # where there is no object, no label's tally tells: it is taken to go as usual
CONFUSED = (ErrorKind.WRONG_LABEL, ErrorKind.MISPLACED_WRONG_LABEL)


@dataclass(frozen=True, slots=True)
class Chance:
    """How often something went wrong, of how many chances; half a fault where two share it."""

    faults: float
    chances: float


NEVER = Chance(0, 0)


def chances(counts: Mapping[str, int]) -> dict[str, Chance]:
    """The chances of each label, where any mistake is a fault, and of each size, where a miss is one."""
    labels, sizes = below(counts, "label"), below(counts, "size")
    found = {}
    for label in sorted({path[0] for path in labels}):
        mistakes = labels.get((label, "mistakes"), 0)
        found[f"label/{label}"] = Chance(mistakes, labels.get((label, "right"), 0) + mistakes)
    for size in sorted({path[0] for path in sizes}):
        found[f"size/{size}"] = Chance(sizes.get((size, "missed"), 0), sizes.get((size, "golds"), 0))
    return found


def needs(counts: Mapping[str, int], demand: Mapping[str, int]) -> Needs:
    """What one more object of each label and each size would teach, for every path in `demand`.

    `demand` counts the objects that are there to practise. By the power law of practice (Newell and
    Rosenbloom 1981) a rate falls, with one more chance, in proportion to itself and to 1 / chances; that
    counts for as many objects as have the label. So whatever was practised in proportion to how common it
    is needs practice by its rate of faults alone, and what came too seldom so far needs more. In [0, 1].
    """
    found: Needs = {}
    for branch in ("label", "size"):
        wanted = {path: n for path, n in demand.items() if path.startswith(f"{branch}/")}
        known = {path: chance for path, chance in chances(counts).items() if path.startswith(f"{branch}/")}
        usual, everything = _usual_rate(known.values()), sum(wanted.values())
        had = sum(chance.chances for chance in known.values())
        for path, n in wanted.items():
            share = n / everything
            chance = known.get(path, NEVER)
            if path == UNCOUNTED:
                chance = Chance(usual * share * had, share * had)
            found[path] = smoothed(chance, usual) * STRENGTH / (chance.chances + STRENGTH) * share
    return found


def needs_of(counts: Mapping[str, int], kind: ErrorKind, demand: Mapping[str, int]) -> Needs:
    """How often one kind of mistake is made with each label in `demand`; of misses in pictures, each size.

    A label that was taken for another lets both of them be practised, the one that was meant in full, the
    other by half.
    """
    known, faults, branch = chances(counts), _faults(counts, kind), "label/"
    if kind is ErrorKind.MISSING and any(path.startswith("size/") for path in demand):
        branch, faults = "size/", {path: chance.faults for path, chance in known.items()}
    asked = {path for path in (*known, *demand) if path.startswith(branch)}
    found = {path: Chance(faults.get(path, 0), known.get(path, NEVER).chances) for path in sorted(asked)}
    usual = _usual_rate(found.values())
    return {path: smoothed(chance, usual) for path, chance in found.items()}


def smoothed(chance: Chance, usual: float) -> float:
    """The rate of faults, pulled towards the usual one by STRENGTH chances; at most 1."""
    return min(1.0, (chance.faults + STRENGTH * usual) / (chance.chances + STRENGTH))


def _usual_rate(known: Collection[Chance]) -> float:
    faults, of = sum(one.faults for one in known), sum(one.chances for one in known)
    return min(1.0, (faults + FAULTS) / (of + CHANCES))


def _faults(counts: Mapping[str, int], kind: ErrorKind) -> dict[str, float]:
    found = {f"label/{label}": float(n) for (label,), n in below(counts, f"fail/{kind}").items()}
    if kind in CONFUSED:
        for (gold, answer), n in below(counts, "confusion").items():
            if gold and answer and gold != answer:
                found[f"label/{answer}"] = found.get(f"label/{answer}", 0.0) + n / 2
    return found
