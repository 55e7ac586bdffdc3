"""Places by standing, under names that tell nothing."""

import re

from labelkit.domain.leaderboard import aliases, places


def people(*standings):
    return [(number, f"Person {number}", standing, 10) for number, standing in enumerate(standings, 1)]


def test_the_best_comes_first():
    assert [place.user_id for place in places(people(0.5, 0.9, 0.7), "secret")] == [2, 3, 1]


def test_equal_standings_share_a_place_and_the_next_one_is_left_out():
    assert [place.place for place in places(people(0.5, 0.9, 0.9, 0.7), "secret")] == [1, 1, 3, 4]


def test_of_fewer_than_three_people_there_are_no_places():
    assert places(people(0.5, 0.9), "secret") == []
    assert places([], "secret") == []


def test_a_standing_of_fewer_than_three_first_attempts_has_no_place():
    three = people(0.5, 0.9, 0.7)

    assert len(places([*three, (4, "Person 4", 1.0, 2)], "secret")) == 3
    assert places([*three[:2], (4, "Person 4", 1.0, 2)], "secret") == []


def test_an_alias_is_of_letters_alone_and_no_word():
    found = aliases(range(1, 200), "secret")

    assert all(re.fullmatch("[B-DF-HJ-NP-TV-XZ]{3,4}", alias) for alias in found.values())


def test_an_alias_stays_as_others_come_and_go():
    before, after = aliases(range(1, 30), "secret"), aliases(range(5, 60), "secret")

    assert {user_id: after[user_id] for user_id in range(5, 30)} == {
        user_id: before[user_id] for user_id in range(5, 30)
    }


def test_no_two_people_have_the_same_alias():
    found = aliases(range(3000), "secret")

    assert len(set(found.values())) == 3000


def test_without_the_secret_nobody_can_work_an_alias_out():
    assert aliases([1, 2, 3], "secret") != aliases([1, 2, 3], "another")


def test_who_shares_a_place_is_not_listed_in_the_order_of_coming():
    orders = {
        tuple(place.user_id for place in places(people(*[0.8] * 6), f"secret {number}"))
        for number in range(5)
    }

    assert len(orders) > 1
