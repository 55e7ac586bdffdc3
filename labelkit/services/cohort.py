"""How all who practise in a project do there: its tallies, its hardest items, its suspicious gold.

Items of an exam are in none of this; simulated people count nowhere. What is looked at of single
submissions is bounded, so that a page takes no longer the more are sent.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Subquery, func, select, type_coerce, union_all
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.errors import NotFound
from labelkit.domain.projects import Split
from labelkit.domain.rules import SLACK
from labelkit.domain.scores import Finding, findings_from_json
from labelkit.domain.suspicion import (
    GOOD_N,
    GOOD_STANDING,
    LEAST,
    Box,
    FirstTry,
    Suspicion,
    deviations,
    enough,
    suspicions,
)
from labelkit.domain.tallies import MILLION
from labelkit.domain.texts import N_
from labelkit.services import golds
from labelkit.store.models import Gold, Item, ItemTally, Project, Score, Submission, Tally, User
from labelkit.store.types import Json
from labelkit.tasktypes import TASK_TYPES
from labelkit.tasktypes.base import TaskType

LEAST_FIRSTS = 5  # first attempts before an item is called hard
HARDEST = 10  # items shown
CANDIDATES = 20  # hardest items whose gold is looked at
NEWEST = 100  # first attempts at an item among which good workers are looked for
READ = 20  # of good workers, that are read for one item
SHOWN = 50  # first attempts in the list of an item


@dataclass(frozen=True, slots=True)
class HardItem:
    """An item, and how first attempts at it went: `mean` score, mean `seconds`."""

    item: Item
    firsts: int
    passed: int
    mean: float
    seconds: float

    @classmethod
    def of(cls, item: Item, tally: ItemTally) -> "HardItem":
        n = tally.firsts
        return cls(item, n, tally.passed, tally.value / MILLION / n, tally.millis / 1000 / n)


def count_people(session: Session, project: Project) -> int:
    """How many people have a score in a project."""
    tried = select(func.count()).where(Tally.project_id == project.id, Tally.attempts > 0)
    return session.scalar(tried) or 0


def hardest(
    session: Session, project: Project, most: int = HARDEST, least_firsts: int = LEAST_FIRSTS
) -> list[HardItem]:
    """The items with the lowest mean score of at least so many first attempts; none that all got right."""
    rows = session.execute(
        select(Item, ItemTally)
        .join(ItemTally, ItemTally.item_id == Item.id)
        .where(Item.project_id == project.id, Item.split == Split.PRACTICE)
        .where(ItemTally.firsts >= least_firsts, ItemTally.value < ItemTally.firsts * MILLION)
        .options(joinedload(Item.picture))
        .order_by(ItemTally.value * 1.0 / ItemTally.firsts, Item.position, Item.id)
        .limit(most)
    )
    return [HardItem.of(item, tally) for item, tally in rows]


@dataclass(frozen=True, slots=True)
class Suspect:
    """An item whose gold good workers contradict in the same way, the most common way first."""

    item: Item
    suspicions: Sequence[Suspicion]


def suspects(session: Session, project: Project) -> list[Suspect]:
    """The suspicious gold among the hardest items of a project."""
    items = [hard.item for hard in hardest(session, project, CANDIDATES, LEAST)]
    found = _suspicions(session, project, items)
    return [Suspect(item, found[item.id]) for item in items if found[item.id]]


def _suspicions(session: Session, project: Project, items: Sequence[Item]) -> Mapping[int, list[Suspicion]]:
    """Item id to what good workers' newest first attempts at it have in common against its gold."""
    tries = _good_tries(session, project, items) if items else {}
    wrong = {item_id: [number for number, value in some if value < 1] for item_id, some in tries.items()}
    worth = {item_id: some for item_id, some in tries.items() if len(wrong[item_id]) >= enough(len(some))}
    read = _read(session, project, [number for item_id in worth for number in wrong[item_id]])
    found: dict[int, list[Suspicion]] = defaultdict(list)
    for item_id, some in worth.items():
        found[item_id] = suspicions([read.get(number, FirstTry(number, ())) for number, _ in some])
    return found


