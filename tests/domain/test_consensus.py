"""What answers say together: units, the likeliest classes, and figures, on examples that one can count."""

import numpy as np
import pytest

from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.consensus import (
    NOTHING,
    UNUSABLE,
    Said,
    label_consensus,
    label_likeness,
    label_units,
    likeliest,
    most_say,
)
from labelkit.domain.shared_answers import agreement

CAR, BUS = (LabelAnnotation(frozenset({key})) for key in ("car", "bus"))
BOTH, NONE, UNLABELLED = (
    LabelAnnotation(frozenset({"car", "bus"})),
    LabelAnnotation(),
    LabelAnnotation(unusable=True),
)


def test_one_label_each_is_one_question():
    assert label_units([CAR, BUS, UNLABELLED], multiple=False) == (("car", "bus", UNUSABLE),)


def test_of_sets_each_label_that_anybody_chose_is_a_question():
    assert label_units([CAR, BOTH, NONE], multiple=True) == (
        (NOTHING, "bus", NOTHING),
        ("car", "car", NOTHING),
    )
    assert label_units([NONE, UNLABELLED], multiple=True) == ((NOTHING, UNUSABLE),)


def test_likeness_of_labels_is_equality_and_of_sets_their_f1():
    assert label_likeness([CAR, BUS, CAR]).tolist() == [0, 1, 0]
    assert label_likeness([CAR, BOTH]).tolist() == [pytest.approx(2 / 3)]
    assert label_likeness([NONE, NONE, UNLABELLED]).tolist() == [1, 0, 0]


def test_a_majority_is_more_than_half():
    assert [most_say(votes) for votes in ([True], [True, False], [True, True, False], [])] == [
        True, False, True, False,
    ]  # fmt: skip


def test_the_consensus_has_what_is_not_held_for_nothing():
    assert label_consensus([CAR, BOTH], ["bus", "car"]) == BOTH
    assert label_consensus([CAR, BOTH], [NOTHING, "car"]) == CAR
    assert label_consensus([UNLABELLED, UNLABELLED, CAR], ["car"]) == UNLABELLED
    assert label_consensus([UNLABELLED, CAR], ["car"]) == CAR


def test_whoever_is_known_to_err_is_outvoted_by_whoever_is_known_not_to():
    """Ann and Bob agree on nine items, Cho says the other class each time; then Cho and Dan stand against Ann
    alone: by votes they would win."""
    said = {n: Said((1, 2, 3), ((label, label, "bus" if label == "car" else "car"),)) for n, label in
            enumerate(["car", "bus", "car", "bus", "car", "bus", "car", "bus", "car"])}  # fmt: skip
    said[9] = Said((1, 3), (("car", "bus"),))

    assert likeliest(said, 9) == ["car"]


def test_what_few_mark_is_nothing_however_good_they_are_and_what_most_mark_is_something():
    """Ann is always right with Bob; Cho and Dan, whom nobody confirms, have only a majority on their side."""
    sure = {n: Said((1, 2), ((key, key),)) for n, key in enumerate(["car", "bus"] * 5)}
    sure[20] = Said((1, 3, 4), (("car", NOTHING, NOTHING), (NOTHING, "bus", "bus")))

    assert likeliest(sure, 20) == [NOTHING, "bus"]


def test_of_what_half_mark_it_decides_who_errs_with_nothing():
    """Cho leaves out every second car that Ann and Bob mark; Dan leaves out none."""
    said = {
        n: Said(
            (1, 2, 3, 4),
            (("car", "car", "car" if n % 2 else NOTHING, "car"), (NOTHING, NOTHING, "bus", NOTHING)),
        )
        for n in range(12)
    }
    said[20] = Said((1, 3), (("car", NOTHING),))
    said[21] = Said((3, 4), (("bus", NOTHING),))

    assert likeliest(said, 20) == ["car"]
    assert likeliest(said, 21) == [NOTHING]


def test_who_calls_an_item_unusable_has_no_vote_on_what_is_in_it():
    said = {1: Said((1, 2, 3), (("car", UNUSABLE, UNUSABLE),)), 2: Said((2, 3), ((UNUSABLE, UNUSABLE),))}

    assert likeliest(said, 1) == ["car"]
    assert likeliest(said, 2) == [NOTHING]
    assert likeliest({2: said[2]}, 2) == [NOTHING]


def test_figures_of_three_items_by_hand():
    """Two of three pairs agree on the first item, the only one on the second; the third has one answer.

    Of the 6 ordered pairs of item 1, 4 disagree, each weighing 1 / (3 - 1): observed are 2. There are 4 cars
    and 1 bus, n = 5: expected are 2 * 4 * 1 / (5 - 1) = 2. Hence alpha = 1 - 2 / 2 = 0.
    """
    said = [
        Said((1, 2, 3), (("car", "car", "bus"),)),
        Said((1, 2), (("car", "car"),)),
        Said((3,), (("bus",),)),
    ]

    found = agreement(said, [np.array([1.0, 0, 0]), np.array([1.0]), np.zeros(0)])

    assert (found.items, found.people, found.answers, found.compared, found.couples) == (2, 3, 5, 2, 4)
    assert found.percent == pytest.approx(4 / 8)
    assert found.alpha == pytest.approx(0)
    assert found.likeness == pytest.approx(0.5)
    assert found.pairs == ()


def test_without_two_answers_to_an_item_no_figure_has_a_meaning():
    for said, alike in (([], []), ([Said((1,), (("car",),))], [np.zeros(0)])):
        found = agreement(said, alike)

        assert (found.items, found.answers, found.percent, found.alpha, found.likeness) == (
            0,
            0,
            None,
            None,
            None,
        )


def test_pairs_are_told_from_five_common_items_on_and_the_best_known_first():
    both = [Said((1, 2), (("car", "car"),)), Said((1, 2), (("bus", "bus"),))]
    said = [*both * 2, Said((1, 2, 3), (("car", "bus", "car"),))] + [Said((2, 3), (("bus", "bus"),))] * 4
    alike = [np.ones(len(one.workers) * (len(one.workers) - 1) // 2) for one in said]

    found = agreement(said, alike).pairs

    assert [(pair.one, pair.other, pair.n) for pair in found] == [(1, 2, 5), (2, 3, 5)]
    # Of 1 and 2: 4 of 5 agree; shares 3/5 and 2/5 for car, 2/5 and 3/5 for bus: expected 12/25.
    assert found[0].kappa == pytest.approx((4 / 5 - 12 / 25) / (1 - 12 / 25))
