"""Labels and guide of a pack.json."""

from collections.abc import Iterable
from datetime import date

from labelkit.domain.projects import Aim, Change, Clause, ClauseGroup, Guide, Label, Reason
from labelkit.domain.scores import ErrorKind
from labelkit.domain.sides import SIDES
from labelkit.domain.texts import N_
from labelkit.formats.pack_errors import Faults
from labelkit.formats.pack_json import Node

COLOURS = 12
_MOST_VERSIONS = 10_000
_MOST_REGIONS = 5_000


def read_labels(node: Node) -> tuple[Label, ...]:
    labels = tuple(_label(entry.fields("key", "name", "colour", "help")) for entry in node.each())
    if node.value == []:
        node.fault(N_("A project needs at least one label."))
    refuse_repeats(node, (label.key for label in labels))
    return labels


def _label(node: Node) -> Label:
    return Label(
        key=node["key"].key(),
        name=node["name"].texts(),
        colour=node["colour"].whole(1, COLOURS),
        help=node["help"].texts(required=False),
    )


def parse_guide(raw: object) -> Guide:
    """A guide that was written elsewhere than in a pack; raises PackErrors with places such as
    "guide, clauses 2, text"."""
    faults = Faults()
    guide = read_guide(Node(raw, "guide", faults))
    faults.raise_if_any()
    return guide


def read_guide(node: Node) -> Guide:
    node = node.fields("version", "purpose", "flow", "clauses", "reasons", "errors", "changes")
    clauses = tuple(_clause(entry) for entry in node["clauses"].each())
    refuse_repeats(node["clauses"], (clause.id for clause in clauses))
    ids = {clause.id for clause in clauses}
    reasons = tuple(_reason(entry, ids) for entry in node["reasons"].each())
    refuse_repeats(node["reasons"], (reason.key for reason in reasons))
    version = node["version"].whole(1, _MOST_VERSIONS)
    return Guide(
        version=version,
        purpose=node["purpose"].texts(),
        flow=node["flow"].texts(required=False),
        clauses=clauses,
        reasons=reasons,
        errors=_errors(node["errors"], ids),
        changes=tuple(_change(entry, version) for entry in node["changes"].each(required=False)),
    )


def _clause(node: Node) -> Clause:
    node = node.fields("id", "group", "text", "example")
    aim = None if node["example"].value is None else _aim(node["example"])
    return Clause(node["id"].key(), node["group"].one_of(ClauseGroup), node["text"].texts(), aim)


def _aim(node: Node) -> Aim:
    node = node.fields("error", "item", "region", "side")
    side = node["side"].text("")
    if side and side not in SIDES:
        node["side"].fault(N_("This is none of: %(words)s."), words=", ".join(SIDES))
    region = node["region"].whole(1, _MOST_REGIONS)
    return Aim(node["error"].one_of(ErrorKind), node["item"].key(), region, side)


def _reason(node: Node, ids: set[str]) -> Reason:
    node = node.fields("key", "clause", "text")
    return Reason(node["key"].key(), _clause_id(node["clause"], ids), node["text"].texts())


def _errors(node: Node, ids: set[str]) -> dict[str, str]:
    node = node.fields(*ErrorKind)
    return {kind: _clause_id(node[kind], ids) for kind in ErrorKind if node[kind].value is not None}


def _change(node: Node, latest: int) -> Change:
    node = node.fields("version", "date", "text")
    return Change(node["version"].whole(1, latest), _day(node["date"]), node["text"].texts())


def _clause_id(node: Node, ids: set[str]) -> str:
    clause = node.key()
    if clause and clause not in ids:
        node.fault(N_("The guide has no clause “%(clause)s”."), clause=clause)
    return clause


def _day(node: Node) -> str:
    day = node.text()
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        if day:
            node.fault(N_("This is not a date such as 2026-11-23."))
        return day


def refuse_repeats(node: Node, keys: Iterable[str]) -> None:
    """Note each key that a list holds more than once."""
    seen: set[str] = set()
    for key in keys:
        if key and key in seen:
            node.fault(N_("“%(key)s” stands twice in this list."), key=key)
        seen.add(key)
