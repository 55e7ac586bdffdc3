"""Coaching says what the counts show, names its n, and is silent where they show nothing."""

from dataclasses import replace

import pytest

from labelkit.domain.coaching_statements import (
    AllRight,
    Broken,
    Confused,
    Leaning,
    NoneConfused,
    NoneMissed,
    NoneTooMany,
    SizeMissed,
    Tone,
    TrueHand,
)
from labelkit.domain.scores import ErrorKind
from tests.domain.coached import hand, objects, said, sized


def test_nothing_is_said_of_nothing():
    assert said({}) == []
    assert said(objects(9), hand(5)) == []


def test_a_kind_of_mistake_that_a_habit_explains_is_not_told_again():
    found = said(hand(100, left=4), objects(80, loose=20))

    assert [one for one in found if isinstance(one, Broken)] == []
    assert isinstance(found[0], Leaning)


def test_a_label_taken_for_another_is_told_in_both_directions_at_once():
    counts = {
        "confusion/car/van": 6,
        "confusion/car/car": 40,
        "confusion/van/car": 9,
        "confusion/van/van": 20,
    }

    (confused,) = said(counts, objects(60, wrong_label=15), kind=Confused)

    assert (confused.gold, confused.answer, confused.count, confused.n) == ("van", "car", 9, 29)
    assert (confused.back, confused.back_n) == (6, 46)
    assert (confused.label, confused.error, confused.clause) == ("van", ErrorKind.WRONG_LABEL, "G-02")


def test_equal_confusions_are_told_once():
    counts = {
        "confusion/car/van": 6,
        "confusion/car/car": 14,
        "confusion/van/car": 6,
        "confusion/van/van": 14,
    }

    (confused,) = said(counts, kind=Confused)

    assert {confused.count, confused.back} == {6}


def test_a_confusion_that_goes_one_way_is_told_one_way():
    (confused,) = said(
        {"confusion/car/van": 6, "confusion/car/car": 40, "confusion/van/van": 20}, kind=Confused
    )

    assert (confused.gold, confused.answer, confused.back) == ("car", "van", 0)


@pytest.mark.parametrize(
    "counts",
    [
        {"confusion/car/van": 2, "confusion/car/car": 18},  # too few
        {"confusion/car/van": 3, "confusion/car/car": 1},  # out of too few
        {"confusion/car/van": 4, "confusion/car/car": 400},  # too rare
        {"confusion//van": 9, "confusion/car/": 9, "confusion/car/car": 20},  # found or missed, not confused
    ],
)
def test_a_rare_slip_is_no_confusion(counts):
    assert said(counts, kind=Confused) == []


def test_three_confusions_at_most_are_told_the_most_frequent_first():
    counts = {f"confusion/a/{other}": count for other, count in zip("bcdef", (4, 9, 7, 5, 6), strict=True)}

    assert [one.answer for one in said(counts, kind=Confused)] == ["c", "d", "f"]


def test_a_size_that_is_missed_is_told_against_the_others():
    (missed,) = said(sized((30, 9), (200, 3), (100, 1)), objects(317, missing=13), kind=SizeMissed)

    assert (missed.size, missed.missed, missed.n) == ("small", 9, 30)
    assert (missed.others_missed, missed.others) == (4, 300)
    assert missed.clause == "G-01"


@pytest.mark.parametrize(
    "counts",
    [
        sized((9, 5), (200, 2), (100, 1)),  # too few of that size
        sized((40, 2), (200, 0), (100, 0)),  # too few missed
        sized((60, 12), (200, 30), (100, 18)),  # all sizes alike
        sized((30, 4), (60, 3), (30, 1)),  # may be chance
        sized((2000, 60), (2000, 10), (0, 0)),  # a difference that matters little
        sized((40, 20), (0, 0), (0, 0)),  # nothing to compare with
    ],
)
def test_sizes_are_not_told_apart_without_need(counts):
    assert said(counts, kind=SizeMissed) == []


