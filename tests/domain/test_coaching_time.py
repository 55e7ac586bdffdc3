"""Speed, trend and retries are spoken of only where they stand out, and with the literature's marks."""

import random
from datetime import date, timedelta

import pytest

from labelkit.domain.coaching import statements
from labelkit.domain.coaching_statements import Hurried, Mark, Retried, Tempo, Tone, Trend
from labelkit.domain.tallies import Sent, contribution, total

BOXES = {"size/medium/golds": 5}


def tries(n, seconds, value, first_try=True, objects=5, counts=BOXES):
    """Counts of so many equal attempts; `seconds` are those of one object."""
    sent = Sent(first_try, seconds * objects, objects)
    return total([contribution(sent, value, value >= 0.8, counts)] * n)


def said(kind, *counts, days=None):
    return [one for one in statements(total(counts), days=days) if isinstance(one, kind)]


def test_hurrying_that_costs_is_told_at_the_line_where_it_costs_most():
    (hurried,) = said(Hurried, tries(30, 5, 0.4), tries(30, 10, 0.9), tries(20, 30, 0.95))

    assert (hurried.tone, hurried.seconds) == (Tone.WATCH, 7)
    assert (hurried.n, hurried.slow_n) == (30, 50)
    assert hurried.fast == pytest.approx(0.4)
    assert hurried.slow == pytest.approx(0.92)


def test_working_fast_without_loss_is_praised():
    (hurried,) = said(Hurried, tries(25, 5, 0.95), tries(30, 20, 0.96))

    assert (hurried.tone, hurried.n, hurried.slow_n) == (Tone.RIGHT, 25, 30)


@pytest.mark.parametrize(
    "paces",
    [
        [tries(9, 5, 0.1), tries(60, 20, 0.95)],  # too few fast ones
        [tries(60, 5, 0.1), tries(9, 20, 0.95)],  # too few slow ones
        [tries(15, 5, 0.8), tries(15, 20, 0.9)],  # may be chance
        [tries(60, 20, 0.9)],  # one pace only
        [tries(30, 5, 0.5), tries(30, 20, 0.5)],  # no loss, but nothing to praise either
        [tries(30, 5, 0.95, first_try=False), tries(30, 20, 0.5, first_try=False)],  # retries
    ],
)
def test_hurrying_is_not_spoken_of_without_need(paces):
    assert said(Hurried, *paces) == []


@pytest.mark.parametrize(
    ("seconds", "value", "mark", "tone"),
    [
        (5, 0.9, Mark.EXTREME, Tone.RIGHT),
        (5, 0.5, Mark.EXTREME, Tone.WATCH),
        (12, 0.9, Mark.BETWEEN, Tone.RIGHT),
        (25, 0.9, Mark.DRAWN, Tone.RIGHT),
        (35, 0.9, Mark.DRAWN, Tone.RIGHT),
        (50, 0.9, Mark.SLOW, Tone.WATCH),
    ],
)
def test_seconds_for_an_object_stand_beside_the_marks(seconds, value, mark, tone):
    (tempo,) = said(Tempo, tries(12, seconds, value))

    assert (tempo.mark, tempo.tone, tempo.n) == (mark, tone, 60)
    assert tempo.seconds == pytest.approx(seconds)


@pytest.mark.parametrize(
    "counts",
    [
        tries(9, 12, 0.9),  # too few attempts
        tries(12, 12, 0.9, objects=2),  # too few objects
        tries(40, 12, 0.9, counts={}),  # nothing is drawn
        tries(12, 50, 0.5),  # accuracy comes first
        tries(12, 12, 0.9, first_try=False),
    ],
)
def test_speed_is_no_matter_elsewhere(counts):
    assert said(Tempo, counts) == []


def days(values, n=3, noise=0.03, seed=0):
    chance = random.Random(seed)
    start = date(2026, 2, 15)
    return {
        start + timedelta(number): tries(n, 12, min(max(value + chance.gauss(0, noise), 0), 1))
        for number, value in enumerate(values)
        if value is not None
    }


def test_a_rise_over_the_month_is_told_from_where_to_where():
    month = days([0.5 + 0.01 * day for day in range(30)])

    (trend,) = said(Trend, days=month)

    assert (trend.tone, trend.n, trend.days) == (Tone.RIGHT, 90, 30)
    assert trend.start == pytest.approx(0.5, abs=0.03)
    assert trend.end == pytest.approx(0.79, abs=0.03)


def test_a_fall_is_worth_a_look_and_days_off_do_not_matter():
    month = days([0.9 - 0.012 * day if day % 3 else None for day in range(30)])

    (trend,) = said(Trend, days=month)

    assert (trend.tone, trend.n, trend.days) == (Tone.WATCH, 60, 29)
    assert trend.end < trend.start


@pytest.mark.parametrize(
    "month",
    [
        {},
        days([0.8] * 30),
        days([0.5, 0.6, 0.7, 0.8, 0.9], n=9),  # too few days
        days([0.5 + 0.02 * day for day in range(20)], n=1),  # too few tries
        days([0.8 + 0.001 * day for day in range(30)], noise=0),  # certain, and too little
        days([0.5 + 0.005 * day for day in range(12)], noise=0.15),  # lost in the noise
    ],
)
def test_no_trend_is_seen_where_there_is_none(month):
    assert said(Trend, days=month) == []


def test_noise_alone_shows_a_trend_in_fewer_than_one_of_a_hundred_months():
    seen = [said(Trend, days=days([0.75] * 30, noise=0.15, seed=seed)) for seed in range(300)]

    assert sum(map(len, seen)) <= 2


def test_a_line_never_leaves_the_scores_there_are():
    (trend,) = said(Trend, days=days([min(1.0, 0.2 + 0.08 * day) for day in range(30)]))

    assert 0 <= trend.start < trend.end == 1.0


def test_retries_that_put_it_right_are_praised():
    (retried,) = said(Retried, tries(40, 12, 0.6), tries(25, 12, 0.95, first_try=False))

    assert (retried.tone, retried.n, retried.retry_n) == (Tone.RIGHT, 40, 25)
    assert (retried.first, retried.retry) == (pytest.approx(0.6), pytest.approx(0.95))


def test_retries_that_make_it_worse_are_worth_a_look():
    (retried,) = said(Retried, tries(40, 12, 0.9), tries(30, 12, 0.4, first_try=False))

    assert retried.tone is Tone.WATCH


@pytest.mark.parametrize(
    "counts",
    [
        [tries(40, 12, 0.6), tries(9, 12, 0.95, first_try=False)],
        [tries(40, 12, 0.8), tries(15, 12, 0.9, first_try=False)],
        [tries(400, 12, 0.93), tries(400, 12, 0.96, first_try=False)],
        [tries(40, 12, 0.6, first_try=False)],
    ],
    ids=["few", "may be chance", "little", "no first tries"],
)
def test_retries_are_not_spoken_of_without_need(counts):
    assert said(Retried, *counts) == []
