"""A Score goes into a database column and comes back the same."""

import json
import random

from labelkit.domain.annotations import BoxAnnotation, LabelAnnotation
from labelkit.domain.classification import score_labels
from labelkit.domain.rules import FLAGS, BoxRules, ClassRules
from labelkit.domain.scores import Score
from labelkit.domain.scoring import score_boxes
from tests.domain.scenes import annotation, crowded, drawn_after, share


def stored(score):
    """Through JSON text and back, as a database column does it."""
    return Score.from_json(json.loads(json.dumps(score.to_json(), allow_nan=False)))


def test_every_score_of_boxes_comes_back_exactly():
    chance = random.Random(11)
    for _ in range(share(1_000)):
        gold = crowded(chance, marks=True)
        score = score_boxes(drawn_after(gold, chance), gold, BoxRules(flags=FLAGS))

        assert stored(score) == score
        assert repr(stored(score)) == repr(score)


def test_scores_without_boxes_come_back_exactly():
    unusable = BoxAnnotation(unusable=True)
    refund, delivery = (LabelAnnotation(frozenset({key})) for key in ("refund", "delivery"))
    both = LabelAnnotation(frozenset({"refund", "delivery"}))
    for score in (
        score_boxes(annotation(), annotation(), BoxRules()),
        score_boxes(unusable, unusable, BoxRules()),
        score_boxes(unusable, annotation(), BoxRules()),
        score_labels(refund, [delivery, refund], ClassRules()),
        score_labels(refund, [delivery], ClassRules()),
        score_labels(refund, [both], ClassRules(multiple=True)),
    ):
        assert stored(score) == score


def test_what_says_nothing_is_not_stored():
    assert score_boxes(annotation(), annotation(), BoxRules()).to_json() == {
        "value": 1.0,
        "right": 0,
        "mistakes": 0,
    }
