"""What tallies count of boxes: sizes as COCO has them, and how each side lies."""

from dataclasses import replace

import pytest

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.box_counts import box_features, count_boxes, size_of
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Score
from labelkit.domain.scoring import best_score
from tests.domain.scenes import CAR, DOG, kinds, moved, score

SMALL = Box("car", 300, 10, 20, 20)


def counted(drawn, gold):
    return count_boxes(score(drawn, gold), drawn, gold)


def sides(drawn, gold):
    """The counts of the sides: (n, sum, squares) of left, top, right and bottom."""
    counts = counted(drawn, gold)
    return [
        tuple(counts.get(f"side/{side}/{what}", 0) for what in ("n", "sum", "squares"))
        for side in ("left", "top", "right", "bottom")
    ]


@pytest.mark.parametrize(
    ("w", "h", "size"),
    [
        (31, 33, "small"),
        (31.9, 32, "small"),
        (32, 32, "medium"),
        (95, 96, "medium"),
        (96, 96, "large"),
        (1000, 9.5, "large"),
    ],
)
def test_sizes_are_those_of_coco(w, h, size):
    assert size_of(Box("car", 0, 0, w, h)) == size


def test_an_item_teaches_what_must_be_marked_in_it():
    gold = [CAR, SMALL, DOG, replace(CAR, ignore=True), replace(SMALL, optional=True)]

    assert box_features(gold) == {
        "label/car": 2,
        "label/dog": 1,
        "size/medium": 2,
        "size/small": 1,
    }
    assert box_features([]) == {}


def test_each_side_of_a_hit_counts_with_its_sign():
    drawn = moved(CAR, x=-4, y=1.5, w=5, h=-1.25)  # left 4 out, top 1.5 in, right 1 out, bottom 0.25 out

    assert sides([drawn], [CAR]) == [
        (1, 400, 160_000),
        (1, -150, 22_500),
        (1, 100, 10_000),
        (1, 25, 625),
    ]


def test_sides_add_up_over_the_hits():
    other = replace(CAR, x=400)

    found = sides([moved(CAR, x=-4, w=4), moved(other, x=-2, w=2)], [CAR, other])

    assert found[0] == (2, 600, 200_000)
    assert found[2] == (2, 0, 0)


def test_what_is_no_hit_says_nothing_about_the_hand():
    misplaced, wrong = moved(CAR, x=60), replace(DOG, label="car")

    assert [kind for kind, _ in kinds(score([misplaced], [CAR]))] == [ErrorKind.MISPLACED]
    assert sides([misplaced], [CAR]) == [(0, 0, 0)] * 4
    assert sides([wrong], [DOG]) == [(0, 0, 0)] * 4
    assert sides([SMALL], []) == [(0, 0, 0)] * 4


def test_a_small_box_that_is_right_by_its_sides_alone_counts_as_a_hit():
    tiny = Box("car", 100, 100, 6, 6)
    drawn = moved(tiny, x=-2, y=-2)  # an IoU of 0.29, but no side is off by more than the tolerance

    assert kinds(score([drawn], [tiny])) == []
    assert sides([drawn], [tiny])[0] == (1, 200, 40_000)


def test_objects_count_by_size_and_those_that_were_missed():
    counts = counted([CAR], [CAR, SMALL, replace(SMALL, x=350)])

    assert {path: n for path, n in counts.items() if path.startswith("size/")} == {
        "size/medium/golds": 1,
        "size/small/golds": 2,
        "size/small/missed": 2,
    }


def test_what_need_not_be_marked_is_neither_there_nor_missed():
    assert counted([], [replace(CAR, ignore=True), replace(SMALL, optional=True)]) == {}


def test_objects_that_nobody_looked_for_are_not_counted():
    gold = BoxAnnotation((CAR, SMALL))

    false = best_score(BoxAnnotation(unusable=True), [gold], BoxRules())
    missed = best_score(gold, [BoxAnnotation(unusable=True)], BoxRules())

    assert count_boxes(false, (), gold.regions) == {}
    assert count_boxes(missed, gold.regions, ()) == {}


def test_an_empty_answer_to_an_empty_picture_counts_nothing():
    assert count_boxes(Score(value=1, right=0, mistakes=0), (), ()) == {}
