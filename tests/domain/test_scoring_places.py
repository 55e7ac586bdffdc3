"""DESIGN section 4, rules 1 to 4: every box has its place, on pictures small enough to compute by hand."""

from dataclasses import replace

import pytest

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Severity, Sides
from labelkit.domain.scoring import best_score
from tests.domain.scenes import CAR, DOG, annotation, kinds, moved, score

FAIL = Severity.FAIL


# Rule 1: hits


def test_a_hit_does_not_depend_on_which_box_came_first():
    # The middle box overlaps both golds; greedy would give it the nearer one and leave the outer without.
    left, right = Box("car", 0, 0, 100, 10), Box("car", 40, 0, 100, 10)
    outer, middle = Box("car", 70, 0, 100, 10), Box("car", 30, 0, 100, 10)

    for drawn in ([outer, middle], [middle, outer]):
        assert score(drawn, [left, right]).hits == 2


def test_a_hit_needs_half_of_the_union_and_exactly_half_is_enough():
    half = replace(CAR, w=50)

    assert score([half], [CAR]).hits == 1
    assert score([moved(half, w=-0.001)], [CAR]).hits == 0
    assert score([moved(half, w=-1e-9)], [CAR]).hits == 1


def test_only_the_same_label_hits():
    # Another label lies closer, and still the right one gets its partner.
    near, far = replace(CAR, label="bus"), moved(CAR, x=3)
    result = score([near, far], [CAR])

    assert result.pairs == ((1, 0),)
    assert (result.hits, result.right, result.mistakes) == (1, 1, 1)


# Rule 2: wrong label


def test_a_box_in_place_under_a_wrong_name_is_one_mistake():
    result = score([replace(CAR, label="bus"), DOG], [CAR, DOG])

    finding = result.findings[0]
    assert kinds(result) == [(ErrorKind.WRONG_LABEL, FAIL)]
    assert (finding.answer, finding.gold, finding.labels, finding.gold_labels) == (0, 0, ("bus",), ("car",))
    assert (finding.iou, finding.sides) == (1, None)
    assert (result.value, result.right, result.mistakes) == (0.5, 1, 1)


# Rule 3: set aside


@pytest.mark.parametrize("label", ["car", "dog"])
def test_a_box_half_inside_an_ignored_region_counts_nowhere_whatever_its_label(label):
    region = Box("car", 0, 0, 300, 300, ignore=True)
    inside, half, less = (Box(label, x, 10, 40, 40) for x in (20, 280, 281))
    result = score([inside, half, less], [region])

    assert result.set_aside == (0, 1)
    assert kinds(result) == [(ErrorKind.EXTRA, FAIL)]
    assert (result.precision, result.recall) == (0, None)


def test_a_box_that_matches_an_ignored_region_without_lying_half_inside_counts_nowhere():
    region = Box("car", 0, 0, 100, 100, ignore=True)

    assert score([Box("dog", -50, 0, 190, 100)], [region]).set_aside == (0,)  # 0.53 inside
    assert score([Box("dog", -40, -5, 180, 110)], [region]).set_aside == (0,)  # IoU 0.505


def test_ignored_gold_is_never_missed_nor_hit():
    result = score([], [replace(CAR, ignore=True)])
    assert (result.value, result.findings) == (1, ())

    result = score([CAR], [replace(CAR, ignore=True)])
    assert (result.value, result.hits, result.set_aside) == (1, 0, (0,))


def test_a_hit_comes_before_setting_aside():
    assert score([CAR], [CAR, moved(CAR, x=-50, y=-50, w=100, h=100, ignore=True)]).hits == 1


def test_a_crowd_takes_only_boxes_of_its_own_label_and_by_their_share_inside():
    crowd = Box("person", 0, 0, 300, 300, crowd=True)
    strict = BoxRules(match_iou=0.7)
    person, dog = Box("person", 260, 10, 60, 40), Box("dog", 10, 10, 40, 40)

    assert score([person, dog], [crowd]).set_aside == (0,)  # 40 of 60 wide: 0.67 inside
    assert score([person, dog], [crowd], strict).set_aside == ()
    assert score([], [crowd]).value == 1


