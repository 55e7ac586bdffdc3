"""The queue: what waits for an inspector, all of it or what he or she wants to see of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.workflow import State
from labelkit.services import leases
from labelkit.store.models import Item, Project, Submission, User
from labelkit.store.types import utc_now

QUEUE_LENGTH = 100
KINDS = ("first", "rework")
AGES = (1, 24, 72)  # hours that something waits at least


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an inspector wants to see of the queue: of one project, of one worker, first attempts or later
    ones, what has waited for at least so many hours. None stands for all."""

    project_id: int | None = None
    user_id: int | None = None
    kind: str | None = None
    hours: int | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        found = []
        if self.project_id is not None:
            found.append(Submission.project_id == self.project_id)
        if self.user_id is not None:
            found.append(Submission.user_id == self.user_id)
        if self.kind in KINDS:
            found.append(Submission.attempt == 1 if self.kind == "first" else Submission.attempt > 1)
        if self.hours is not None:
            found.append(Submission.sent_at <= utc_now() - timedelta(hours=self.hours))
        return found


ALL = Wanted()


def _for_me(me: User) -> tuple[ColumnElement[bool], ...]:
    """What waits, but for one's own."""
    return (Submission.state == State.WAITING, Submission.user_id != me.id)


def waiting(session: Session, me: User, wanted: Wanted = ALL) -> list[Submission]:
    """What waits for an inspector, the oldest first; never one's own."""
    return list(
        session.scalars(
            select(Submission)
            .where(*_for_me(me), *wanted.conditions())
            .options(
                joinedload(Submission.project),
                joinedload(Submission.item).joinedload(Item.picture),
                joinedload(Submission.user),
            )
            .order_by(Submission.sent_at, Submission.id)
            .limit(QUEUE_LENGTH)
        )
    )


def count_waiting(session: Session, me: User, wanted: Wanted = ALL) -> int:
    return session.scalar(select(func.count()).where(*_for_me(me), *wanted.conditions())) or 0


@dataclass(frozen=True, slots=True)
class Offer:
    """The projects and workers of which something waits, each with how much."""

    projects: list[tuple[Project, int]]
    workers: list[tuple[User, int]]


def offer(session: Session, me: User) -> Offer:
    """What the queue can be narrowed to."""
    pair = (Submission.project_id, Submission.user_id)
    projects: Counter[int] = Counter()
    workers: Counter[int] = Counter()
    for project_id, user_id, count in session.execute(
        select(*pair, func.count()).where(*_for_me(me)).group_by(*pair)
    ):
        projects[project_id] += count
        workers[user_id] += count
    known = session.scalars(select(Project).where(Project.id.in_(projects)).order_by(Project.position))
    people = session.scalars(select(User).where(User.id.in_(workers)).order_by(User.name, User.id))
    return Offer([(one, projects[one.id]) for one in known], [(one, workers[one.id]) for one in people])


def next_waiting(session: Session, me: User, after: Submission, wanted: Wanted = ALL) -> Submission | None:
    """The oldest other submission of the same project, and of what is wanted, that nobody else looks at."""
    others = [
        one
        for one in waiting(session, me, wanted)
        if one.project_id == after.project_id and one.id != after.id
    ]
    held = leases.by_others(session, me, [one.id for one in others])
    return next((one for one in others if one.id not in held), None)
