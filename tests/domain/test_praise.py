"""What was right: boxes without a finding, and boxes that lie exactly."""

from labelkit.domain.annotations import BoxAnnotation
from labelkit.domain.praise import exact, faultless
from labelkit.domain.rules import BoxRules
from labelkit.domain.scoring import best_score
from tests.make import box

RULES = BoxRules(flags=("occluded",))
GOLD = BoxAnnotation((box(), box("person", x=300), box(x=500, flags=frozenset({"occluded"}))))


def praised(*regions):
    score = best_score(BoxAnnotation(regions), [GOLD], RULES)
    return tuple(sorted(faultless(score))), exact(score)


def test_a_right_answer_is_praised_whole():
    assert praised(*GOLD.regions) == ((0, 1, 2), 3)


def test_a_box_within_the_tolerance_lies_exactly_and_one_beyond_does_not():
    assert praised(box(x=42, w=98)) == ((0,), 1)
    assert praised(box(x=45, w=95)) == ((), 0)


def test_a_mark_that_was_forgotten_leaves_the_box_exact_but_not_faultless():
    assert praised(box(x=500)) == ((), 1)


def test_a_wrong_label_and_what_nobody_asked_for_are_not_praised():
    assert praised(box(x=300), box(x=700)) == ((), 0)


def test_a_doubled_box_leaves_the_first_faultless():
    assert praised(box(), box(x=43, y=43, w=95, h=74)) == ((0,), 1)
