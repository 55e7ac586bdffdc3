"""Reading JSON that people wrote by hand: each piece knows its place and notes its faults."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from labelkit.domain.errors import Invalid, Refused
from labelkit.domain.texts import N_, Texts
from labelkit.formats.pack_errors import Faults
from labelkit.formats.pack_files import PackFile

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Node:
    """A value out of JSON and its place. A verb gives what it asks for, or notes a fault and a stand-in."""

    value: object
    place: str
    faults: Faults

    def fault(self, sentence: str, **values: object) -> None:
        self.faults.add(self.place, sentence, **values)

    def named(self, name: str) -> "Node":
        """The same value under a name that a person can look for, such as the key of an item."""
        file = self.place.partition(",")[0].partition(" ")[0]
        return Node(self.value, f"{file}, {name}", self.faults) if name else self

    def fields(self, *known: str) -> "Node":
        """This object, after noting fields that nobody knows; a silent empty one if it is no object."""
        if not isinstance(self.value, dict):
            self._missing_or(N_("This is not an object with fields."))
            return Node({}, self.place, Faults())
        for name in self.value.keys() - set(known):
            self.fault(N_("The field “%(name)s” is not known."), name=name)
        return self

    def __getitem__(self, name: str) -> "Node":
        value = self.value.get(name) if isinstance(self.value, dict) else None
        return Node(value, f"{self.place}, {name}", self.faults)

    def each(self, *, required: bool = True) -> Iterator["Node"]:
        """The entries of this list; places count from 1."""
        if self.value is None and not required:
            return
        if not isinstance(self.value, list):
            self._missing_or(N_("This is not a list."))
            return
        for number, value in enumerate(self.value, 1):
            yield Node(value, f"{self.place} {number}", self.faults)

    def text(self, default: str | None = None) -> str:
        if self.value is None and default is not None:
            return default
        if isinstance(self.value, str) and self.value.strip():
            return self.value
        self._missing_or(N_("This is not a text, or an empty one."))
        return ""

    def key(self, default: str | None = None) -> str:
        """A name for machines: ASCII letters, digits, "_", "-" and "."; "" where there is none."""
        if self.value is None and default is not None:
            return default
        if isinstance(self.value, str) and _KEY.fullmatch(self.value):
            return self.value
        self._missing_or(N_("A key is 1 to 80 ASCII letters, digits, “_”, “-” and “.”."))
        return ""

    def texts(self, *, required: bool = True) -> Texts:
        """A text in Korean, English or both."""
        if self.value is None and not required:
            return Texts()
        pair = self.fields("ko", "en")
        found = Texts(*(pair[language].text("") for language in ("ko", "en")))
        if isinstance(self.value, dict) and not found:
            self.fault(N_("This text is missing in Korean and in English."))
        return found

    def whole(self, low: int, high: int, default: int | None = None) -> int:
        """A whole number in [low, high]."""
        if self.value is None and default is not None:
            return default
        if isinstance(self.value, int) and not isinstance(self.value, bool) and low <= self.value <= high:
            return self.value
        self._missing_or(N_("This is not a whole number from %(low)d to %(high)d."), low=low, high=high)
        return low

    def share(self, default: float) -> float:
        """A number in [0, 1]."""
        if self.value is None:
            return default
        if isinstance(self.value, int | float) and not isinstance(self.value, bool) and 0 <= self.value <= 1:
            return float(self.value)
        self.fault(N_("This is not a number from 0 to 1."))
        return default

    def one_of(self, words: type[E]) -> E:
        if isinstance(self.value, str) and self.value in set(words):
            return words(self.value)
        self._missing_or(N_("This is none of: %(words)s."), words=", ".join(words))
        return next(iter(words))

    def raw(self) -> dict[str, Any]:
        """An object as it stands, for others to judge; empty if left out."""
        if self.value is None or isinstance(self.value, dict):
            return self.value or {}
        self.fault(N_("This is not an object with fields."))
        return {}

    def _missing_or(self, sentence: str, **values: object) -> None:
        if self.value is None:
            self.fault(N_("This is missing."))
        else:
            self.fault(sentence, **values)


def read_json(files: dict[str, PackFile], name: str, faults: Faults) -> Node:
    """The JSON file `name` of a pack; what cannot be read at all is noted, and gives a silent empty node."""
    try:
        if name not in files:
            raise Invalid(N_("This file is missing."))
        return Node(_parse(files[name].read()), name, faults)
    except Refused as refusal:
        faults.add_refusal(name, refusal)
        return Node(None, name, Faults())


def _parse(data: bytes) -> object:
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            parse_constant=_refuse_number,
            parse_float=_finite,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as problem:
        raise Invalid(N_("This file is not UTF-8.")) from problem
    except json.JSONDecodeError as problem:
        raise Invalid(
            N_("This is not JSON: see line %(line)d, column %(column)d."),
            line=problem.lineno,
            column=problem.colno,
        ) from problem
    except (RecursionError, ValueError) as problem:  # nested without end; a number of thousands of digits
        raise Invalid(N_("This is more than a JSON file may hold.")) from problem


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refuse_number(digits)


def _refuse_number(word: str) -> NoReturn:
    raise Invalid(N_("%(word)s is not a number that can be used."), word=word[:20])


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Invalid(N_("The field “%(name)s” stands twice in one object."), name=twice[:80])
    return found
