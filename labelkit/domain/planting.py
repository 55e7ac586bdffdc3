"""Plants: known errors put into a right answer on purpose, for inspection practice and for tests.

A plant is unmistakable. Each is drawn well beyond the line of its kind, then the scoring engine is
the judge: it must find every plant, by its kind and place, and nothing else. Among crowded objects
that fails now and then (in up to one drawing of a hundred: a box pushed off its object lands on the next
one); then all is drawn again. What no drawing makes clear is refused, so nothing doubtful is shown.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from labelkit.domain.annotations import Box, BoxAnnotation, LabelAnnotation
from labelkit.domain.errors import Invalid
from labelkit.domain.faults import RESHAPED, draw_again, invent
from labelkit.domain.hand import Setting, steady
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Score, Severity
from labelkit.domain.scoring import best_score
from labelkit.domain.texts import N_

PLANTABLE = (ErrorKind.MISSING, ErrorKind.EXTRA, ErrorKind.DUPLICATE, *RESHAPED)
TRIES = 24
CANDIDATES = 12  # objects tried for one fault before all is drawn again


@dataclass(frozen=True, slots=True)
class Plant:
    """One planted error. `place` is where to point: the faulty box, or the object left out.

    `answer` and `gold` are positions among the regions of the annotation and of gold; an extra box
    has no gold, a missing one no answer. For a duplicate, `answer` is the second box.
    """

    kind: ErrorKind
    answer: int | None
    gold: int | None
    place: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Planted:
    """An answer that is right but for its plants."""

    annotation: BoxAnnotation
    plants: tuple[Plant, ...] = ()


@dataclass(frozen=True, slots=True)
class PlantedLabel:
    """A class answer with one wrong label in it, one too many or one left out.

    `label` is the one too many, `gold_label` the one left out; for a wrong label, both.
    """

    annotation: LabelAnnotation
    kind: ErrorKind
    label: str | None
    gold_label: str | None


@dataclass(slots=True, eq=False)
class _Stroke:
    """One box on its way into the answer; `spent` once a plant has to do with its object."""

    box: Box
    gold: int | None
    kind: ErrorKind | None = None
    spent: bool = False


def plant(
    gold: BoxAnnotation,
    random: random.Random,
    kinds: Sequence[ErrorKind],
    rules: BoxRules,
    size: tuple[float, float],
    labels: Sequence[str],
    *,
    spread: float = 0.0,
    accepted: Sequence[BoxAnnotation] = (),
    on: int | None = None,
) -> Planted:
    """A right answer with these errors planted in it, each on an object of its own.

    `size`: width and height of the picture in pixels. `labels`: label keys of the project. `spread`:
    how unsteady the hand is that drew the rest, in tolerances (see `jitter`); 0 copies gold. Gold of
    several accepted annotations gives the further ones as `accepted`: the plant is wrong by all.
    `on` is the position in gold of the one object that may carry them (else any may).
    No kinds give a right answer without plants. The same state of `random` gives the same plants.
    Raises Invalid if the picture cannot carry these errors, ValueError for a kind never planted.
    """
    if strange := [kind for kind in kinds if kind not in PLANTABLE]:
        raise ValueError(f"cannot be planted: {', '.join(strange)}")
    setting = Setting(random, rules, size, labels)
    for _ in range(0 if gold.unusable and kinds else TRIES):
        planted = _attempt(gold, kinds, setting, spread, on)
        if planted and _unmistakable(planted, best_score(planted.annotation, (gold, *accepted), rules)):
            return planted
    raise Invalid(N_("This picture cannot carry these errors."))


def plant_label(
    gold: LabelAnnotation,
    random: random.Random,
    labels: Sequence[str],
    confusable: Mapping[str, Sequence[str]] | None = None,
    *,
    multiple: bool = False,
    accepted: Sequence[LabelAnnotation] = (),
) -> PlantedLabel:
    """A wrong answer to a class item, as near to the right one as people's errors are.

    One label becomes another one; `confusable` names those it is taken for (else any). Where the
    project asks for a set (`multiple`), one label is left out or one is too many. Further `accepted`
    answers are not right either. Raises Invalid if there is no wrong answer of this sort.
    """
    others = [label for label in labels if not any(label in right.labels for right in (gold, *accepted))]
    if multiple and len(gold.labels) > 1 and (random.random() < 0.5 or not others):
        left_out = random.choice(sorted(gold.labels))
        fewer = LabelAnnotation(gold.labels - {left_out})
        if fewer not in accepted:
            return PlantedLabel(fewer, ErrorKind.MISSING, None, left_out)
    if gold.unusable or not others:
        raise Invalid(N_("This item cannot carry a wrong label."))
    right = random.choice(sorted(gold.labels)) if gold.labels else ""
    likely = [label for label in (confusable or {}).get(right, ()) if label in others]
    wrong = random.choice(likely or others)
    if multiple or not right:
        return PlantedLabel(LabelAnnotation(gold.labels | {wrong}), ErrorKind.EXTRA, wrong, None)
    return PlantedLabel(LabelAnnotation(frozenset({wrong})), ErrorKind.WRONG_LABEL, wrong, right)


def right_answer(gold: BoxAnnotation) -> tuple[tuple[int, Box], ...]:
    """The boxes that a perfect worker draws, each with its position in gold; ignored areas need none."""
    return tuple(
        (position, replace(region, optional=False))
        for position, region in enumerate(gold.regions)
        if not (region.ignore or region.crowd)
    )


def _attempt(
    gold: BoxAnnotation, kinds: Sequence[ErrorKind], setting: Setting, spread: float, on: int | None
) -> Planted | None:
    strokes = [
        _Stroke(steady(box, setting, spread) if spread else box, position, spent=on not in (None, position))
        for position, box in right_answer(gold)
    ]
    for kind in kinds:
        spoil = _add if kind is ErrorKind.EXTRA else _spoil
        if not spoil(strokes, kind, gold, setting):
            return None
    left = [stroke for stroke in strokes if stroke.kind is not ErrorKind.MISSING]
    plants = tuple(
        Plant(stroke.kind, left.index(stroke) if stroke in left else None, stroke.gold, _place(stroke.box))
        for stroke in strokes
        if stroke.kind
    )
    return Planted(BoxAnnotation(tuple(stroke.box for stroke in left), gold.unusable), plants)


def _add(strokes: list[_Stroke], kind: ErrorKind, gold: BoxAnnotation, setting: Setting) -> bool:
    """Plant a box around nothing."""
    box = invent([*gold.regions, *(stroke.box for stroke in strokes)], setting)
    if box:
        _slip_in(_Stroke(box, None, kind, spent=True), strokes, setting)
    return box is not None


def _spoil(strokes: list[_Stroke], kind: ErrorKind, gold: BoxAnnotation, setting: Setting) -> bool:
    """Plant an error of this kind on the first object that can carry it, of some in chance order."""
    for target, stroke in _candidates(strokes, gold, setting):
        if kind is ErrorKind.DUPLICATE:
            if second := draw_again(target, stroke.box, setting):
                _slip_in(_Stroke(second, stroke.gold, kind, spent=True), strokes, setting)
                stroke.spent = True
        elif box := target if kind is ErrorKind.MISSING else RESHAPED[kind](target, stroke.box, setting):
            stroke.box, stroke.kind, stroke.spent = box, kind, True
        if stroke.spent:
            return True
    return False


def _candidates(strokes: list[_Stroke], gold: BoxAnnotation, setting: Setting) -> list[tuple[Box, _Stroke]]:
    """Objects that no plant has to do with, as in gold and as drawn; leaving out an optional one is no
    error, so those are spared."""
    free = [
        (gold.regions[stroke.gold], stroke)
        for stroke in strokes
        if stroke.gold is not None and not stroke.spent and not gold.regions[stroke.gold].optional
    ]
    return setting.random.sample(free, min(CANDIDATES, len(free)))


def _slip_in(stroke: _Stroke, strokes: list[_Stroke], setting: Setting) -> None:
    """Add a box at a chance position in the list, so that its number does not give it away."""
    strokes.insert(setting.random.randint(0, len(strokes)), stroke)


def _place(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.w, box.h


def _unmistakable(planted: Planted, score: Score) -> bool:
    """Whether the engine finds exactly the plants: each as a fail, of its kind, in its place."""
    if score.accepted != 0 or any(finding.severity is not Severity.FAIL for finding in score.findings):
        return False
    found = {(finding.kind, finding.answer, finding.gold) for finding in score.findings}
    return found == {(plant.kind, plant.answer, plant.gold) for plant in planted.plants}
