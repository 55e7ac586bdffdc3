"""Tables for spreadsheets: CSV that Excel opens in any language, and in which no cell becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

BOM = "\ufeff"  # without it Excel takes UTF-8 for the code page of the machine, and Hangul turns to noise
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | None


def to_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file (UTF-8 with BOM, CRLF) of a head and its rows.

    None is an empty cell. A text that a spreadsheet would run as a formula (names are free text) is led by
    an apostrophe; numbers stay numbers, negative ones too.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([safe(cell) for cell in head])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return (BOM + text.getvalue()).encode("utf-8")


def safe(cell: Cell) -> Cell:
    """The cell as a spreadsheet may hold it: an apostrophe before a text that begins like a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(STARTS_FORMULA) else cell
