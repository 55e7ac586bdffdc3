"""Tables as CSV: a spreadsheet reads them, and runs nothing of them."""

import csv

import pytest

from labelkit.formats.table import safe, to_csv


def read(raw):
    return list(csv.reader(raw.decode("utf-8-sig").splitlines()))


def test_it_begins_with_the_mark_by_which_excel_knows_utf_8():
    raw = to_csv(["이름"], [["가람"]])

    assert raw.startswith(b"\xef\xbb\xbf")
    assert read(raw) == [["이름"], ["가람"]]


def test_lines_end_as_the_standard_says():
    assert to_csv(["a", "b"], [[1, 2]]) == b"\xef\xbb\xbfa,b\r\n1,2\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_would_be_a_formula_gets_an_apostrophe(start):
    assert safe(f"{start}cmd") == f"'{start}cmd"


@pytest.mark.parametrize("cell", ["가람", "a=b", "", " =1", -0.5, 0, None])
def test_all_else_stays_as_it_is(cell):
    assert safe(cell) == cell


def test_the_head_is_as_safe_as_the_rows():
    assert read(to_csv(["=1"], [["@x", -1, None]])) == [["'=1"], ["'@x", "-1", ""]]


def test_what_holds_commas_quotes_or_lines_stays_one_cell():
    raw = to_csv(["name"], [['a, "b"']])

    assert read(raw) == [["name"], ['a, "b"']]
