"""Intervals and tests agree with those that statisticians use."""

import random
from statistics import mean, stdev

import pytest
from scipy.stats import binomtest, fisher_exact

from labelkit.domain.evidence import Mean, chance_of_more, wilson

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
    [(8, 10, 1, 20), (0, 10, 3, 20), (10, 10, 20, 20), (12, 400, 3, 700), (1, 1, 0, 1)],
)
def test_two_shares_are_compared_as_fisher_does(part, whole, other_part, other_whole):
    table = [[part, whole - part], [other_part, other_whole - other_part]]

    judge = fisher_exact(table, alternative="greater").pvalue

    assert chance_of_more(part, whole, other_part, other_whole) == pytest.approx(judge, rel=1e-9)


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
