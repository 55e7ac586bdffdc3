"""Marks: what an inspector may point at, and what is refused."""

import math

import pytest

from labelkit.domain.errors import Invalid
from labelkit.domain.marks import Mark, parse_marks

REASONS = ("loose", "missing")
SIZE = (320.0, 240.0)


def parse(*raw, regions=2, size=SIZE):
    return parse_marks(list(raw), regions, size, REASONS)


def test_a_region_and_an_empty_place_are_marked():
    found = parse({"region": 1, "reason": "loose"}, {"at": [10, 20.5], "reason": "missing"})

    assert found == (Mark("loose", region=1), Mark("missing", at=(10.0, 20.5)))


def test_marks_come_back_from_json_as_they_were():
    found = parse({"region": 0, "reason": "loose"}, {"at": [0, 240], "reason": "missing"})

    assert tuple(Mark.from_json(mark.to_json()) for mark in found) == found


def test_the_same_mark_twice_is_one():
    assert len(parse({"region": 0, "reason": "loose"}, {"region": 0, "reason": "loose"})) == 1


@pytest.mark.parametrize("region", [-1, 2, 10**20])
def test_a_region_must_be_there(region):
    with pytest.raises(Invalid, match="no such object"):
        parse({"region": region, "reason": "loose"})


@pytest.mark.parametrize("at", [[-1, 5], [321, 5], [5, 240.1], [math.nan, 5], [5, math.inf]])
def test_a_place_must_lie_in_the_picture(at):
    with pytest.raises(Invalid, match="outside the picture"):
        parse({"at": at, "reason": "missing"})


def test_a_text_has_no_places():
    with pytest.raises(Invalid, match="outside the picture"):
        parse({"at": [1, 1], "reason": "missing"}, size=None)


def test_a_reason_must_be_in_the_guide():
    with pytest.raises(Invalid, match="not in this project's guide"):
        parse({"region": 0, "reason": "ugly"})


@pytest.mark.parametrize(
    "raw",
    [
        {},
        "x",
        7,
        [[]],
        [{"region": True, "reason": "loose", "more": 1}],
        [{"region": 0}],
        [{"at": [1], "reason": "missing"}],
        [{"region": 0, "at": [1, 1], "reason": "loose"}],
        [{"region": 0, "reason": "loose"}] * 1001,
    ],
)
def test_what_is_no_list_of_marks_is_refused(raw):
    with pytest.raises(Invalid, match="could not be read"):
        parse_marks(raw, 2, SIZE, REASONS)
