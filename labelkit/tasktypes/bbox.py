"""Boxes round the objects of a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.arrays import Floats
from labelkit.domain.box_counts import box_features, count_boxes
from labelkit.domain.clusters import box_consensus, box_likeness, box_units
from labelkit.domain.consensus import Unit
from labelkit.domain.door import admit
from labelkit.domain.errors import Invalid, TooLarge
from labelkit.domain.examples import Example, box_example
from labelkit.domain.gravity import worst_first
from labelkit.domain.hand import Setting, tolerance
from labelkit.domain.inspection import ToInspect
from labelkit.domain.marks import Mark
from labelkit.domain.mending import mend_boxes
from labelkit.domain.planting import PLANTABLE
from labelkit.domain.projects import Aim, Label
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Finding, Score
from labelkit.domain.scoring import best_score, score_many
from labelkit.domain.showing import boxes_to_inspect
from labelkit.domain.simulated import SimulatedWorker
from labelkit.domain.tallies import Counts, counts_of
from labelkit.domain.texts import N_
from labelkit.domain.triples import triple
from labelkit.tasktypes.base import Json, Size, TaskType, number, the_one_answer


class BBox(TaskType[BoxAnnotation, BoxRules]):
    key = "bbox"
    title = N_("Boxes")
    needs_picture = True
    marks_regions = True
    seconds_an_item = 180.0
    errors = tuple(ErrorKind)
    plantable = PLANTABLE
    exemplary = (
        ErrorKind.LOOSE,
        ErrorKind.MISSING,
        ErrorKind.EXTRA,
        ErrorKind.DUPLICATE,
        ErrorKind.WRONG_LABEL,
        ErrorKind.CUT,
        ErrorKind.SHIFTED,
        ErrorKind.MISPLACED,
    )

    def parse_rules(self, raw: Json) -> BoxRules:
        return BoxRules.from_json(raw)

    def parse(
        self,
        raw: object,
        labels: Sequence[Label],
        rules: BoxRules,
        *,
        size: Size | None = None,
        gold: bool = False,
    ) -> BoxAnnotation:
        answer = the_one_answer(raw, "regions")
        if answer.get("unusable"):
            return BoxAnnotation(unusable=True)
        if answer.get("nothing"):
            return BoxAnnotation()
        regions = answer.get("regions")
        if not isinstance(regions, list):
            raise Invalid(N_("The answer could not be read."))
        if not regions:
            raise Invalid(N_("Draw a box, or choose “Nothing here”."))
        if len(regions) > rules.max_regions:  # before a single one is looked at
            raise TooLarge(N_("At most %(most)d objects fit in one answer."), most=rules.max_regions)
        keys = {label.key for label in labels}
        boxes = [_box(raw, number, keys, rules, gold) for number, raw in enumerate(regions, 1)]
        return BoxAnnotation(tuple(boxes) if size is None else admit(boxes, *size, rules.max_regions).boxes)

    def read(self, raw: object) -> BoxAnnotation:
        answer = the_one_answer(raw, "regions")
        regions = answer.get("regions", [])
        if not isinstance(regions, list):
            raise Invalid(N_("The answer could not be read."))
        boxes = tuple(_read_box(one, number) for number, one in enumerate(regions, 1))
        return BoxAnnotation(boxes, unusable=answer.get("unusable", False))

    def dump(self, annotation: BoxAnnotation) -> Json:
        if annotation.unusable:
            return {"unusable": True}
        if not annotation.regions:
            return {"nothing": True}
        return {"regions": [_dump_box(box) for box in annotation.regions]}

    def is_same(self, one: Json, other: Json) -> bool:
        return _in_order(one) == _in_order(other)

    def score(self, answer: BoxAnnotation, accepted: Sequence[BoxAnnotation], rules: BoxRules) -> Score:
        return best_score(answer, accepted, rules)

    def score_many(
        self, answers: Sequence[BoxAnnotation], accepted: Sequence[Sequence[BoxAnnotation]], rules: BoxRules
    ) -> Sequence[Score]:
        bulk = score_many(answers, accepted, rules)
        return [bulk.score(number) for number in range(len(bulk))]

    def count(self, score: Score, answer: BoxAnnotation, gold: BoxAnnotation) -> Counts:
        return counts_of(score) | count_boxes(score, answer.regions, gold.regions)

    def objects(self, annotation: BoxAnnotation) -> int:
        return len(annotation.regions) or 1

    def features(self, gold: BoxAnnotation) -> Counts:
        return box_features(gold.regions)

    def simulate(
        self,
        worker: SimulatedWorker,
        gold: BoxAnnotation,
        random: Random,
        labels: Sequence[Label],
        rules: BoxRules,
        *,
        size: Size | None = None,
    ) -> BoxAnnotation:
        if size is None:
            raise ValueError("boxes are drawn in a picture")
        return worker.answer(gold, random, rules, size, [label.key for label in labels])

    def mend(
        self,
        answer: BoxAnnotation,
        accepted: Sequence[BoxAnnotation],
        marks: Sequence[Mark],
        random: Random,
        rules: BoxRules,
        *,
        size: Size | None = None,
    ) -> BoxAnnotation:
        if size is None:
            raise ValueError("boxes are drawn in a picture")
        return mend_boxes(answer, accepted, marks, Setting(random, rules, size))

    def to_inspect(
        self,
        accepted: Sequence[BoxAnnotation],
        kinds: Sequence[ErrorKind],
        random: Random,
        labels: Sequence[Label],
        rules: BoxRules,
        *,
        size: Size | None = None,
        alike: Mapping[str, Sequence[str]] | None = None,
    ) -> ToInspect[BoxAnnotation]:
        if size is None:
            raise ValueError("boxes are drawn in a picture")
        return boxes_to_inspect(accepted, kinds, random, rules, size, [label.key for label in labels])

    def units(self, answers: Sequence[BoxAnnotation], rules: BoxRules) -> tuple[Unit, ...]:
        return box_units(answers, rules)

    def likeness(self, answers: Sequence[BoxAnnotation], rules: BoxRules) -> Floats:
        return box_likeness(answers, rules)

    def consensus(
        self, answers: Sequence[BoxAnnotation], classes: Sequence[str], rules: BoxRules
    ) -> BoxAnnotation:
        return box_consensus(answers, classes, rules)

    def blank(self) -> Json:
        return {"regions": []}

    def example(
        self,
        error: ErrorKind,
        accepted: Sequence[BoxAnnotation],
        seed: str,
        labels: Sequence[Label],
        rules: BoxRules,
        *,
        size: Size | None = None,
        aim: Aim | None = None,
    ) -> Example[BoxAnnotation] | None:
        keys = tuple(label.key for label in labels)
        return size and box_example(tuple(accepted), error, seed, rules, size, keys, aim)

    def worst_first(
        self, findings: Sequence[Finding], answer: BoxAnnotation, gold: BoxAnnotation, rules: BoxRules
    ) -> list[Finding]:
        return worst_first(findings, answer.regions, gold.regions, rules)

    def tolerance(self, finding: Finding, gold: BoxAnnotation, rules: BoxRules) -> tuple[float, float] | None:
        if finding.sides is None or finding.gold is None:
            return None
        return tolerance(gold.regions[finding.gold], rules)

    def triple(
        self, finding: Finding, score: Score, answer: BoxAnnotation, gold: BoxAnnotation, size: Size
    ) -> Example[BoxAnnotation] | None:
        return triple(finding, score, answer, gold, size)

    def place(
        self, finding: Finding, answer: BoxAnnotation, gold: BoxAnnotation
    ) -> tuple[float, float, float, float] | None:
        boxes = [
            annotation.regions[index]
            for annotation, index in ((answer, finding.answer), (gold, finding.gold))
            if index is not None
        ]
        if not boxes:
            return None
        left, top = min(box.x for box in boxes), min(box.y for box in boxes)
        right, bottom = max(box.x + box.w for box in boxes), max(box.y + box.h for box in boxes)
        return left, top, right - left, bottom - top


def _box(raw: object, position: int, keys: set[str], rules: BoxRules, gold: bool) -> Box:
    """A box as it is sent, or as gold has it: of a label and with marks that the project knows."""
    box = _read_box(raw, position)
    if box.label not in keys:
        raise Invalid(N_("Box %(number)d has a label that this project does not know."), number=position)
    if not box.flags <= set(rules.flags):
        raise Invalid(N_("Box %(number)d has a mark that this project does not know."), number=position)
    return box if gold or not (box.ignore or box.optional) else replace(box, ignore=False, optional=False)


def _read_box(raw: object, position: int) -> Box:
    if not isinstance(raw, dict) or not isinstance(raw.get("box"), list) or len(raw["box"]) != 4:
        raise Invalid(N_("Box %(number)d could not be read."), number=position)
    if not isinstance(raw.get("label"), str):
        raise Invalid(N_("Box %(number)d has a label that this project does not know."), number=position)
    flags = raw.get("flags", [])
    if not isinstance(flags, list) or not all(isinstance(flag, str) for flag in flags):
        raise Invalid(N_("Box %(number)d has a mark that this project does not know."), number=position)
    x, y, w, h = (number(value, position) for value in raw["box"])
    ignore, optional = (raw.get(key) is True for key in ("ignore", "optional"))
    return Box(raw["label"], x, y, w, h, frozenset(flags), ignore=ignore, optional=optional)


def _in_order(raw: Json) -> Json:
    """An answer whose regions stand in an order that does not tell in which they were drawn."""
    return raw | {"regions": sorted(raw.get("regions", ()), key=repr)}


def _dump_box(box: Box) -> Json:
    raw: Json = {"label": box.label, "box": [box.x, box.y, box.w, box.h]}
    if box.flags:
        raw["flags"] = sorted(box.flags)
    return raw | {key: True for key in ("ignore", "optional") if getattr(box, key)}
