"""Records of practice: what one says, and the code by which anybody can have it confirmed."""

import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from labelkit.domain.errors import Invalid
from labelkit.domain.texts import N_, Texts

LEAST_FIRSTS = 3  # first attempts from which on a project is worth a line, as a standing is
LENGTH = 12
# 31 signs, a prime, without those that are read or typed for another one (I, L, O, U, Z).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_TYPED_FOR = str.maketrans("ILOUZ", "110V2", " -–—·.")


@dataclass(frozen=True, slots=True)
class Line:
    """One project of a record: first attempts, how many of them passed, their mean score (0 to 1), the
    standing at that time (None below three), and the days from the first of them to the last."""

    slug: str
    title: Texts
    task_type: str
    firsts: int
    passed: int
    mean: float
    standing: float | None
    since: date
    until: date
    rules_version: int
    guide_version: int

    def to_json(self) -> dict[str, Any]:
        days = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return asdict(self) | {"title": self.title.to_json()} | days

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Line":
        days = {name: date.fromisoformat(raw[name]) for name in ("since", "until")}
        return cls(**{**raw, "title": Texts.from_json(raw["title"]), **days})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a record says, as it was on the day of its issue."""

    name: str
    lines: tuple[Line, ...]

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "lines": [line.to_json() for line in self.lines]}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Snapshot":
        return cls(raw["name"], tuple(Line.from_json(line) for line in raw["lines"]))


def new_code(choose: Callable[[str], str]) -> str:
    """A code of 12 signs; `choose` picks one of several at random. The last sign checks the others."""
    signs = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
    return next(signs + last for last in ALPHABET if _adds_up(signs + last))


def read_code(typed: str) -> str:
    """A code as somebody typed it, put into form; raises Invalid where it cannot be one.

    Any single wrong sign and any two that were swapped are found out: the signs, weighted by their place,
    must add up to a multiple of 31.
    """
    code = unicodedata.normalize("NFKC", typed).upper().translate(_TYPED_FOR)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise Invalid(N_("A code has 12 letters and digits, such as 7K2M-4QX9-BD31."))
    if not _adds_up(code):
        raise Invalid(N_("There is a typing error in this code. Compare it with the record."))
    return code


def shown_code(code: str) -> str:
    """A code in groups of four, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def _adds_up(code: str) -> bool:
    return sum(place * ALPHABET.index(sign) for place, sign in enumerate(code, 1)) % len(ALPHABET) == 0
