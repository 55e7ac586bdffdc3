"""The rows of the tallies: what stands in them, and how a difference is written into them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from labelkit.domain.standing import NEWEST, Standing, standing
from labelkit.domain.tallies import Counts, Sent, contribution, moved, total
from labelkit.store.engine import add_unless_there
from labelkit.store.models import DayTally, ItemTally, ProjectTally, Score, Submission, Tally

K = TypeVar("K")
Columns = dict[str, Any]
Held = dict[int, ProjectTally]  # project id to the row that is locked
TallyRow = Tally | DayTally | ItemTally
AFRESH = {"populate_existing": True}  # what was read before the lock was had may be out of date
_OF_ITEM = {"firsts": "first/n", "passed": "first/passed", "value": "first/value", "millis": "first/millis"}


def contribution_of(submission: Submission, score: Score | None) -> Counts:
    """What a submission adds to the tallies by one of its scores."""
    if score is None:
        return {}
    sent = Sent(submission.first_try, submission.seconds, score.counts.get("objects", 0))
    return contribution(sent, score.value, score.passed, score.counts)


def person_columns(counts: Counts, newest: Standing) -> Columns:
    """What a Tally holds of these counts and this standing."""
    return {
        "counts": counts,
        "standing": newest.value,
        "standing_n": newest.n,
        "attempts": counts.get("n", 0),
        "passed": counts.get("passed", 0),
        "firsts": counts.get("first/n", 0),
        "firsts_passed": counts.get("first/passed", 0),
        "seconds": counts.get("millis", 0) / 1000,
    }


def item_columns(counts: Counts) -> Columns:
    """What an ItemTally holds of these counts."""
    return {column: counts.get(path, 0) for column, path in _OF_ITEM.items()}


def item_counts(row: ItemTally) -> Counts:
    """The counts that an ItemTally holds."""
    return {path: getattr(row, column) for column, path in _OF_ITEM.items()}


def newest_standing(session: Session, user_id: int, project_id: int) -> Standing:
    """Somebody's standing in a project, by the newest first attempts that are open and have a score."""
    newest = (
        select(Score.value)
        .join(Submission, (Submission.id == Score.submission_id) & Score.current)
        .where(Submission.user_id == user_id, Submission.project_id == project_id)
        .where(Submission.first_try, Submission.opened)
        .order_by(Submission.sent_at.desc(), Submission.id.desc())
        .limit(NEWEST)
    )
    return standing(session.scalars(newest).all())


def lock(session: Session, project_ids: Iterable[int]) -> Held:
    """Take hold of all that counts in these projects, until the transaction ends."""
    return {project_id: _lock(session, project_id) for project_id in sorted(set(project_ids))}


def _lock(session: Session, project_id: int) -> ProjectTally:
    row = select(ProjectTally).where(ProjectTally.project_id == project_id).with_for_update()
    found = session.scalar(row, execution_options=AFRESH)
    if found is None:
        add_unless_there(session, ProjectTally(project_id=project_id, counts={}))
        found = session.scalars(row, execution_options=AFRESH).one()
    return found


@dataclass(frozen=True, slots=True)
class Differences:
    """By how much the tallies of one project change: of people, of their days, of items; and whose standing
    may be another now."""

    people: Mapping[int, Counts]
    days: Mapping[tuple[int, date], Counts]
    items: Mapping[int, Counts]
    tried: Collection[int]

    @classmethod
    def of(cls, changes: Iterable[tuple[Submission, Counts]]) -> "Differences":
        people, days, items = defaultdict(list), defaultdict(list), defaultdict(list)
        tried = set()
        for submission, difference in changes:
            people[submission.user_id].append(difference)
            days[submission.user_id, submission.day].append(difference)
            if submission.first_try:
                items[submission.item_id].append(difference)
                tried.add(submission.user_id)
        return cls(_totals(people), _totals(days), _totals(items), tried)


def _totals(groups: Mapping[K, Sequence[Counts]]) -> dict[K, Counts]:
    return {key: total(many) for key, many in groups.items()}


def write(session: Session, everybody: ProjectTally, by: Differences) -> None:
    """Move the rows of a project, whose own row is locked. All are read before the first is changed: so
    they are written together, each once."""
    project_id = everybody.project_id
    people, days, items = (
        _people(session, project_id, by),
        _days(session, project_id, by),
        _items(session, by),
    )
    newest = {user_id: newest_standing(session, user_id, project_id) for user_id in sorted(by.tried)}
    everybody.counts = moved(everybody.counts, total(by.people.values()), {})
    for user_id, difference in by.people.items():
        row = people.get(user_id)
        counts = moved(row.counts if row else {}, difference, {})
        held = Standing(row.standing, row.standing_n) if row else Standing(None, 0)
        columns = person_columns(counts, newest.get(user_id, held))
        put(session, row, Tally, {"user_id": user_id, "project_id": project_id}, columns)
    for (user_id, day), difference in by.days.items():
        on_day = days.get((user_id, day))
        key = {"user_id": user_id, "day": day, "project_id": project_id}
        counts = moved(on_day.counts if on_day else {}, difference, {})
        put(session, on_day, DayTally, key, {"counts": counts})
    for item_id, difference in by.items.items():
        item = items.get(item_id)
        counts = moved(item_counts(item) if item else {}, difference, {})
        put(session, item, ItemTally, {"item_id": item_id}, item_columns(counts))


def put(
    session: Session, row: TallyRow | None, table: type[TallyRow], key: Columns, columns: Columns
) -> None:
    """Write what a row holds from now on; a row that comes to nothing goes."""
    if not any(columns.values()):
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = table(**key)
        session.add(row)
    for name, value in columns.items():
        setattr(row, name, value)


def _people(session: Session, project_id: int, by: Differences) -> dict[int, Tally]:
    found = select(Tally).where(Tally.project_id == project_id, Tally.user_id.in_(by.people))
    rows = session.scalars(found.options(undefer(Tally.counts)), execution_options=AFRESH)
    return {row.user_id: row for row in rows}


def _days(session: Session, project_id: int, by: Differences) -> dict[tuple[int, date], DayTally]:
    found = select(DayTally).where(
        DayTally.project_id == project_id,
        DayTally.user_id.in_({user_id for user_id, _ in by.days}),
        DayTally.day.in_({day for _, day in by.days}),
    )
    return {(row.user_id, row.day): row for row in session.scalars(found, execution_options=AFRESH)}


def _items(session: Session, by: Differences) -> dict[int, ItemTally]:
    if not by.items:
        return {}
    found = select(ItemTally).where(ItemTally.item_id.in_(by.items))
    return {row.item_id: row for row in session.scalars(found, execution_options=AFRESH)}
