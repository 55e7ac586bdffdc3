"""Boxes of several people: which mean one object, and where it lies."""

from collections import Counter
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.clusters import box_consensus, box_likeness, box_units, clusters
from labelkit.domain.consensus import NOTHING, UNUSABLE
from labelkit.domain.rules import BoxRules
from labelkit.domain.scoring import score_boxes
from tests.domain.scenes import tried

RULES = BoxRules()
EMPTY, UNLABELLED = BoxAnnotation(), BoxAnnotation(unusable=True)


def box(x=0.0, label="car", y=0.0, w=100.0, h=100.0, flags=()):
    return Box(label, x, y, w, h, frozenset(flags))


def drawn(*boxes):
    return BoxAnnotation(boxes)


def found(*answers, iou=0.5):
    return clusters(answers, iou)


def test_boxes_of_one_object_are_one_cluster_whatever_their_labels():
    assert found(drawn(box(0)), drawn(box(5, "bus")), drawn(box(-5))) == [{0: 0, 1: 0, 2: 0}]


def test_two_boxes_of_one_person_are_two_objects_and_the_nearer_one_is_joined():
    # IoU of 100 px boxes that lie d px apart: (100 - d) / (100 + d).
    assert found(drawn(box(0), box(20)), drawn(box(2))) == [{0: 0, 1: 0}, {0: 1}]


def test_a_box_is_joined_from_the_threshold_on():
    third = 100 / 3  # apart so far, the IoU is 0.5

    assert len(found(drawn(box(0)), drawn(box(third)))) == 1
    assert len(found(drawn(box(0)), drawn(box(third + 0.01)))) == 2


def test_of_two_places_that_are_as_near_the_one_of_the_same_label_is_joined():
    twins = drawn(box(0, "bus"), box(0, "car"))

    assert found(twins, drawn(box(0, "car"))) == [{0: 0}, {0: 1, 1: 0}]


def test_the_best_pair_of_all_is_joined_first():
    # B lies 10 px from A and 4 px from C; A and C would need a common box with B.
    assert found(drawn(box(0), box(200)), drawn(box(10)), drawn(box(14), box(196))) == [
        {0: 0, 1: 0, 2: 0},
        {0: 1, 2: 1},
    ]


grid = st.integers(0, 6).map(lambda n: n * 10.0)
some_boxes = st.lists(
    st.builds(
        lambda x, y, w, label: Box(label, x, y, w, 40.0),
        grid, grid, st.sampled_from([30.0, 40.0]), st.sampled_from(["car", "bus"]),
    ),
    max_size=4,
)  # fmt: skip
crowds = st.lists(some_boxes.map(lambda boxes: BoxAnnotation(tuple(boxes))), min_size=2, max_size=4)


def as_values(answers, names):
    """The clusters as who drew which box, with the same names however the answers stand."""
    return Counter(
        frozenset((names[n], answers[n].regions[place]) for n, place in cluster.items())
        for cluster in clusters(answers, 0.5)
    )


@tried(1000)
@given(crowds, st.randoms(use_true_random=False))
def test_neither_the_order_of_people_nor_of_their_boxes_matters(answers, random):
    names = list(range(len(answers)))
    order = random.sample(names, len(names))
    turned = [BoxAnnotation(tuple(random.sample(answers[n].regions, len(answers[n].regions)))) for n in order]

    assert as_values(turned, order) == as_values(answers, names)


@tried(1000)
@given(crowds)
def test_every_box_is_in_one_cluster_and_no_two_of_one_person_are_in_the_same(answers):
    every = [(n, place) for n, answer in enumerate(answers) for place in range(len(answer.regions))]

    assert sorted(pair for cluster in clusters(answers, 0.5) for pair in cluster.items()) == every


def test_a_unit_is_an_object_and_who_has_no_box_there_says_nothing():
    answers = [drawn(box(0), box(300, "bus")), drawn(box(3, "bus")), EMPTY, UNLABELLED]

    assert box_units(answers, RULES) == (
        ("car", "bus", NOTHING, UNUSABLE),
        ("bus", NOTHING, NOTHING, UNUSABLE),
    )


def test_where_nobody_marks_anything_there_is_one_question():
    assert box_units([EMPTY, UNLABELLED, EMPTY], RULES) == ((NOTHING, UNUSABLE, NOTHING),)


def test_each_side_lies_at_its_median_and_flags_go_by_majority():
    answers = [
        drawn(box(0, flags=["occluded"])),
        drawn(box(4, flags=["occluded", "truncated"])),
        drawn(box(6, w=130.0)),
    ]

    (made,) = box_consensus(answers, ["car"], RULES).regions

    # Left sides 0, 4, 6; right sides 100, 104, 136.
    assert (made.x, made.y, made.w, made.h) == (4, 0, 100, 100)
    assert made.flags == {"occluded"}


def test_half_of_the_flags_is_no_majority_and_two_sides_meet_in_the_middle():
    (made,) = box_consensus([drawn(box(0, flags=["occluded"])), drawn(box(10))], ["bus"], RULES).regions

    assert (made.label, made.x, made.w, made.flags) == ("bus", 5, 100, frozenset())


def test_an_object_that_is_held_for_nothing_is_left_out():
    answers = [drawn(box(0), box(300)), drawn(box(2))]

    assert len(box_consensus(answers, ["car", NOTHING], RULES).regions) == 1
    assert box_consensus(answers, [NOTHING, NOTHING], RULES) == EMPTY


def test_cannot_be_labelled_goes_by_majority():
    assert box_consensus([UNLABELLED, UNLABELLED, drawn(box())], ["car"], RULES) == UNLABELLED
    assert box_consensus([UNLABELLED, drawn(box())], ["car"], RULES).regions


def test_likeness_is_the_f1_of_two_answers():
    answers = [drawn(box(0), box(300)), drawn(box(5)), EMPTY, EMPTY, UNLABELLED]
    pairs = list(combinations(range(5), 2))

    alike = dict(zip(pairs, box_likeness(answers, RULES).tolist(), strict=True))

    assert alike[0, 1] == pytest.approx(2 / 3)
    assert (alike[0, 2], alike[2, 3], alike[3, 4], alike[0, 4]) == (0, 1, 0, 0)


@tried(1000)
@given(crowds)
def test_likeness_is_what_scoring_calls_f1(answers):
    alike = box_likeness(answers, RULES)

    for (one, other), value in zip(combinations(answers, 2), alike.tolist(), strict=True):
        f1 = score_boxes(one, other, RULES).f1
        assert value == pytest.approx(1 if f1 is None else f1)


@tried(1000)
@given(crowds)
def test_everybody_may_change_places_without_changing_the_consensus(answers):
    def made(order):
        turned = [answers[n] for n in order]
        majority = [Counter(sorted(unit)).most_common(1)[0][0] for unit in box_units(turned, RULES)]
        return Counter(box_consensus(turned, majority, RULES).regions)

    orders = list(permutations(range(len(answers))))
    assert made(orders[0]) == made(orders[-1])
