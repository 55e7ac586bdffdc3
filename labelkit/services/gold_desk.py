"""The gold desk: what waits for whom, and how an item's gold came to be. Read only."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.gold_states import GoldState
from labelkit.domain.people import Role
from labelkit.domain.projects import Split
from labelkit.services import golds
from labelkit.store.models import GoldProposal, Item, Project, User

SHOWN = 100  # of each list
MOST_ITEMS = 500  # of a project


def waiting(session: Session, me: User, project_id: int | None = None) -> list[GoldProposal]:
    """What others proposed, the oldest first."""
    others = or_(GoldProposal.author_id.is_(None), GoldProposal.author_id != me.id)
    return _listed(session, me, project_id, and_(GoldProposal.state == GoldState.PROPOSED, others))


def mine(session: Session, me: User, project_id: int | None = None) -> list[GoldProposal]:
    """My drafts, and what I proposed and nobody has decided."""
    under_way = GoldProposal.state.in_((GoldState.DRAFT, GoldState.PROPOSED))
    return _listed(session, me, project_id, and_(under_way, GoldProposal.author_id == me.id))


def without_gold(session: Session, me: User, project_id: int | None = None) -> Sequence[Item]:
    """Items without gold in force, in their order; those of examinations only for an admin."""
    found = select(Item).join(Item.project).where(~golds.is_in_force())
    found = (
        found.where(*_open_to(me, project_id))
        .order_by(Project.position, Project.id, Item.position)
        .limit(SHOWN)
    )
    return session.scalars(found.options(joinedload(Item.project))).all()


def of_project(session: Session, me: User, project: Project) -> list[tuple[Item, int | None]]:
    """The items of a project in their order, each with the version of its gold in force, None without; those
    of examinations only for an admin."""
    found = select(Item).where(*_open_to(me, project.id)).order_by(Item.position, Item.id).limit(MOST_ITEMS)
    items = session.scalars(found).all()
    origins = golds.origins(session, [item.id for item in items])
    in_force = {one.item_id: one.version for one in origins if one.current}
    return [(item, in_force.get(item.id)) for item in items]


def _listed(
    session: Session, me: User, project_id: int | None, condition: ColumnElement[bool]
) -> list[GoldProposal]:
    found = select(GoldProposal).join(GoldProposal.item).join(Item.project)
    found = found.where(condition, *_open_to(me, project_id)).order_by(GoldProposal.id).limit(SHOWN)
    of_item = joinedload(GoldProposal.item).joinedload(Item.project)
    return list(session.scalars(found.options(of_item, joinedload(GoldProposal.author))))


def _open_to(me: User, project_id: int | None) -> list[ColumnElement[bool]]:
    exams = [] if me.role is Role.ADMIN else [Item.split != Split.EXAM]
    return exams if project_id is None else [*exams, Item.project_id == project_id]


def past(session: Session, item_id: int) -> dict[int, GoldProposal]:
    """Version to the proposal that it came from; an imported one has none."""
    approved = (GoldProposal.item_id == item_id) & GoldProposal.version.is_not(None)
    people = joinedload(GoldProposal.remark_by)
    found = session.scalars(select(GoldProposal).where(approved).options(people))
    return {one.version: one for one in found if one.version is not None}


def under_way(session: Session, me: User, item_id: int) -> list[GoldProposal]:
    """What is proposed for an item, and my drafts of it."""
    here = _listed(session, me, None, GoldProposal.item_id == item_id)
    return [
        one
        for one in here
        if one.state is GoldState.PROPOSED or (one.state is GoldState.DRAFT and one.author_id == me.id)
    ]


def all_projects(session: Session) -> Sequence[Project]:
    """The projects that are not archived, in their order."""
    return session.scalars(select(Project).where(~Project.archived).order_by(Project.position)).all()
