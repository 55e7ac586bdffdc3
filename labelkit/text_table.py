"""Columns of plain text that stand in line on a terminal, where a Hangul syllable is two cells wide."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence

GAP = "  "
_LEAST = 8  # cells of the first column that always stay


def width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, most: int) -> str:
    """The text in at most so many cells (3 or more); a longer one loses its middle."""
    if width(text) <= most:
        return text
    head, tail = text[:most], text[-most:]
    while width(head) > most // 2:
        head = head[:-1]
    while width(tail) > most - 1 - most // 2:
        tail = tail[1:]
    return f"{head}…{tail}"


def table(rows: Sequence[Sequence[str]], left: Collection[int] = (0,), most: int = 100) -> list[str]:
    """One line a row, indented; the columns in `left` begin in line, all others end in line.

    Where lines would be longer than `most` cells, the first column gives way.
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    over = sum(widths) + len(GAP) * len(widths) - most
    widths[0] = max(widths[0] - max(over, 0), min(widths[0], _LEAST))
    return ["".join(_cells_of(row, widths, left)).rstrip() for row in rows]


def _cells_of(row: Sequence[str], widths: Sequence[int], left: Collection[int]) -> Iterator[str]:
    for number, (text, most) in enumerate(zip(row, widths, strict=True)):
        text = fit(text, most)
        space = " " * (most - width(text))
        yield GAP + (text + space if number in left else space + text)
