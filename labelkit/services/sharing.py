"""Items that go to so many people each: who has which, and the choice among what is left."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from labelkit.domain.errors import NotFound
from labelkit.domain.issuing import Next, Pick
from labelkit.domain.sharing import PLACE_KEPT, next_shared
from labelkit.domain.texts import N_
from labelkit.services import tallies
from labelkit.store import queries
from labelkit.store.models import Assignment, Project, User
from labelkit.store.types import utc_now


class NothingLeft(NotFound):
    """Every item has the answers that it needs, or mine among them."""

    def __init__(self) -> None:
        super().__init__(
            N_("Every item here has all the answers it needs, or has yours already. Nothing is left to do.")
        )


def people_each(me: User, project: Project) -> int | None:
    """How many people an item of the project goes to; None where everybody works on everything, as
    simulated people always do."""
    return None if me.simulated else project.review_rules.overlap


def choose(
    session: Session,
    me: User,
    project: Project,
    pool: Sequence[int],
    mine: Sequence[Assignment],
    most: int,
    pick: Pick,
) -> Next | None:
    """The item of `pool` that comes next for me where each goes to `most` people; `mine` was issued to me in
    turn. Until the transaction ends nobody else takes a place in the project."""
    # Like whoever ends a run we have our own row by now (`practice.wait_for_my_turn`): it comes first.
    tallies.lock(session, [project.id])
    done = {one.item_id for one in mine if not one.skipped}
    skips = Counter(one.item_id for one in mine if one.skipped)
    number = max((one.round for one in mine), default=1)
    return next_shared(pool, done, skips, _taken(session, me, project), most, number, pick)


def _taken(session: Session, me: User, project: Project) -> dict[int, int]:
    """Item id to how many other people answered it in turn, or have had it open for less than a day."""
    counted = or_(~Assignment.open, Assignment.issued_at > utc_now() - PLACE_KEPT)
    others = (
        select(Assignment.item_id, func.count(func.distinct(Assignment.user_id)))
        .join(User, User.id == Assignment.user_id)
        .where(Assignment.item_id.in_(queries.pool(project).order_by(None)))
        .where(Assignment.purpose.in_(queries.IN_TURN), ~Assignment.skipped, counted)
        .where(Assignment.user_id != me.id, ~User.simulated)
    )
    return dict(session.execute(others.group_by(Assignment.item_id)).all())
