"""A Project as people write it: labels, guide and rules. Values only, without database or files."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from labelkit.domain.scores import ErrorKind
from labelkit.domain.texts import Texts


class Split(StrEnum):
    """What an Item is for; fixed for each source picture."""

    PRACTICE = "practice"
    INSPECT = "inspect"
    EXAM = "exam"


class Feedback(StrEnum):
    """When a project answers: scored on submit, or after an inspector's verdict."""

    AT_ONCE = "at_once"
    AFTER_REVIEW = "after_review"


class ClauseGroup(StrEnum):
    """The five groups in which a guide sorts its clauses."""

    WHAT = "what"
    TIGHT = "tight"
    HIDDEN = "hidden"
    SPECIAL = "special"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Label:
    """One allowed class. `key` is ASCII and unique in the project; `colour` is 1 to 12 of the palette."""

    key: str
    name: Texts
    colour: int
    help: Texts = field(default_factory=Texts)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Label":
        return cls(raw["key"], Texts(**raw["name"]), raw["colour"], Texts(**raw["help"]))


@dataclass(frozen=True, slots=True)
class Aim:
    """What a clause shows: this error on one object, that people have looked at and found plain.

    `item` is a key, of an item that is there to be inspected; `region` counts the regions of its gold from 1.
    `side` says which side goes wrong by most, where that matters ("" where it does not).
    """

    error: ErrorKind
    item: str
    region: int
    side: str = ""

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Aim":
        return cls(ErrorKind(raw["error"]), raw["item"], raw["region"], raw["side"])


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered rule of a guide, such as G-03. Without `example`, the errors tied to it show it."""

    id: str
    group: ClauseGroup
    text: Texts
    example: Aim | None = None

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Clause":
        aim = raw.get("example")  # guides of earlier versions were kept without
        return cls(raw["id"], ClauseGroup(raw["group"]), Texts(**raw["text"]), aim and Aim.from_json(aim))


@dataclass(frozen=True, slots=True)
class Reason:
    """One allowed reason for a rejection, tied to the clause that it rests on."""

    key: str
    clause: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Change:
    """One dated line of a guide's change log (`date` as YYYY-MM-DD)."""

    version: int
    date: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Guide:
    """A project's written rules. `errors` ties each error kind to the clause that says so."""

    version: int
    purpose: Texts
    flow: Texts
    clauses: tuple[Clause, ...]
    reasons: tuple[Reason, ...]
    errors: dict[str, str]
    changes: tuple[Change, ...]

    def clause(self, clause_id: str) -> Clause | None:
        return next((clause for clause in self.clauses if clause.id == clause_id), None)

    def clause_for(self, error_kind: str) -> Clause | None:
        """The clause that an error of this kind breaks, if the guide names one."""
        return self.clause(self.errors.get(error_kind, ""))

    def reason(self, key: str) -> Reason | None:
        return next((reason for reason in self.reasons if reason.key == key), None)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Guide":
        """A guide as `to_json` wrote it; a guide that people wrote is read by formats.pack."""
        return cls(
            version=raw["version"],
            purpose=Texts(**raw["purpose"]),
            flow=Texts(**raw["flow"]),
            clauses=tuple(Clause.from_json(one) for one in raw["clauses"]),
            reasons=tuple(Reason(r["key"], r["clause"], Texts(**r["text"])) for r in raw["reasons"]),
            errors=dict(raw["errors"]),
            changes=tuple(Change(c["version"], c["date"], Texts(**c["text"])) for c in raw["changes"]),
        )
