"""A label for a text: as for a picture, but that there is no picture (see test_image_class)."""

import pytest

from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.errors import Invalid
from labelkit.domain.projects import Label
from labelkit.domain.texts import Texts
from labelkit.tasktypes.text_class import TextClass

TEXT_CLASS = TextClass()
LABELS = [Label("refund", Texts("환불", "Refund"), 1), Label("delivery", Texts("배송", "Delivery"), 2)]
RULES = TEXT_CLASS.parse_rules({})


def parse(raw, rules=RULES):
    return TEXT_CLASS.parse(raw, LABELS, rules)


def test_a_text_is_labelled_without_a_picture():
    assert not TEXT_CLASS.needs_picture
    assert parse({"labels": ["refund"]}) == LabelAnnotation(frozenset({"refund"}))


def test_an_answer_survives_writing_and_reading():
    for annotation in (LabelAnnotation(frozenset({"delivery"})), LabelAnnotation(unusable=True)):
        assert parse(TEXT_CLASS.dump(annotation)) == annotation


def test_any_accepted_label_is_right():
    accepted = [parse({"labels": ["refund"]}), parse({"labels": ["delivery"]})]

    score = TEXT_CLASS.score(parse({"labels": ["delivery"]}), accepted, RULES)

    assert (score.value, score.accepted) == (1, 1)


def test_a_text_that_cannot_be_labelled_is_an_answer_of_its_own():
    unusable, refund = parse({"unusable": True}), parse({"labels": ["refund"]})

    assert TEXT_CLASS.score(unusable, [unusable], RULES).value == 1
    assert TEXT_CLASS.score(unusable, [refund], RULES).value == 0
    assert TEXT_CLASS.score(refund, [unusable], RULES).value == 0


def test_an_unknown_label_is_refused():
    with pytest.raises(Invalid, match=r"^This project does not know that label\.$"):
        parse({"labels": ["praise"]})


def test_several_labels_are_read_where_the_project_asks_for_a_set():
    several = TEXT_CLASS.parse_rules({"multiple": True})

    assert parse({"labels": ["refund", "delivery"]}, several).labels == {"refund", "delivery"}
