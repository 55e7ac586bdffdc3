"""The one-to-one pairing with the largest total IoU, exactly, and the same whatever comes first."""

import random
import time
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from labelkit.domain.geometry import corners, pairwise_iou
from labelkit.domain.matching import best_pairing
from tests.domain.judge import scipy_optimum
from tests.domain.scenes import share, tried


def pairs_of(ious, least=0.1):
    """The pairs that `best_pairing` chooses out of a table of IoU, and their total."""
    ious = np.asarray(ious, dtype=float)
    left, right = np.nonzero(ious >= least)
    chosen = best_pairing(left, right, ious[left, right])
    return list(zip(left[chosen].tolist(), right[chosen].tolist(), strict=True))


def total(ious, pairs):
    return float(sum(np.asarray(ious)[pair] for pair in pairs))


def all_pairings(ious, least=0.1):
    """Every one-to-one pairing, by brute force."""
    rows, columns = range(len(ious)), range(len(ious[0]))
    for size in range(min(len(rows), len(columns)) + 1):
        for chosen in combinations(rows, size):
            for partners in permutations(columns, size):
                pairs = list(zip(chosen, partners, strict=True))
                if all(ious[pair] >= least for pair in pairs):
                    yield pairs


def test_nothing_pairs_with_nothing():
    assert pairs_of(np.zeros((0, 3))) == []
    assert pairs_of(np.zeros((2, 2))) == []


def test_two_fair_pairs_are_better_than_one_good_one():
    # Greedy takes the 0.9 and leaves both others alone.
    assert pairs_of([[0.6, 0.9], [0.0, 0.55]], least=0.5) == [(0, 0), (1, 1)]
    assert pairs_of([[0.6, 0.9], [0.55, 0.0]], least=0.5) == [(0, 1), (1, 0)]


def test_one_very_good_pair_is_better_than_two_poor_ones():
    assert pairs_of([[0.2, 0.9], [0.0, 0.2]]) == [(0, 1)]


def test_of_pairings_with_the_same_total_the_one_with_more_pairs_is_taken():
    assert pairs_of([[0.5, 1.0], [0.0, 0.5]]) == [(0, 0), (1, 1)]
    assert pairs_of([[1.0, 0.5], [0.5, 0.0]]) == [(0, 1), (1, 0)]


def test_of_equals_the_first_is_taken():
    assert pairs_of([[0.7, 0.7]]) == [(0, 0)]
    assert pairs_of([[0.7], [0.7]]) == [(0, 0)]
    assert pairs_of([[0.7, 0.7], [0.7, 0.7]]) == [(0, 0), (1, 1)]


def test_what_differs_by_rounding_only_is_equal():
    assert pairs_of([[0.7, 0.7 + 1e-13]]) == [(0, 0)]
    assert pairs_of([[0.7, 0.7 + 1e-8]]) == [(0, 1)]


def test_a_long_chain_of_exchanges_is_followed_to_its_end():
    n = 60
    ious = np.zeros((n, n))
    for row in range(n):
        ious[row, row] = 0.6
        if row + 1 < n:
            ious[row, row + 1] = 0.7  # each row likes the next one's column better
    assert total(ious, pairs_of(ious)) == pytest.approx(scipy_optimum(ious, 0.1))


@tried(2_000)
@given(arrays(np.int64, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=st.integers(0, 4)))
def test_no_other_pairing_has_a_larger_total_or_as_large_a_one_with_more_pairs(tenths):
    ious = tenths / 4
    best = max((round(total(ious, pairs), 6), len(pairs)) for pairs in all_pairings(ious))
    chosen = pairs_of(ious)

    assert (round(total(ious, chosen), 6), len(chosen)) == best


def crowd(chance, most, spread):
    """Boxes (n, 4), thrown on a field so small that they overlap; with `most` boxes at the most."""
    n, m = chance.randint(1, most), chance.randint(1, most)
    field = np.random.default_rng(chance.randrange(2**32))
    return [
        corners(np.hstack((field.uniform(0, spread, (k, 2)), field.uniform(30, 80, (k, 2))))) for k in (n, m)
    ]


@pytest.mark.parametrize(("most", "spread", "scenes"), [(8, 40, 8_000), (25, 90, 3_000), (60, 120, 400)])
@pytest.mark.parametrize("least", [0.1, 0.5])
def test_the_total_is_the_optimum_that_scipy_finds_in_crowded_scenes(most, spread, scenes, least):
    chance = random.Random(most)
    for _ in range(share(scenes)):
        ious = pairwise_iou(*crowd(chance, most, spread))
        chosen = pairs_of(ious, least)

        assert len({a for a, _ in chosen}) == len({b for _, b in chosen}) == len(chosen)
        assert total(ious, chosen) == pytest.approx(scipy_optimum(ious, least), abs=1e-6)


def test_a_hundred_boxes_on_one_heap_are_paired_in_milliseconds():
    field = np.random.default_rng(5)
    gold = corners(np.hstack((field.uniform(0, 50, (100, 2)), field.uniform(70, 130, (100, 2)))))
    ious = pairwise_iou(gold + field.normal(0, 5, gold.shape), gold)
    left, right = np.nonzero(ious >= 0.1)
    best = min(_seconds(left, right, ious[left, right]) for _ in range(3))

    assert len(left) > 9_000
    assert best < 0.1  # about 0.01 on a laptop; room for a busy machine


def _seconds(left, right, iou):
    start = time.process_time()
    best_pairing(left, right, iou)
    return time.process_time() - start
