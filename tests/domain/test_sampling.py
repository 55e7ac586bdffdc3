"""A sample is exact, fair, repeatable, and not to be foreseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelkit.domain.sampling import BLOCK, is_drawn
from tests.domain.scenes import tried

percents = st.integers(0, 20).map(lambda steps: 5 * steps)
seeds, strata, numbers = st.text(max_size=8), st.integers(1, 10_000), st.integers(0, 10_000)


def places(percent, seed, stratum, block):
    start = block * BLOCK
    return {n for n in range(BLOCK) if is_drawn(percent, seed, stratum, start + n)}


@tried(1000)
@given(percents, seeds, strata, st.integers(0, 50))
def test_of_each_block_of_a_stratum_exactly_the_share_is_drawn(percent, seed, stratum, block):
    assert len(places(percent, seed, stratum, block)) * 100 == percent * BLOCK


@tried(1000)
@given(seeds, strata, numbers)
def test_full_inspection_draws_all_and_none_draws_nothing(seed, stratum, number):
    assert is_drawn(100, seed, stratum, number)
    assert not is_drawn(0, seed, stratum, number)


@tried(1000)
@given(percents, percents, seeds, strata, numbers)
def test_a_larger_share_holds_the_smaller_one(one, other, seed, stratum, number):
    small, large = sorted((one, other))

    assert is_drawn(large, seed, stratum, number) >= is_drawn(small, seed, stratum, number)


def test_the_same_seed_gives_the_same_sample_and_another_gives_another():
    first, again, other = (places(25, seed, 7, 0) for seed in ("a", "a", "b"))

    assert first == again
    assert first != other


def test_the_places_differ_from_block_to_block_and_from_person_to_person():
    assert len({frozenset(places(25, "a", 7, block)) for block in range(10)}) > 5
    assert len({frozenset(places(25, "a", stratum, 0)) for stratum in range(10)}) > 5


@pytest.mark.parametrize("percent", [-5, 3, 101, 105])
def test_a_share_that_no_block_can_hold_is_refused(percent):
    with pytest.raises(ValueError, match="multiple of 5"):
        is_drawn(percent, "a", 1, 0)
