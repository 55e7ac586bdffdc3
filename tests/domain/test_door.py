"""Boxes are checked and clipped before they are stored or scored."""

import math
from dataclasses import replace

import pytest

from labelkit.domain.annotations import Box
from labelkit.domain.door import admit
from labelkit.domain.errors import Invalid, TooLarge

GOOD = Box("car", 10, 20, 30, 40, frozenset({"occluded"}))
SIZE = (200, 100)


def test_boxes_inside_the_picture_stay_as_they_are():
    whole = Box("car", 0, 0, 200, 100)
    odd = Box("car", 0.1, 0.2, 0.7, 99.8 + 1e-11)

    admitted = admit([GOOD, whole, odd], *SIZE, max_regions=500)

    assert (admitted.boxes, admitted.clipped) == ((GOOD, whole, odd), ())


def test_a_box_that_overhangs_is_clipped_and_told():
    over = replace(GOOD, x=-5, y=90, w=20, h=30)

    admitted = admit([GOOD, over], *SIZE, max_regions=500)

    assert admitted.boxes == (GOOD, replace(over, x=0, y=90, w=15, h=10))
    assert admitted.clipped == (1,)


def test_no_boxes_are_fine():
    assert admit([], *SIZE, max_regions=1).boxes == ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"x": math.nan}, "Box 2 has a coordinate that is not a number."),
        ({"h": math.inf}, "Box 2 has a coordinate that is not a number."),
        ({"w": 0}, "Box 2 has no area."),
        ({"h": -4}, "Box 2 has a negative width or height."),
        ({"h": 1e-10}, "Box 2 has no area."),
        ({"x": 200}, "Box 2 lies wholly outside the picture."),
        ({"x": -30}, "Box 2 lies wholly outside the picture."),
        ({"y": 1e300}, "Box 2 lies wholly outside the picture."),
    ],
)
def test_an_impossible_box_is_refused_with_a_sentence_that_says_which(change, sentence):
    with pytest.raises(Invalid) as refused:
        admit([GOOD, replace(GOOD, **change)], *SIZE, max_regions=500)

    assert str(refused.value) == sentence


def test_more_boxes_than_the_project_takes_are_refused():
    with pytest.raises(TooLarge):
        admit([GOOD, GOOD], *SIZE, max_regions=1)
