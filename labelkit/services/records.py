"""Records of practice: issued once, unchanged after, confirmed to whoever has the code."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from labelkit.domain.audit import What
from labelkit.domain.errors import Conflict, NotFound
from labelkit.domain.records import LEAST_FIRSTS, Line, Snapshot, new_code, read_code
from labelkit.domain.tallies import mean_value
from labelkit.domain.texts import N_
from labelkit.services import audit
from labelkit.store.models import DayTally, Project, Record, Tally, User

MOST = 50


def preview(session: Session, me: User) -> Snapshot:
    """What a record issued to me now would say."""
    rows = session.execute(
        select(Project, Tally.firsts, Tally.firsts_passed, Tally.standing, Tally.counts)
        .join(Tally, Tally.project_id == Project.id)
        .where(Tally.user_id == me.id, Tally.firsts >= LEAST_FIRSTS)
        .order_by(Project.position, Project.id)
    ).all()
    days = _days(session, me)
    lines = (
        Line(
            slug=project.slug,
            title=project.title,
            task_type=project.task_type,
            firsts=firsts,
            passed=passed,
            mean=mean_value(counts, "first") or 0.0,
            standing=standing,
            since=days[project.id][0],
            until=days[project.id][1],
            rules_version=project.rules_version,
            guide_version=project.guide_version,
        )
        for project, firsts, passed, standing, counts in rows
    )
    return Snapshot(me.name, tuple(lines))


def _days(session: Session, me: User) -> Mapping[int, tuple[date, date]]:
    """Project id to the first and the last day on which I sent something there."""
    days = select(DayTally.project_id, func.min(DayTally.day), func.max(DayTally.day))
    found = session.execute(days.where(DayTally.user_id == me.id).group_by(DayTally.project_id))
    return {project_id: (first, last) for project_id, first, last in found}


def issue(session: Session, me: User) -> Record:
    """A new record of what I have practised; raises Conflict where there is too little, or too many."""
    snapshot = preview(session, me)
    if not snapshot.lines:
        raise Conflict(N_("A record needs at least three first attempts in one project."))
    if len(mine(session, me)) >= MOST:
        raise Conflict(N_("You have as many records as one can have. Take one back first."))
    record = Record(code=new_code(secrets.choice), user_id=me.id, snapshot=snapshot.to_json())
    session.add(record)
    session.flush()
    audit.note(session, me, What.RECORD_ISSUED, record=record.id)
    return record


def mine(session: Session, me: User) -> Sequence[Record]:
    """My records, the newest first."""
    return session.scalars(select(Record).where(Record.user_id == me.id).order_by(Record.id.desc())).all()


def find_own(session: Session, me: User, record_id: int) -> Record:
    """One of my own records."""
    record = session.get(Record, record_id)
    if record is None or record.user_id != me.id:
        raise NotFound(N_("There is no such record among yours."))
    return record


def take_back(session: Session, me: User, record_id: int) -> None:
    """From now on nobody can have this record confirmed."""
    session.delete(find_own(session, me, record_id))
    audit.note(session, me, What.RECORD_TAKEN_BACK, record=record_id)
    session.flush()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A record that this server issued, and the standings of its owner now, by the project's slug; None
    where the account was closed since."""

    record: Record
    now: Mapping[str, float | None] | None


def confirm(session: Session, typed: str) -> Confirmed:
    """The record with this code; raises Invalid for a code that is none, NotFound for one not issued here."""
    record = session.scalar(select(Record).where(Record.code == read_code(typed)))
    if record is None:
        raise NotFound(N_("This server has issued no record with this code, or it was taken back."))
    owner = session.get_one(User, record.user_id)
    if not owner.active:
        return Confirmed(record, None)
    slugs = [line["slug"] for line in record.snapshot["lines"]]
    now = (
        select(Project.slug, Tally.standing)
        .join(Tally, Tally.project_id == Project.id)
        .where(Tally.user_id == owner.id, Project.slug.in_(slugs))
    )
    return Confirmed(record, dict(session.execute(now).all()))
