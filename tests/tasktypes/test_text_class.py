import pytest

from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.projects import Label
from labelkit.domain.scores import ErrorKind
from labelkit.domain.texts import Texts
from labelkit.tasktypes import TASK_TYPES

TEXT_CLASS = TASK_TYPES["text_class"]
MULTIPLE = TEXT_CLASS.parse_rules({"multiple": True})
LABELS = [Label(key, Texts(key, key), 1) for key in ("refund", "delivery", "payment")]


def parse(*keys):
    return TEXT_CLASS.parse({"labels": list(keys)} if keys else {"nothing": True}, LABELS, MULTIPLE)


def test_a_text_has_no_picture():
    assert not TEXT_CLASS.needs_picture


def test_a_set_of_labels_has_no_order():
    answer = parse("refund", "delivery")

    assert answer == parse("delivery", "refund")
    assert TEXT_CLASS.dump(answer) == {"labels": ["delivery", "refund"]}


def test_none_of_the_labels_is_an_answer_where_several_may_apply():
    assert parse() == LabelAnnotation()
    assert TEXT_CLASS.dump(LabelAnnotation()) == {"nothing": True}
    assert TEXT_CLASS.score(parse(), [parse()], MULTIPLE).value == 1


def test_a_set_is_scored_by_f1_and_each_label_told():
    score = TEXT_CLASS.score(parse("refund", "payment"), [parse("refund", "delivery")], MULTIPLE)

    assert score.value == pytest.approx(1 / 2)  # one right, one extra, one missing: 2 * 1 / (2 + 1 + 1)
    assert {finding.kind for finding in score.findings} == {ErrorKind.EXTRA, ErrorKind.MISSING}
