"""A hand that leans is told in pixels, sides together where they lean together; any other is left alone."""

import pytest

from labelkit.domain.coaching_statements import Leaning, Tone, TrueHand
from labelkit.domain.tallies import total
from tests.domain.coached import SIDES, hand, objects, said


def test_a_side_that_leans_is_told_in_pixels_with_its_boxes():
    (leaning,) = said(hand(62, left=4), objects(50, loose=12), kind=Leaning)

    assert (leaning.sides, leaning.lean, leaning.n) == (("left",), "loose", 62)
    assert leaning.pixels == pytest.approx(4, abs=0.3)
    assert (leaning.tone, leaning.weight, leaning.clause) == (Tone.WRONG, 12, "G-03")


@pytest.mark.parametrize(
    ("means", "sides", "lean", "pixels"),
    [
        ({"top": -3}, ("top",), "cut", -3),
        ({"left": 3, "right": 3}, ("left", "right"), "loose", 3),
        ({"top": -2, "bottom": -4}, ("top", "bottom"), "cut", -3),
        ({"left": -3, "right": 3}, ("left", "right"), "shifted", 3),
        ({"top": 2, "bottom": -2}, ("top", "bottom"), "shifted", -2),
        (dict.fromkeys(SIDES, 2.0), SIDES, "loose", 2),
        (dict.fromkeys(SIDES, -2.0), SIDES, "cut", -2),
    ],
)
def test_sides_that_lean_together_are_told_as_one(means, sides, lean, pixels):
    (leaning,) = said(hand(100, **means), kind=Leaning)

    assert (leaning.sides, leaning.lean) == (sides, lean)
    assert leaning.pixels == pytest.approx(pixels, abs=0.4)


def test_sides_of_both_axes_that_lean_apart_are_told_apart():
    found = said(hand(100, left=3, top=-3), kind=Leaning)

    assert [(one.sides, one.lean) for one in found] == [(("left",), "loose"), (("top",), "cut")]


@pytest.mark.parametrize(
    "counts",
    [
        hand(29, left=4),  # too few
        hand(400, left=0.8),  # too little
        hand(40, spread=14, left=4),  # within chance
        hand(4000, spread=12, left=2),  # a few boxes far off
    ],
)
def test_a_hand_is_not_called_systematic_without_need(counts):
    assert said(counts, kind=Leaning) == []


def test_a_small_lean_that_fails_no_box_is_worth_a_look_and_no_more():
    (leaning,) = said(hand(100, left=1.5), objects(100), kind=Leaning)

    assert leaning.tone is Tone.WATCH


@pytest.mark.parametrize(
    "counts",
    [hand(40), hand(60, spread=20), hand(200, left=1.2), total([hand(100), objects(50, cut=6)])],
    ids=["few", "too wild to tell", "leaning", "many fail"],
)
def test_a_hand_is_called_true_only_when_it_is(counts):
    assert said(counts, kind=TrueHand) == []
