"""DESIGN section 4, rules 5 to 8: sides, numbers, nothing to find and unusable, computed by hand."""

from dataclasses import replace

import pytest

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.rules import FLAGS, BoxRules
from labelkit.domain.scores import ErrorKind, Severity, Sides
from labelkit.domain.scoring import score_boxes
from tests.domain.scenes import CAR, DOG, annotation, kinds, moved, score

RULES = BoxRules()
NOTHING = BoxAnnotation()
UNUSABLE = BoxAnnotation(unusable=True)
FAIL, WARNING = Severity.FAIL, Severity.WARNING


# Rule 5: sides. CAR is 100 wide (t = 3) and 80 high (t = 2.4).


@pytest.mark.parametrize(
    ("change", "kind", "severity", "worst", "sides"),
    [
        ({"w": 3.5}, ErrorKind.LOOSE, WARNING, "right", Sides(0, 0, 3.5, 0)),
        ({"w": 6.5}, ErrorKind.LOOSE, FAIL, "right", Sides(0, 0, 6.5, 0)),
        ({"x": 3.5, "w": -3.5}, ErrorKind.CUT, WARNING, "left", Sides(-3.5, 0, 0, 0)),
        ({"h": -5}, ErrorKind.CUT, FAIL, "bottom", Sides(0, 0, 0, -5)),
        ({"x": 4}, ErrorKind.SHIFTED, WARNING, "left", Sides(-4, 0, 4, 0)),
        ({"y": -5}, ErrorKind.SHIFTED, FAIL, "top", Sides(0, 5, 0, -5)),
        ({"x": 4, "h": 7}, ErrorKind.SHIFTED, FAIL, "bottom", Sides(-4, 0, 4, 7)),
        ({"x": -4, "w": 8}, ErrorKind.LOOSE, WARNING, "left", Sides(4, 0, 4, 0)),
        ({"x": 2, "w": 2}, ErrorKind.LOOSE, WARNING, "right", Sides(-2, 0, 4, 0)),
    ],
)
def test_the_sides_of_a_hit_are_named_in_signed_pixels(change, kind, severity, worst, sides):
    result = score([moved(CAR, **change)], [CAR])

    finding = result.findings[0]
    assert kinds(result) == [(kind, severity)]
    assert (finding.worst, finding.sides, finding.answer, finding.gold) == (worst, sides, 0, 0)
    assert result.value == (1 if severity is WARNING else 0)
    assert (result.hits, result.precision, result.exact_share) == (1, 1, 0)


def test_sides_that_are_off_alike_but_for_rounding_are_told_by_the_first_of_them():
    gold = Box("car", 0.1, 0.2, 100.3, 80.7)
    drawn = moved(gold, x=-4.1, w=8.2)  # in floating point the right side is off by a hair more

    finding = score([drawn], [gold]).findings[0]
    assert finding.sides.right > finding.sides.left
    assert finding.worst == "left"


def test_a_side_that_is_not_off_is_0_without_a_sign():
    assert "-0.0" not in repr(score([moved(CAR, w=9)], [CAR]))
    assert "-0.0" not in repr(score([moved(CAR, y=9)], [CAR]))


@pytest.mark.parametrize("change", [{}, {"x": 3}, {"w": 3}, {"y": -2.4, "h": 4.8}, {"w": 3 + 1e-10}])
def test_all_sides_within_tolerance_are_exact(change):
    result = score([moved(CAR, **change)], [CAR])

    assert (result.findings, result.exact_share) == ((), 1)


def test_twice_the_tolerance_is_still_a_warning():
    assert kinds(score([moved(CAR, w=6)], [CAR])) == [(ErrorKind.LOOSE, WARNING)]


def test_the_tolerance_has_a_floor_for_small_objects_and_a_ceiling_for_large_ones():
    small, large = Box("car", 0, 0, 20, 20), Box("car", 0, 0, 1000, 1000)

    assert score([moved(small, w=2)], [small]).exact_share == 1
    assert kinds(score([moved(small, w=2.1)], [small])) == [(ErrorKind.LOOSE, WARNING)]
    assert score([moved(large, w=10)], [large]).exact_share == 1
    assert kinds(score([moved(large, w=20.1)], [large])) == [(ErrorKind.LOOSE, FAIL)]


def test_a_tiny_object_missed_by_a_hair_is_right_though_it_is_no_hit():
    tiny = Box("car", 50, 50, 6, 6)
    near = score([moved(tiny, x=2, y=2)], [tiny])  # IoU 16 / 56, all sides within 2 px
    warned = score([moved(tiny, x=3)], [tiny])  # IoU 1/3, two sides off by 3 px

    assert (near.value, near.right, near.hits, near.findings) == (1, 1, 0, ())
    assert (near.precision, near.recall, near.f1) == (0, 0, 0)
    assert (warned.value, kinds(warned)) == (1, [(ErrorKind.SHIFTED, WARNING)])


