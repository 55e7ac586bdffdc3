"""How good somebody is: standings, attempts, labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.standing import Standing
from labelkit.domain.workflow import State
from labelkit.store import queries
from labelkit.store.models import Assignment, Item, Project, Submission, Tally, User

NO_STANDING = Standing(None, 0)


@dataclass(frozen=True, slots=True)
class Card:
    """A project as it stands for one person."""

    project: Project
    covers: Sequence[Item]
    done: int
    total: int
    round: int
    standing: Standing
    waiting: int
    rejected: int


def cards(session: Session, me: User) -> list[Card]:
    """Every project with my progress and standing, in a fixed small number of questions."""
    projects = session.scalars(select(Project).order_by(Project.position, Project.id)).all()
    sizes, rounds = queries.pool_sizes(session), queries.rounds(session, me.id)
    covers, counts = queries.covers(session), queries.counts_by_state(session, me.id)
    standings = _standings(session, me)
    return [
        Card(
            project=project,
            covers=covers.get(project.id, []),
            done=rounds.get(project.id, (1, 0))[1],
            total=sizes.get(project.id, 0),
            round=rounds.get(project.id, (1, 0))[0],
            standing=standings.get(project.id, NO_STANDING),
            waiting=counts.get((project.id, State.WAITING), 0),
            rejected=counts.get((project.id, State.REJECTED), 0),
        )
        for project in projects
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """One person in one project: standing, scored attempts, and how many of them passed."""

    user: User
    project: Project
    standing: Standing
    attempts: int
    passed: int


def rows(session: Session, users: Sequence[User]) -> list[Row]:
    """A row for each of these people and each project they have a score in. Simulated people have none."""
    people = {user.id: user for user in users}
    found = (
        select(Project, Tally)
        .join(Tally, Tally.project_id == Project.id)
        .where(Tally.user_id.in_(people))
        .order_by(Project.position, Project.id)
    )
    own: dict[int, list[Row]] = {user_id: [] for user_id in people}
    for project, tally in session.execute(found):
        standing = Standing(tally.standing, tally.standing_n)
        row = Row(people[tally.user_id], project, standing, tally.attempts, tally.passed)
        own[tally.user_id].append(row)
    return list(chain.from_iterable(own.values()))


def _standings(session: Session, user: User) -> dict[int, Standing]:
    """Project id to somebody's standing there."""
    mine = select(Tally.project_id, Tally.standing, Tally.standing_n).where(Tally.user_id == user.id)
    return {project_id: Standing(value, n) for project_id, value, n in session.execute(mine)}


def people(session: Session) -> list[User]:
    """Everybody who counts: active and not simulated."""
    return list(
        session.scalars(select(User).where(User.active, ~User.simulated).order_by(User.name, User.id))
    )


def resume(session: Session, me: User) -> Assignment | None:
    """The item I was last at work on and have not sent."""
    return session.scalar(
        select(Assignment)
        .where(Assignment.user_id == me.id, Assignment.open, Assignment.shown_at.is_not(None))
        .where(Assignment.run_id.is_(None))  # a run is gone on with as a whole
        .options(joinedload(Assignment.project), joinedload(Assignment.item).joinedload(Item.picture))
        .order_by(Assignment.id.desc())
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """Where somebody stands in a project's present round."""

    done: int
    total: int
    round: int
    skipped: int
    open: Assignment | None
    standing: Standing


def progress(session: Session, me: User, project: Project) -> Progress:
    number, done = queries.rounds(session, me.id).get(project.id, (1, 0))
    return Progress(
        done=done,
        total=queries.pool_sizes(session).get(project.id, 0),
        round=number,
        skipped=queries.count_skips(session, me.id, project.id, number),
        open=queries.open_first(session, me.id, project.id),
        standing=_standings(session, me).get(project.id, NO_STANDING),
    )


def history(session: Session, me: User, project: Project) -> Sequence[Submission]:
    return queries.attempts(session, me.id, project.id, 12)


def returned(session: Session, me: User) -> Sequence[Submission]:
    """What an inspector sent back and I have not answered yet, the oldest first."""
    return queries.returned(session, me.id)


def corrected(session: Session, me: User) -> Sequence[Submission]:
    """What an inspector corrected and I have not looked at yet, the oldest first."""
    return queries.corrected(session, me.id)
