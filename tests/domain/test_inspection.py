"""Results to inspect: right, or wrong in exactly what was planted, and nothing gives a plant away."""

import random
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from statistics import fmean

import pytest

from labelkit.domain.annotations import Box, BoxAnnotation, LabelAnnotation
from labelkit.domain.errors import Invalid
from labelkit.domain.hand import tolerance
from labelkit.domain.inspection import (
    Decision,
    Fault,
    Outcome,
    found,
    is_faulty,
    judge,
    plans,
    reason_holds,
    rights,
)
from labelkit.domain.planting import PLANTABLE
from labelkit.domain.projects import Guide, Reason
from labelkit.domain.rules import BoxRules, ClassRules
from labelkit.domain.scores import ErrorKind, Severity
from labelkit.domain.scoring import best_score
from labelkit.domain.showing import SPOILT, ClassItem, boxes_to_inspect, labels_to_inspect
from labelkit.domain.texts import Texts
from tests.domain.scenes import share

RULES = BoxRules()
LABELS = ("bus", "car", "person", "sign", "truck")
SIZE = (640, 400)
LOOSE, CUT, MISSING, EXTRA = ErrorKind.LOOSE, ErrorKind.CUT, ErrorKind.MISSING, ErrorKind.EXTRA
WRONG = ErrorKind.WRONG_LABEL
GUIDE = Guide(
    version=1,
    purpose=Texts(),
    flow=Texts(),
    clauses=(),
    reasons=tuple(
        Reason(key, clause, Texts(key))
        for key, clause in (
            ("missing", "G-01"),
            ("loose", "G-05"),
            ("cut", "G-05"),
            ("misplaced", "G-05"),
            ("wrong_label", "G-04"),
            ("unit_price", "G-04"),
            ("too_many", "G-03"),
            ("shadow", "G-06"),
        )
    ),
    errors={
        "missing": "G-01",
        "loose": "G-05",
        "cut": "G-05",
        "shifted": "G-05",
        "misplaced": "G-05",
        "extra": "G-03",
        "wrong_label": "G-04",
        "misplaced_wrong_label": "G-04",
    },
    changes=(),
)


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


@pytest.mark.parametrize("seed", range(20))
def test_half_of_the_shown_results_are_faulty_and_half_are_right(seed):
    order = [is_faulty(str(seed), number) for number in range(200)]

    for end in range(1, 201):
        assert abs(2 * sum(order[:end]) - end) <= 3
    assert any(a == b for a, b in pairwise(order))


def test_whoever_knows_what_came_before_hardly_knows_what_comes():
    orders = [[is_faulty(f"{seed}", number) for number in range(20)] for seed in range(400)]

    for number in range(20):
        assert 0.4 < fmean(order[number] for order in orders) < 0.6
    # Guessing what makes the numbers even is right a little more often than not, and no more.
    guesses = [
        order[n] == (2 * sum(order[:n]) < n) for order in orders for n in range(20) if 2 * sum(order[:n]) != n
    ]
    assert fmean(guesses) < 0.63


def test_kinds_come_evenly_over_those_that_items_carry():
    planted, chance = Counter(), random.Random("even")
    for _ in range(300):
        planted.update(plans(PLANTABLE, planted, chance)[0])

    assert max(planted.values()) - min(planted.values()) <= 2
    assert set(planted) == set(PLANTABLE)


def test_a_plan_has_one_error_or_two_and_each_kind_stands_alone_in_one():
    chance, lengths = random.Random("plans"), Counter()
    for _ in range(300):
        made_plans = plans(PLANTABLE, {}, chance)
        lengths[len(made_plans[0])] += 1
        assert all([kind] in made_plans for kind in PLANTABLE)
        assert {len(set(plan)) for plan in made_plans} <= {1, 2}
    assert 60 < lengths[2] < 150
    assert lengths[1] + lengths[2] == 300


LOOSE_BOX, LEFT_OUT = Fault(LOOSE, (2,)), Fault(MISSING, box=(100.0, 50.0, 40.0, 80.0))


@pytest.mark.parametrize(
    ("faults", "decision", "told"),
    [
        ((), Decision(True), (True, None, None, 1.0)),
        ((), Decision(False, 1, "loose"), (False, None, None, 0.0)),
        ((LOOSE_BOX,), Decision(True), (False, None, None, 0.0)),
        ((LOOSE_BOX,), Decision(False, 2, "loose"), (True, True, True, 1.0)),
        ((LOOSE_BOX,), Decision(False, 2, "cut"), (True, True, False, 0.75)),
        ((LOOSE_BOX,), Decision(False, 1, "loose"), (True, False, True, 0.75)),
        ((LOOSE_BOX,), Decision(False, (0.0, 0.0), "missing"), (True, False, False, 0.5)),
        ((LOOSE_BOX, LEFT_OUT), Decision(False, (120.0, 90.0), "loose"), (True, True, True, 1.0)),
        ((LEFT_OUT,), Decision(False, 0, "missing"), (True, False, True, 0.75)),
        ((LOOSE_BOX,), Decision(False, 2, "shadow"), (True, True, None, 1.0)),
        ((Fault(WRONG),), Decision(False, None, "wrong_label"), (True, None, True, 1.0)),
        ((Fault(WRONG),), Decision(False, None, "missing"), (True, None, False, 2 / 3)),
    ],
)
def test_a_decision_is_judged_by_verdict_place_and_reason(faults, decision, told):
    outcome = judge(faults, decision, GUIDE)
    assert (outcome.right, outcome.place, outcome.reason, outcome.value) == told


@pytest.mark.parametrize(
    ("point", "is_found"),
    [((120, 90), True), ((93, 50), True), ((148, 141), True), ((85, 50), False), ((120, 150), False)],
)
def test_an_object_left_out_is_found_by_a_point_on_it_or_close_by(point, is_found):
    assert bool(found([LEFT_OUT], point)) is is_found


@pytest.mark.parametrize(
    ("key", "kind", "holds"),
    [
        ("loose", LOOSE, True),
        ("cut", LOOSE, False),
        ("misplaced", ErrorKind.SHIFTED, True),
        ("loose", ErrorKind.SHIFTED, False),
        ("too_many", EXTRA, True),  # no reason is named like the kind: the clause decides
        ("wrong_label", ErrorKind.MISPLACED_WRONG_LABEL, True),
        ("misplaced", ErrorKind.MISPLACED_WRONG_LABEL, True),
        ("missing", LOOSE, False),
        ("shadow", LOOSE, None),  # more particular than what is planted
        ("no such", LOOSE, False),
        (None, LOOSE, False),
    ],
)
def test_a_reason_holds_if_it_says_what_was_planted(key, kind, holds):
    assert reason_holds(GUIDE, key, [kind]) is holds


def test_a_guide_without_names_of_kinds_goes_by_its_clauses():
    plain = replace(GUIDE, reasons=tuple(replace(one, key=f"r{n}") for n, one in enumerate(GUIDE.reasons)))

    assert rights(plain, LOOSE) == ["r1", "r2", "r3"]
    assert rights(GUIDE, LOOSE) == ["loose"]


def test_false_accepts_and_false_rejects_are_told_apart():
    assert Outcome(True, True).false_accept
    assert Outcome(False, False).false_reject
    for right in (Outcome(True, False), Outcome(False, True)):
        assert not right.false_accept
        assert not right.false_reject


def test_a_fault_is_the_same_after_writing_and_reading():
    for fault in (LOOSE_BOX, LEFT_OUT, Fault(WRONG)):
        assert Fault.from_json(fault.to_json()) == fault
