"""Gold: the one place that hands it out, and the ledger of who has seen what."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from labelkit.store.engine import add_unless_there
from labelkit.store.models import Gold, GoldView, Project, User
from labelkit.tasktypes import TASK_TYPES


class How(StrEnum):
    """Why somebody is shown a gold."""

    FEEDBACK = "feedback"
    REVIEW = "review"
    GUIDE = "guide"


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
    if session.get(GoldView, (person.id, item_id, how)) is None:
        add_unless_there(session, GoldView(user_id=person.id, item_id=item_id, how=how))
    if version not in (None, gold.version):
        older = select(Gold).where(Gold.item_id == item_id, Gold.version == version)
        gold = session.scalar(older) or gold
    return Shown(gold)


def for_scoring(session: Session, item_id: int) -> Gold | None:
    """The current gold, for the server's own eyes: nothing of it but a score may leave."""
    return session.scalar(select(Gold).where(Gold.item_id == item_id, Gold.current))


def has_seen(session: Session, user_id: int, item_id: int) -> bool:
    seen = exists().where(GoldView.user_id == user_id, GoldView.item_id == item_id)
    return bool(session.scalar(select(seen)))