def _good_tries(
    session: Session, project: Project, items: Sequence[Item]
) -> dict[int, list[tuple[int, float]]]:
    """Item id to (submission id, score) of the newest first attempts of good workers, by its present gold."""
    good = select(Tally.user_id).where(
        Tally.project_id == project.id, Tally.standing >= GOOD_STANDING - SLACK, Tally.standing_n >= GOOD_N
    )
    newest = _newest_firsts([item.id for item in items])
    rows = session.execute(
        select(newest.c.item_id, newest.c.id, Score.value)
        .join(Score, (Score.submission_id == newest.c.id) & Score.current)
        .join(Gold, (Gold.item_id == newest.c.item_id) & Gold.current & (Gold.version == Score.gold_version))
        .where(newest.c.user_id.in_(good))
        .order_by(newest.c.id.desc())
    )
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for item_id, number, value in rows:
        if len(found[item_id]) < READ:
            found[item_id].append((number, value))
    return found


def _newest_firsts(item_ids: Sequence[int]) -> Subquery:
    """The newest first attempts at each of these items, of anybody: each item's are found by its index."""
    each = (
        select(Submission.id, Submission.item_id, Submission.user_id)
        .where(Submission.item_id == item_id, Submission.first_try, Submission.opened)
        .order_by(Submission.id.desc())
        .limit(NEWEST)
        .subquery()
        for item_id in item_ids
    )
    return union_all(*(select(some) for some in each)).subquery()


def _read(session: Session, project: Project, numbers: Sequence[int]) -> dict[int, FirstTry]:
    """Submission id to all in which it differs from gold."""
    kind = TASK_TYPES[project.task_type]
    rows = session.execute(
        select(Submission.id, Submission.annotation, type_coerce(Score.detail, Json))
        .join(Score, (Score.submission_id == Submission.id) & Score.current)
        .where(Submission.id.in_(numbers))
    )
    found = {}
    for number, annotation, detail in rows:
        place = partial(_place_of, kind, annotation)
        found[number] = FirstTry(
            number, deviations(findings_from_json(detail), detail.get("accepted", 0), place)
        )
    return found


def _place_of(kind: TaskType[Any, Any], annotation: Any, finding: Finding) -> Box | None:  # noqa: ANN401
    return kind.place(finding, kind.read(annotation), None)


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One item: how first attempts at it went, the newest of them, what is suspicious about its gold.

    `hard` is None where nobody has a score on it, and `has_gold` says whether there is gold to speak of.
    """

    item: Item
    project: Project
    hard: HardItem | None
    suspicions: Sequence[Suspicion]
    tries: Sequence[Submission]
    has_gold: bool


def item_report(session: Session, viewer: User, item_id: int) -> ItemReport:
    """An item to practise, for an inspector. What is said of it tells of its gold, so that this is entered
    into the ledger. Raises NotFound for an item of another kind."""
    item = session.scalar(
        select(Item)
        .where(Item.id == item_id, Item.split == Split.PRACTICE)
        .options(joinedload(Item.project), joinedload(Item.picture))
    )
    if item is None:
        raise NotFound(N_("There is no such item."))
    shown = golds.hand_out(session, viewer, item.id, golds.How.SCORES)
    tally = session.get(ItemTally, item.id)
    return ItemReport(
        item=item,
        project=item.project,
        hard=HardItem.of(item, tally) if tally and tally.firsts else None,
        suspicions=_suspicions(session, item.project, [item]).get(item.id, []) if shown else [],
        tries=_tries(session, item),
        has_gold=shown is not None,
    )


def _tries(session: Session, item: Item) -> Sequence[Submission]:
    """The newest first attempts at an item that count, with worker and score."""
    return session.scalars(
        select(Submission)
        .join(User, User.id == Submission.user_id)
        .where(Submission.item_id == item.id, Submission.first_try, Submission.opened, ~User.simulated)
        .options(joinedload(Submission.user), joinedload(Submission.score))
        .order_by(Submission.id.desc())
        .limit(SHOWN)
    ).all()
