"""Tallies counted anew from submissions and scores, to find and to mend those that went wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from labelkit.domain.tallies import Counts
from labelkit.services.tally_rows import (
    AFRESH,
    Columns,
    contribution_of,
    item_columns,
    lock,
    newest_standing,
    person_columns,
)
from labelkit.store.models import DayTally, ItemTally, Project, ProjectTally, Score, Submission, Tally, User

Table = type[Tally] | type[DayTally] | type[ProjectTally] | type[ItemTally]
Place = tuple[Table, tuple[Any, ...]]  # a table, and the primary key of a row in it
TABLES: tuple[Table, ...] = (Tally, DayTally, ProjectTally, ItemTally)
SLICE = 1000


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of a tally that is not what the submissions come to; {} where there is no such row."""

    place: Place
    held: Columns
    counted: Columns

    def __str__(self) -> str:
        table, key = self.place
        names = _keys(table)
        where = ", ".join(f"{name} {value}" for name, value in zip(names, key, strict=True))
        wrong = ", ".join(f"{path} is {is_} and should be {should}" for path, is_, should in self._values())
        return f"{table.__tablename__} ({where}): {wrong}"

    def _values(self) -> Iterator[tuple[str, object, object]]:
        held, counted = _flat(self.held), _flat(self.counted)
        for path in sorted(held.keys() | counted.keys()):
            if (is_ := held.get(path, 0)) != (should := counted.get(path, 0)):
                yield path, is_, should


def _flat(columns: Columns) -> Columns:
    return {**columns.get("counts", {}), **{name: v for name, v in columns.items() if name != "counts" and v}}


def recount(session: Session) -> list[Difference]:
    """Where the tallies differ from what the submissions come to."""
    session.flush()
    held, counted = _held(session), _counted(session)
    places = sorted(held.keys() | counted.keys(), key=lambda place: (place[0].__tablename__, place[1]))
    found = (Difference(place, held.get(place, {}), counted.get(place, {})) for place in places)
    return [difference for difference in found if difference.held != difference.counted]


def mend(session: Session) -> list[Difference]:
    """Put right whatever differs, while nothing else may count, and say what it was."""
    lock(session, session.scalars(select(Project.id)).all())
    wrong = recount(session)
    for difference in wrong:
        _mend(session, difference)
    session.flush()
    return wrong


def _mend(session: Session, difference: Difference) -> None:
    table, key = difference.place
    row = session.get(table, key)
    if not difference.counted and table is not ProjectTally:  # its row is a lock, and stays
        session.delete(row)
        return
    if row is None:
        row = table(**dict(zip(_keys(table), key, strict=True)))
        session.add(row)
    for name, value in (difference.counted or {"counts": {}}).items():
        setattr(row, name, value)


def _keys(table: Table) -> list[str]:
    return [column.name for column in table.__table__.primary_key]


def _held(session: Session) -> dict[Place, Columns]:
    """What stands in the tallies; rows that hold nothing are left out."""
    held = {}
    for table in TABLES:
        keys = _keys(table)
        for row in session.execute(select(table.__table__)).mappings():
            columns = {name: value for name, value in row.items() if name not in keys}
            if any(columns.values()):
                held[table, tuple(row[key] for key in keys)] = columns
    return held


def _counted(session: Session) -> dict[Place, Columns]:
    """What should stand in the tallies."""
    people: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    days: dict[tuple[int, date, int], Counter[str]] = defaultdict(Counter)
    projects: dict[tuple[int], Counter[str]] = defaultdict(Counter)
    items: dict[tuple[int], Counter[str]] = defaultdict(Counter)
    for submission, counts in _contributions(session):
        user, project = submission.user_id, submission.project_id
        for group in (people[user, project], days[user, submission.day, project], projects[project,]):
            group.update(counts)
        if submission.first_try:
            items[submission.item_id,].update(counts)
    return {
        **{(Tally, at): _person(session, at, counts) for at, counts in people.items()},
        **{(DayTally, at): {"counts": _whole(counts)} for at, counts in days.items()},
        **{(ProjectTally, at): {"counts": _whole(counts)} for at, counts in projects.items()},
        **{(ItemTally, at): item_columns(counts) for at, counts in items.items()},
    }


def _contributions(session: Session) -> Iterator[tuple[Submission, Counts]]:
    """Each submission that counts, and what it adds."""
    counting = (
        select(Submission, Score)
        .join(Score, (Score.submission_id == Submission.id) & Score.current)
        .join(User, User.id == Submission.user_id)
        .where(Submission.opened, ~User.simulated)
        .options(
            load_only(
                Submission.user_id,
                Submission.project_id,
                Submission.item_id,
                Submission.day,
                Submission.first_try,
                Submission.seconds,
            ),
            load_only(Score.value, Score.passed, Score.counts),
        )
    )
    for submission, score in session.execute(counting, execution_options={"yield_per": SLICE, **AFRESH}):
        yield submission, contribution_of(submission, score)


def _person(session: Session, at: tuple[int, int], counts: Mapping[str, int]) -> Columns:
    return person_columns(_whole(counts), newest_standing(session, *at))


def _whole(counts: Mapping[str, int]) -> Counts:
    return {path: count for path, count in counts.items() if count}
