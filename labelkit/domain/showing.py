"""Results to inspect, made of gold: right ones, or with known errors in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from labelkit.domain.annotations import Box, BoxAnnotation, LabelAnnotation
from labelkit.domain.classification import score_labels
from labelkit.domain.errors import Invalid
from labelkit.domain.inspection import Fault, ToInspect
from labelkit.domain.planting import Plant, Planted, plant, plant_label
from labelkit.domain.rules import BoxRules, ClassRules
from labelkit.domain.scores import ErrorKind, Score, Severity
from labelkit.domain.scoring import best_score
from labelkit.domain.texts import N_

SPREAD = 0.4  # how unsteady the hand is that drew everything, in tolerances
TRIES = 6


def boxes_to_inspect(
    accepted: Sequence[BoxAnnotation],
    kinds: Sequence[ErrorKind],
    random: Random,
    rules: BoxRules,
    size: tuple[float, float],
    labels: Sequence[str],
) -> ToInspect[BoxAnnotation]:
    """What a steady hand drew, with errors of these kinds planted in it; without kinds, a right answer.

    `size`: width and height of the picture in pixels, `labels`: keys of the project. Coordinates are
    hundredths of a pixel, of plants and of all else alike. Raises Invalid if the picture cannot carry it.
    """
    for _ in range(TRIES):
        planted = plant(accepted[0], random, kinds, rules, size, labels, spread=SPREAD, accepted=accepted[1:])
        shown = replace(planted.annotation, regions=tuple(map(_rounded, planted.annotation.regions)))
        if _told(best_score(shown, accepted, rules)) == _meant(planted):
            pairs = best_score(shown, accepted, rules).pairs
            return ToInspect(shown, tuple(_fault(one, pairs) for one in planted.plants))
    raise Invalid(N_("This picture cannot carry these errors."))


def _rounded(box: Box) -> Box:
    return replace(box, x=round(box.x, 2), y=round(box.y, 2), w=round(box.w, 2), h=round(box.h, 2))


def _told(score: Score) -> set[tuple[ErrorKind, int | None, int | None]]:
    return {(finding.kind, finding.answer, finding.gold) for finding in score.findings}


def _meant(planted: Planted) -> set[tuple[ErrorKind, int | None, int | None]]:
    return {(one.kind, one.answer, one.gold) for one in planted.plants}


def _fault(one: Plant, pairs: Sequence[tuple[int, int]]) -> Fault:
    """Where one may point: at the box; for an object marked twice at either, for one left out where it is."""
    if one.answer is None:
        return Fault(one.kind, box=one.place)
    is_twice = one.kind is ErrorKind.DUPLICATE
    twins = {answer for answer, gold in pairs if is_twice and gold == one.gold}
    return Fault(one.kind, tuple(sorted({one.answer, *twins})))


@dataclass(frozen=True, slots=True)
class ClassItem:
    """What there is to choose from for a class item. `accepted` are its right answers, `labels` the keys it
    offers; `alike` names the labels that one is taken for."""

    accepted: Sequence[LabelAnnotation]
    rules: ClassRules
    labels: Sequence[str]
    alike: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def others(self) -> list[str]:
        """Labels that no right answer has."""
        return [key for key in self.labels if not any(key in right.labels for right in self.accepted)]


def labels_to_inspect(
    item: ClassItem, kinds: Sequence[ErrorKind], random: Random
) -> ToInspect[LabelAnnotation]:
    """A choice of labels that is right, or has one error, of the one of `kinds`.

    Raises Invalid if the item cannot carry it.
    """
    gold = random.choice(item.accepted)
    if not kinds:
        return ToInspect(gold)
    for _ in range(TRIES if len(kinds) == 1 and kinds[0] in SPOILT else 0):
        wrong = SPOILT[kinds[0]](gold, item, random)
        findings = score_labels(wrong, item.accepted, item.rules).findings if wrong else ()
        if wrong and [(one.kind, one.severity) for one in findings] == [(kinds[0], Severity.FAIL)]:
            return ToInspect(wrong, (Fault(kinds[0]),))
    raise Invalid(N_("This item cannot carry a wrong label."))


def _another(gold: LabelAnnotation, item: ClassItem, random: Random) -> LabelAnnotation | None:
    if item.rules.multiple or gold.unusable or not item.others:
        return None
    return plant_label(gold, random, item.labels, item.alike, accepted=item.accepted).annotation


def _fewer(gold: LabelAnnotation, item: ClassItem, random: Random) -> LabelAnnotation | None:
    if not item.rules.multiple or not gold.labels:
        return None
    return LabelAnnotation(gold.labels - {random.choice(sorted(gold.labels))})


def _more(gold: LabelAnnotation, item: ClassItem, random: Random) -> LabelAnnotation | None:
    if not item.rules.multiple or gold.unusable or not item.others:
        return None
    alike = {key for right in gold.labels for key in item.alike.get(right, ())}
    likely = [key for key in item.others if key in alike]
    return LabelAnnotation(gold.labels | {random.choice(likely or item.others)})


def _given_up(gold: LabelAnnotation, item: ClassItem, random: Random) -> LabelAnnotation | None:
    return LabelAnnotation(unusable=True) if item.rules.unusable else None


def _forced(gold: LabelAnnotation, item: ClassItem, random: Random) -> LabelAnnotation | None:
    return LabelAnnotation(frozenset({random.choice(item.labels)})) if gold.unusable else None


SPOILT: dict[ErrorKind, Callable[[LabelAnnotation, ClassItem, Random], LabelAnnotation | None]] = {
    ErrorKind.WRONG_LABEL: _another,
    ErrorKind.MISSING: _fewer,
    ErrorKind.EXTRA: _more,
    ErrorKind.FALSE_UNUSABLE: _given_up,
    ErrorKind.MISSED_UNUSABLE: _forced,
}