# Rule 6: numbers


def test_the_headline_and_what_stands_beside_it():
    # A hit at IoU 0.97 with one warning, a wrong label, a duplicate and a missing one.
    bus = Box("bus", 400, 300, 100, 100)
    gold = [CAR, DOG, bus]
    drawn = [moved(CAR, w=4), moved(CAR, x=1), replace(DOG, label="cat")]
    result = score(drawn, gold)

    assert (result.right, result.mistakes, result.value, result.hits) == (1, 3, 0.25, 1)
    assert (result.precision, result.recall) == (1 / 3, 1 / 3)
    assert result.f1 == pytest.approx(1 / 3)
    assert result.mean_iou == pytest.approx(99 / 101)  # the closer one is the hit
    assert result.panoptic_quality == pytest.approx(99 / 101 / 3)
    assert (result.mean_side_error, result.exact_share) == (0.5, 1)
    assert result.confusion == (("bus", None, 1), ("car", "car", 1), ("dog", "cat", 1), (None, "car", 1))


def test_labels_have_figures_of_their_own():
    result = score([CAR, moved(CAR, y=200), replace(DOG, label="car")], [CAR, DOG])
    car, dog = result.labels

    assert (car.label, car.right, car.mistakes, car.hits, car.answers, car.golds) == ("car", 1, 1, 1, 3, 1)
    assert (car.precision, car.recall, car.f1, car.mean_iou) == (1 / 3, 1, 0.5, 1)
    assert (dog.label, dog.right, dog.mistakes, dog.hits, dog.answers, dog.golds) == ("dog", 0, 1, 0, 0, 1)
    assert (dog.precision, dog.recall, dog.f1, dog.mean_iou) == (None, 0, 0, None)


def test_a_label_that_takes_no_part_has_no_figures():
    ignored, shy = replace(DOG, ignore=True), replace(DOG, x=600, label="cat", optional=True)

    assert [figures.label for figures in score([CAR, DOG], [CAR, ignored, shy]).labels] == ["car"]


def test_a_ratio_without_a_denominator_is_none():
    result = score([], [CAR])

    assert (result.precision, result.recall, result.f1, result.mean_iou) == (None, 0, 0, None)
    assert (result.panoptic_quality, result.mean_side_error, result.exact_share) == (0, None, None)


# Rules 7 and 8: nothing to find, cannot be labelled, flags


def test_nothing_to_find_is_an_answer():
    assert score_boxes(NOTHING, NOTHING, RULES).value == 1
    assert score_boxes(NOTHING, annotation(CAR), RULES).value == 0
    assert score_boxes(annotation(CAR), NOTHING, RULES).value == 0


def test_cannot_be_labelled_is_an_answer_too():
    right = score_boxes(UNUSABLE, UNUSABLE, RULES)
    false = score_boxes(UNUSABLE, annotation(CAR, DOG), RULES)
    missed = score_boxes(annotation(CAR, DOG), UNUSABLE, RULES)
    false_on_nothing = score_boxes(UNUSABLE, NOTHING, RULES)

    assert (right.value, right.right, right.mistakes, right.findings) == (1, 1, 0, ())
    assert (false.value, kinds(false)) == (0, [(ErrorKind.FALSE_UNUSABLE, FAIL)])
    assert (missed.value, kinds(missed)) == (0, [(ErrorKind.MISSED_UNUSABLE, FAIL)])
    assert (false_on_nothing.value, kinds(false_on_nothing)) == (0, [(ErrorKind.FALSE_UNUSABLE, FAIL)])


def test_a_flag_is_a_warning_only_where_the_project_asks_for_it():
    hidden = replace(CAR, flags=frozenset({"occluded"}))
    cut_off = replace(CAR, flags=frozenset({"truncated"}))

    assert score([hidden], [CAR]).findings == ()
    asked = score([hidden], [CAR], BoxRules(flags=("occluded",)))
    assert [(f.kind, f.severity, f.flag) for f in asked.findings] == [
        (ErrorKind.WRONG_ATTRIBUTE, WARNING, "occluded")
    ]
    assert asked.value == 1
    both = score([hidden], [cut_off], BoxRules(flags=FLAGS))
    assert [finding.flag for finding in both.findings] == ["occluded", "truncated"]
    assert (both.findings[0].answer, both.findings[0].gold, both.findings[0].sides) == (0, 0, None)
    second = score([CAR], [cut_off], BoxRules(flags=FLAGS))
    assert [finding.flag for finding in second.findings] == ["truncated"]