def test_repeated_mistakes_are_told_by_the_clause_they_break():
    found = said(objects(100, loose=8, cut=6, duplicate=9, misplaced=7), kind=Broken)

    assert [(one.clause, one.count, one.kinds) for one in found] == [
        ("G-03", 14, ((ErrorKind.LOOSE, 8), (ErrorKind.CUT, 6))),
        ("G-04", 9, ((ErrorKind.DUPLICATE, 9),)),
        (None, 7, ((ErrorKind.MISPLACED, 7),)),
    ]
    assert {one.n for one in found} == {130}


@pytest.mark.parametrize(
    "counts", [objects(100, loose=4), objects(20, loose=8), objects(600, loose=9)], ids=str
)
def test_single_mistakes_are_no_habit(counts):
    assert said(counts, kind=Broken) == []


def test_a_label_that_stands_out_is_named_with_its_kind():
    counts = {
        "right": 200,
        "mistakes": 14,
        "fail/missing/dog": 11,
        "fail/missing/car": 3,
        "label/dog/golds": 20,
        "label/car/golds": 194,
    }

    (missing,) = said(counts, kind=Broken)
    (often,) = said(counts | {"label/dog/golds": 170, "label/car/golds": 44}, kind=Broken)

    assert (missing.label, missing.label_count, missing.count) == ("dog", 11, 14)
    assert (often.label, often.label_count) == (None, 0)  # dogs are simply what there is most of


def test_an_extra_box_has_its_own_label_and_may_outnumber_gold():
    counts = {
        "right": 60,
        "mistakes": 12,
        "fail/extra/dog": 12,
        "label/dog/answers": 12,
        "label/car/answers": 60,
        "label/car/golds": 60,
    }

    (extra,) = said(counts, kind=Broken)

    assert (extra.label, extra.label_count) == ("dog", 12)


def test_wrong_marks_cost_nothing_and_are_worth_a_look():
    counts = {"right": 80, "label/car/hits": 80, "warning/wrong_attribute/car": 12}

    (marks,) = said(counts, kind=Broken)

    assert (marks.tone, marks.count, marks.n, marks.error) == (Tone.WATCH, 12, 80, ErrorKind.WRONG_ATTRIBUTE)


def test_a_whole_without_mistakes_is_praised_as_such():
    assert said(objects(214)) == [AllRight(n=214, tone=Tone.RIGHT)]
    assert said(objects(49)) == []


def test_what_is_right_is_praised_beside_what_is_wrong():
    right = {"confusion/car/car": 200, "confusion/van/van": 14, **sized((0, 0), (214, 0), (0, 0))}

    found = said(right, objects(200, loose=9), hand(214, spread=2))

    assert [(type(one), one.n) for one in found if one.tone is Tone.RIGHT] == [
        (NoneConfused, 214),
        (NoneMissed, 214),
        (NoneTooMany, 209),
        (TrueHand, 214),
    ]
    assert isinstance(found[0], Broken)


def test_praise_is_silent_where_its_opposite_happened_or_could_not():
    one_label = {"confusion/car/car": 100}
    classes = objects(100, wrong_label=1)
    missed_once = sized((60, 1), (0, 0), (0, 0))

    assert said(one_label, classes, kind=NoneConfused) == []
    assert said(classes, kind=NoneMissed) == said(classes, kind=NoneTooMany) == []
    assert said(missed_once, objects(100, missing=1), kind=NoneMissed) == []
    assert said(missed_once, objects(100, extra=1), kind=NoneTooMany) == []


def test_what_costs_most_comes_first_and_praise_last():
    found = said(
        hand(100, left=4, top=1.4),
        objects(300, loose=9, duplicate=30, wrong_label=14),
        sized((60, 0), (0, 0), (0, 0)),
    )

    assert [one.tone for one in found] == sorted(
        (one.tone for one in found), key=[Tone.WRONG, Tone.WATCH, Tone.RIGHT].index
    )
    assert [one.weight for one in found if one.tone is Tone.WRONG] == [30, 14, 9]


def test_a_statement_is_a_value():
    (one,) = said(objects(214))

    assert replace(one, n=3) == AllRight(n=3, tone=Tone.RIGHT)
