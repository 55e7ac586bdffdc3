"""Which item comes next: none twice, skipped ones after the others, then the next round."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from labelkit.domain.issuing import MOST_RETURNS, Next, next_item
from tests.domain.scenes import tried

POOL = [11, 12, 13]


def issue(*, done=(), skips=(), pool=POOL, round_number=1):
    return next_item(pool, set(done), Counter(skips), round_number)


def test_the_first_item_of_the_pool_comes_first():
    assert issue() == Next(11, 1)


def test_items_come_in_the_order_of_the_pool():
    assert issue(done=[11]) == Next(12, 1)
    assert issue(done=[12]) == Next(11, 1)


def test_a_skipped_item_returns_after_the_others():
    assert issue(skips=[11]).item_id == 12
    assert issue(done=[12, 13], skips=[11]).item_id == 11


def test_of_several_skipped_items_the_one_skipped_least_returns_first():
    assert issue(skips=[11, 11, 12, 12, 13]).item_id == 13


def test_a_skipped_item_returns_twice_and_then_stays_out_of_the_round():
    assert issue(done=[12, 13], skips=[11, 11]) == Next(11, 1)
    assert issue(done=[12, 13], skips=[11, 11, 11]) == Next(11, 2)


def test_a_pool_that_is_used_up_begins_again_with_the_next_round():
    assert issue(done=POOL) == Next(11, 2)
    assert issue(done=POOL, round_number=4) == Next(11, 5)


def test_a_pool_of_which_all_was_skipped_for_good_begins_again():
    assert issue(skips=POOL * 3) == Next(11, 2)


def test_an_item_that_was_added_to_a_pool_in_use_comes_in_the_same_round():
    assert issue(done=POOL, pool=[*POOL, 14]) == Next(14, 1)


def test_what_was_answered_and_has_left_the_pool_does_not_matter():
    assert issue(done=[11, 99], skips=[98]) == Next(12, 1)


def test_an_empty_pool_has_no_next_item():
    assert issue(pool=[]) is None
    assert issue(pool=[], done=[11]) is None


def last(items):
    return items[-1]


def test_one_may_choose_among_what_is_left():
    assert next_item(POOL, {13}, Counter(), 1, last) == Next(12, 1)


def test_a_choice_does_not_bring_a_skipped_item_before_the_others():
    assert next_item(POOL, set(), Counter([12, 13]), 1, last) == Next(11, 1)
    assert next_item(POOL, {11}, Counter([12, 13, 13]), 1, last) == Next(12, 1)


def test_a_new_round_begins_with_a_choice_among_all():
    assert next_item(POOL, set(POOL), Counter(), 1, last) == Next(13, 2)


@tried(1000)
@given(
    size=st.integers(1, 6),
    skipping=st.lists(st.booleans(), min_size=30, max_size=30),
    chance=st.randoms(use_true_random=False),
)
def test_whatever_is_skipped_and_chosen_no_item_is_answered_twice_in_a_round_or_offered_a_fourth_time(
    size, skipping, chance
):
    pool, done, skips, offers = list(range(size)), set(), Counter(), Counter()

    for skip in skipping:
        following = next_item(pool, done, skips, 1, chance.choice)
        if following.round == 2:
            break
        assert following.item_id not in done
        offers[following.item_id] += 1
        if skip:
            skips[following.item_id] += 1
        else:
            done.add(following.item_id)

    assert following.round == 2
    assert max(offers.values()) <= 1 + MOST_RETURNS
    assert all(item in done or skips[item] == 1 + MOST_RETURNS for item in pool)
