"""Standing is the mean of the newest 10 first attempts, shown from 3 on."""

import pytest

from labelkit.domain.standing import Standing, standing


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 0.5]])
def test_fewer_than_three_first_attempts_show_no_standing(values):
    assert standing(values) == Standing(None, len(values))


def test_three_first_attempts_show_their_mean():
    assert standing([1.0, 0.5, 0.75]) == Standing(0.75, 3)


def test_only_the_newest_ten_count():
    newest, older = [0.8] * 10, [0.0] * 25

    shown = standing([*newest, *older])

    assert shown.value == pytest.approx(0.8)
    assert shown.n == 10


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_nothing_but_the_same_score_is_that_score(value):
    assert standing([value] * 4) == Standing(value, 4)
