"""A label for a whole picture, or a set of them: what is an answer, what is refused and in which words.

Texts are answered in the same way: see test_text_class for what they have of their own.
"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.errors import Refused
from labelkit.domain.projects import Label
from labelkit.domain.rules import ClassRules
from labelkit.domain.scores import ErrorKind, Finding, Severity
from labelkit.domain.texts import Texts
from labelkit.tasktypes.image_class import ImageClass
from tests.domain.scenes import tried
from tests.tasktypes.answers import answers

IMAGE_CLASS = ImageClass()
KEYS = ["car", "bus", "truck"]
LABELS = [Label(key, Texts(en=key), 1) for key in KEYS]
ONE, SEVERAL = ClassRules(), ClassRules(multiple=True)
each_rule = pytest.mark.parametrize("rules", [ONE, SEVERAL], ids=["one label", "a set of labels"])


def parse(raw, rules=ONE):
    return IMAGE_CLASS.parse(raw, LABELS, rules, size=(320, 240))


def refusal(raw, rules=ONE):
    with pytest.raises(Refused) as caught:
        parse(raw, rules)
    return str(caught.value)


def answer(*keys):
    return LabelAnnotation(frozenset(keys))


@each_rule
def test_a_label_is_read(rules):
    assert parse({"labels": ["bus"]}, rules) == answer("bus")


def test_a_set_of_labels_is_read_in_any_order():
    assert parse({"labels": ["bus", "car"]}, SEVERAL) == parse({"labels": ["car", "bus"]}, SEVERAL)
    assert parse({"labels": ["car", "bus", "car"]}, SEVERAL) == answer("car", "bus")


@each_rule
def test_cannot_be_labelled_is_an_answer(rules):
    assert parse({"unusable": True}, rules) == LabelAnnotation(unusable=True)


def test_cannot_be_labelled_is_refused_where_the_project_does_not_offer_it():
    rules = ClassRules(unusable=False)

    assert refusal({"unusable": True}, rules) == "This project does not offer “Cannot be labelled”."
    assert parse({"labels": ["car"], "unusable": False}, rules) == answer("car")


def test_none_applies_is_an_answer_to_a_set_only():
    assert parse({"nothing": True}, SEVERAL) == LabelAnnotation()
    assert refusal({"nothing": True}, ONE) == "The answer could not be read."


def test_a_second_label_is_refused_where_one_is_asked_for():
    assert refusal({"labels": ["car", "bus"]}) == "Choose one label only."


@each_rule
@pytest.mark.parametrize("key", ["tram", "", "CAR", " car", "car\u0000", "\ud800"], ids=ascii)
def test_an_unknown_label_is_refused(key, rules):
    assert refusal({"labels": [key]}, rules) == "This project does not know that label."


@each_rule
@pytest.mark.parametrize("raw", [{"labels": []}, {"labels": [], "unusable": False}], ids=repr)
def test_an_empty_list_asks_for_a_decision(raw, rules):
    assert refusal(raw, rules) == "Choose a label."


@each_rule
@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "car",
        7,
        {},
        {"labels": None},
        {"labels": "car"},
        {"labels": {"car": 1}},
        {"labels": [1]},
        {"labels": [True]},
        {"labels": [None]},
        {"labels": [["car"]]},
        {"labels": ["car", math.nan]},
        {"labels": ["car"], "unusable": True},
        {"labels": ["car"], "nothing": True},
        {"nothing": True, "unusable": True},
        {"labels": ["car"], "regions": []},
        {"unusable": 1},
        {"unusable": "true"},
        {"nothing": 1.0},
    ],
    ids=repr,
)
def test_what_is_no_answer_could_not_be_read(raw, rules):
    assert refusal(raw, rules) == "The answer could not be read."


@tried(600)
@given(answers, st.sampled_from([ONE, SEVERAL, ClassRules(unusable=False)]))
def test_whatever_comes_is_read_or_refused_and_never_breaks(raw, rules):
    try:
        read = parse(raw, rules)
    except Refused:
        return
    assert isinstance(read, LabelAnnotation)


@tried(300)
@given(st.frozensets(st.sampled_from(KEYS)))
def test_a_set_of_labels_survives_writing_and_reading(keys):
    assert parse(IMAGE_CLASS.dump(LabelAnnotation(keys)), SEVERAL) == LabelAnnotation(keys)


def test_an_answer_is_written_with_sorted_labels():
    assert IMAGE_CLASS.dump(answer("truck", "bus", "car")) == {"labels": ["bus", "car", "truck"]}
    assert IMAGE_CLASS.dump(LabelAnnotation()) == {"nothing": True}
    assert IMAGE_CLASS.dump(LabelAnnotation(unusable=True)) == {"unusable": True}


def test_an_undecided_draft_has_no_labels():
    assert IMAGE_CLASS.blank() == {"labels": []}


def test_one_label_is_right_or_wrong():
    assert IMAGE_CLASS.score(answer("car"), [answer("bus"), answer("car")], ONE).value == 1
    assert IMAGE_CLASS.score(answer("truck"), [answer("bus"), answer("car")], ONE).value == 0


def test_a_set_of_labels_scores_the_f1_of_the_two_sets():
    score = IMAGE_CLASS.score(answer("car", "bus"), [answer("car", "truck")], SEVERAL)

    assert score.value == pytest.approx(2 * 1 / (2 + 2))


def test_a_wrong_label_is_told_with_both_labels():
    finding = Finding(ErrorKind.WRONG_LABEL, Severity.FAIL, labels=("car",), gold_labels=("bus",))

    assert IMAGE_CLASS.say(finding) == "You chose %(label)s. The answer is %(gold)s."


def test_a_finding_concerns_the_whole_picture():
    finding = Finding(ErrorKind.WRONG_LABEL, Severity.FAIL)

    assert IMAGE_CLASS.place(finding, answer("car"), answer("bus")) is None
