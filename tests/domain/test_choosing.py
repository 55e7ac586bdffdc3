"""Which item teaches most: what one fails, as hard as suits one, and never always the same."""

from collections import Counter

import pytest

from labelkit.domain.choosing import Candidate, difficulties, pick, weakest
from labelkit.domain.needs import Chance, chances, needs, needs_of, smoothed
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import MILLION

SEEDS = range(400)


def tally(first_tries=10, **labels):
    """Counts of somebody who made so many mistakes with each label, of so many objects."""
    counts = {"first/n": first_tries}
    for label, (mistakes, objects) in labels.items():
        counts |= {f"label/{label}/mistakes": mistakes, f"label/{label}/right": objects - mistakes}
    return counts


def item(item_id, authored=0.5, firsts=0, value=0.0, **labels):
    features = {f"label/{label}": n for label, n in labels.items()}
    return Candidate(item_id, features, authored, firsts, round(value * MILLION))


def sized(item_id, size, n=2):
    return Candidate(item_id, {"label/car": n, f"size/{size}": n}, 0.5)


def picked(candidates, counts, standing=0.7):
    return Counter(pick(candidates, counts, standing, f"seed {seed}") for seed in SEEDS)


# What somebody fails


def test_a_rate_of_few_chances_stays_near_the_usual_one():
    assert smoothed(Chance(1, 1), usual=0.2) == pytest.approx(0.3)
    assert smoothed(Chance(100, 100), usual=0.2) == pytest.approx(0.948, abs=0.001)
    assert smoothed(Chance(0, 0), usual=0.2) == 0.2


def test_any_mistake_with_a_label_is_a_fault_and_so_is_a_missed_size():
    counts = tally(car=(3, 10)) | {"size/small/golds": 5, "size/small/missed": 2, "fail/loose/car": 3}

    assert chances(counts) == {"label/car": Chance(3, 10), "size/small": Chance(2, 5)}


def test_who_has_done_nothing_needs_what_is_common():
    need = needs({}, {"label/car": 9, "label/bus": 1, "size/small": 5})

    assert need == pytest.approx({"label/car": 0.18, "label/bus": 0.02, "size/small": 0.2})


def test_what_is_failed_more_is_needed_more():
    need = needs(tally(car=(1, 20), bus=(10, 20)), {"label/car": 5, "label/bus": 5})

    assert need["label/bus"] > 3 * need["label/car"]


def test_what_came_more_seldom_than_it_is_common_is_needed_more():
    need = needs(tally(car=(10, 50), bus=(1, 5)), {"label/car": 5, "label/bus": 5})

    assert need["label/bus"] > 3 * need["label/car"]


def test_what_leaves_no_count_is_taken_to_go_as_usual():
    need = needs(tally(car=(10, 50), bus=(2, 10)), {"label/car": 5, "label/bus": 1, "label/": 1})

    assert need["label/"] == pytest.approx(need["label/bus"], rel=0.1)


def test_a_need_is_a_share():
    need = needs(tally(car=(900, 900)), {"label/car": 1, "label/": 3})

    assert all(0 <= value <= 1 for value in need.values())


def test_what_is_missed_in_pictures_is_missed_by_size():
    counts = {"size/small/golds": 20, "size/small/missed": 18, "size/large/golds": 20}

    need = needs_of(counts, ErrorKind.MISSING, {"size/small": 1, "label/car": 1})

    assert need.keys() == {"size/small", "size/large"}
    assert need["size/small"] > 2 * need["size/large"]


def test_what_is_left_out_of_a_set_of_labels_is_missed_by_label():
    counts = tally(insult=(9, 20), spoiler=(1, 20)) | {"fail/missing/insult": 9, "fail/missing/spoiler": 1}

    need = needs_of(counts, ErrorKind.MISSING, {})

    assert need["label/insult"] > need["label/spoiler"]


def test_of_two_confused_labels_both_are_needed_the_one_that_was_meant_more():
    counts = tally(van=(8, 20), car=(0, 20), bus=(0, 20))
    counts |= {
        "fail/wrong_label/van": 8,
        "confusion/van/car": 8,
        "confusion/car/car": 20,
        "confusion/van/": 1,
    }

    need = needs_of(counts, ErrorKind.WRONG_LABEL, {})

    assert need["label/van"] > need["label/car"] > need["label/bus"]


def test_how_a_box_is_drawn_is_needed_by_label():
    counts = tally(car=(5, 20), bus=(5, 20)) | {"fail/loose/car": 5, "fail/cut/bus": 5}

    need = needs_of(counts, ErrorKind.LOOSE, {})

    assert need["label/car"] > need["label/bus"]


# How hard an item is


def test_without_tries_an_item_is_as_hard_as_its_author_said():
    assert difficulties([item(1, 0.2), item(2, 0.9)]) == {1: 0.2, 2: 0.9}


def test_the_more_tries_there_are_the_less_the_author_counts():
    few, many = (difficulties([item(1, 0.2, n, 0.1 * n)])[1] for n in (2, 200))

    assert 0.2 < few < many
    assert many == pytest.approx(0.9, abs=0.02)


