"""Boxes as arrays: edges are continuous, so that no pixel is added anywhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from labelkit.domain.geometry import area, clip, corners, intersection, pairwise_inside, pairwise_iou
from tests.domain.scenes import tried

LEFT = np.array([[0.0, 0.0, 10.0, 10.0]])
MIDDLE = np.array([[5.0, 0.0, 15.0, 10.0]])
RIGHT = np.array([[10.0, 0.0, 20.0, 10.0]])

some_boxes = arrays(np.float64, st.tuples(st.integers(0, 6), st.just(4)), elements=st.floats(0.5, 900))


def test_corners_add_the_size_to_the_place_and_nothing_else():
    assert corners(np.array([[10.0, 20.0, 30.0, 40.0]])).tolist() == [[10, 20, 40, 60]]


def test_no_boxes_have_no_corners():
    assert corners(np.zeros((0, 4))).shape == (0, 4)


def test_half_overlapping_squares_share_a_third_of_their_union():
    assert pairwise_iou(LEFT, MIDDLE)[0, 0] == pytest.approx(1 / 3)


def test_boxes_that_only_touch_share_nothing():
    assert pairwise_iou(LEFT, RIGHT).tolist() == [[0.0]]


def test_a_box_inside_another_is_inside_wholly_but_overlaps_by_its_share():
    inner = np.array([[2.0, 2.0, 7.0, 6.0]])

    assert pairwise_inside(inner, LEFT).tolist() == [[1.0]]
    assert pairwise_inside(LEFT, inner).tolist() == [[0.2]]
    assert pairwise_iou(inner, LEFT).tolist() == [[0.2]]


def test_a_box_without_area_overlaps_nothing_and_breaks_nothing():
    point = np.array([[5.0, 5.0, 5.0, 5.0]])

    assert pairwise_iou(point, np.vstack((point, LEFT))).tolist() == [[0.0, 0.0]]
    assert pairwise_inside(point, LEFT).tolist() == [[0.0]]


def test_pairwise_tables_have_a_row_for_each_first_and_a_column_for_each_second_box():
    table = pairwise_iou(np.vstack((LEFT, MIDDLE)), np.vstack((LEFT, MIDDLE, RIGHT)))

    assert table.shape == (2, 3)
    assert table[1] == pytest.approx([1 / 3, 1, 1 / 3])
    assert pairwise_iou(np.zeros((0, 4)), LEFT).shape == (0, 1)


def test_clipping_cuts_at_the_borders_only():
    over = np.array([[-5.0, -1.0, 50.0, 200.0], [1.0, 2.0, 3.0, 4.0]])

    assert clip(over, 40, 100).tolist() == [[0, 0, 40, 100], [1, 2, 3, 4]]


@tried(500)
@given(some_boxes, some_boxes)
def test_overlap_is_symmetric_and_a_share(first, second):
    first, second = corners(first), corners(second)
    iou = pairwise_iou(first, second)

    assert np.array_equal(iou, pairwise_iou(second, first).T)
    assert np.all((iou >= 0) & (iou <= 1))
    assert np.allclose(np.diag(pairwise_iou(first, first)), 1)


@tried(500)
@given(some_boxes, st.integers(-50, 50), st.sampled_from((0.25, 0.5, 2.0, 8.0)))
def test_overlap_stays_when_the_picture_is_moved_or_scaled(boxes, shift, scale):
    first = corners(boxes)
    moved = first * scale + shift

    assert np.allclose(pairwise_iou(moved, moved), pairwise_iou(first, first))
    assert np.allclose(area(moved), area(first) * scale**2)
    assert np.allclose(intersection(moved, moved), area(moved))
