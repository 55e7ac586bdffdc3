"""A file that is no JSON, or holds what JSON does not know, is refused with its place."""

from pathlib import Path

import pytest

from labelkit.formats.coco_json import CocoError, Rows, read_json, shown
from tests.formats.coco_files import write


@pytest.fixture
def refused(tmp_path, monkeypatch):
    """Tells where a file that holds these bytes is refused, and why."""
    monkeypatch.chdir(tmp_path)

    def sentence(data):
        with pytest.raises(CocoError) as caught:
            read_json(write(Path("a.json"), data))
        return str(caught.value)

    return sentence


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "a.json: This file is empty."),
        (b" \n", "a.json: This is not JSON: see line 2, column 1."),
        (b'[{"image_id": 1,\n "bbox": [1', "a.json: This is not JSON: see line 2, column 12."),
        ('["자동차"]'.encode("cp949"), "a.json: This file is not UTF-8."),
        ("[]".encode("utf-16"), "a.json: This file is not UTF-8."),
        (b"[" * 100_000, "a.json: This is more than a JSON file may hold."),
        (b"1" * 10_000, "a.json: This is more than a JSON file may hold."),
        (b'{"a": [{"b": 1}, {"b": [1, NaN]}]}', "a.json, a 2, b 2: NaN is not a number that can be used."),
        (b"[1, -Infinity]", "a.json, results 2: -Infinity is not a number that can be used."),
        (b"NaN", "a.json: NaN is not a number that can be used."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(refused, data, said):
    assert refused(data) == said


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CocoError, match=r"a\.json: There is no such file\.$"):
        read_json(tmp_path / "a.json")
    with pytest.raises(CocoError, match=r": This cannot be read\.$"):
        read_json(tmp_path)


def test_a_byte_order_mark_is_allowed(tmp_path):
    assert read_json(write(tmp_path / "a.json", b"\xef\xbb\xbf[1]")) == [1]


def test_foreign_text_in_a_sentence_is_short_and_in_one_line():
    assert shown("a b") == '"a b"'
    assert shown(10**9) == "1000000000"
    assert shown([1]) == "…"
    long = shown("\x1b[31m\n\ud800" + "x" * 100)
    assert long.isprintable()
    assert len(long) < 50


def test_the_first_of_several_odd_objects_is_named():
    rows = Rows.of([{"id": 5, "a": 1}, {"id": 6, "a": "1"}, {"a": None}, {"a": 2.5}], "a.json, annotations")

    with pytest.raises(CocoError, match=r"^a\.json, annotations 2 \(id 6\): odd$"):
        rows.column("a", (int,), "odd", required=False)
    with pytest.raises(CocoError, match=r"^a\.json, annotations 3: “a” is missing\.$"):
        rows.column("a", (int, str, float), "odd")
