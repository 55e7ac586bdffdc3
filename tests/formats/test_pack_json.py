"""JSON that people wrote by hand, and what goes wrong in it."""

import pytest

from labelkit.formats.pack import PackErrors, read_pack
from tests.formats.packs import as_bytes, box_pack, write


@pytest.mark.parametrize(
    ("gold", "sentence"),
    [
        (b"", "This is not JSON: see line 1, column 1."),
        (b'{"format": 1,\n "gold": [}', "This is not JSON: see line 2, column 11."),
        (b"\xff\xfe{}", "This file is not UTF-8."),
        ("품질".encode("cp949"), "This file is not UTF-8."),
        (b'{"format": NaN}', "NaN is not a number that can be used."),
        (b'{"format": -Infinity}', "-Infinity is not a number that can be used."),
        (b'{"format": 1e999}', "1e999 is not a number that can be used."),
        (b'{"format": 1, "format": 1, "gold": []}', "The field “format” stands twice in one object."),
        (b"[" * 100_000, "This is more than a JSON file may hold."),
        (b"1" * 10_000, "This is more than a JSON file may hold."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(tmp_path, gold, sentence):
    with pytest.raises(PackErrors) as caught:
        read_pack(write(tmp_path, box_pack() | {"gold.json": gold}))

    assert [str(error) for error in caught.value.errors] == [f"gold.json: {sentence}"]


def test_a_byte_order_mark_is_allowed(tmp_path):
    files = box_pack()
    files["pack.json"] = b"\xef\xbb\xbf" + as_bytes(files["pack.json"])

    assert read_pack(write(tmp_path, files)).slug == "kitchen"
