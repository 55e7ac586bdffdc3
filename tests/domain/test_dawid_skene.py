"""Dawid and Skene's EM gives the estimates that they printed, and finds out who is right."""

import random
from itertools import pairwise

import numpy as np
import pytest

from labelkit.domain.dawid_skene import dawid_skene

# Dawid and Skene (1979), table 1: fitness for anaesthesia of 45 patients on a scale of 1 to 4.
# A word is a patient: three answers of observer 1, who saw each form three times, then one each of
# observers 2 to 5.
TABLE_1 = """
    1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343
    1111111 2223212 1211111 1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222
    1111111 1111111 2322222 1111111 1111111 1121121 1111111 3333233 1111111 2222222 2223232 4334343
    2212232 2323233 3333432 1111111 1111111 1212111 2322222 1211111 2222222
"""

# Table 2 of the same: marginal probabilities, and error rates of each observer (truth down).
PRINTED_PRIORS = [0.40, 0.42, 0.11, 0.07]
PRINTED_RATES = [
    [[0.89, 0.11, 0.00, 0.00], [0.07, 0.88, 0.05, 0.00], [0.00, 0.34, 0.66, 0.00], [0.00, 0.00, 0.56, 0.44]],
    [[0.83, 0.17, 0.00, 0.00], [0.05, 0.63, 0.31, 0.00], [0.00, 0.00, 1.00, 0.00], [0.00, 0.00, 0.00, 1.00]],
    [[1.00, 0.00, 0.00, 0.00], [0.11, 0.79, 0.11, 0.00], [0.00, 0.40, 0.20, 0.40], [0.00, 0.00, 0.67, 0.33]],
    [[0.94, 0.06, 0.00, 0.00], [0.05, 0.84, 0.10, 0.00], [0.00, 0.00, 0.80, 0.20], [0.00, 0.00, 0.33, 0.67]],
    [[1.00, 0.00, 0.00, 0.00], [0.16, 0.73, 0.11, 0.00], [0.00, 0.21, 0.79, 0.00], [0.00, 0.00, 0.33, 0.67]],
]
OBSERVERS = (1, 1, 1, 2, 3, 4, 5)


def columns():
    """Table 1 as three columns: patient, observer, class."""
    patients = enumerate(TABLE_1.split(), start=1)
    rows = [(n, who, int(d)) for n, word in patients for who, d in zip(OBSERVERS, word, strict=True)]
    return tuple(map(list, zip(*rows, strict=True)))


def crowd(seed, skills, items=300, classes=3, share=0.7):
    """Made answers: worker w is right with probability skills[w] and answers a share of the items."""
    chance = random.Random(seed)
    truth = [chance.randrange(classes) for _ in range(items)]
    rows = [
        (i, w, right if chance.random() < skill else chance.choice([c for c in range(classes) if c != right]))
        for i, right in enumerate(truth)
        for w, skill in enumerate(skills)
        if chance.random() < share
    ]
    return truth, tuple(map(list, zip(*rows, strict=True)))


def test_the_anaesthetists_come_out_as_printed_in_table_2():
    result = dawid_skene(*columns())

    assert len(result.items) == 45
    assert result.converged
    assert result.priors == pytest.approx(PRINTED_PRIORS, abs=0.006)
    assert result.confusion == pytest.approx(np.array(PRINTED_RATES), abs=0.006)


def test_the_true_class_is_found_where_most_were_wrong():
    likeliest = dawid_skene(*columns()).likeliest()

    # Patient 2 got three 3s of one observer, and 4, 3, 3, 4 of the others: their table 4 says 4.
    assert (likeliest[1], likeliest[2], likeliest[3], likeliest[36]) == (1, 4, 2, 4)


def test_rows_are_probabilities():
    result = dawid_skene(*columns())

    assert result.posterior.sum(axis=1) == pytest.approx(np.ones(45))
    assert result.confusion.sum(axis=2) == pytest.approx(np.ones((5, 4)))
    assert result.priors.sum() == pytest.approx(1)


def test_the_order_of_answers_changes_nothing():
    rows = list(zip(*columns(), strict=True))
    random.Random(1).shuffle(rows)
    one, other = dawid_skene(*columns()), dawid_skene(*map(list, zip(*rows, strict=True)))

    assert np.array_equal(one.posterior, other.posterior)
    assert np.array_equal(one.confusion, other.confusion)
    assert one.log_likelihood == other.log_likelihood


def test_the_likelihood_never_falls():
    runs = [dawid_skene(*columns(), tolerance=-1, max_iterations=n) for n in range(1, 15)]
    likelihoods = [run.log_likelihood for run in runs]

    assert not runs[0].converged
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(likelihoods))


def test_two_careful_people_outvote_four_careless_ones():
    truth, answers = crowd(7, skills=[0.97, 0.95, 0.4, 0.4, 0.4, 0.4], share=0.9)

    result = dawid_skene(*answers)

    right = sum(result.likeliest()[item] == truth[item] for item in result.items) / len(result.items)
    accuracy = result.accuracy()
    assert right > 0.9
    assert accuracy[0] == pytest.approx(0.97, abs=0.05)
    assert accuracy[3] == pytest.approx(0.4, abs=0.1)


def test_a_class_that_a_worker_never_met_says_nothing_of_the_worker():
    result = dawid_skene([1, 1, 2, 2, 3, 3], ["ann", "bob", "ann", "bob", "bob", "cho"], list("aabbcc"))

    assert result.confusion[0] == pytest.approx(np.array([[1, 0, 0], [0, 1, 0], [1 / 3, 1 / 3, 1 / 3]]))


def test_one_answer_is_enough_and_none_is_refused():
    assert dawid_skene(["only"], ["ann"], ["car"]).likeliest() == {"only": "car"}
    with pytest.raises(ValueError, match="at least one answer"):
        dawid_skene([], [], [])
    with pytest.raises(ValueError, match="equal length"):
        dawid_skene([1], [1, 2], [1])
