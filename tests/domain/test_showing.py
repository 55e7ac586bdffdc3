"""Results to inspect: right, or wrong in exactly what was planted, and nothing gives a plant away."""

import random
from collections import Counter
from contextlib import suppress
from statistics import fmean

import pytest

from labelkit.domain.annotations import Box, BoxAnnotation, LabelAnnotation
from labelkit.domain.errors import Invalid
from labelkit.domain.hand import tolerance
from labelkit.domain.inspection import Fault, found
from labelkit.domain.planting import PLANTABLE
from labelkit.domain.rules import BoxRules, ClassRules
from labelkit.domain.scores import ErrorKind, Severity
from labelkit.domain.scoring import best_score
from labelkit.domain.showing import SPOILT, ClassItem, boxes_to_inspect, labels_to_inspect
from tests.domain.scenes import share

RULES = BoxRules()
LABELS = ("bus", "car", "person", "sign", "truck")
SIZE = (640, 400)
LOOSE, MISSING, EXTRA, WRONG = ErrorKind.LOOSE, ErrorKind.MISSING, ErrorKind.EXTRA, ErrorKind.WRONG_LABEL


def street(seed):
    """Some objects that stand apart, as gold has them."""
    chance = random.Random(f"street {seed}")
    cells = chance.sample([(x, y) for x in range(4) for y in range(3)], chance.randint(3, 9))
    return BoxAnnotation(
        tuple(
            Box(chance.choice(LABELS), 160 * x + chance.randint(5, 30), 133 * y + chance.randint(5, 20),
                chance.randint(24, 110), chance.randint(24, 90))
            for x, y in cells
        )
    )  # fmt: skip


def made(n, kinds_of):
    """Gold and a result to inspect of n pictures that carry it."""
    for seed in range(n):
        chance = random.Random(f"made {seed}")
        gold = street(seed)
        with suppress(Invalid):
            yield gold, boxes_to_inspect([gold], kinds_of(chance), chance, RULES, SIZE, LABELS)


def some_kinds(chance):
    return chance.sample(PLANTABLE, chance.choice([1, 1, 2]))


def test_a_right_result_passes_without_any_finding():
    results = list(made(share(1000), lambda _: []))

    assert len(results) == share(1000)
    for gold, shown in results:
        score = best_score(shown.annotation, [gold], RULES)
        assert (score.value, score.findings, shown.faults) == (1.0, (), ())


def test_of_a_faulty_result_the_engine_finds_the_plants_and_nothing_else():
    results = list(made(share(1000), some_kinds))

    assert len(results) > 0.9 * share(1000)
    for gold, shown in results:
        findings = best_score(shown.annotation, [gold], RULES).findings
        assert Counter(one.kind for one in findings) == Counter(one.kind for one in shown.faults)
        assert all(one.severity is Severity.FAIL for one in findings)


def test_a_plant_is_found_where_the_engine_finds_it():
    for gold, shown in made(share(1000), some_kinds):
        for finding in best_score(shown.annotation, [gold], RULES).findings:
            if finding.answer is None:
                box = gold.regions[finding.gold]
                place = (box.x + box.w / 2, box.y + box.h / 2)
            else:
                place = finding.answer
            assert finding.kind in {fault.kind for fault in found(shown.faults, place)}


def test_of_an_object_that_is_marked_twice_either_box_may_be_pointed_at():
    for _, shown in made(20, lambda _: [ErrorKind.DUPLICATE]):
        (fault,) = shown.faults
        assert len(fault.regions) == 2
        assert all(found(shown.faults, region) for region in fault.regions)


def test_the_same_chance_gives_the_same_result():
    first, second = (
        boxes_to_inspect([street(3)], [LOOSE], random.Random("seed"), RULES, SIZE, LABELS) for _ in range(2)
    )
    assert first == second


def errors_beside_plants(results):
    """The signed errors of all sides of boxes that no plant touches, in tolerances."""
    for gold, shown in results:
        planted = {region for fault in shown.faults for region in fault.regions}
        for answer, number in best_score(shown.annotation, [gold], RULES).pairs:
            if answer in planted:
                continue
            drawn, true = shown.annotation.regions[answer], gold.regions[number]
            across, down = tolerance(true, RULES)
            yield (true.x - drawn.x) / across
            yield (true.y - drawn.y) / down
            yield (drawn.x + drawn.w - true.x - true.w) / across
            yield (drawn.y + drawn.h - true.y - true.h) / down


