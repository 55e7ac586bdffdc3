"""Boxes: what is an answer, what is refused and in which words."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.errors import Invalid, Refused, TooLarge
from labelkit.domain.projects import Label
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Finding, Severity
from labelkit.domain.texts import Texts
from labelkit.tasktypes.bbox import BBox
from tests.domain.scenes import tried
from tests.tasktypes.answers import answers

BBOX = BBox()
LABELS = [Label("car", Texts("차", "Car"), 1), Label("person", Texts("사람", "Person"), 2)]
SIZE = (320, 240)
RULES = BoxRules()
WITH_FLAGS = BoxRules(flags=("occluded", "truncated"))
CAR = {"label": "car", "box": [40, 50, 100, 80]}


def parse(raw, rules=RULES, *, size=SIZE, gold=False):
    return BBOX.parse(raw, LABELS, rules, size=size, gold=gold)


def parse_one(rules=RULES, *, gold=False, **changes):
    """An answer of one good box with something changed."""
    return parse({"regions": [CAR | changes]}, rules, gold=gold)


def refusal(raw, rules=RULES):
    with pytest.raises(Refused) as caught:
        parse(raw, rules)
    return str(caught.value)


def refusal_of_second(**changes):
    """What is said of two boxes, the second of which has something changed."""
    return refusal({"regions": [CAR, CAR | changes]})


def test_a_box_is_read():
    assert parse_one() == BoxAnnotation((Box("car", 40, 50, 100, 80),))


def test_boxes_keep_their_order():
    person = {"label": "person", "box": [0, 0, 10, 10]}

    assert [box.label for box in parse({"regions": [person, CAR]}).regions] == ["person", "car"]


def test_nothing_here_is_an_answer():
    assert parse({"nothing": True}) == BoxAnnotation()


def test_cannot_be_labelled_is_an_answer():
    assert parse({"unusable": True}) == BoxAnnotation(unusable=True)


@pytest.mark.parametrize(
    ("box", "clipped"),
    [
        ([-10, 50, 100, 80], (0, 50, 90, 80)),
        ([40, -20, 100, 80], (40, 0, 100, 60)),
        ([300, 50, 100, 80], (300, 50, 20, 80)),
        ([40, 200, 100, 80], (40, 200, 100, 40)),
        ([-5, -5, 1000, 1000], (0, 0, 320, 240)),
        ([-1e300, -1e300, 2e300, 2e300], (0, 0, 320, 240)),
    ],
)
def test_a_box_that_overhangs_is_clipped_to_the_picture(box, clipped):
    (read,) = parse_one(box=box).regions

    assert (read.x, read.y, read.w, read.h) == clipped


def test_a_box_that_fills_the_picture_stays_as_it_is():
    (read,) = parse_one(box=[0, 0, 320, 240]).regions

    assert (read.x, read.y, read.w, read.h) == (0, 0, 320, 240)


def test_flags_that_the_project_asks_for_are_read():
    (read,) = parse_one(WITH_FLAGS, flags=["occluded", "occluded"]).regions

    assert read.flags == {"occluded"}


def test_ignore_and_optional_are_for_gold_alone():
    (answered,) = parse_one(ignore=True, optional=True).regions
    (gold,) = parse_one(ignore=True, optional=True, gold=True).regions

    assert not answered.ignore
    assert not answered.optional
    assert gold.ignore
    assert gold.optional


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "regions",
        7,
        {},
        {"regions": None},
        {"regions": {}},
        {"regions": "car"},
        {"regions": [CAR], "nothing": True},
        {"regions": [CAR], "unusable": True},
        {"nothing": True, "unusable": True},
        {"regions": [CAR], "labels": ["car"]},
        {"nothing": 1},
        {"unusable": 1.0},
        {"unusable": "yes"},
        {"nothing": None},
        {"nothing": []},
        {"nothing": math.nan},
    ],
    ids=repr,
)
def test_what_is_no_answer_could_not_be_read(raw):
    assert refusal(raw) == "The answer could not be read."


@pytest.mark.parametrize("raw", [{"regions": []}, {"regions": [], "nothing": False}], ids=repr)
def test_an_empty_list_asks_for_a_decision(raw):
    assert refusal(raw) == "Draw a box, or choose “Nothing here”."


@pytest.mark.parametrize("raw", [None, 5, "car", [40, 50, 100, 80], {}, [[[[]]]]], ids=repr)
def test_a_region_that_is_no_box_is_named_by_its_number(raw):
    assert refusal({"regions": [CAR, raw]}) == "Box 2 could not be read."


@pytest.mark.parametrize("box", [None, 7, "1234", [], [1, 2, 3], [1, 2, 3, 4, 5], {"x": 1}], ids=repr)
def test_a_box_without_four_numbers_is_named_by_its_number(box):
    assert refusal_of_second(box=box) == "Box 2 could not be read."


@pytest.mark.parametrize("label", [None, "", "truck", "CAR", 1, True, ["car"], {"car": 1}], ids=repr)
def test_an_unknown_label_is_named_by_the_number_of_its_box(label):
    assert refusal_of_second(label=label) == "Box 2 has a label that this project does not know."


@pytest.mark.parametrize(
    "flags", [None, "occluded", ["occluded"], [[]], [None], {"occluded": True}], ids=repr
)
def test_a_mark_that_the_project_does_not_ask_for_is_refused(flags):
    assert refusal_of_second(flags=flags) == "Box 2 has a mark that this project does not know."


@pytest.mark.parametrize(
    "number",
    [math.nan, math.inf, -math.inf, 10**400, True, False, None, "40", [40], {"x": 40}],
    ids=lambda number: repr(number)[:12],
)
@pytest.mark.parametrize("place", range(4))
def test_what_is_no_number_is_named_by_the_number_of_its_box(number, place):
    box = [*CAR["box"]]
    box[place] = number

    assert refusal_of_second(box=box) == "Box 2 has a coordinate that is not a number."


@pytest.mark.parametrize("box", [[40, 50, 0, 80], [40, 50, 100, 0], [40, 50, 1e-12, 80]])
def test_a_box_without_area_is_refused(box):
    assert refusal_of_second(box=box) == "Box 2 has no area."


@pytest.mark.parametrize(
    "box", [[-100, 50, 100, 80], [320, 50, 100, 80], [40, -80, 100, 80], [40, 240, 100, 80], [1e300, 0, 9, 9]]
)
def test_a_box_outside_the_picture_is_refused(box):
    assert refusal_of_second(box=box) == "Box 2 lies wholly outside the picture."


def test_too_many_boxes_are_refused_before_one_is_looked_at():
    with pytest.raises(TooLarge, match=r"^At most 500 objects fit in one answer\.$"):
        parse({"regions": ["no box"] * 10_000})


def test_as_many_boxes_as_the_rules_allow_are_read():
    rules = BoxRules(max_regions=3)

    assert len(parse({"regions": [CAR] * 3}, rules).regions) == 3
    assert refusal({"regions": [CAR] * 4}, rules) == "At most 3 objects fit in one answer."


def test_without_a_picture_boxes_are_not_measured_against_it():
    assert parse({"regions": [CAR | {"box": [9000, 0, 5, 5]}]}, size=None).regions[0].x == 9000


@tried(600)
@given(answers, st.booleans(), st.sampled_from([SIZE, None]))
def test_whatever_comes_is_read_or_refused_and_never_breaks(raw, gold, size):
    try:
        read = parse(raw, WITH_FLAGS, size=size, gold=gold)
    except Refused:
        return
    assert isinstance(read, BoxAnnotation)


boxes = st.builds(
    Box,
    label=st.sampled_from(["car", "person"]),
    x=st.floats(0, 200),
    y=st.floats(0, 200),
    w=st.floats(0.5, 40),
    h=st.floats(0.5, 40),
    flags=st.frozensets(st.sampled_from(["occluded", "truncated"])),
    ignore=st.booleans(),
    optional=st.booleans(),
)
annotations = st.builds(BoxAnnotation, st.lists(boxes, max_size=6).map(tuple)) | st.just(
    BoxAnnotation(unusable=True)
)


@tried(300)
@given(annotations)
def test_gold_survives_writing_and_reading(annotation):
    assert parse(BBOX.dump(annotation), WITH_FLAGS, gold=True) == annotation


@tried(300)
@given(annotations)
def test_an_answer_survives_writing_and_reading_but_for_what_only_gold_may_say(annotation):
    said = tuple(replace(box, ignore=False, optional=False) for box in annotation.regions)

    assert parse(BBOX.dump(annotation), WITH_FLAGS) == replace(annotation, regions=said)


def test_an_answer_is_written_without_what_it_does_not_say():
    assert BBOX.dump(parse_one()) == {"regions": [CAR]}
    assert BBOX.dump(BoxAnnotation()) == {"nothing": True}
    assert BBOX.dump(BoxAnnotation(unusable=True)) == {"unusable": True}


def test_an_undecided_draft_has_no_boxes():
    assert BBOX.blank() == {"regions": []}


def test_a_finding_lies_where_its_boxes_lie():
    answer, gold = parse_one(box=[10, 20, 30, 40]), parse_one(box=[20, 10, 30, 40])

    def place(answer_index, gold_index):
        finding = Finding(ErrorKind.LOOSE, Severity.FAIL, answer=answer_index, gold=gold_index)
        return BBOX.place(finding, answer, gold)

    assert place(0, None) == (10, 20, 30, 40)
    assert place(None, 0) == (20, 10, 30, 40)
    assert place(0, 0) == (10, 10, 40, 50)
    assert place(None, None) is None


def test_rules_that_make_no_sense_are_refused():
    with pytest.raises(Invalid, match="match_iou"):
        BBOX.parse_rules({"match_iou": 2})


def test_the_order_of_drawing_makes_no_other_answer():
    car = {"label": "car", "box": [1, 2, 3, 4]}
    bus = {"label": "bus", "box": [1, 2, 3, 4]}

    assert BBOX.is_same({"regions": [car, bus]}, {"regions": [bus, car]})
    assert not BBOX.is_same({"regions": [car, bus]}, {"regions": [car, car]})
    assert not BBOX.is_same({"nothing": True}, {"unusable": True})
