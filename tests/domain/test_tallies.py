"""Counts can be added up and taken away again to the last bit, and say what was right and wrong."""

import random

import pytest

from labelkit.domain.scores import ErrorKind, Finding, LabelFigures, Score, Severity
from labelkit.domain.tallies import (
    Sent,
    below,
    contribution,
    counts_of,
    in_millionths,
    mean_value,
    moved,
    pace_of,
    total,
)

COUNTS = {"right": 3, "mistakes": 1, "objects": 4, "fail/loose/car": 1}


def test_a_first_attempt_counts_twice_over_and_by_its_pace():
    assert contribution(Sent(True, 60.5, 4), 0.75, True, COUNTS) == {
        **COUNTS,
        "n": 1,
        "passed": 1,
        "value": 750_000,
        "millis": 60_500,
        "first/n": 1,
        "first/passed": 1,
        "first/value": 750_000,
        "first/millis": 60_500,
        "pace/15/n": 1,
        "pace/15/value": 750_000,
        "pace/15/objects": 4,
    }


def test_a_retry_counts_once():
    assert contribution(Sent(False, 2, 4), 0.75, False, COUNTS) == {
        **COUNTS,
        "n": 1,
        "value": 750_000,
        "millis": 2000,
    }


def test_what_is_nothing_is_left_out():
    assert contribution(Sent(True, 0, 0), 0, False, {"right": 0}) == {"n": 1, "first/n": 1, "pace/0/n": 1}


@pytest.mark.parametrize(
    ("seconds", "objects", "pace"),
    [
        (6.9, 1, 0),
        (7, 1, 7),
        (14, 2, 7),
        (60, 4, 15),
        (24.9, 1, 15),
        (3600, 1, 60),
        (30, 0, 25),
        (0, 3, 0),
        (-5, 1, 0),
    ],
)
def test_the_pace_is_the_seconds_that_an_object_took(seconds, objects, pace):
    assert pace_of(seconds, objects) == pace


def test_findings_count_by_severity_kind_and_the_label_of_the_gold():
    score = Score(
        value=0.5,
        right=2,
        mistakes=2,
        findings=(
            Finding(ErrorKind.WRONG_LABEL, Severity.FAIL, labels=("van",), gold_labels=("car",)),
            Finding(ErrorKind.EXTRA, Severity.FAIL, labels=("van",)),
            Finding(ErrorKind.LOOSE, Severity.WARNING, labels=("car",), gold_labels=("car",)),
            Finding(ErrorKind.FALSE_UNUSABLE, Severity.FAIL),
        ),
        labels=(
            LabelFigures("car", 2, 1, 2, 2, 3, 1.0, 2 / 3, 0.8, 0.9),
            LabelFigures("van", *[0] * 5, *[None] * 4),
        ),
        confusion=(("car", "car", 2), ("car", "van", 1), (None, "van", 1), ("car", None, 3)),
    )

    assert counts_of(score) == {
        "right": 2,
        "mistakes": 2,
        "fail/wrong_label/car": 1,
        "fail/extra/van": 1,
        "warning/loose/car": 1,
        "fail/false_unusable/": 1,
        "label/car/right": 2,
        "label/car/mistakes": 1,
        "label/car/hits": 2,
        "label/car/answers": 2,
        "label/car/golds": 3,
        "label/car/iou": 1_800_000,
        "confusion/car/car": 2,
        "confusion/car/van": 1,
        "confusion//van": 1,
        "confusion/car/": 3,
    }


def test_a_score_without_anything_counts_nothing():
    assert counts_of(Score(value=1, right=0, mistakes=0)) == {}


def test_counts_move_by_what_is_added_and_what_is_taken():
    counts = {"n": 2, "fail/loose/car": 1, "side/left/sum": -5}

    after = moved(counts, {"n": 1, "right": 3}, {"n": 1, "fail/loose/car": 1, "side/left/sum": -7})

    assert after == {"n": 2, "right": 3, "side/left/sum": 2}
    assert counts == {"n": 2, "fail/loose/car": 1, "side/left/sum": -5}


def test_what_was_added_in_any_order_can_be_taken_away_in_any_other():
    chance = random.Random(6)
    many = [
        {f"path/{chance.randrange(6)}": chance.randint(-9, 9) for _ in range(5)} | {"n": 1} for _ in range(40)
    ]
    counts = {}
    for one in many:
        counts = moved(counts, one, {})
    assert counts == total(many)

    chance.shuffle(many)
    for one in many:
        counts = moved(counts, {}, one)
    assert counts == {}


def test_a_total_of_nothing_is_nothing():
    assert total([]) == {}
    assert total([{"side/left/sum": 4}, {"side/left/sum": -4}]) == {}


def test_a_branch_is_told_by_the_rest_of_its_paths():
    counts = {"fail/loose/car": 2, "fail/missing/": 1, "failure": 9, "warning/loose/car": 4}

    assert below(counts, "fail") == {("loose", "car"): 2, ("missing", ""): 1}
    assert below(counts, "confusion") == {}


def test_means_are_those_of_what_was_counted_there():
    counts = {"n": 4, "value": 3_000_000, "first/n": 2, "first/value": 1_000_000, "pace/7/n": 1}

    assert (mean_value(counts), mean_value(counts, "first"), mean_value(counts, "pace/7")) == (0.75, 0.5, 0)
    assert mean_value({}) is None
    assert mean_value(counts, "pace/15") is None


def test_shares_are_kept_to_the_millionth():
    assert (in_millionths(1 / 3), in_millionths(2 / 3), in_millionths(1)) == (333_333, 666_667, 1_000_000)
