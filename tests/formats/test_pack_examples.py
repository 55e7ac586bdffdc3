"""What a clause shows may be written into a guide, strictly."""

import pytest

from labelkit.domain.projects import Aim, Guide
from labelkit.domain.scores import ErrorKind
from labelkit.formats.pack_errors import PackErrors
from labelkit.formats.pack_guide import parse_guide

AIM = {"error": "cut", "item": "street-001", "region": 3, "side": "top"}


def guide(example):
    clause = {"id": "G-01", "group": "hidden", "text": {"en": "Visible part only."}, "example": example}
    empty = {"reasons": [], "errors": {}, "changes": []}
    return parse_guide({"version": 1, "purpose": {"en": "Find."}, "clauses": [clause], **empty})


def test_an_example_is_read_and_kept():
    read = guide(AIM)

    assert read.clauses[0].example == Aim(ErrorKind.CUT, "street-001", 3, "top")
    assert Guide.from_json(read.to_json()) == read


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"error": "ugly"}, "error"),
        ({"region": 0}, "region"),
        ({"item": None}, "item"),
        ({"side": "front"}, "side"),
    ],
)
def test_what_is_wrong_in_an_example_is_told_with_its_place(wrong, place):
    with pytest.raises(PackErrors) as refusal:
        guide(AIM | wrong)

    assert [fault.place for fault in refusal.value.errors] == [f"guide, clauses 1, example, {place}"]
