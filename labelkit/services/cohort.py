"""How all who practise in a project do there: its tallies, its hardest items, its suspicious gold.

Items of an exam are in none of this; simulated people count nowhere. What is looked at of single
submissions is bounded, so that a page takes no longer the more are sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.errors import NotFound
from labelkit.domain.projects import Split
from labelkit.domain.suspicion import LEAST, Suspicion
from labelkit.domain.tallies import MILLION
from labelkit.domain.texts import N_
from labelkit.services import doubts, golds
from labelkit.store.models import Item, ItemTally, Project, Submission, Tally, User

LEAST_FIRSTS = 5  # first attempts before an item is called hard
HARDEST = 10  # items shown
CANDIDATES = 12  # hardest items whose gold is looked at
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
    found = doubts.suspicious(session, project, items)
    return [Suspect(item, found[item.id]) for item in items if item.id in found]


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
        suspicions=doubts.suspicious(session, item.project, [item]).get(item.id, []) if shown else [],
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
