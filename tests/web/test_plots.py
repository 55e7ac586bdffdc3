"""The geometry of plots, in numbers worked out by hand."""

from datetime import date, timedelta

import pytest

from labelkit.web import bars, plots
from labelkit.web.plots import DayScore

TODAY = date(2026, 11, 23)


def days(*scores):
    """Consecutive days up to today with these means of first attempts; None: nothing was done."""
    first = TODAY - timedelta(days=len(scores) - 1)
    return [
        DayScore(first + timedelta(days=place), score, 0 if score is None else 4)
        for place, score in enumerate(scores)
    ]


def heights(curve):
    return [mark.y for mark in curve.marks]


def test_a_curve_of_nothing_has_no_marks_and_still_its_scale():
    curve = plots.curve(days(*[None] * 30), target=0.9)

    assert curve.marks == curve.again == curve.stretches == ()
    assert curve.n == 0
    assert curve.target is not None
    assert curve.ticks[0].at == plots.HEIGHT


def test_a_curve_of_no_days_at_all_is_empty():
    assert plots.curve([]).day_ticks == ()


def test_one_day_is_one_mark_in_the_middle_and_no_line():
    curve = plots.curve(days(0.25))

    (mark,) = curve.marks
    assert (mark.x, mark.y, mark.n) == (50, 120, 4)
    assert curve.stretches == ()


def test_0_lies_at_the_bottom_and_1_at_the_top():
    assert heights(plots.curve(days(0.0, 1.0))) == [plots.HEIGHT, 0]


def test_days_that_are_all_equal_lie_on_one_level():
    curve = plots.curve(days(0.4, 0.4, 0.4))

    assert len(set(heights(curve))) == 1
    assert [stretch.y1 for stretch in curve.stretches] == [stretch.y2 for stretch in curve.stretches]


def test_where_all_is_above_a_half_the_field_begins_there_and_says_so():
    curve = plots.curve(days(0.5, 0.75, 1.0), target=0.9)

    assert heights(curve) == [160, 80, 0]
    assert [tick.share for tick in curve.ticks] == [0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    assert curve.target.at == 32


@pytest.mark.parametrize(("score", "target"), [(0.49, 0.9), (0.9, 0.4)])
def test_a_score_or_a_target_below_a_half_needs_the_whole_field(score, target):
    assert plots.curve(days(score), target).ticks[0].share == 0


def test_a_line_over_days_without_work_is_a_gap():
    curve = plots.curve(days(0.5, 0.6, None, None, 0.7))

    assert [stretch.gap for stretch in curve.stretches] == [False, True]
    assert [mark.x for mark in curve.marks] == [10, 30, 90]


def test_a_mark_is_the_larger_the_more_stands_behind_it():
    few, many = DayScore(TODAY - timedelta(days=1), 0.5, 1), DayScore(TODAY, 0.5, 16)

    curve = plots.curve([few, many])

    assert [mark.radius for mark in curve.marks] == [3.2, plots.LARGEST]


def test_later_attempts_are_marks_of_their_own():
    curve = plots.curve([DayScore(TODAY, 0.5, 2, again=1.0, again_n=3)])

    assert (curve.marks[0].value, curve.again[0].value) == (0.5, 1.0)
    assert (curve.n, curve.again_n) == (2, 3)


def test_the_newest_day_is_named_and_one_for_each_week_before():
    curve = plots.curve(days(*[None] * 30))

    assert [tick.day for tick in curve.day_ticks] == [TODAY - timedelta(weeks=week) for week in range(5)]
    assert [tick.anchor for tick in curve.day_ticks] == ["end", *["middle"] * 4]


def test_a_loose_side_goes_right_and_a_cut_one_left():
    drawn = bars.bars([("left", 4.0, 62, 3.0, 5.0), ("top", -2.5, 62, None, None)])

    left, top = drawn.bars
    assert drawn.reach == 5
    assert (left.x, left.width, left.reaches) == (50, 40, (80, 100))
    assert (top.x, top.width, top.reaches) == (25, 25, None)


def test_bars_of_nothing_have_a_scale_without_dividing_by_zero():
    assert bars.bars([]).reach == 2
    (still,) = bars.bars([("left", 0.0, 5, 0.0, 0.0)]).bars
    assert (still.x, still.width, still.reaches) == (50, 0, (50, 50))


@pytest.mark.parametrize(("value", "reach"), [(0.1, 2), (2.1, 5), (7, 10), (11, 20), (300, 500)])
def test_the_scale_of_bars_ends_at_a_round_number(value, reach):
    assert bars.bars([("left", -value, 3, None, None)]).reach == reach


def test_a_sketch_moves_each_side_outwards_by_what_it_is_loose():
    drawn = bars.sketch({"left": 2, "top": -1, "right": 0, "bottom": 0.5})

    assert drawn.scale == 10
    assert drawn.drawn == (10, 34, 120, 59)


def test_a_sketch_of_a_steady_hand_is_the_right_box():
    drawn = bars.sketch({"left": 0, "top": 0, "right": 0, "bottom": 0})

    assert drawn.drawn == drawn.gold


def test_a_sketch_of_a_wild_hand_stays_in_its_frame():
    drawn = bars.sketch({"left": 400, "top": 0, "right": -400, "bottom": 0})

    assert drawn.drawn == (10, 24, 100, 64)


def test_only_nothing_has_no_shade_and_the_most_the_darkest():
    assert [bars.shade(count, 10) for count in (0, 1, 2, 3, 9, 10)] == [0, 1, 1, 2, 5, 5]
    assert bars.shade(0, 0) == 0


def test_pace_stands_in_columns_with_the_marks_of_the_literature():
    plot = plots.pace(
        [(0, 4, 1.0), (7, 0, None), (15, 16, 0.5), (25, 0, None), (35, 1, 0.0), (60, 0, None)], of_boxes=True
    )

    assert [(mark.x, mark.y) for mark in plot.marks] == [(8.33, 0), (41.67, 80), (75, 160)]
    assert plot.points_at == 16.67
    assert plot.drawn == (50, 16.67)


def test_for_other_work_than_boxes_the_literature_gives_no_marks():
    plot = plots.pace([(0, 1, 1.0), (7, 1, 1.0)], of_boxes=False)

    assert (plot.points_at, plot.drawn) == (None, None)


def test_a_week_shows_each_day_against_the_goal():
    minutes = [
        (TODAY - timedelta(days=6 - place), value) for place, value in enumerate((0, 5, 10, 20, 40, 0, 10))
    ]

    week = bars.week(minutes, goal=20)

    assert [day.height for day in week.days] == [0, 7, 14, 28, 56, 0, 14]
    assert [day.met for day in week.days] == [False, False, False, True, True, False, False]
    assert [day.today for day in week.days] == [False] * 6 + [True]
    assert week.goal_at == 28


def test_a_week_without_goal_or_work_is_flat():
    week = bars.week([(TODAY, 0.0)])

    assert (week.days[0].height, week.days[0].met, week.goal_at) == (0, False, None)