def test_what_nobody_tried_moves_along_with_what_authors_generally_misjudged():
    hard = difficulties([item(1, 0.5, 100, 95), item(2, 0.5)])

    assert hard[1] == pytest.approx(0.05, abs=0.01)
    assert hard[2] == pytest.approx(0.07, abs=0.01)


def test_a_difficulty_is_a_share():
    hard = difficulties([item(1, 1.0, 50, 0), item(2, 1.0), item(3, 0.0, 1, 1)])

    assert all(0 <= value <= 1 for value in hard.values())


# Which item comes


def test_to_begin_with_the_easiest_comes_first_and_of_several_the_first():
    candidates = [item(1, 0.6, car=1), item(2, 0.2, car=1), item(3, 0.2, bus=1)]

    assert {pick(candidates, {}, None, f"{seed}") for seed in SEEDS} == {2}


def test_the_same_seed_gives_the_same_item_and_others_give_others():
    candidates = [item(number, car=1) for number in range(10)]
    counts = tally(car=(2, 10))

    assert pick(candidates, counts, 0.8, "one") == pick(candidates, counts, 0.8, "one")
    assert len(picked(candidates, counts)) == 10


def test_what_one_fails_comes_far_more_often_than_by_chance():
    candidates = [item(number, car=2) for number in range(5)] + [item(9, bus=2)]
    counts = tally(car=(1, 40), bus=(6, 8))

    assert picked(candidates, counts)[9] > 3 * len(SEEDS) / 6


def test_what_one_is_good_at_still_comes():
    candidates = [item(1, car=2), item(2, bus=2)]

    assert 0 < picked(candidates, tally(car=(2, 40), bus=(15, 40)))[1] < len(SEEDS) / 4


def test_with_every_label_alike_each_comes_alike():
    candidates = [item(1, car=2), item(2, bus=2)]

    assert picked(candidates, tally(car=(4, 20), bus=(4, 20)))[1] == pytest.approx(len(SEEDS) / 2, rel=0.2)


def test_one_mistake_does_not_shout():
    candidates = [item(1, car=1), item(2, bus=1)]

    assert picked(candidates, tally(car=(0, 1), bus=(1, 1)))[2] < 0.9 * len(SEEDS)


def test_sizes_that_one_misses_come_more_often():
    candidates = [sized(1, "small"), sized(2, "large")]
    counts = tally(car=(10, 40)) | {"size/small/golds": 20, "size/small/missed": 10, "size/large/golds": 20}

    assert picked(candidates, counts)[1] > 0.8 * len(SEEDS)


@pytest.mark.parametrize(("standing", "most"), [(0.4, 1), (0.85, 2), (1.0, 3)])
def test_difficulty_follows_ones_standing(standing, most):
    candidates = [item(1, 0.3, car=1), item(2, 0.5, car=1), item(3, 0.7, car=1)]

    ((chosen, _),) = picked(candidates, tally(car=(4, 20)), standing).most_common(1)

    assert chosen == most


def test_a_picture_with_nothing_in_it_comes_too():
    candidates = [item(1, car=1), item(2)]

    assert picked(candidates, tally(car=(1, 20)))[2] > 0


def test_a_choice_of_one_is_that_one():
    assert pick([item(7)], tally(car=(5, 5)), 0.0, "seed") == 7


# What to practise a weakness with


def test_a_label_is_practised_with_the_items_that_show_it():
    candidates = [item(1, car=5), item(2, bus=1), item(3, bus=4), item(4, bus=1, car=9)]

    assert weakest(candidates, {}, 10, label="bus") == [3, 2, 4]
    assert weakest(candidates, {}, 1, label="bus") == [3]


def test_what_is_missed_is_practised_with_the_sizes_that_are_missed():
    candidates = [sized(1, "large"), sized(2, "small"), sized(3, "small", 6)]
    counts = tally(car=(9, 40)) | {"size/small/golds": 20, "size/small/missed": 9, "size/large/golds": 20}

    assert weakest(candidates, counts, 2, ErrorKind.MISSING) == [3, 2]


def test_the_unseen_come_first_and_then_those_not_seen_for_longest():
    candidates = [item(number, bus=2) for number in (1, 2, 3, 4)]

    assert weakest(candidates, {}, 3, label="bus", last_seen={1: 30, 2: 10, 4: 20}) == [3, 2, 4]


def test_what_teaches_much_comes_again_before_what_teaches_little():
    candidates = [item(1, bus=6), item(2, bus=6), item(3, bus=1, car=9)]

    assert weakest(candidates, {}, 2, label="bus", last_seen={1: 5, 2: 4}) == [2, 1]


def test_what_does_not_teach_it_is_left_out():
    assert weakest([item(1, car=1)], {}, 10, label="bus") == []
    assert weakest([], {}, 10, ErrorKind.LOOSE) == []


def test_without_a_kind_or_label_it_is_whatever_one_fails():
    candidates = [item(1, car=2), item(2, bus=2)]

    assert weakest(candidates, tally(car=(0, 20), bus=(12, 20)), 1) == [2]


@pytest.mark.parametrize("kind", list(ErrorKind))
def test_every_kind_can_be_practised_from_the_start(kind):
    assert weakest([item(1, car=2)], {}, 10, kind) == [1]
    assert weakest([item(1, car=2)], tally(car=(1, 5)), 10, kind) == [1]