def test_optional_gold_may_be_left_out_but_counts_once_it_is_drawn():
    shy = replace(DOG, optional=True)

    left_out = score([CAR], [CAR, shy])
    assert (left_out.value, left_out.recall, left_out.findings) == (1, 1, ())
    hit = score([CAR, DOG], [CAR, shy])
    assert (hit.right, hit.mistakes, hit.recall) == (2, 0, 1)
    wrong = score([CAR, replace(DOG, label="cat")], [CAR, shy])
    assert (wrong.value, kinds(wrong)) == (0.5, [(ErrorKind.WRONG_LABEL, FAIL)])
    beside = score([CAR, moved(DOG, x=25)], [CAR, shy])
    assert (beside.value, kinds(beside)) == (0.5, [(ErrorKind.MISPLACED, FAIL)])


# Rule 4: the rest


@pytest.mark.parametrize("label", ["car", "bus"])
def test_a_second_box_on_a_paired_object_is_a_duplicate_whatever_its_label(label):
    result = score([CAR, moved(CAR, x=2, label=label)], [CAR])

    assert kinds(result) == [(ErrorKind.DUPLICATE, FAIL)]
    assert (result.findings[0].answer, result.findings[0].gold) == (1, 0)
    assert result.confusion == (("car", "car", 1), (None, label, 1))


def test_a_box_doubles_the_object_that_it_matches_best():
    # Both objects are drawn; the third box overlaps both by more than half.
    other = moved(CAR, x=30)
    result = score([CAR, other, moved(CAR, x=20)], [CAR, other])

    assert [(f.kind, f.answer, f.gold) for f in result.findings] == [(ErrorKind.DUPLICATE, 2, 1)]


def test_a_box_beside_its_object_is_one_mistake_and_not_a_miss_and_an_extra():
    result = score([moved(CAR, x=50)], [CAR])

    assert kinds(result) == [(ErrorKind.MISPLACED, FAIL)]
    assert result.findings[0].iou == pytest.approx(1 / 3)
    assert result.findings[0].sides == Sides(-50, 0, 50, 0)
    assert (result.value, result.mistakes, result.hits, result.precision) == (0, 1, 0, 0)
    assert result.confusion == (("car", "car", 1),)
    assert result.pairs == ((0, 0),)


def test_a_box_beside_its_object_under_a_wrong_name_is_one_mistake_too():
    result = score([moved(CAR, x=50, label="bus")], [CAR])

    assert kinds(result) == [(ErrorKind.MISPLACED_WRONG_LABEL, FAIL)]
    assert result.confusion == (("car", "bus", 1),)


def test_the_right_label_beside_comes_before_a_wrong_label_that_is_closer():
    result = score([moved(CAR, x=40, label="bus"), moved(CAR, x=60)], [CAR])

    assert kinds(result) == [(ErrorKind.EXTRA, FAIL), (ErrorKind.MISPLACED, FAIL)]


def test_too_far_away_is_an_extra_and_a_miss():
    result = score([moved(CAR, x=90)], [CAR])  # IoU 800 / 15,200

    assert kinds(result) == [(ErrorKind.MISSING, FAIL), (ErrorKind.EXTRA, FAIL)]
    assert (result.findings[0].gold, result.findings[0].gold_labels) == (0, ("car",))
    assert (result.findings[1].answer, result.findings[1].labels) == (0, ("car",))
    assert result.confusion == (("car", None, 1), (None, "car", 1))


# Several accepted golds; positions


def test_of_several_accepted_golds_the_best_counts_and_of_equals_the_first():
    two, unusable = annotation(CAR, DOG), BoxAnnotation(unusable=True)

    assert best_score(two, [annotation(CAR), two, two], BoxRules()).accepted == 1
    assert best_score(unusable, [two, unusable], BoxRules()).value == 1
    assert best_score(annotation(CAR), [unusable, annotation()], BoxRules()).accepted == 0


def test_of_two_golds_on_the_same_spot_the_one_that_must_be_drawn_comes_first():
    shy, hidden = replace(CAR, optional=True), replace(CAR, flags=frozenset({"occluded"}))
    flagged = BoxRules(flags=("occluded",))

    assert score([CAR], [shy, CAR]).value == score([CAR], [CAR, shy]).value == 1
    for golds in ([CAR, hidden], [hidden, CAR]):
        assert kinds(score([CAR], golds, flagged)) == [(ErrorKind.MISSING, FAIL)]


def test_findings_and_pairs_name_positions_in_the_lists_as_given():
    result = score([moved(CAR, w=9), Box("cat", 700, 0, 9, 9), DOG], [DOG, CAR])

    assert set(result.pairs) == {(0, 1), (2, 0)}
    assert [(f.kind, f.answer, f.gold) for f in result.findings] == [
        (ErrorKind.EXTRA, 1, None),
        (ErrorKind.LOOSE, 0, 1),
    ]
