"""Inspection practice: half are faulty, kinds come evenly, and a verdict is judged by what was planted."""

import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from statistics import fmean

import pytest

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
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind
from labelkit.domain.texts import Texts

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
