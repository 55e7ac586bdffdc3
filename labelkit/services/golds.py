"""Gold: the one place that hands it out, the ledger of who has seen what, and how it comes into force."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.audit import What
from labelkit.domain.errors import Invalid, NotAllowed, NotFound
from labelkit.domain.gold_states import may_approve
from labelkit.domain.people import Role
from labelkit.domain.texts import N_, Texts
from labelkit.services import audit, scores, tallies
from labelkit.store.engine import add_unless_there
from labelkit.store.models import Gold, GoldView, Item, Picture, Project, Submission, User
from labelkit.tasktypes import TASK_TYPES


class How(StrEnum):
    """Why somebody is shown a gold."""

    FEEDBACK = "feedback"
    REVIEW = "review"
    GUIDE = "guide"
    SCORES = "scores"
    INSPECTION_PRACTICE = "inspection_practice"
    GOLD = "gold"
    DISPUTE = "dispute"


@dataclass(frozen=True, slots=True)
class Shown:
    """A gold that was handed to a person, and entered into the ledger."""

    gold: Gold

    def annotations(self, project: Project) -> tuple[Any, ...]:
        """Its accepted Annotations, as values of the project's task type."""
        kind = TASK_TYPES[project.task_type]
        return tuple(kind.read(raw) for raw in self.gold.accepted)


def hand_out(
    session: Session, person: User, item_id: int, how: How, *, version: int | None = None
) -> Shown | None:
    """The current gold of an item, for this person to see; None where there is none.

    `version` asks for the one that a score was made by, as long as there is a current one at all: what
    an old score says points into an old gold.

    Whoever calls this has checked that the person may see it now. What was seen once can no longer be
    a first attempt that counts, so it is written down in the same transaction.
    """
    gold = session.scalar(select(Gold).where(Gold.item_id == item_id, Gold.current))
    if gold is None:
        return None
    note_seen(session, person, item_id, how)
    if version not in (None, gold.version):
        older = select(Gold).where(Gold.item_id == item_id, Gold.version == version)
        gold = session.scalar(older) or gold
    return Shown(gold)


def note_seen(session: Session, person: User, item_id: int, how: How) -> None:
    """Enter into the ledger that this person has seen gold of an item, or what may become it."""
    if session.get(GoldView, (person.id, item_id, how)) is None:
        add_unless_there(session, GoldView(user_id=person.id, item_id=item_id, how=how))


def versions(session: Session, person: User, item_id: int) -> list[Gold]:
    """All versions of an item's gold, the newest first, for this person to see: that is written down."""
    found = session.scalars(select(Gold).where(Gold.item_id == item_id).order_by(Gold.version.desc())).all()
    if found:
        note_seen(session, person, item_id, How.GOLD)
    return list(found)


def to_draw(versions: Sequence[Gold], number: int | None) -> tuple[Gold | None, Gold | None]:
    """Of all versions of a gold, the newest first: the one of this number, else the one in force, and the
    one before it. None for what there is not."""
    asked = [gold for gold in versions if gold.version == number] or [
        gold for gold in versions if gold.current
    ]
    if not asked:
        return None, None
    return asked[0], next((gold for gold in versions if gold.version < asked[0].version), None)


class Origin(NamedTuple):
    """Who wrote a version of an item's gold, and since when it held: nothing of what it says."""

    item_id: int
    version: int
    current: bool
    author_id: int | None
    approved_at: datetime


def origins(session: Session, item_ids: Collection[int]) -> list[Origin]:
    """Where all versions of these items' golds come from."""
    told = select(Gold.item_id, Gold.version, Gold.current, Gold.author_id, Gold.approved_at)
    return [Origin(*row) for row in session.execute(told.where(Gold.item_id.in_(item_ids)))]


def origin_of(session: Session, item_id: int, version: int) -> Origin:
    """Where this version of an item's gold comes from."""
    return next(one for one in origins(session, [item_id]) if one.version == version)


