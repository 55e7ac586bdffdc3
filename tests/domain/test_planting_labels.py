"""A wrong class answer is as near to the right one as people's errors are, and never right."""

import random

import pytest

from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.errors import Invalid
from labelkit.domain.planting import plant_label
from labelkit.domain.scores import ErrorKind

LABELS = ("bus", "car", "person", "sign", "truck")


def test_a_wrong_label_is_one_that_people_confuse():
    gold = LabelAnnotation(frozenset({"bus"}))

    for seed in range(10):
        planted = plant_label(gold, random.Random(seed), LABELS, {"bus": ["truck"]})
        assert planted.annotation.labels == {"truck"}
        assert (planted.kind, planted.label, planted.gold_label) == (ErrorKind.WRONG_LABEL, "truck", "bus")


def test_without_a_likely_confusion_any_other_label_will_do():
    gold = LabelAnnotation(frozenset({"bus"}))

    found = {plant_label(gold, random.Random(seed), LABELS).label for seed in range(40)}

    assert found == set(LABELS) - {"bus"}


def test_a_set_of_labels_has_one_too_many_or_one_too_few():
    gold = LabelAnnotation(frozenset({"bus", "car"}))
    planted = [plant_label(gold, random.Random(seed), LABELS, multiple=True) for seed in range(20)]

    assert {p.kind for p in planted} == {ErrorKind.MISSING, ErrorKind.EXTRA}
    for p in planted:
        more, fewer = p.annotation.labels - gold.labels, gold.labels - p.annotation.labels
        assert (set(more), set(fewer)) == ({p.label} - {None}, {p.gold_label} - {None})


def test_a_wrong_label_is_wrong_by_every_accepted_answer():
    gold, also = LabelAnnotation(frozenset({"bus"})), LabelAnnotation(frozenset({"truck"}))
    pair, one = LabelAnnotation(frozenset({"bus", "car"})), LabelAnnotation(frozenset({"car"}))

    for seed in range(40):
        swapped = plant_label(gold, random.Random(seed), LABELS, {"bus": ["truck"]}, accepted=[also])
        fewer = plant_label(pair, random.Random(seed), LABELS, multiple=True, accepted=[one])
        assert swapped.annotation != also
        assert fewer.annotation != one


def test_a_class_item_without_another_label_is_refused():
    for gold in (LabelAnnotation(frozenset({"bus"})), LabelAnnotation(unusable=True)):
        with pytest.raises(Invalid, match="cannot carry"):
            plant_label(gold, random.Random(1), ["bus"])
