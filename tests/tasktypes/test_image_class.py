import pytest

from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.errors import Invalid
from labelkit.domain.projects import Label
from labelkit.domain.scores import ErrorKind
from labelkit.domain.texts import Texts
from labelkit.tasktypes import TASK_TYPES

IMAGE_CLASS = TASK_TYPES["image_class"]
RULES = IMAGE_CLASS.parse_rules({})
LABELS = [Label(key, Texts(key, key), 1) for key in ("car", "bus", "truck")]


def parse(raw):
    return IMAGE_CLASS.parse(raw, LABELS, RULES, size=(64, 64))


def test_a_label_is_read_and_written_as_it_was_chosen():
    answer = parse({"labels": ["bus"]})

    assert answer == LabelAnnotation(frozenset({"bus"}))
    assert IMAGE_CLASS.dump(answer) == {"labels": ["bus"]}


@pytest.mark.parametrize(
    "raw",
    [
        {"labels": ["tram"]},
        {"labels": ["car", "bus"]},
        {"labels": [7]},
        {"labels": "car"},
        {"labels": ["car"], "unusable": True},
        {"nothing": True},
    ],
    ids=repr,
)
def test_what_is_not_one_label_of_the_project_is_refused(raw):
    with pytest.raises(Invalid):
        parse(raw)


def test_any_accepted_label_is_right():
    accepted = [parse({"labels": [key]}) for key in ("car", "truck")]

    assert IMAGE_CLASS.score(parse({"labels": ["truck"]}), accepted, RULES).value == 1


def test_another_label_is_wrong_and_both_are_named():
    score = IMAGE_CLASS.score(parse({"labels": ["bus"]}), [parse({"labels": ["car"]})], RULES)

    (finding,) = score.findings
    assert (score.value, finding.kind) == (0, ErrorKind.WRONG_LABEL)
    assert (finding.labels, finding.gold_labels) == (("bus",), ("car",))
