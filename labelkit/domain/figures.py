"""The numbers of DESIGN section 4, rule 6, counted for any grouping: by scene, by label, or all together."""

import math
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from labelkit.domain.arrays import Bools, Floats, Ints
from labelkit.domain.diagnosis import Diagnosis, Place
from labelkit.domain.findings import Judgement
from labelkit.domain.scores import LabelFigures


@dataclass(frozen=True)
class Figures:
    """Counts and sums (g,) of each group, and the ratios made of them: NaN where there is no denominator."""

    right: Ints
    mistakes: Ints
    hits: Ints
    answers: Ints
    golds: Ints
    iou_sum: Floats
    sided: Ints
    exact: Ints
    side_error_sum: Floats

    @cached_property
    def value(self) -> Floats:
        """The headline: right / (right + mistakes); nothing to find and nothing drawn is 1 (rule 7)."""
        counted = self.right + self.mistakes
        return np.where(counted > 0, self.right / np.maximum(counted, 1), 1.0)

    @cached_property
    def precision(self) -> Floats:
        return _ratio(self.hits, self.answers)

    @cached_property
    def recall(self) -> Floats:
        return _ratio(self.hits, self.golds)

    @cached_property
    def f1(self) -> Floats:
        return _ratio(2 * self.hits, self.answers + self.golds)

    @cached_property
    def mean_iou(self) -> Floats:
        return _ratio(self.iou_sum, self.hits)

    @cached_property
    def panoptic_quality(self) -> Floats:
        """F1 times mean IoU (Kirillov et al. 2019), which is 0 where there is no hit."""
        return _ratio(2 * self.iou_sum, self.answers + self.golds)

    @cached_property
    def mean_side_error(self) -> Floats:
        """Mean |error| in pixels over all sides that were measured."""
        return _ratio(self.side_error_sum, 4 * self.sided)

    @cached_property
    def exact_share(self) -> Floats:
        return _ratio(self.exact, self.sided)

    def pooled(self) -> "Figures":
        """All groups taken together as one."""
        return Figures(*(getattr(self, field.name).sum(keepdims=True) for field in fields(self)))


def count(found: Diagnosis, judged: Judgement, answer_group: Ints, gold_group: Ints, groups: int) -> Figures:
    """Count by groups, given that of each answer row (n,) and gold row (m,), 0 to `groups` - 1.

    A pair, right or wrong, counts in the group of its gold; any other mistake in the group of its box.
    """
    pair_group = answer_group.copy()
    paired = found.paired()
    pair_group[paired] = gold_group[found.partner[paired]]
    hit = found.answer_place == Place.HIT
    missing = found.gold_place == Place.MISSING
    took_part = found.answer_place != Place.SET_ASIDE
    counted = (found.gold_place != Place.SET_ASIDE) & (found.gold_place != Place.NOT_TAKEN)

    def tally(rows: Bools, group: Ints = pair_group) -> Ints:
        return np.bincount(group[rows], minlength=groups)

    def total(rows: Bools, amount: Floats) -> Floats:
        sums = np.bincount(pair_group[rows], weights=amount[rows], minlength=groups)
        return sums.astype(np.float64, copy=False)

    left, top, right, bottom = np.abs(judged.sides).T
    return Figures(
        right=tally(judged.sided & ~judged.fail),
        mistakes=tally(judged.fail) + tally(missing, gold_group),
        hits=tally(hit),
        answers=tally(took_part, answer_group),
        golds=tally(counted, gold_group),
        iou_sum=total(hit, found.iou),
        sided=tally(judged.sided),
        exact=tally(judged.exact),
        side_error_sum=total(judged.sided, left + top + right + bottom),
    )


def by_label(found: Diagnosis, judged: Judgement) -> tuple[LabelFigures, ...]:
    """The figures of each label that took part, in the order of keys."""
    keys = found.answers.labels
    figures = count(found, judged, found.answers.label, found.golds.label, len(keys))
    whole = (figures.right, figures.mistakes, figures.hits, figures.answers, figures.golds)
    ratios = (figures.precision, figures.recall, figures.f1, figures.mean_iou)
    return tuple(
        LabelFigures(keys[n], *(int(c[n]) for c in whole), *(number_or_none(r[n]) for r in ratios))
        for n in (figures.answers + figures.golds).nonzero()[0].tolist()
    )


def confusion(found: Diagnosis) -> tuple[tuple[str | None, str | None, int], ...]:
    """Counts of (gold label, answer label); None is "nothing", and sorts last."""
    keys: tuple[str | None, ...] = (*found.answers.labels, None)
    nothing = len(keys) - 1
    paired = found.paired()
    alone = ((found.answer_place == Place.DUPLICATE) | (found.answer_place == Place.EXTRA)).nonzero()[0]
    missing = (found.gold_place == Place.MISSING).nonzero()[0]
    cells = np.concatenate(
        (
            found.golds.label[found.partner[paired]] * len(keys) + found.answers.label[paired],
            nothing * len(keys) + found.answers.label[alone],
            found.golds.label[missing] * len(keys) + nothing,
        )
    )
    cell, number = np.unique(cells, return_counts=True)
    return tuple(
        (keys[c // len(keys)], keys[c % len(keys)], n)
        for c, n in zip(cell.tolist(), number.tolist(), strict=True)
    )


def number_or_none(value: float) -> float | None:
    """A ratio as people see it: None without a denominator."""
    return None if math.isnan(value) else float(value)


def _ratio(part: Ints | Floats, whole: Ints) -> Floats:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)
