"""What one gold says otherwise than another."""

from labelkit.domain.annotations import BoxAnnotation, LabelAnnotation
from labelkit.domain.differences import Change, Difference, between
from tests.make import box


def of_boxes(before, after):
    return between([BoxAnnotation(tuple(before))], [BoxAnnotation(tuple(after))])


def of_labels(before, after):
    return between([LabelAnnotation(frozenset(before))], [LabelAnnotation(frozenset(after))])


def test_the_same_answers_have_no_difference_whatever_the_order_of_their_boxes():
    one, other = box(), box("person", x=200)

    assert of_boxes([one, other], [other, one]) == []


def test_a_box_is_added_and_another_removed():
    assert of_boxes([box()], [box("person", x=200)]) == [
        Difference(Change.REMOVED, "car"),
        Difference(Change.ADDED, "person"),
    ]


def test_a_difference_says_where_its_box_stands_before_and_after():
    before = [box(x=200), box(), box("person", x=260)]

    found = of_boxes(before, [box(x=300), box(x=42), box("person", x=260)])

    assert [(one.change, one.old, one.new) for one in found] == [
        (Change.MOVED, 1, 1),
        (Change.REMOVED, 0, None),
        (Change.ADDED, None, 0),
    ]


def test_a_moved_box_says_by_how_much_each_side_moved():
    assert of_boxes([box(x=40, y=40, w=100, h=80)], [box(x=42, y=40, w=100, h=77)]) == [
        Difference(Change.MOVED, "car", sides=(2, 0, 2, -3))
    ]


def test_a_box_with_another_label_is_relabelled_not_replaced():
    assert of_boxes([box("car")], [box("person")]) == [Difference(Change.RELABELLED, "person", "car")]


def test_marks_of_a_box_are_told():
    before = [box(flags=frozenset({"occluded"}))]

    assert of_boxes(before, [box(ignore=True)]) == [
        Difference(Change.MARKED, "car", marks=("+ignore", "-occluded"))
    ]


def test_each_box_is_paired_with_the_nearest():
    before = [box(x=40), box(x=60)]

    assert of_boxes(before, [box(x=61), box(x=40)]) == [Difference(Change.MOVED, "car", sides=(1, 0, 1, 0))]


def test_of_two_equal_boxes_the_one_with_the_label_is_the_same():
    assert of_boxes([box("car"), box("person")], [box("person"), box("car")]) == []


def test_another_label_takes_the_place_of_one():
    assert of_labels({"refund"}, {"delivery"}) == [Difference(Change.RELABELLED, "delivery", "refund")]


def test_labels_come_and_go():
    assert of_labels({"a", "b"}, {"a"}) == [Difference(Change.REMOVED, "b")]
    assert of_labels({"a"}, {"a", "b", "c"}) == [Difference(Change.ADDED, "b"), Difference(Change.ADDED, "c")]


def test_what_could_not_be_labelled_now_can():
    found = between([BoxAnnotation(unusable=True)], [BoxAnnotation((box(),))])

    assert found == [Difference(Change.NOW_USABLE), Difference(Change.ADDED, "car")]


def test_accepted_answers_are_paired_by_their_place():
    one, other = LabelAnnotation(frozenset({"a"})), LabelAnnotation(frozenset({"b"}))

    assert between([one], [one, other]) == [Difference(Change.ANSWER_ADDED, answer=2)]
    assert between([one, other], [other]) == [
        Difference(Change.RELABELLED, "b", "a"),
        Difference(Change.ANSWER_REMOVED, answer=2),
    ]
