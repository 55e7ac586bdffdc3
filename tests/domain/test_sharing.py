"""Where each item goes to k people: never to more, and what is begun is completed first."""

from collections import Counter, defaultdict
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from labelkit.domain.issuing import Next
from labelkit.domain.sharing import next_shared
from tests.domain.scenes import tried

NO_SKIPS: Counter[int] = Counter()


def test_an_item_that_enough_people_have_comes_to_nobody_else():
    assert next_shared([1, 2], [], NO_SKIPS, {1: 3}, 3, 1) == Next(2, 1)
    assert next_shared([1, 2], [], NO_SKIPS, {1: 3, 2: 3}, 3, 1) is None


def test_what_is_begun_comes_before_what_nobody_has():
    assert next_shared([1, 2, 3], [], NO_SKIPS, {3: 1}, 2, 1) == Next(3, 1)


def test_among_what_is_begun_the_usual_choice_holds():
    assert next_shared([1, 2, 3], [], NO_SKIPS, {2: 1, 3: 1}, 3, 1, pick=lambda left: left[-1]) == Next(3, 1)


def test_nobody_is_given_an_item_twice_and_there_is_no_second_round():
    assert next_shared([1, 2], [1], NO_SKIPS, {1: 1}, 3, 1) == Next(2, 1)
    assert next_shared([1, 2], [1, 2], NO_SKIPS, {}, 3, 1) is None


def test_a_skipped_item_comes_after_the_others_though_it_is_begun():
    assert next_shared([1, 2], [], Counter({1: 1}), {1: 1}, 2, 1) == Next(2, 1)
    assert next_shared([1], [], Counter({1: 3}), {1: 1}, 2, 1) is None


def test_an_empty_project_has_nothing_to_issue():
    assert next_shared([], [], NO_SKIPS, {}, 3, 1) is None


@tried(500)
@given(st.integers(1, 8), st.integers(1, 6), st.integers(2, 4), st.integers(0, 10**6), st.floats(0, 0.6))
def test_a_crowd_never_makes_more_than_k_and_begins_nothing_while_something_is_incomplete(
    items, people, most, seed, skipping
):
    random, pool = Random(seed), list(range(items))
    takers: defaultdict[int, set[int]] = defaultdict(set)
    skips: defaultdict[int, Counter[int]] = defaultdict(Counter)
    busy = set(range(people))
    while busy:
        me = random.choice(sorted(busy))
        done = [item for item in pool if me in takers[item]]
        taken = {item: len(takers[item] - {me}) for item in pool}
        found = next_shared(pool, done, skips[me], taken, most, 1, pick=random.choice)
        if found is None:
            busy.remove(me)
        elif random.random() < skipping:
            skips[me][found.item_id] += 1
        else:
            mine = [i for i in pool if i not in done and skips[me][i] == skips[me][found.item_id]]
            begun = [i for i in mine if 0 < taken[i] < most]
            assert found.item_id in (begun or mine)
            takers[found.item_id].add(me)
        assert all(len(some) <= most for some in takers.values())
    if not skipping:  # whoever skips may leave something undone
        assert all(len(takers[item]) == min(most, people) for item in pool)
