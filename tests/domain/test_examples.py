"""Original, right and wrong: one clear plant, the same every time, and a view that holds both."""

import pytest

from labelkit.domain.annotations import BoxAnnotation
from labelkit.domain.examples import box_example
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind
from labelkit.tasktypes import TASK_TYPES
from tests.make import box

SIZE = (640.0, 480.0)
GOLD = BoxAnnotation((box(x=80, y=90, w=120, h=90), box("person", x=330, y=200, w=60, h=140)))
KINDS = TASK_TYPES["bbox"].exemplary


def example(kind, seed="street G-05 street-001", gold=GOLD, labels=("car", "person", "bus")):
    return box_example((gold,), kind, seed, BoxRules(), SIZE, labels)


@pytest.mark.parametrize("kind", KINDS)
def test_the_wrong_one_is_wrong_in_just_this_way_and_both_lie_in_view(kind):
    found = example(kind)

    assert found.finding.kind is kind
    assert found.right != found.wrong
    x, y, w, h = found.view
    assert 0 <= x <= x + w <= SIZE[0] + 0.2
    assert 0 <= y <= y + h <= SIZE[1] + 0.2
    for one in (*found.right.regions, *found.wrong.regions):
        assert x - 0.2 <= one.x <= one.x + one.w <= x + w + 0.2
        assert y - 0.2 <= one.y <= one.y + one.h <= y + h + 0.2


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_one_is_gold(kind):
    found = example(kind)

    assert set(found.right.regions) <= set(GOLD.regions)
    assert len(found.right.regions) == (0 if kind is ErrorKind.EXTRA else 1)


def test_the_same_seed_gives_the_same_example_and_another_seed_another():
    first = example(ErrorKind.LOOSE)
    box_example.cache_clear()

    assert example(ErrorKind.LOOSE) == first
    assert example(ErrorKind.LOOSE, seed="street G-06 street-001") != first


def test_a_wrong_label_is_one_of_those_that_are_told_apart():
    found = example(ErrorKind.WRONG_LABEL, labels=("car", "bus"))

    assert (found.right.regions[0].label, found.wrong.regions[0].label) == ("car", "bus")


@pytest.mark.parametrize("gold", [BoxAnnotation(), BoxAnnotation(unusable=True)])
def test_gold_that_cannot_carry_the_error_gives_none(gold):
    assert example(ErrorKind.LOOSE, gold=gold) is None
