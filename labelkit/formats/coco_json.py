"""COCO's JSON: lists of objects, checked a column at a time, so that large files are read fast."""

import json
import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Any, NoReturn

import numpy as np

from labelkit.domain.arrays import Bools
from labelkit.domain.errors import Invalid
from labelkit.domain.texts import N_

Id = int | str

_SHOWN = 40  # characters of a foreign text in a sentence


class CocoError(Invalid):
    """A file holds what cannot be meant; `place` says where: "answers.json, annotations 3 (id 7)"."""

    def __init__(self, place: str, sentence: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {super().__str__()}"


@dataclass(frozen=True, slots=True)
class Rows:
    """The objects (n,) of one list of a file, such as its annotations; `place` names the list."""

    place: str
    objects: list[dict[str, Any]]

    @classmethod
    def of(cls, raw: object, place: str) -> "Rows":
        if not isinstance(raw, list):
            raise CocoError(place, N_("This is not a list."))
        rows = cls(place, raw)
        rows.check(raw, (dict,), N_("This is not an object with fields."))
        return rows

    def __len__(self) -> int:
        return len(self.objects)

    def values(self, field: str) -> list[Any]:
        """This field of each object, whatever it is; None where it is left out."""
        return [row.get(field) for row in self.objects]

    def column(
        self, field: str, kinds: Collection[type], sentence: str, *, required: bool = True
    ) -> list[Any]:
        """This field of each object. Refuses the first that is missing, or of none of these kinds."""
        values = self.values(field)
        if required and None in values:
            self.refuse(values.index(None), N_("“%(field)s” is missing."), field=field)
        self.check(values, (*kinds, NoneType), sentence, field=field)
        return values

    def texts(self, field: str, *, required: bool = True) -> list[str | None]:
        return self.column(field, (str,), N_("“%(field)s” is not a text."), required=required)

    def ids(self, field: str, *, required: bool = True) -> list[Any]:
        sentence = N_("“%(field)s” is neither a whole number nor a text.")
        return self.column(field, (int, str), sentence, required=required)

    def marks(self, field: str) -> Bools:
        """This field of each object, which is 0, 1, false, true, or left out."""
        sentence = N_("“%(field)s” is neither 0 nor 1.")
        values = self.column(field, (int, bool), sentence, required=False)
        self.refuse_first((value not in (None, 0, 1) for value in values), sentence, field=field)
        return np.array(values, dtype=np.bool_)

    def check(self, values: list[Any], kinds: Collection[type], sentence: str, **said: object) -> None:
        """Refuse the first of these values, one an object, that is of none of these kinds."""
        if not {*map(type, values)} <= {*kinds}:  # far faster than to look at each, and all is mostly well
            self.refuse_first((type(value) not in kinds for value in values), sentence, **said)

    def refuse_first(self, odd: Iterable[bool], sentence: str, **said: object) -> None:
        """Refuse the first object that is `odd` (n,); pass where none is."""
        number = next((number for number, one in enumerate(odd) if one), None)
        if number is not None:
            self.refuse(number, sentence, **said)

    def refuse(self, number: int, sentence: str, **said: object) -> NoReturn:
        row = self.objects[number]
        raise CocoError(
            place_of(self.place, number, row.get("id") if isinstance(row, dict) else None), sentence, **said
        )


def place_of(place: str, number: int, own: object) -> str:
    """Where an object of a list stands, counted from 1, and its own id where it has one."""
    return f"{place} {number + 1}" + ("" if own is None else f" (id {shown(own)})")


def read_json(path: Path) -> object:
    """What a file holds. Raises CocoError where it is not there, empty, cut off, or not JSON in UTF-8."""
    place = str(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError as problem:
        raise CocoError(place, N_("There is no such file.")) from problem
    except OSError as problem:
        raise CocoError(place, N_("This cannot be read.")) from problem
    if not data:
        raise CocoError(place, N_("This file is empty."))
    try:
        return _parse(data, place)
    except UnicodeDecodeError as problem:
        raise CocoError(place, N_("This file is not UTF-8.")) from problem
    except json.JSONDecodeError as problem:
        sentence = N_("This is not JSON: see line %(line)d, column %(column)d.")
        raise CocoError(place, sentence, line=problem.lineno, column=problem.colno) from problem
    except (RecursionError, ValueError) as problem:  # nested without end; a number of thousands of digits
        raise CocoError(place, N_("This is more than a JSON file may hold.")) from problem


def _parse(data: bytes, place: str) -> object:
    odd: list[str] = []  # NaN, Infinity: words that Python would take for JSON

    def note(word: str) -> float:
        odd.append(word)
        return math.nan

    raw = json.loads(data.decode("utf-8-sig"), parse_constant=note)
    if odd:
        where = next(_odd_numbers(raw, f"{place}, results" if isinstance(raw, list) else place))
        raise CocoError(where, N_("%(word)s is not a number that can be used."), word=odd[0])
    return raw


def _odd_numbers(value: object, place: str) -> Iterator[str]:
    """The places of all numbers that are none."""
    if isinstance(value, float) and math.isnan(value):
        yield place
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _odd_numbers(held, f"{place}, {printable(key)}")
    elif isinstance(value, list):
        for number, held in enumerate(value, 1):
            yield from _odd_numbers(held, f"{place} {number}")


def shown(value: object) -> str:
    """A value out of a file as it may stand in a sentence: short, and in one line."""
    if not isinstance(value, int | float | str | None):
        return "…"
    text = printable(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def printable(text: str) -> str:
    """The text without what would move the cursor or cannot be written at all, such as half a character."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
