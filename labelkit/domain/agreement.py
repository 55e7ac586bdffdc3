"""How far people agree beyond chance, on any question with a closed list of answers.

Every figure here is computed from a table of counts: `(items, classes)` when it does not matter who
answered (how many people gave item i the class c), `(classes, classes)` when two people are compared.
People who did not answer an item are simply not counted, so missing data need no special mark.

A figure that has no meaning is None, never 0 or 1: when no item has two answers, and when everybody
gave one and the same class everywhere, so that there is nothing that chance could have got wrong.
Perfect agreement on a single class may be skill or a broken question; the numbers cannot tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.float64]
Key = str | int
Scale = Literal["nominal", "ordinal", "interval"]


@dataclass(frozen=True, slots=True)
class Tally:
    """`counts[i, c]`: how often item `items[i]` was given class `classes[c]`; both sorted."""

    counts: Counts
    items: tuple[Key, ...]
    classes: tuple[Key, ...]


def encode(values: Sequence[Key]) -> tuple[tuple[Key, ...], NDArray[np.intp]]:
    """The distinct values, sorted, and the position of each value among them, shape `(n,)`."""
    keys, codes = np.unique(np.asarray(values), return_inverse=True)
    return tuple(keys.tolist()), codes.astype(np.intp)


def tally(items: Sequence[Key], classes: Sequence[Key]) -> Tally:
    """Count answers given as two columns of equal length: answer j gave `items[j]` the `classes[j]`.

    Raises ValueError if the columns differ in length.
    """
    if len(items) != len(classes):
        raise ValueError(f"columns of different length: {len(items)} items, {len(classes)} classes")
    item_keys, item = encode(items)
    class_keys, chosen = encode(classes)
    counts = np.zeros((len(item_keys), len(class_keys)))
    np.add.at(counts, (item, chosen), 1)
    return Tally(counts, item_keys, class_keys)


def cross_tally(first: Sequence[Key | None], second: Sequence[Key | None]) -> Counts:
    """Count how often one person said r where the other said c: shape `(classes, classes)`.

    The two columns hold the answers of two people to the same items in the same order; an item that
    either left out (None) is left out. Raises ValueError if the columns differ in length.
    """
    both = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    classes, codes = encode([key for pair in both for key in pair])
    table = np.zeros((len(classes), len(classes)))
    np.add.at(table, (codes[0::2], codes[1::2]), 1)
    return table


def percent_agreement(counts: ArrayLike) -> float | None:
    """Share of agreeing pairs among all pairs of answers to the same item, in [0, 1].

    `counts`: `(items, classes)`. With two people this is the plain share of items on which they
    agree. An item with m answers weighs m(m - 1)/2 pairs; one with a single answer weighs nothing.
    """
    table = _table(counts)
    pairs = float((table.sum(axis=1) * (table.sum(axis=1) - 1)).sum())
    return float((table * (table - 1)).sum()) / pairs if pairs else None


def cohen_kappa(table: ArrayLike) -> float | None:
    """Cohen's kappa of two people, in [-1, 1]: agreement beyond that of their own class shares.

    `table`: `(classes, classes)` counts or shares, one person's classes down, the other's across.
    Raises ValueError if it is not square. Source: Cohen, Educ. Psychol. Meas. 20 (1960) 37-46.
    """
    shares = _table(table)
    if shares.shape[0] != shares.shape[1]:
        raise ValueError(f"a table of two people is square, not {shares.shape}")
    total = float(shares.sum())
    if not total:
        return None
    shares = shares / total
    observed = float(np.trace(shares))
    expected = float(shares.sum(axis=1) @ shares.sum(axis=0))
    return _beyond_chance(observed, expected)


def fleiss_kappa(counts: ArrayLike) -> float | None:
    """Fleiss' kappa of many people, in [-1, 1]: agreement beyond that of the shares of all answers.

    `counts`: `(items, classes)`. Every item needs the same number of answers, of two or more, though
    not from the same people; raises ValueError otherwise (alpha is the figure for such data).
    Source: Fleiss, Psychol. Bull. 76 (1971) 378-382.
    """
    table = _table(counts)
    answers = table.sum(axis=1)
    if not len(answers):
        return None
    people = float(answers[0])
    if people < 2 or (answers != people).any():
        raise ValueError("Fleiss' kappa needs the same number of answers, two or more, on each item")
    observed = percent_agreement(table)
    shares = table.sum(axis=0) / table.sum()
    return None if observed is None else _beyond_chance(observed, float(shares @ shares))


def krippendorff_alpha(
    counts: ArrayLike, scale: Scale = "nominal", values: ArrayLike | None = None
) -> float | None:
    """Krippendorff's alpha, at most 1: one minus observed over expected disagreement.

    `counts`: `(items, classes)`, any number of answers per item; an item with fewer than two takes no
    part. On the `ordinal` scale the columns stand in rank order; the `interval` scale needs `values`,
    the number that each column stands for, shape `(classes,)`. Raises ValueError where they do not
    fit. Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections C to E.
    """
    table = _table(counts)
    table = table[table.sum(axis=1) >= 2]
    per_pair = table / (table.sum(axis=1, keepdims=True) - 1)
    coincidences = per_pair.T @ table - np.diag(per_pair.sum(axis=0))
    totals = table.sum(axis=0)
    apart = _distances(scale, totals, values)
    expected = float(totals @ apart @ totals)
    if expected <= 0:
        return None
    return 1 - float((coincidences * apart).sum()) * (float(totals.sum()) - 1) / expected


def _distances(scale: Scale, totals: Counts, values: ArrayLike | None) -> Counts:
    """Squared distance of each class from each, shape `(classes, classes)`, zero on the diagonal."""
    if scale == "nominal":
        return 1 - np.eye(len(totals))
    if scale == "ordinal":
        # The ranks between two classes are as wide as the answers that lie there, half of both ends.
        middle = np.cumsum(totals) - totals / 2
    else:
        middle = np.asarray([] if values is None else values, dtype=np.float64)
    if middle.shape != totals.shape:
        raise ValueError(f"{len(totals)} classes need as many values, not {middle.shape}")
    return np.square(middle[:, None] - middle[None, :])


def _table(counts: ArrayLike) -> Counts:
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"a table of counts has two axes, not {table.ndim}")
    if not np.isfinite(table).all() or (table < 0).any():
        raise ValueError("counts are finite and not negative")
    return table


def _beyond_chance(observed: float, expected: float) -> float | None:
    """(observed - expected) / (1 - expected); None where chance alone agrees always."""
    return None if expected >= 1 - 1e-12 else (observed - expected) / (1 - expected)
