"""A generated data set for the benchmarks: 5,000 pictures, 36,781 gold boxes, 80 labels, always the same."""

from dataclasses import dataclass

import numpy as np

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.arrays import Floats, Ints
from labelkit.domain.tables import BoxTable, box_table

IMAGES, BOXES, LABELS = 5_000, 36_781, 80
SIZE = np.array((640.0, 480.0))
NAMES = tuple(f"label_{number:02}" for number in range(LABELS))


@dataclass(frozen=True)
class Boxes:
    """Boxes as columns: `image` (n,), `label` (n,), `xywh` (n, 4) in pixels; by image, in drawing order."""

    image: Ints
    label: Ints
    xywh: Floats

    def __len__(self) -> int:
        return len(self.image)

    def table(self, images: int) -> BoxTable:
        position = np.arange(len(self)) - np.searchsorted(self.image, self.image)
        unusable = np.zeros(images, dtype=np.bool_)
        return box_table(NAMES, unusable, self.image, self.label, self.xywh, position)

    def rows_of(self, table: BoxTable, rows: Ints) -> Ints:
        """Our own rows (k,) of these rows (k,) of the table made of us."""
        result: Ints = np.searchsorted(self.image, table.scene[rows]) + table.position[rows]
        return result

    def pick(self, rows: Ints) -> "Boxes":
        return Boxes(self.image[rows], self.label[rows], self.xywh[rows])


def gold_set(seed: int = 1, images: int = IMAGES, boxes: int = BOXES) -> Boxes:
    """Gold with a long tail of crowded pictures; a third of the boxes stand close to one like them."""
    random = np.random.default_rng(seed)
    share = random.gamma(0.9, size=images) + 0.05
    image = np.sort(random.choice(images, size=boxes, p=share / share.sum()))
    label = np.minimum(random.geometric(0.06, size=boxes) - 1, LABELS - 1)
    side = np.exp(random.normal(4.0, 0.9, size=(boxes, 1)) + random.normal(0, 0.35, size=(boxes, 2)))
    side = np.clip(side, 6, SIZE * 0.9)
    corner = random.uniform(size=(boxes, 2)) * (SIZE - side)
    beside = np.flatnonzero((random.uniform(size=boxes) < 0.33) & (image == np.roll(image, 1)))
    for row in beside[beside > 0]:  # one after the other, so that rows of them form
        label[row], side[row] = label[row - 1], side[row - 1] * random.uniform(0.85, 1.15, size=2)
        corner[row] = corner[row - 1] + side[row - 1] * random.normal(0, 0.45, size=2)
    side = np.minimum(side, SIZE)
    corner = np.clip(corner, 0, SIZE - side)
    return Boxes(image, label, np.hstack((corner, side)))


def answer_set(gold: Boxes, seed: int = 2) -> Boxes:
    """What people would draw: jitter of a hand, and each kind of mistake in a few of a hundred boxes."""
    random = np.random.default_rng(seed)
    drawn = gold.pick(np.flatnonzero(random.uniform(size=len(gold)) > 0.07))
    side = drawn.xywh[:, 2:]
    spread = np.where(random.uniform(size=(len(drawn), 1)) < 0.06, 0.3, 0.025) * side
    xywh = np.hstack((drawn.xywh[:, :2] + random.normal(size=side.shape) * spread, side))
    xywh[:, 2:] = np.maximum(side + random.normal(size=side.shape) * spread, 2)
    wrong = random.uniform(size=len(drawn)) < 0.04
    label = np.where(wrong, random.integers(LABELS, size=len(drawn)), drawn.label)
    drawn = Boxes(drawn.image, label, xywh)
    twice = drawn.pick(np.flatnonzero(random.uniform(size=len(drawn)) < 0.03))
    stray = drawn.pick(np.flatnonzero(random.uniform(size=len(drawn)) < 0.04))
    stray.xywh[:, :2] = random.uniform(size=(len(stray), 2)) * SIZE / 2
    parts = (drawn, twice, stray)
    whole = Boxes(
        np.concatenate([part.image for part in parts]),
        np.concatenate([part.label for part in parts]),
        np.concatenate([part.xywh for part in parts]),
    )
    return whole.pick(np.argsort(whole.image + random.uniform(size=len(whole)), kind="stable"))


def as_annotations(boxes: Boxes, images: int = IMAGES) -> list[BoxAnnotation]:
    """The same boxes as values, one annotation a picture."""
    regions: list[list[Box]] = [[] for _ in range(images)]
    for image, label, xywh in zip(
        boxes.image.tolist(), boxes.label.tolist(), boxes.xywh.tolist(), strict=True
    ):
        regions[image].append(Box(NAMES[label], *xywh))
    return [BoxAnnotation(tuple(drawn)) for drawn in regions]
