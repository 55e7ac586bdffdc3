"""One's own work, to be taken along: every open submission with its score. No gold, and nobody else's."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from labelkit.domain.projects import Split
from labelkit.domain.tallies import below
from labelkit.domain.workflow import State
from labelkit.store.models import Item, Project, Score, Submission, User

SLICE = 500  # rows fetched at once


@dataclass(frozen=True, slots=True)
class Work:
    """One submission and its score; `fails` and `warnings` count its findings by kind.

    The score and what belongs to it are None where there is none, as the gold was withdrawn.
    """

    project: Project
    item_key: str
    attempt: int
    first_try: bool
    state: State
    sent_at: datetime
    seconds: float
    guide_version: int
    value: float | None
    passed: bool | None
    gold_version: int | None
    rules_version: int | None
    right: int | None
    mistakes: int | None
    fails: dict[str, int]
    warnings: dict[str, int]


def everything(session: Session, me: User) -> Iterator[Work]:
    """All of my open submissions, the oldest first, read in slices as they are asked for."""
    # Projects are few and carry much: they are read once, and not with every row.
    projects = {project.id: project for project in session.scalars(select(Project))}
    last: tuple[datetime, int] | None = None
    while some := session.execute(_rows(me, last).limit(SLICE)).all():
        yield from (_work(projects, tuple(row)[1:]) for row in some)
        last = some[-1].sent_at, some[-1].id


def _rows(me: User, last: tuple[datetime, int] | None) -> Select[*tuple[Any, ...]]:
    """My open submissions that were sent after the `last` one, by its time and its id."""
    whole = (
        Submission.id,
        Submission.project_id,
        Item.key,
        Submission.attempt,
        Submission.first_try,
        Submission.state,
        Submission.sent_at,
        Submission.seconds,
        Submission.guide_version,
        Score.value,
        Score.passed,
        Score.gold_version,
        Score.rules_version,
        Score.counts,
    )
    rows = (
        select(*whole)
        .join(Item, Item.id == Submission.item_id)
        .outerjoin(Score, (Score.submission_id == Submission.id) & Score.current)
        .where(Submission.user_id == me.id, Submission.opened, Item.split != Split.EXAM)
        .order_by(Submission.sent_at, Submission.id)
    )
    if last is None:
        return rows
    at, number = last
    same_time = and_(Submission.sent_at == at, Submission.id > number)
    return rows.where(Submission.sent_at >= at, or_(Submission.sent_at > at, same_time))


def _work(projects: Mapping[int, Project], row: Sequence[Any]) -> Work:
    project_id, *fields, counts = row
    return Work(projects[project_id], *fields, *_counted(counts))


def _counted(counts: Mapping[str, int] | None) -> tuple[Any, ...]:
    """Right, mistakes, fails and warnings; None for numbers that nobody counted."""
    if counts is None:
        return None, None, {}, {}
    numbers = counts.get("right", 0), counts.get("mistakes", 0)
    return *numbers, _by_kind(counts, "fail"), _by_kind(counts, "warning")


def _by_kind(counts: Mapping[str, int], severity: str) -> dict[str, int]:
    found: Counter[str] = Counter()
    for (kind, *_), count in below(counts, severity).items():
        found[kind] += count
    return dict(sorted(found.items()))
