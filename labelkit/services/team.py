"""How everybody stands, for inspectors and admins; and the places in a project, for all who practise there.

Read from the tallies alone. Simulated people are not tallied; who has left is in no list.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import SQLColumnExpression, func, select
from sqlalchemy.orm import Session, load_only, undefer

from labelkit.domain.audit import What
from labelkit.domain.leaderboard import Place, places
from labelkit.domain.scores import ErrorKind
from labelkit.domain.standing import Standing
from labelkit.domain.tallies import below
from labelkit.services import audit
from labelkit.store.models import Project, Tally, User

PAGE = 50
MOST_ROWS = 100_000  # of a table to take along
_HEAD = load_only(Project.slug, Project.title, Project.archived)


class Sort(StrEnum):
    """What the list may be sorted by."""

    NAME = "name"
    PROJECT = "project"
    STANDING = "standing"
    PASSED = "passed"
    ATTEMPTS = "attempts"
    SECONDS = "seconds"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows to list: of one project (its slug), of people whose name has this in it; how they are
    sorted, the lowest or the highest first; and which page, from 1."""

    project: str = ""
    name: str = ""
    sort: Sort = Sort.NAME
    highest_first: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one project. `seconds` is the mean of all attempts; `worst` the kind of mistake that
    occurred most often, `worst_n` times out of `mistakes`, None where there was no mistake."""

    user: User
    project: Project
    standing: Standing
    firsts: int
    firsts_passed: int
    attempts: int
    seconds: float | None
    worst: ErrorKind | None
    worst_n: int
    mistakes: int


@dataclass(frozen=True, slots=True)
class Members:
    """One page of the list, and how many rows and pages there are in all."""

    rows: Sequence[Member]
    total: int
    page: int
    pages: int


def projects(session: Session) -> Sequence[Project]:
    """The projects that the list may be narrowed to, in their order."""
    heads = select(Project).options(_HEAD).order_by(Project.position, Project.id)
    return session.scalars(heads).all()


def members(session: Session, asked: Asked) -> Members:
    """A page of everybody's standings, each person once for each project; beyond the last page, the last."""
    total = session.scalar(select(func.count(Tally.user_id)).where(*_asked_for(asked))) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, asked.page), pages)
    return Members(_rows(session, asked, PAGE, (page - 1) * PAGE), total, page, pages)


def all_members(session: Session, asked: Asked) -> Sequence[Member]:
    """All rows that are asked for, whatever the page."""
    return _rows(session, asked, MOST_ROWS, 0)


def _asked_for(asked: Asked) -> list[SQLColumnExpression[bool]]:
    conditions: list[SQLColumnExpression[bool]] = [
        User.id == Tally.user_id,
        Project.id == Tally.project_id,
        User.active,
        ~User.simulated,
        Tally.attempts > 0,
    ]
    if asked.project:
        conditions.append(Project.slug == asked.project)
    if name := unicodedata.normalize("NFC", asked.name).strip():
        conditions.append(User.name.icontains(name, autoescape=True))
    return conditions


def _rows(session: Session, asked: Asked, limit: int, offset: int) -> list[Member]:
    by = {
        Sort.NAME: User.name,
        Sort.PROJECT: Project.position,
        Sort.STANDING: Tally.standing,
        Sort.PASSED: Tally.firsts_passed * 1.0 / func.nullif(Tally.firsts, 0),
        Sort.ATTEMPTS: Tally.attempts,
        Sort.SECONDS: Tally.seconds / func.nullif(Tally.attempts, 0),
    }[asked.sort]
    order = by.desc() if asked.highest_first else by.asc()
    page = (
        select(Tally, User, Project)
        .where(*_asked_for(asked))
        .options(undefer(Tally.counts), _HEAD)
        .order_by(order.nulls_last(), User.name, User.id, Project.position, Project.id)
    )
    return [_member(*row) for row in session.execute(page.limit(limit).offset(offset))]


def _member(tally: Tally, user: User, project: Project) -> Member:
    kinds = _kinds(tally.counts)
    worst = max(kinds, key=lambda kind: kinds[kind], default=None)
    return Member(
        user=user,
        project=project,
        standing=Standing(tally.standing, tally.standing_n),
        firsts=tally.firsts,
        firsts_passed=tally.firsts_passed,
        attempts=tally.attempts,
        seconds=tally.seconds / tally.attempts if tally.attempts else None,
        worst=worst,
        worst_n=kinds[worst] if worst else 0,
        mistakes=kinds.total(),
    )


def _kinds(counts: Mapping[str, int]) -> Counter[ErrorKind]:
    """How often each kind of mistake occurred, in the order of the kinds: the first of equals counts."""
    found = Counter(dict.fromkeys(ErrorKind, 0))
    for (kind, _), count in below(counts, "fail").items():
        found[ErrorKind(kind)] += count
    return +found


def leaderboard(session: Session, project: Project, secret: str) -> Sequence[Place]:
    """The places in a project by standing, under names that nobody can see through; none where the project
    has not turned them on, or too few people have a standing."""
    if not project.leaderboard:
        return []
    standings = session.execute(
        select(Tally.user_id, User.name, Tally.standing, Tally.standing_n)
        .join(User, User.id == Tally.user_id)
        .where(Tally.project_id == project.id, Tally.standing.is_not(None), User.active, ~User.simulated)
    )
    known = ((user_id, name, standing or 0.0, n) for user_id, name, standing, n in standings)
    return places(known, f"{secret} {project.id}")


def set_leaderboard(session: Session, me: User | None, project: Project, on: bool) -> None:
    if on != project.leaderboard:
        project.leaderboard = on
        audit.note(session, me, What.LEADERBOARD_SWITCHED, project=project.id, on=on)
