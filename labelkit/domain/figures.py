"""The numbers of DESIGN section 4, rules 6 and 7, for any grouping: by scene, by label, or together."""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from labelkit.domain.arrays import Bools, Floats, Ints
from labelkit.domain.diagnosis import Diagnosis, Place
from labelkit.domain.findings import Judgement
from labelkit.domain.scores import LabelFigures


@dataclass(frozen=True, slots=True)
class Counts:
    """What one group counts up to, and the ratios made of it: None where there is no denominator."""

    right: int
    mistakes: int
    hits: int
    answers: int
    golds: int
    iou_sum: float
    sided: int
    exact: int
    side_error_sum: float

    @property
    def value(self) -> float:
        """The headline: right / (right + mistakes); nothing to find and nothing drawn is 1 (rule 7)."""
        share = _ratio(self.right, self.right + self.mistakes)
        return 1.0 if share is None else share

    @property
    def precision(self) -> float | None:
        return _ratio(self.hits, self.answers)

    @property
    def recall(self) -> float | None:
        return _ratio(self.hits, self.golds)

    @property
    def f1(self) -> float | None:
        return _ratio(2 * self.hits, self.answers + self.golds)

    @property
    def mean_iou(self) -> float | None:
        return _ratio(self.iou_sum, self.hits)

    @property
    def panoptic_quality(self) -> float | None:
        """F1 times mean IoU (Kirillov et al. 2019), which is 0 where there is no hit."""
        return _ratio(2 * self.iou_sum, self.answers + self.golds)

    @property
    def mean_side_error(self) -> float | None:
        """Mean |error| in pixels over all sides that were measured."""
        return _ratio(self.side_error_sum, 4 * self.sided)

    @property
    def exact_share(self) -> float | None:
        return _ratio(self.exact, self.sided)

    @property
    def took_part(self) -> bool:
        return self.answers + self.golds > 0

    def of_label(self, key: str) -> LabelFigures:
        whole = (self.right, self.mistakes, self.hits, self.answers, self.golds)
        return LabelFigures(key, *whole, self.precision, self.recall, self.f1, self.mean_iou)


def _ratio(part: float, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True)
class Figures:
    """The Counts of all groups as columns (g,)."""

    right: Ints
    mistakes: Ints
    hits: Ints
    answers: Ints
    golds: Ints
    iou_sum: Floats
    sided: Ints
    exact: Ints
    side_error_sum: Floats

    @property
    def value(self) -> Floats:
        """The headline (g,) of each group, as in Counts."""
        counted = self.right + self.mistakes
        return np.where(counted > 0, self.right / np.maximum(counted, 1), 1.0)

    @cached_property
    def each(self) -> list[Counts]:
        columns = (getattr(self, field.name).tolist() for field in fields(self))
        return [Counts(*row) for row in zip(*columns, strict=True)]

    def together(self) -> Counts:
        """All groups as one."""
        return Counts(*(getattr(self, field.name).sum().item() for field in fields(self)))


def count(found: Diagnosis, judged: Judgement, answer_group: Ints, gold_group: Ints, groups: int) -> Figures:
    """Count by groups, given that of each answer row (n,) and gold row (m,), 0 to `groups` - 1.

    A pair, right or wrong, counts in the group of its gold; any other mistake in the group of its box.
    """
    pair_group = _pair_groups(found, answer_group, gold_group)
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


def _pair_groups(found: Diagnosis, answer_group: Ints, gold_group: Ints) -> Ints:
    """The group (n,) in which each answer counts: that of the gold it is paired with, else its own."""
    groups = answer_group.copy()
    paired = found.paired()
    groups[paired] = gold_group[found.partner[paired]]
    return groups


def by_label(found: Diagnosis, judged: Judgement) -> list[LabelFigures]:
    """The figures of each label that took part in any scene, by label key."""
    keys = found.answers.labels
    figures = count(found, judged, found.answers.label, found.golds.label, len(keys))
    return [each.of_label(key) for key, each in zip(keys, figures.each, strict=True) if each.took_part]


def by_scene_and_label(found: Diagnosis, judged: Judgement) -> tuple[Ints, list[LabelFigures]]:
    """The figures of each label that took part in a scene, by scene and label key, and their scenes (c,)."""
    keys, answers, golds = found.answers.labels, found.answers, found.golds
    codes = np.concatenate([side.scene * len(keys) + side.label for side in (answers, golds)])
    code, group = np.unique(codes, return_inverse=True)
    figures = count(found, judged, group[: len(answers)], group[len(answers) :], len(code))
    lines = ((code, each) for code, each in zip(code.tolist(), figures.each, strict=True) if each.took_part)
    named = [(code // len(keys), each.of_label(keys[code % len(keys)])) for code, each in lines]
    return np.array([scene for scene, _ in named], dtype=np.intp), [each for _, each in named]


Cell = tuple[str | None, str | None, int]


def confusion(found: Diagnosis, scenes: tuple[Ints, Ints]) -> tuple[Ints, list[Cell]]:
    """Counts of (gold label, answer label), None being "nothing" and last, and the scene (c,) of each.

    `scenes` gives the scene of each answer row and of each gold row; all zeros puts everything together.
    """
    keys: tuple[str | None, ...] = (*found.answers.labels, None)
    nothing, size = len(keys) - 1, len(keys)
    (answer_scene, gold_scene), answers, golds = scenes, found.answers, found.golds
    paired = found.paired()
    alone = ((found.answer_place == Place.DUPLICATE) | (found.answer_place == Place.EXTRA)).nonzero()[0]
    missing = (found.gold_place == Place.MISSING).nonzero()[0]
    parts = (
        (answer_scene[paired] * size + golds.label[found.partner[paired]]) * size + answers.label[paired],
        (answer_scene[alone] * size + nothing) * size + answers.label[alone],
        (gold_scene[missing] * size + golds.label[missing]) * size + nothing,
    )
    code, number = np.unique(np.concatenate(parts), return_counts=True)
    scene, cell = np.divmod(code, size * size)
    each = zip((cell // size).tolist(), (cell % size).tolist(), number.tolist(), strict=True)
    return scene, [(keys[gold], keys[answer], count) for gold, answer, count in each]
