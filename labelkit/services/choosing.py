"""Choosing: the item that teaches somebody most, out of those that may come."""

from collections.abc import Collection, Sequence
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from labelkit.domain import choosing
from labelkit.domain.choosing import Candidate
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import Counts
from labelkit.store import queries
from labelkit.store.models import Assignment, Item, ItemTally, Project, Tally, User

MOST = 500  # of more, this many by chance: enough to choose among, and no page waits for the others


def pick(session: Session, me: User, project: Project, left: Sequence[int], *, seed: str) -> int:
    """The one of `left`, items of the project in their order, that teaches me most by what I did so far.

    The same seed gives the same item, as long as nothing new is known of me and of the items.
    """
    counts, standing = _mine(session, me, project)
    return choosing.pick(_candidates(session, _some(left, seed)), counts, standing, seed)


def weakest(
    session: Session,
    me: User,
    project: Project,
    count: int,
    kind: ErrorKind | None = None,
    label: str | None = None,
) -> list[int]:
    """Up to `count` items that let me practise a kind of mistake, a label, or else whatever I fail: those I
    have not had first. None is waiting for a verdict or for a rework."""
    pool = session.scalars(queries.pool(project, with_gold=True)).all()
    closed = {item for item, (_, unjudged) in queries.sent_on(session, me.id, pool).items() if unjudged}
    items = _some([item for item in pool if item not in closed], f"{me.id} {project.id}")
    counts, _ = _mine(session, me, project)
    last_seen = _last_seen(session, me, project)
    return choosing.weakest(_candidates(session, items), counts, count, kind, label, last_seen)


def _mine(session: Session, me: User, project: Project) -> tuple[Counts, float | None]:
    mine = select(Tally.counts, Tally.standing).where(Tally.user_id == me.id, Tally.project_id == project.id)
    row = session.execute(mine).one_or_none()
    return (row.counts, row.standing) if row else ({}, None)


def _some(items: Sequence[int], seed: str) -> Sequence[int]:
    if len(items) <= MOST:
        return items
    chosen = set(Random(seed).sample(items, MOST))
    return [item for item in items if item in chosen]


def _candidates(session: Session, items: Collection[int]) -> list[Candidate]:
    """These items in their order, with everybody's first tries at them."""
    found = (
        select(Item.id, Item.features, Item.difficulty, ItemTally.firsts, ItemTally.value)
        .outerjoin(ItemTally, ItemTally.item_id == Item.id)
        .where(Item.id.in_(items))
        .order_by(Item.position, Item.id)
    )
    return [
        Candidate(item, features, authored, firsts or 0, value or 0)
        for item, features, authored, firsts, value in session.execute(found)
    ]


def _last_seen(session: Session, me: User, project: Project) -> dict[int, int]:
    """Item id to when I had it last, the larger the later."""
    mine = select(Assignment.item_id, func.max(Assignment.id)).where(
        Assignment.user_id == me.id, Assignment.project_id == project.id
    )
    return dict(session.execute(mine.group_by(Assignment.item_id)).all())
