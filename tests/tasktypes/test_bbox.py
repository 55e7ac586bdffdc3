import math

import pytest

from labelkit.domain.annotations import BoxAnnotation
from labelkit.domain.errors import Invalid, TooLarge
from labelkit.domain.projects import Label
from labelkit.domain.texts import Texts
from labelkit.tasktypes import TASK_TYPES
from tests.make import box

BBOX = TASK_TYPES["bbox"]
RULES = BBOX.parse_rules({"flags": ["occluded"]})
LABELS = [Label("car", Texts("차", "car"), 1), Label("person", Texts("사람", "person"), 2)]
SIZE = (200, 100)


def parse(raw, rules=RULES, **options):
    return BBOX.parse(raw, LABELS, rules, size=SIZE, **options)


def one(**changes):
    """An answer with one box, some of it changed."""
    return {"regions": [{"label": "car", "box": [10, 20, 30, 40]} | changes]}


def test_boxes_are_read_as_they_were_drawn():
    raw = {"regions": [{"label": "car", "box": [10, 20.5, 30, 40], "flags": ["occluded"]}]}

    answer = parse(raw)

    assert answer == BoxAnnotation((box("car", 10, 20.5, 30, 40, flags=frozenset({"occluded"})),))
    assert BBOX.dump(answer) == raw


def test_nothing_to_find_is_an_answer():
    assert parse({"nothing": True}) == BoxAnnotation()
    assert BBOX.dump(BoxAnnotation()) == {"nothing": True}


def test_a_box_that_hangs_over_is_cut_to_the_picture():
    assert parse(one(box=[-10, 90, 30, 40])) == BoxAnnotation((box("car", 0, 90, 20, 10),))


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": "dog"},
        {"label": None},
        {"box": [10, 20, 30]},
        {"box": "10 20 30 40"},
        {"box": [10, 20, 0, 40]},
        {"box": [10, 20, -30, 40]},
        {"box": [10, 20, math.nan, 40]},
        {"box": [10, 20, math.inf, 40]},
        {"box": [10, 20, True, 40]},
        {"box": [10, 20, "30", 40]},
        {"box": [10, 20, 10**400, 40]},
        {"box": [500, 20, 30, 40]},
        {"flags": ["truncated"]},
        {"flags": "occluded"},
    ],
    ids=repr,
)
def test_a_box_that_cannot_be_meant_is_refused(wrong):
    with pytest.raises(Invalid):
        parse(one(**wrong))


@pytest.mark.parametrize("raw", [{"regions": [7]}, {"regions": "none"}, {"regions": {"car": []}}], ids=repr)
def test_what_is_no_list_of_boxes_is_refused(raw):
    with pytest.raises(Invalid):
        parse(raw)


@pytest.mark.parametrize("other", ["nothing", "unusable"])
def test_two_answers_at_once_are_refused(other):
    with pytest.raises(Invalid):
        parse(one() | {other: True})


def test_more_boxes_than_the_rules_allow_are_too_many():
    rules = BBOX.parse_rules({"max_regions": 2})
    region = one()["regions"][0]

    with pytest.raises(TooLarge):
        parse({"regions": [region] * 3}, rules)


def test_only_gold_may_say_ignore_and_optional():
    raw = one(ignore=True, optional=True)

    assert parse(raw, gold=True).regions == (box("car", 10, 20, 30, 40, ignore=True, optional=True),)
    assert parse(raw).regions == (box("car", 10, 20, 30, 40),)


def test_a_finding_lies_where_answer_and_gold_lie():
    answer, gold = (
        BoxAnnotation((box(x=10, y=10, w=40, h=30),)),
        BoxAnnotation((box(x=30, y=15, w=40, h=30),)),
    )

    (finding, *_) = BBOX.score(answer, [gold], RULES).findings

    assert BBOX.place(finding, answer, gold) == (10, 10, 60, 35)


def test_the_best_of_several_accepted_answers_counts():
    answer = parse(one())

    score = BBOX.score(answer, [BoxAnnotation(), answer], RULES)

    assert (score.value, score.accepted) == (1, 1)
