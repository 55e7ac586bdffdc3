"""What somebody may be shown to practise inspecting on, and the making of the next such result."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.errors import Invalid
from labelkit.domain.inspection import Fault, ToInspect, plans
from labelkit.domain.projects import Split
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import below
from labelkit.domain.workflow import State
from labelkit.services import golds
from labelkit.services.submissions import size_of
from labelkit.store import queries
from labelkit.store.models import (
    Exercise,
    Gold,
    GoldView,
    Item,
    Project,
    ProjectTally,
    Submission,
    User,
)
from labelkit.tasktypes import TASK_TYPES

LOOKED_BACK = 200  # of my newest exercises, to spread kinds evenly
MOST_TRIED = 12  # items, before the other verdict is tried


def available(session: Session, me: User) -> list[tuple[Project, int]]:
    """The projects in their order, each with the number of its items that I can practise inspecting on."""
    counting = _pool(session, me, Item.project_id, func.count()).group_by(Item.project_id)
    counted: dict[int, int] = dict(session.execute(counting).all())
    ordered = select(Project).where(Project.id.in_(counted)).order_by(Project.position, Project.id)
    return [(project, counted[project.id]) for project in session.scalars(ordered)]


def candidates(session: Session, me: User, project: Project | None, random: Random) -> list[int]:
    """The items that I can practise inspecting on, those shown least often first, else in chance order."""
    items = _pool(session, me, Item.id)
    if project is not None:
        items = items.where(Item.project_id == project.id)
    found = list(session.scalars(items.order_by(Item.id)))
    random.shuffle(found)
    shown = select(Exercise.item_id, func.count()).where(Exercise.user_id == me.id)
    times = dict(session.execute(shown.group_by(Exercise.item_id)).all())
    return sorted(found, key=lambda item: times.get(item, 0))[:MOST_TRIED]


def _pool(session: Session, me: User, *what: Any) -> Select[Any]:  # noqa: ANN401
    """Items of split `inspect` but those that a guide has shown me with their gold; and those whose first
    attempt I have sent, unless their scores are still closed to me."""
    mine = exists().where(Submission.user_id == me.id, Submission.item_id == Item.id)
    told = mine.where(Submission.opened)
    unsettled = mine.where(Submission.newest, Submission.state.in_((State.WAITING, State.REJECTED)))
    read = exists().where(
        GoldView.user_id == me.id, GoldView.item_id == Item.id, GoldView.how == golds.How.GUIDE
    )
    pool = (
        select(*what)
        .join(Gold, (Gold.item_id == Item.id) & Gold.current)
        .join(Project, Project.id == Item.project_id)
        .where(~Project.archived)
        .where(
            or_(
                (Item.split == Split.INSPECT) & ~read,
                (Item.split == Split.PRACTICE) & told & ~unsettled,
            )
        )
    )
    held = queries.held_items(session, me.id)
    return pool.where(Item.id.not_in(held)) if held else pool


@dataclass(frozen=True, slots=True)
class Made:
    """A result to inspect, of the gold of an item."""

    item: Item
    gold: Gold
    annotation: dict[str, Any]
    faults: tuple[Fault, ...]


def make(session: Session, me: User, item_id: int, faulty: bool, random: Random) -> Made | None:
    """A result of an item, with or without plants, that I was never shown; None where there is none."""
    item = session.get_one(Item, item_id, options=[joinedload(Item.project), joinedload(Item.picture)])
    gold = golds.for_scoring(session, item_id)
    if gold is None:
        return None
    shown = session.scalars(
        select(Exercise.annotation).where(Exercise.user_id == me.id, Exercise.item_id == item_id)
    ).all()
    kind = TASK_TYPES[item.project.task_type]
    for plan in _plans(session, me, item.project, random) if faulty else [[]]:
        made = _try(session, item, gold, plan, random)
        annotation = kind.dump(made.annotation) if made else None
        if made and annotation and not any(kind.is_same(annotation, one) for one in shown):
            return Made(item, gold, annotation, made.faults)
    return None


def _plans(session: Session, me: User, project: Project, random: Random) -> list[list[ErrorKind]]:
    """Errors to plant, of kinds that the guide speaks of."""
    kinds = [kind for kind in TASK_TYPES[project.task_type].plantable if kind in project.guide.errors]
    newest = (
        select(Exercise.faults)
        .join(Project, Project.id == Exercise.project_id)
        .where(Exercise.user_id == me.id, Project.task_type == project.task_type)
        .order_by(Exercise.id.desc())
        .limit(LOOKED_BACK)
    )
    planted = Counter(Fault.from_json(raw).kind for faults in session.scalars(newest) for raw in faults)
    return plans(kinds, planted, random)


def _try(
    session: Session, item: Item, gold: Gold, plan: Sequence[ErrorKind], random: Random
) -> ToInspect[Any] | None:
    project = item.project
    kind = TASK_TYPES[project.task_type]
    labels, rules = kind.offer(project.labels, item.question), kind.parse_rules(project.rules)
    accepted = [kind.read(raw) for raw in gold.accepted]
    alike = _alike(session, project)
    try:
        return kind.to_inspect(accepted, plan, random, labels, rules, size=size_of(item), alike=alike)
    except Invalid:
        return None


def _alike(session: Session, project: Project) -> dict[str, list[str]]:
    """Each label with those that people have taken it for, by the tally of the project."""
    tally = session.get(ProjectTally, project.id)
    found: dict[str, list[str]] = defaultdict(list)
    for gold, answer in below(tally.counts if tally else {}, "confusion"):
        if gold and answer and gold != answer:
            found[gold].append(answer)
    return found
