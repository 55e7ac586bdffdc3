"""A guide as a form: read out of what was sent, and handed back with what was typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from werkzeug.datastructures import MultiDict

from labelkit.domain.projects import Guide
from labelkit.domain.texts import Texts

SPARE = 2  # empty rows at the end of a list, to add something
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Row:
    """A clause or a reason. `of` is its group or clause; `number` its place in the list, 0 where it goes."""

    key: str
    of: str
    text: Texts
    gone: bool = False
    number: int = 0

    def raw(self, key: str, of: str) -> dict[str, Any]:
        return {key: self.key, of: self.of, "text": self.text.to_json()}


@dataclass(frozen=True, slots=True)
class GuideForm:
    """All that one writes to publish a guide, and the version that it began from."""

    base: int
    purpose: Texts
    flow: Texts
    clauses: tuple[Row, ...]
    reasons: tuple[Row, ...]
    errors: Mapping[str, str]
    note: Texts

    @classmethod
    def of(cls, guide: Guide) -> Self:
        return cls(
            base=guide.version,
            purpose=guide.purpose,
            flow=guide.flow,
            clauses=_numbered([Row(one.id, one.group.value, one.text) for one in guide.clauses]),
            reasons=_numbered([Row(one.key, one.clause, one.text) for one in guide.reasons]),
            errors=guide.errors,
            note=Texts(),
        )

    @classmethod
    def sent(cls, form: MultiDict[str, str]) -> Self:
        errors = {name.removeprefix("error_"): form[name] for name in form if name.startswith("error_")}
        return cls(
            base=form.get("base", 0, type=int),
            purpose=_texts(form, "purpose"),
            flow=_texts(form, "flow"),
            clauses=_rows(form, "clause", "G-{:02}"),
            reasons=_rows(form, "reason", "reason-{}"),
            errors={kind: clause for kind, clause in errors.items() if clause},
            note=_texts(form, "note"),
        )

    def raw(self) -> dict[str, Any]:
        """The guide as pack.json would hold it."""
        return {
            "purpose": self.purpose.to_json(),
            "flow": self.flow.to_json() or None,
            "clauses": [row.raw("id", "group") for row in self.clauses if not row.gone],
            "reasons": [row.raw("key", "clause") for row in self.reasons if not row.gone],
            "errors": dict(self.errors),
        }


def _texts(form: MultiDict[str, str], name: str) -> Texts:
    return Texts(*(_clean(form.get(f"{name}_{language}", "")) for language in ("ko", "en")))


def _clean(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def _rows(form: MultiDict[str, str], name: str, new: str) -> tuple[Row, ...]:
    """The rows of one list in the order that was asked for; empty new ones are no rows."""
    columns = (form.getlist(f"{name}_{column}") for column in ("key", "of", "ko", "en", "place"))
    gone = set(form.getlist(f"{name}_gone"))
    sent = [
        (_place(place, index), Row(key, of, Texts(_clean(ko), _clean(en)), str(index) in gone))
        for index, (key, of, ko, en, place) in enumerate(zip(*columns, strict=False))
    ]
    written = [row for _, row in sorted(sent, key=lambda one: one[0]) if row.key or row.text]
    return _numbered(_named(written, new))


def _place(written: str, index: int) -> float:
    try:
        return int(written)
    except ValueError:
        return 1000 + index


def _named(rows: Sequence[Row], new: str) -> list[Row]:
    """The rows, each with a key: new ones get the next number that is free."""
    taken = [int(number) for row in rows for number in _NUMBER.findall(row.key)[-1:]]
    following = max(taken, default=0)
    found = []
    for row in rows:
        following += not row.key
        found.append(row if row.key else replace(row, key=new.format(following)))
    return found


def _numbered(rows: Sequence[Row]) -> tuple[Row, ...]:
    number, found = 0, []
    for row in rows:
        number += not row.gone
        found.append(replace(row, number=0 if row.gone else number))
    return tuple(found)
