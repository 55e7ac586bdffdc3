"""Mending: the answer that was sent back, with what the inspector pointed at put right and nothing else."""

from collections.abc import Iterable, Sequence
from math import hypot

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.hand import Setting, steady
from labelkit.domain.marks import Mark, Place
from labelkit.domain.planting import right_answer
from labelkit.domain.scores import Finding, Severity
from labelkit.domain.scoring import best_score


def mend_boxes(
    answer: BoxAnnotation, accepted: Sequence[BoxAnnotation], marks: Iterable[Mark], setting: Setting
) -> BoxAnnotation:
    """The boxes of `answer`, mended by that of the accepted golds which it comes closest to.

    A marked box is drawn anew on the object that it belongs to, or taken away where there is none; at a
    marked empty place the object is drawn that is missing there. Without marks every mistake is mended.
    Where only one of answer and gold says "cannot be labelled", the answer is wrong as a whole.
    """
    score = best_score(answer, accepted, setting.rules)
    gold = accepted[score.accepted]
    objects = dict(right_answer(gold))
    if answer.unusable or gold.unusable:
        return BoxAnnotation(tuple(steady(box, setting) for box in objects.values()), gold.unusable)
    meant = dict(score.pairs)
    missing = {number: box for number, box in objects.items() if number not in meant.values()}
    marked = list(marks)
    if marked:
        touched = {mark.region for mark in marked if mark.region is not None}
        absent = _nearest(missing, dict.fromkeys(mark.at for mark in marked if mark.at))
    else:
        wrong = [finding for finding in score.findings if finding.severity is Severity.FAIL]
        touched, absent = {one.answer for one in wrong if one.answer is not None}, _left_out(missing, wrong)
    boxes = []
    for number, box in enumerate(answer.regions):
        if number not in touched:
            boxes.append(box)
        elif meant.get(number) in objects:
            boxes.append(steady(objects[meant[number]], setting))
    return BoxAnnotation((*boxes, *(steady(box, setting) for box in absent)))


def _left_out(missing: dict[int, Box], wrong: Iterable[Finding]) -> list[Box]:
    return [missing[one.gold] for one in wrong if one.answer is None and one.gold in missing]


def _nearest(missing: dict[int, Box], places: Iterable[Place]) -> list[Box]:
    """For each place the missing object round it, the smallest first, or else the nearest; each but once."""
    left, found = dict(missing), []
    for place in places:
        if left:
            number = min(left, key=lambda one: (_distance(left[one], place), left[one].w * left[one].h))
            found.append(left.pop(number))
    return found


def _distance(box: Box, place: Place) -> float:
    """How many pixels a place lies outside a box; 0 inside."""
    x, y = place
    return hypot(max(box.x - x, 0, x - box.x - box.w), max(box.y - y, 0, y - box.y - box.h))
