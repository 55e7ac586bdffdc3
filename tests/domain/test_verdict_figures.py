"""Figures of real inspection, out of plain rows; by hand, and of inspectors whose habits are known."""

import itertools

import pytest

from labelkit.domain.inspector_figures import Share
from labelkit.domain.scores import ErrorKind
from labelkit.domain.verdict_figures import (
    Judged,
    Pair,
    Says,
    Slips,
    agreement,
    real_figures,
    refused,
    slipping,
    statements,
)
from labelkit.domain.workflow import Verdict

ACCEPTED, REJECTED, CORRECTED = Verdict.ACCEPTED, Verdict.REJECTED, Verdict.CORRECTED
LOOSE, CUT, MISSING = ErrorKind.LOOSE, ErrorKind.CUT, ErrorKind.MISSING
_numbers = itertools.count(1)


def judged(verdict, *kinds, passed=None, seconds=None, scored=True, overturned=False, left=()):
    passes = (not kinds if passed is None else passed) if scored else None
    return Judged(next(_numbers), verdict, seconds, overturned, passes, frozenset(kinds), frozenset(left))


def said(figures):
    return [(one.says, one.part, one.whole, one.kind) for one in statements(figures)]


def test_nobody_who_judged_nothing_has_a_figure():
    none = real_figures([], [])

    assert (none.n, none.per_hour, none.seconds_median, none.slipped.value) == (0, None, None, None)
    assert (none.agreement.kappa, none.agreement.same.value, none.kinds) == (None, None, ())
    assert statements(none) == []


def test_verdicts_are_counted_by_kind_and_time_where_it_is_known():
    rows = [
        judged(ACCEPTED, seconds=30),
        judged(ACCEPTED, seconds=90),
        judged(REJECTED, LOOSE, overturned=True),
        judged(CORRECTED, CUT, seconds=60),
    ]

    told = real_figures(rows, [])

    assert told.verdicts == {ACCEPTED: 2, REJECTED: 1, CORRECTED: 1}
    assert (told.accepted, told.overturned) == (Share(2, 4), 1)
    assert (told.timed, told.seconds_median, told.per_hour) == (3, 60, 60.0)


def test_what_slips_through_and_what_is_sent_back_though_passing_count_by_gold_alone():
    rows = [
        judged(ACCEPTED),
        judged(ACCEPTED, LOOSE, passed=True),
        judged(ACCEPTED, LOOSE, MISSING),
        judged(ACCEPTED, scored=False),
        judged(REJECTED),
        judged(REJECTED, LOOSE, passed=True),
        judged(REJECTED, CUT),
        judged(REJECTED, scored=False),
        judged(CORRECTED, LOOSE),
    ]

    told = real_figures(rows, [])

    assert (told.slipped, told.refused, told.refused_right) == (Share(2, 4), Share(2, 3), Share(1, 3))
    assert told.kinds == (Slips(MISSING, 1, 1), Slips(LOOSE, 4, 2), Slips(CUT, 1, 0))
    assert slipping(rows) == rows[1:3]
    assert refused(rows) == rows[4:6]


def test_what_a_correction_leaves_or_brings_in_is_let_through_and_the_rest_is_caught():
    half = judged(CORRECTED, LOOSE, MISSING, left=[MISSING])
    spoilt = judged(CORRECTED, LOOSE, left=[CUT])
    rows = [half, spoilt, judged(CORRECTED, LOOSE), judged(CORRECTED, LOOSE, left=[LOOSE], scored=False)]

    told = real_figures(rows, [])

    assert (told.slipped, slipping(rows)) == (Share(2, 3), [half, spoilt])
    assert told.kinds == (Slips(MISSING, 1, 1), Slips(LOOSE, 3, 0), Slips(CUT, 1, 1))


def test_agreement_beyond_chance_is_that_of_cohens_own_table():
    pairs = [
        *[Pair(mine=True, other=True)] * 20,
        *[Pair(mine=True, other=False)] * 5,
        *[Pair(mine=False, other=True)] * 10,
        *[Pair(mine=False, other=False)] * 15,
    ]

    told = agreement(pairs)

    assert told.same == Share(35, 50)
    assert told.kappa == pytest.approx(0.4)  # observed 0.7, by chance 0.5


def test_where_all_said_one_and_the_same_chance_could_get_nothing_wrong():
    told = agreement([Pair(mine=True, other=True)] * 9)

    assert (told.same, told.kappa) == (Share(9, 9), None)


def test_few_answers_are_not_spoken_of():
    assert said(real_figures([judged(ACCEPTED, LOOSE)] * 9, [])) == [(Says.TOO_FEW, 9, 10, None)]


RIGHT, WRONG = (), (LOOSE,)
SEEN = [RIGHT] * 12 + [WRONG] * 8 + [(CUT,)] * 4  # what twenty-four answers hold


def by(inspect):
    return real_figures([judged(inspect(kinds), *kinds) for kinds in SEEN], [])


def test_of_a_perfect_inspector_nothing_is_said_but_that():
    told = by(lambda kinds: REJECTED if kinds else ACCEPTED)

    assert said(told) == [(Says.NONE_SLIPPED, 0, 12, None), (Says.NONE_REFUSED, 0, 12, None)]


def test_of_one_who_does_not_see_loose_boxes_just_these_are_told():
    told = by(lambda kinds: REJECTED if CUT in kinds else ACCEPTED)

    assert said(told) == [(Says.SLIPPED, 8, 20, None), (Says.KIND_SLIPPED, 8, 20, LOOSE)]


def test_of_one_who_rejects_everything_that_is_told():
    assert said(by(lambda kinds: REJECTED)) == [(Says.ALL_SENT_BACK, 12, 24, None)]


def test_of_one_who_accepts_everything_each_kind_is_told_that_slips_often_enough():
    rows = [judged(ACCEPTED, *kinds) for kinds in [*SEEN, (MISSING,), (MISSING,)]]

    assert said(real_figures(rows, [])) == [
        (Says.SLIPPED, 14, 26, None),
        (Says.KIND_SLIPPED, 8, 26, LOOSE),
        (Says.KIND_SLIPPED, 4, 26, CUT),
    ]


def test_of_many_answers_sent_back_though_passing_the_number_is_told():
    rows = [judged(REJECTED)] * 3 + [judged(REJECTED, CUT)] * 9 + [judged(ACCEPTED)]

    assert said(real_figures(rows, [])) == [(Says.REFUSED, 3, 12, None)]