def largest_gap(one, other):
    """Kolmogorov's and Smirnov's distance of two samples."""
    marks = sorted([*((value, 0) for value in one), *((value, 1) for value in other)])
    seen, gap = [0, 0], 0.0
    for _, which in marks:
        seen[which] += 1
        gap = max(gap, abs(seen[0] / len(one) - seen[1] / len(other)))
    return gap


def test_exactness_gives_nothing_away():
    right = list(errors_beside_plants(made(120, lambda _: [])))
    beside = list(errors_beside_plants(made(160, lambda chance: [chance.choice(PLANTABLE)])))

    assert min(len(right), len(beside)) > 2000
    line = 1.63 * ((len(right) + len(beside)) / (len(right) * len(beside))) ** 0.5  # one chance in a hundred
    assert largest_gap(right, beside) < line
    assert max(map(abs, [*right, *beside])) <= 1
    assert sum(error == 0 for error in right) < 0.02 * len(right)  # sides are not copied from gold
    assert fmean(map(abs, right)) == pytest.approx(fmean(map(abs, beside)), abs=0.03)


def test_what_is_planted_and_what_is_not_is_written_alike():
    for _, shown in made(60, some_kinds):
        for box in shown.annotation.regions:
            assert [round(value, 2) for value in (box.x, box.y, box.w, box.h)] == [box.x, box.y, box.w, box.h]


def test_a_picture_that_cannot_carry_an_error_is_refused():
    nothing, unusable = BoxAnnotation(), BoxAnnotation(unusable=True)
    for gold, kind in ((nothing, LOOSE), (nothing, MISSING), (unusable, EXTRA)):
        with pytest.raises(Invalid):
            boxes_to_inspect([gold], [kind], random.Random(1), RULES, SIZE, LABELS)
    assert boxes_to_inspect([unusable], [], random.Random(1), RULES, SIZE, LABELS).annotation == unusable
    assert boxes_to_inspect([nothing], [EXTRA], random.Random(1), RULES, SIZE, LABELS).faults


def chosen(*labels, unusable=False):
    return LabelAnnotation(frozenset(labels), unusable)


CLASS_GOLD = [
    (ClassRules(), [chosen("car")]),
    (ClassRules(), [chosen("car"), chosen("bus")]),
    (ClassRules(), [chosen(unusable=True)]),
    (ClassRules(unusable=False), [chosen("sign")]),
    (ClassRules(multiple=True), [chosen("car", "bus")]),
    (ClassRules(multiple=True), [chosen()]),
    (ClassRules(multiple=True), [chosen("car"), chosen("car", "sign")]),
    (ClassRules(multiple=True), [chosen(unusable=True)]),
]


@pytest.mark.parametrize(("rules", "accepted"), CLASS_GOLD)
@pytest.mark.parametrize("kind", SPOILT)
def test_a_class_answer_is_wrong_in_exactly_what_was_planted(rules, accepted, kind):
    item = ClassItem(accepted, rules, LABELS)
    for seed in range(30):
        with suppress(Invalid):
            shown = labels_to_inspect(item, [kind], random.Random(seed))
            assert shown.annotation not in accepted
            assert shown.faults == (Fault(kind),)
    assert labels_to_inspect(item, [], random.Random(1)).annotation in accepted


@pytest.mark.parametrize(
    ("rules", "accepted", "carried"),
    [
        (CLASS_GOLD[0][0], CLASS_GOLD[0][1], {"wrong_label", "false_unusable"}),
        (CLASS_GOLD[2][0], CLASS_GOLD[2][1], {"missed_unusable"}),
        (CLASS_GOLD[3][0], CLASS_GOLD[3][1], {"wrong_label"}),
        (CLASS_GOLD[4][0], CLASS_GOLD[4][1], {"missing", "extra", "false_unusable"}),
        (CLASS_GOLD[5][0], CLASS_GOLD[5][1], {"extra", "false_unusable"}),
    ],
)
def test_a_class_item_carries_the_errors_that_can_be_made_with_it(rules, accepted, carried):
    can = set()
    for kind in SPOILT:
        with suppress(Invalid):
            labels_to_inspect(ClassItem(accepted, rules, LABELS), [kind], random.Random(2))
            can.add(kind.value)
    assert can == carried


def test_a_label_is_taken_for_one_that_is_like_it():
    item = ClassItem([chosen("car")], ClassRules(), LABELS, {"car": ["truck"]})
    shown = {labels_to_inspect(item, [WRONG], random.Random(n)).annotation for n in range(9)}
    assert shown == {chosen("truck")}
