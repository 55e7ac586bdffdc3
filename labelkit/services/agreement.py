"""How far the people of a project agree, and where they do not: over first attempts at the same items.

What is read is bounded, so that a page takes no longer the more are sent. Simulated people never count, and
items of an examination are in none of this.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain import shared_answers
from labelkit.domain.arrays import Floats
from labelkit.domain.consensus import ENOUGH, Said
from labelkit.domain.gold_states import GoldState, Made
from labelkit.domain.projects import Split
from labelkit.domain.rules import SLACK
from labelkit.domain.shared_answers import Agreement
from labelkit.services import golds
from labelkit.store.models import GoldProposal, Item, Project, Submission, User
from labelkit.tasktypes import TASK_TYPES

MOST = 600  # answers of a project, the newest, that are looked at: the page takes a tenth of a second then
MOST_OF_ITEM = 20  # of these to one item, the newest: each is compared with each
SHOWN = 50  # items in the queue of disagreements


@dataclass(frozen=True, slots=True)
class Answered:
    """The first attempts of several people at one item, as values of its task type, in one order."""

    item: int
    submissions: tuple[int, ...]
    said: Said
    annotations: tuple[Any, ...]
    likeness: Floats

    @property
    def agreement(self) -> float | None:
        """How alike two of the answers are on the mean, 0 to 1; None where there is only one."""
        return float(self.likeness.mean()) if len(self.likeness) else None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An item in the queue."""

    item: Item
    answers: int
    agreement: float
    has_gold: bool
    has_proposal: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What the page of a project tells; `queue` has the first of `queued` items, those agreed on least first,
    and on `apart` of them people differ. `read` answers were looked at; `is_all`: the project has no more."""

    figures: Agreement
    queue: Sequence[Disagreement]
    queued: int
    apart: int
    read: int
    is_all: bool


def _firsts() -> Select[tuple[int, int, int, dict[str, Any]]]:
    """First attempts of real people, the newest first."""
    return (
        select(Submission.id, Submission.item_id, Submission.user_id, Submission.annotation)
        .join(User, User.id == Submission.user_id)
        .where(Submission.attempt == 1, ~User.simulated)
        .order_by(Submission.id.desc())
    )


def _newest(session: Session, project: Project) -> Sequence[Any]:
    of_project = _firsts().join(Item, Item.id == Submission.item_id)
    of_project = of_project.where(Submission.project_id == project.id, Item.split != Split.EXAM)
    return session.execute(of_project.limit(MOST)).all()


def _gathered(project: Project, rows: Sequence[Any]) -> dict[int, Answered]:
    """Item id to what is answered there, of these answers; of each item those that were sent last."""
    of_items: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if len(of_items[row.item_id]) < MOST_OF_ITEM:
            of_items[row.item_id].append(row)
    return {item: _answered(project, item, some[::-1]) for item, some in of_items.items()}


def _answered(project: Project, item: int, rows: Sequence[Any]) -> Answered:
    kind = TASK_TYPES[project.task_type]
    rules = kind.parse_rules(project.rules)
    annotations = tuple(kind.read(row.annotation) for row in rows)
    return Answered(
        item=item,
        submissions=tuple(row.id for row in rows),
        said=Said(tuple(row.user_id for row in rows), kind.units(annotations, rules)),
        annotations=annotations,
        likeness=kind.likeness(annotations, rules),
    )


def of_item(session: Session, project: Project, item: Item) -> Answered:
    """What is answered to one item, the newest answers."""
    rows = session.execute(_firsts().where(Submission.item_id == item.id).limit(MOST_OF_ITEM)).all()
    return _answered(project, item.id, rows[::-1])


def around(session: Session, project: Project, one: Answered) -> dict[int, Answered]:
    """What is answered to all items of a project, and to this one, however old."""
    return _gathered(project, _newest(session, project)) | {one.item: one}


def report(session: Session, project: Project) -> Report:
    """Figures and disagreements of a project."""
    rows = _newest(session, project)
    found = _gathered(project, rows)
    several = [one for one in found.values() if len(one.annotations) >= ENOUGH]
    least = sorted(several, key=lambda one: (one.agreement, -len(one.annotations), one.item))
    return Report(
        figures=shared_answers.agreement([one.said for one in several], [one.likeness for one in several]),
        queue=_queue(session, least[:SHOWN]),
        queued=len(least),
        apart=sum((one.agreement or 0.0) < 1 - SLACK for one in least),
        read=len(rows),
        is_all=len(rows) < MOST,
    )


def _queue(session: Session, some: Sequence[Answered]) -> list[Disagreement]:
    ids = [one.item for one in some]
    found = select(Item).where(Item.id.in_(ids)).options(joinedload(Item.picture))
    items: Mapping[int, Item] = {item.id: item for item in session.scalars(found)}
    with_gold = set(session.scalars(select(Item.id).where(Item.id.in_(ids), golds.is_in_force())))
    open_ones = select(GoldProposal.item_id).where(
        GoldProposal.item_id.in_(ids), GoldProposal.state == GoldState.PROPOSED
    )
    proposed = set(session.scalars(open_ones))
    return [
        Disagreement(
            items[one.item],
            len(one.annotations),
            one.agreement or 0.0,
            one.item in with_gold,
            one.item in proposed,
        )
        for one in some
    ]


def open_consensus(session: Session, item_id: int) -> int | None:
    """The proposal by consensus for an item that waits for an inspector, if there is one."""
    waiting = select(GoldProposal.id).where(
        GoldProposal.item_id == item_id,
        GoldProposal.state == GoldState.PROPOSED,
        GoldProposal.made == Made.CONSENSUS,
    )
    return session.scalar(waiting.order_by(GoldProposal.id).limit(1))
