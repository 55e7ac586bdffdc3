"""The six cases in which a known peer, label-studio-evalme, gives a wrong score or crashes."""

import pytest

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.door import admit
from labelkit.domain.errors import Invalid
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind
from labelkit.domain.scoring import score_boxes

FIRST = Box("car", 0, 0, 100, 100)
SECOND = Box("car", 200, 200, 100, 100)
THIRD = Box("car", 400, 0, 100, 100)
STRAY = Box("car", 600, 600, 50, 50)


def score(answer, gold):
    return score_boxes(BoxAnnotation(tuple(answer)), BoxAnnotation(tuple(gold)), BoxRules())


@pytest.mark.parametrize("boxes", [(FIRST, SECOND), (FIRST, SECOND, THIRD)])
def test_several_boxes_drawn_exactly_are_perfect(boxes):
    result = score(boxes, boxes)

    assert (result.value, result.precision, result.recall, result.f1, result.mean_iou) == (1, 1, 1, 1, 1)
    assert result.findings == ()


def test_one_object_drawn_twice_halves_the_precision():
    result = score([FIRST, FIRST], [FIRST])

    assert (result.value, result.precision, result.recall) == (0.5, 0.5, 1)
    assert [finding.kind for finding in result.findings] == [ErrorKind.DUPLICATE]


def test_all_found_plus_a_duplicate_and_a_stray_box_is_right_by_half_either_way_round():
    drawn = [FIRST, SECOND, FIRST, STRAY]
    result = score(drawn, [FIRST, SECOND])
    swapped = score([FIRST, SECOND], drawn)

    assert (result.value, result.precision, result.recall) == (0.5, 0.5, 1)
    assert (swapped.precision, swapped.recall) == (1, 0.5)


def test_nothing_drawn_where_nothing_is_to_be_found_is_right():
    result = score([], [])

    assert result.value == 1
    assert (result.precision, result.recall, result.f1, result.mean_iou) == (None, None, None, None)


def test_a_box_without_area_is_refused_at_the_door_by_its_number():
    with pytest.raises(Invalid, match=r"Box 2 has no area\."):
        admit([FIRST, Box("car", 10, 10, 0, 40)], 800, 800, max_regions=500)
