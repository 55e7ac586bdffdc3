"""A rejection is answered at its marks: what nobody pointed at stays as it was."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.hand import Setting
from labelkit.domain.marks import Mark
from labelkit.domain.mending import mend_boxes
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Severity
from labelkit.domain.scoring import best_score
from tests.domain.scenes import CAR, annotation, crowded, drawn_after, moved, tried

RULES = BoxRules()
SIZE = (640.0, 480.0)
FAR = Box("car", 400, 300, 60, 50)
WIDE = moved(CAR, x=-30, w=60)
GOLD = annotation(CAR, FAR)


def mend(answer, *marks, gold=GOLD, others=(), seed=1):
    return mend_boxes(answer, [gold, *others], marks, Setting(random.Random(seed), RULES, SIZE))


def at(x, y):
    return Mark("missing", at=(x, y))


def region(number):
    return Mark("loose", region=number)


def mistakes(answer, gold=GOLD):
    found = best_score(answer, [gold], RULES).findings
    return [finding.kind for finding in found if finding.severity is Severity.FAIL]


def test_a_marked_box_is_drawn_anew_where_it_stands_and_its_neighbour_stays():
    answer = annotation(WIDE, FAR)

    mended = mend(answer, region(0))

    assert mended.regions[0] not in (WIDE, CAR)
    assert mended.regions[1:] == (FAR,)
    assert mistakes(mended) == []


def test_a_marked_label_is_put_right():
    mended = mend(annotation(moved(CAR, label="bus"), FAR), region(0))

    assert mended.regions[0].label == "car"


@pytest.mark.parametrize("needless", [moved(CAR, x=-200, y=250), moved(CAR, x=5)], ids=["extra", "twice"])
def test_a_marked_box_that_belongs_to_no_object_is_taken_away(needless):
    assert mend(annotation(CAR, FAR, needless), region(2)) == GOLD


def test_at_a_marked_place_the_missing_object_round_it_is_drawn():
    small, big = Box("car", 300, 200, 20, 20), Box("bus", 250, 150, 200, 200)

    mended = mend(annotation(CAR), at(310, 210), gold=annotation(CAR, big, small))

    assert mended.regions[0] == CAR
    assert mistakes(BoxAnnotation(mended.regions[1:]), annotation(small)) == []


def test_a_place_beside_a_missing_object_means_the_nearest_one():
    mended = mend(annotation(), at(390, 290))

    assert mistakes(mended, annotation(FAR)) == []


def test_two_marks_at_one_place_mean_one_object_and_more_places_than_objects_draw_no_more():
    assert len(mend(annotation(), at(420, 320), at(420, 320)).regions) == 1
    assert len(mend(annotation(), at(1, 1), at(2, 2), at(3, 3)).regions) == 2


def test_a_place_where_nothing_is_missing_changes_nothing():
    assert mend(annotation(WIDE, FAR), at(150, 150)) == annotation(WIDE, FAR)


def test_an_ignored_area_is_never_drawn_and_what_may_be_left_out_is_where_it_is_asked_for():
    area, parked = Box("car", 0, 0, 50, 50, ignore=True), Box("car", 500, 10, 40, 30, optional=True)
    gold = annotation(CAR, area, parked)

    assert mend(annotation(CAR), gold=gold) == annotation(CAR)
    (_, drawn) = mend(annotation(CAR), at(10, 10), gold=gold).regions
    assert drawn.x > 450
    assert not drawn.optional


def test_without_a_mark_every_mistake_is_mended_and_what_is_right_stays():
    right = moved(FAR, x=1)
    answer = annotation(WIDE, right, Box("car", 10, 400, 30, 30))

    mended = mend(answer)

    assert mistakes(answer) == [ErrorKind.EXTRA, ErrorKind.LOOSE]
    assert mistakes(mended) == []
    assert mended.regions[1:] == (right,)


def test_right_work_that_was_sent_back_as_a_whole_stays_as_it_is():
    assert mend(GOLD) == GOLD


def test_the_closest_of_several_golds_is_what_an_answer_is_mended_by():
    assert mend(annotation(FAR, WIDE), others=[annotation(FAR)], gold=annotation(CAR)) == annotation(FAR)


@pytest.mark.parametrize(("said", "gold"), [(True, False), (False, True)])
def test_where_one_side_says_it_cannot_be_labelled_the_answer_changes_as_a_whole(said, gold):
    usable, unusable = annotation(CAR), BoxAnnotation(unusable=True)

    mended = mend(unusable if said else usable, at(1, 1), gold=unusable if gold else usable)

    assert mended.unusable is gold
    assert mistakes(mended, unusable if gold else usable) == []


@tried(300)
@given(st.integers(0, 10**6))
def test_what_is_not_marked_stays_exactly_as_it_was(seed):
    chance = random.Random(seed)
    gold = crowded(chance, marks=True)
    answer = drawn_after(gold, chance)
    marked = {number for number in range(len(answer.regions)) if chance.random() < 0.4}
    places = [at(chance.uniform(0, 200), chance.uniform(0, 200)) for _ in range(chance.randint(0, 3))]
    if not (marked or places):
        return

    mended = mend(answer, *map(region, sorted(marked)), *places, gold=gold, seed=seed)

    kept = [box for number, box in enumerate(answer.regions) if number not in marked]
    others = iter(mended.regions)
    assert all(box in others for box in kept)  # all of them, in their order
    assert len(mended.regions) <= len(answer.regions) + len(places)


@tried(300)
@given(st.integers(0, 10**6))
def test_an_answer_that_was_sent_back_as_a_whole_keeps_no_box_that_is_wrong(seed):
    chance = random.Random(seed)
    gold = crowded(chance, most=5, marks=True)
    answer = drawn_after(gold, chance)
    wrong = {
        finding.answer
        for finding in best_score(answer, [gold], RULES).findings
        if finding.severity is Severity.FAIL
    }

    mended = mend(answer, gold=gold, seed=seed)

    kept = {box for number, box in enumerate(answer.regions) if number not in wrong}
    assert kept <= set(mended.regions)
    assert not {answer.regions[number] for number in wrong - {None}} - kept & set(mended.regions)
