"""What one version of a guide says otherwise than another: clause by clause, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from labelkit.domain.projects import Guide
from labelkit.domain.texts import Texts

_WORD = re.compile(r"\s*\S+")


class Part(StrEnum):
    """A piece of a text, against another text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Changed:
    """A part of the guide that is new, gone, or says something else; `name` is its clause, or "purpose",
    "flow" or "reason"."""

    name: str
    before: Texts
    after: Texts

    @property
    def kind(self) -> str:
        return "new" if not self.before else "changed" if self.after else "gone"


def compare(before: Guide, after: Guide) -> tuple[Changed, ...]:
    """What changed, in the order in which the guide says it."""
    return (
        *_pair("purpose", before.purpose, after.purpose),
        *_lists({one.id: one.text for one in before.clauses}, {one.id: one.text for one in after.clauses}),
        *_pair("flow", before.flow, after.flow),
        *_lists(
            {one.key: one.text for one in before.reasons},
            {one.key: one.text for one in after.reasons},
            "reason",
        ),
    )


def _pair(name: str, before: Texts, after: Texts) -> Iterator[Changed]:
    if before != after:
        yield Changed(name, before, after)


def _lists(before: dict[str, Texts], after: dict[str, Texts], name: str = "") -> Iterator[Changed]:
    for key in dict.fromkeys((*after, *before)):
        yield from _pair(name or key, before.get(key, Texts()), after.get(key, Texts()))


def pieces(before: str, after: str) -> list[tuple[Part, str]]:
    """The two texts as one, word by word: what stayed, what is new, what is gone."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[tuple[Part, str]] = []
    for deed, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if deed == "equal":
            found.append((Part.SAME, "".join(new[k:n])))
            continue
        if j > i:
            found.append((Part.REMOVED, "".join(old[i:j])))
        if n > k:
            found.append((Part.ADDED, "".join(new[k:n])))
    return found
