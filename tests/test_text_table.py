"""Columns of text stand in line, Hangul too, and lines stay as short as asked for."""

import unicodedata

import pytest

from labelkit.text_table import fit, table, width


@pytest.mark.parametrize(
    ("text", "cells"),
    [("car", 3), ("자동차", 6), ("a차", 3), (unicodedata.normalize("NFD", "é"), 1), ("–", 1), ("", 0)],
)
def test_a_hangul_syllable_is_two_cells_wide(text, cells):
    assert width(text) == cells


def test_what_does_not_fit_loses_its_middle():
    assert fit("street-0001.jpg", 15) == "street-0001.jpg"
    assert fit("street-0001.jpg", 9) == "stre….jpg"
    assert fit("자동차와보행자", 8) == "자동…자"
    assert all(width(fit("가a나b다c라d", most)) <= most for most in range(3, 20))


def test_columns_begin_or_end_in_line():
    assert table([("label", "gold"), ("자동차", "7"), ("car", "1,200")]) == [
        "  label    gold",
        "  자동차      7",
        "  car     1,200",
    ]
    assert table([("7", "clipped"), ("12", "lost")], left=(1,)) == ["   7  clipped", "  12  lost"]


def test_the_first_column_gives_way_where_lines_would_be_too_long():
    lines = table([("x" * 100, "1"), ("y", "2")], most=40)

    assert [width(line) for line in lines] == [40, 40]
    assert lines[0].endswith("x  1")
    assert table([("x" * 100, "1" * 60)], most=40)[0].startswith("  xxxx…xxx  1")
