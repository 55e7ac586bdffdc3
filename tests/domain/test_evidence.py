"""Intervals and tests agree with those that statisticians use."""

import random
from statistics import mean, stdev

import pytest
from scipy.stats import binomtest, fisher_exact, linregress, t

from labelkit.domain.evidence import Line, Mean, chance_of_more, gap_of_scores, students_t, wilson

SHARES = [(0, 7), (7, 7), (1, 1), (3, 40), (212, 214), (40, 400)]


@pytest.mark.parametrize(("part", "whole"), SHARES)
def test_the_interval_of_a_share_is_wilsons(part, whole):
    judge = binomtest(part, whole).proportion_ci(method="wilson")

    assert wilson(part, whole) == pytest.approx((judge.low, judge.high), abs=1e-6)


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (5, 4), (-1, 4), (0, 0)])
def test_what_is_no_share_has_no_interval(part, whole):
    with pytest.raises(ValueError, match="no share"):
        wilson(part, whole)


@pytest.mark.parametrize(
    ("part", "whole", "other_part", "other_whole"),
    [(8, 10, 1, 20), (12, 400, 3, 700), (1, 1, 0, 1), (9, 50, 160, 1000), (400, 20_000, 200, 30_000)],
)
def test_two_shares_are_compared_as_fisher_does(part, whole, other_part, other_whole):
    table = [[part, whole - part], [other_part, other_whole - other_part]]

    judge = fisher_exact(table, alternative="greater").pvalue

    assert chance_of_more(part, whole, other_part, other_whole) == pytest.approx(judge, rel=1e-6)


@pytest.mark.parametrize("table", [(0, 10, 3, 20), (10, 10, 20, 20), (3, 90, 1, 30)])
def test_a_share_that_is_no_larger_shows_nothing(table):
    assert chance_of_more(*table) == 1


def test_a_group_without_anybody_in_it_shows_nothing():
    assert chance_of_more(0, 0, 3, 9) == chance_of_more(3, 9, 0, 0) == 1


def test_a_mean_and_its_error_come_out_of_sums():
    numbers = [random.Random(4).gauss(3, 2) for _ in range(80)]

    found = Mean.of_sums(80, sum(numbers), sum(number**2 for number in numbers))

    assert found.mean == pytest.approx(mean(numbers))
    assert found.error == pytest.approx(stdev(numbers) / 80**0.5)
    low, high = found.interval
    assert high - low == pytest.approx(2 * 1.959964 * found.error)


def test_a_single_number_has_a_mean_without_an_interval():
    found = Mean.of_sums(1, 5.0, 25.0)

    assert (found.mean, found.error, found.interval) == (5.0, None, None)
    assert not found.is_from(0, errors=4)


def test_equal_numbers_have_no_error_in_spite_of_rounding():
    assert Mean.of_sums(3, 0.3, 0.03).error == pytest.approx(0, abs=1e-6)


def test_no_number_has_no_mean():
    with pytest.raises(ValueError, match="needs a number"):
        Mean.of_sums(0, 0, 0)


def test_a_gap_between_scores_is_never_overrated():
    chance = random.Random(7)
    false_alarms = 0
    for _ in range(2000):
        one, other = ([chance.random() < 0.9 for _ in range(n)] for n in (12, 60))
        false_alarms += abs(gap_of_scores(12, sum(one), 60, sum(other))) > 3.3

    assert false_alarms <= 4
    assert gap_of_scores(40, 38.0, 40, 20.0) > 4
    assert gap_of_scores(10, 10.0, 10, 10.0) == 0


def test_a_line_is_that_of_least_squares():
    points = [(float(x), 0.3 + 0.02 * x + random.Random(x).gauss(0, 0.05), 1.0) for x in range(20)]

    line = Line.through(points)

    judge = linregress([x for x, _, _ in points], [y for _, y, _ in points])
    assert (line.slope, line.error) == pytest.approx((judge.slope, judge.stderr))
    assert line.at(0) == pytest.approx(judge.intercept)
    assert line.stands_out


def test_a_heavy_point_pulls_the_line_as_so_many_light_ones():
    light = [(0.0, 0.2, 1.0), (1.0, 0.4, 1.0), (2.0, 0.9, 1.0)]

    heavy = Line.through([*light[:2], (2.0, 0.9, 5.0)])

    assert heavy.slope == pytest.approx(Line.through([*light[:2], *[light[2]] * 5]).slope)


def test_two_days_make_no_line():
    assert Line.through([(0.0, 0.1, 3.0), (1.0, 0.9, 3.0)]) is None
    assert Line.through([]) is None


@pytest.mark.parametrize("freedom", [5, 6, 8, 12, 28])
def test_the_line_of_chance_is_students(freedom):
    assert students_t(freedom) == pytest.approx(t.ppf(0.9995, freedom), rel=0.03)
