"""Original, right and wrong: what a guide's clauses show on the pictures of their project."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from labelkit.domain.examples import Example
from labelkit.domain.projects import Clause, Label
from labelkit.domain.scores import ErrorKind
from labelkit.services import golds
from labelkit.services.submissions import size_of
from labelkit.store import queries
from labelkit.store.models import Item, Project, User
from labelkit.tasktypes import TASK_TYPES

MOST_ITEMS = 4  # whose gold a guide may show: one person sees few golds by reading it


@dataclass(frozen=True, slots=True)
class GuideExample:
    """A triple of one clause, on the picture of an item of split `inspect`."""

    item: Item
    example: Example[Any]


def of_guide(session: Session, me: User, project: Project) -> dict[str, GuideExample]:
    """Clause id to its triple, the same every time, for those clauses that an item can show.

    A clause that aims at an object shows that one. Of the rest, the first item shows all that it can,
    further ones what is left over; one that I am inspecting just now shows nothing. The gold of each item
    that is looked at is entered into the ledger as seen.
    """
    left = dict(_asked_for(project))
    aims = {aim.item for clause in project.guide.clauses if (aim := clause.example)}
    found: dict[str, GuideExample] = {}
    unjudged = queries.unjudged_items(session, me.id) if left else set()
    for item in queries.guide_items(session, project.id, MOST_ITEMS, sorted(aims)) if left else ():
        if item.id in unjudged:
            continue
        shown = golds.hand_out(session, me, item.id, golds.How.GUIDE)
        for clause_id in list(left) if shown else ():
            example = _example(project, item, shown, project.guide.clause(clause_id), left[clause_id])
            if example:
                found[clause_id] = GuideExample(item, example)
                del left[clause_id]
        if not left:
            break
    return found


def _asked_for(project: Project) -> Iterator[tuple[str, list[ErrorKind]]]:
    """Each clause with the error that it aims at, or those tied to it that the task type can show."""
    can = TASK_TYPES[project.task_type].exemplary
    for clause in project.guide.clauses:
        if aim := clause.example:
            yield clause.id, [aim.error]
        elif kinds := [kind for kind in can if project.guide.errors.get(kind) == clause.id]:
            yield clause.id, kinds


def _example(
    project: Project, item: Item, shown: golds.Shown | None, clause: Clause | None, kinds: list[ErrorKind]
) -> Example[Any] | None:
    if shown is None or clause is None or (clause.example and clause.example.item != item.key):
        return None
    kind = TASK_TYPES[project.task_type]
    accepted, rules = shown.annotations(project), kind.parse_rules(project.rules)
    seed, size = f"{project.slug} {clause.id} {item.key}", size_of(item)
    for error in kinds:
        for labels in (_named(project.labels, clause), project.labels):
            if example := kind.example(error, accepted, seed, labels, rules, size=size, aim=clause.example):
                return example
    return None


def _named(labels: Sequence[Label], clause: Clause) -> Sequence[Label]:
    """The labels that a clause speaks of by name, where it tells two or more apart; else all."""
    named = [
        label
        for label in labels
        if f"“{label.name.en}”" in clause.text.en or f"‘{label.name.ko}’" in clause.text.ko
    ]
    return named if len(named) > 1 else labels
