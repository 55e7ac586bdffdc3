"""Findings, the worst first: mistakes before warnings, then by what is lost, then by how far off it is."""

from itertools import permutations

import pytest

from labelkit.domain.gravity import STEPS, off, worst_first
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Finding, Severity, Sides
from tests.make import box

RULES = BoxRules()
SMALL, LARGE = box(w=20, h=20), box(w=300, h=200)


def fail(kind, **more):
    return Finding(kind, Severity.FAIL, **more)


def test_every_kind_has_its_step():
    assert sorted(kind for kinds in STEPS for kind in kinds) == sorted(ErrorKind)


def test_a_mistake_is_worse_than_any_warning():
    warning = Finding(ErrorKind.MISSED_UNUSABLE, Severity.WARNING)
    mistake = fail(ErrorKind.WRONG_ATTRIBUTE)

    assert worst_first([warning, mistake]) == [mistake, warning]


def test_an_object_lost_is_worse_than_its_outline_in_whatever_order_they_come():
    findings = [
        fail(ErrorKind.MISSING, gold=0),
        fail(ErrorKind.EXTRA, answer=0),
        fail(ErrorKind.WRONG_LABEL, answer=1, gold=1),
        fail(ErrorKind.LOOSE, answer=1, gold=1, sides=Sides(90, 0, 0, 0)),
    ]

    for order in permutations(findings):
        assert worst_first(order, [LARGE, SMALL], [SMALL, LARGE], RULES) == findings


def test_of_two_outlines_the_worse_is_told_by_tolerances_not_by_pixels():
    far_on_large = fail(ErrorKind.LOOSE, gold=1, sides=Sides(21, 0, 0, 0))  # t = 9: 2.3 of them
    near_on_small = fail(ErrorKind.CUT, gold=0, sides=Sides(0, 0, 0, -6))  # t = 2: 3 of them

    told = worst_first([far_on_large, near_on_small], [], [SMALL, LARGE], RULES)

    assert told == [near_on_small, far_on_large]
    assert off(near_on_small, SMALL, RULES) == 3


def test_of_two_that_are_misplaced_the_one_farther_away_is_worse():
    near, far = fail(ErrorKind.MISPLACED, iou=0.4), fail(ErrorKind.MISPLACED, iou=0.1)

    assert worst_first([near, far]) == [far, near]


def test_of_two_objects_lost_the_larger_is_worse():
    small, large = fail(ErrorKind.MISSING, gold=0), fail(ErrorKind.MISSING, gold=1)

    assert worst_first([small, large], [], [SMALL, LARGE], RULES) == [large, small]


def test_equals_keep_their_order():
    findings = [fail(ErrorKind.MISSING, gold_labels=(key,)) for key in "abc"]

    assert worst_first(findings) == findings


@pytest.mark.parametrize("kind", ErrorKind)
def test_a_finding_that_points_at_nothing_is_ordered_all_the_same(kind):
    finding = fail(kind, answer=7, gold=9)

    assert worst_first([finding], [SMALL], [SMALL], RULES) == [finding]
