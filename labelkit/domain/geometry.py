"""Boxes as arrays: (n, 4) float64 corners x1 y1 x2 y2 in image pixels, edges continuous (no +1)."""

import numpy as np

from labelkit.domain.arrays import Floats


def corners(boxes: Floats) -> Floats:
    """Corners (n, 4) of COCO boxes (n, 4) x y w h. Each of the four columns lies contiguous in memory."""
    x, y, w, h = np.asarray(boxes, dtype=np.float64).reshape(-1, 4).T
    return np.stack((x, y, x + w, y + h)).T


def clip(boxes: Floats, width: float, height: float) -> Floats:
    """Corners (..., 4) cut off at the borders of a picture of `width` by `height` pixels."""
    return np.clip(boxes, 0.0, np.array((width, height, width, height), dtype=np.float64))


def area(boxes: Floats) -> Floats:
    """Area (...) in square pixels of corners (..., 4)."""
    result: Floats = (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])
    return result


def intersection(first: Floats, second: Floats) -> Floats:
    """Common area of corners (..., 4) and corners (..., 4), broadcast against each other."""
    x1 = np.maximum(first[..., 0], second[..., 0])
    y1 = np.maximum(first[..., 1], second[..., 1])
    x2 = np.minimum(first[..., 2], second[..., 2])
    y2 = np.minimum(first[..., 3], second[..., 3])
    result: Floats = np.maximum(x2 - x1, 0.0) * np.maximum(y2 - y1, 0.0)
    return result


def pairwise_iou(first: Floats, second: Floats) -> Floats:
    """Intersection over union (n, m), 0 to 1, of corners (n, 4) with corners (m, 4); 0 without area."""
    common = intersection(first[:, None], second[None, :])
    return _share(common, area(first)[:, None] + area(second)[None, :] - common)


def pairwise_inside(first: Floats, second: Floats) -> Floats:
    """Which share (n, m) of each of corners (n, 4) lies inside each of corners (m, 4); 0 without area."""
    return _share(intersection(first[:, None], second[None, :]), area(first)[:, None])


def _share(part: Floats, whole: Floats) -> Floats:
    whole = np.broadcast_to(whole, part.shape)
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
