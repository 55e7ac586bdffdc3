"""A steady hand is never exact and never beyond tolerance."""

import random

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.hand import jitter, tolerance
from labelkit.domain.rules import BoxRules
from labelkit.domain.scoring import score_boxes

RULES = BoxRules()
SIZE = (640, 400)


def test_a_hand_never_strays_beyond_tolerance():
    chance = random.Random(5)
    gold = BoxAnnotation(
        tuple(Box("car", 50, 40, chance.uniform(1, 300), chance.uniform(1, 300)) for _ in range(200))
    )
    for old, new in zip(gold.regions, jitter(gold, chance, RULES, SIZE, spread=1).regions, strict=True):
        across, down = tolerance(old, RULES)
        assert abs(new.x - old.x) < across
        assert abs(new.x + new.w - old.x - old.w) < across
        assert abs(new.y - old.y) < down
        assert abs(new.y + new.h - old.y - old.h) < down
        assert score_boxes(BoxAnnotation((new,)), BoxAnnotation((old,)), RULES).hits == 1


def test_a_hand_stays_inside_the_picture():
    whole = BoxAnnotation((Box("car", 0, 0, *SIZE),))

    for seed in range(20):
        (box,) = jitter(whole, random.Random(seed), RULES, SIZE).regions
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.w <= SIZE[0]
        assert box.y + box.h <= SIZE[1]