def version_in_force(session: Session, item_id: int) -> int | None:
    """Which version of an item's gold holds now; None where none does."""
    return session.scalar(select(Gold.version).where(Gold.item_id == item_id, Gold.current))


def is_in_force() -> ColumnElement[bool]:
    """True, in a query of items, for those that have gold."""
    return exists().where(Gold.item_id == Item.id, Gold.current)


def for_scoring(session: Session, item_id: int) -> Gold | None:
    """The current gold, for the server's own eyes: nothing of it but a score may leave."""
    return session.scalar(select(Gold).where(Gold.item_id == item_id, Gold.current))


def has_seen(session: Session, user_id: int, item_id: int) -> bool:
    seen = exists().where(GoldView.user_id == user_id, GoldView.item_id == item_id)
    return bool(session.scalar(select(seen)))


def approve(
    session: Session,
    item: Item,
    accepted: Sequence[Any],
    explanation: Texts,
    author: User | None,
    approver: User,
) -> Gold:
    """Put a new version of an item's gold in force, and score anew by it whatever was sent for the item.

    `accepted` holds the accepted answers in JSON form. Raises Invalid for what is none, NotAllowed where
    `approver` may not approve what `author` wrote.
    """
    _check_approver(session, author, approver)
    project = session.get_one(Project, item.project_id)
    tallies.lock(session, [project.id])
    kind = TASK_TYPES[project.task_type]
    annotations = parse(session, project, item, accepted)
    newest = session.scalar(select(func.max(Gold.version)).where(Gold.item_id == item.id)) or 0
    _end(session, item)
    gold = Gold(
        item_id=item.id,
        version=newest + 1,
        accepted=[kind.dump(annotation) for annotation in annotations],
        explanation=explanation,
        author_id=author.id if author else None,
        approver_id=approver.id,
    )
    session.add(gold)
    item.features = kind.features(annotations[0])
    session.flush()
    scores.renew_item(session, project, item.id)
    audit.note(session, approver, What.GOLD_APPROVED, item=item.id, version=gold.version)
    return gold


def withdraw(session: Session, item: Item) -> None:
    """Leave an item without gold: no score of it holds any longer. Raises NotFound where it has none."""
    held = tallies.lock(session, [item.project_id])
    if not _end(session, item):
        raise NotFound(N_("This item has no gold."))
    item.features = {}
    sent = select(Submission).where(Submission.item_id == item.id).options(joinedload(Submission.user))
    scores.forget(session, held, session.scalars(sent.order_by(Submission.id)).all())


def _check_approver(session: Session, author: User | None, approver: User) -> None:
    if approver.role is Role.WORKER:
        raise NotAllowed(N_("Only inspectors approve gold."))
    is_author = author is not None and author.id == approver.id
    if not may_approve(approver.role, is_author=is_author, inspectors=count_inspectors(session)):
        raise NotAllowed(N_("Nobody approves gold that they wrote."))


def count_inspectors(session: Session) -> int:
    """How many inspectors are active."""
    active = select(func.count()).where(User.role == Role.INSPECTOR, User.active, ~User.simulated)
    return session.scalar(active) or 0


def parse(session: Session, project: Project, item: Item, accepted: Sequence[Any]) -> list[Any]:
    """The accepted answers of a gold out of their JSON form; raises Invalid for what is none."""
    if not accepted:
        raise Invalid(N_("Gold needs at least one accepted answer."))
    kind = TASK_TYPES[project.task_type]
    labels, rules = kind.offer(project.labels, item.question), kind.parse_rules(project.rules)
    picture = session.get_one(Picture, item.picture_id) if item.picture_id else None
    size = (picture.width, picture.height) if picture else None
    return [kind.parse(raw, labels, rules, size=size, gold=True) for raw in accepted]


def _end(session: Session, item: Item) -> bool:
    """Take an item's gold out of force; False where there is none."""
    gold = session.scalar(select(Gold).where(Gold.item_id == item.id, Gold.current))
    if gold is None:
        return False
    gold.current = False
    session.flush()
    return True
