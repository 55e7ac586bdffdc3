"""Somebody's newest submissions, found through an index: it takes no longer where there are a million."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, union_all
from sqlalchemy.orm import Session, joinedload

from labelkit.store.models import Item, Project, Submission

AT_ONCE = 200  # projects in one statement: databases have a bound on its parts


def newest_ids(
    session: Session, user_id: int, limit: int, *, project_id: int | None = None, before: int | None = None
) -> list[int]:
    """The ids of somebody's newest submissions, the newest first; those sent before the one `before`.

    The index holds them by project, so each project gives its newest, and the newest of those are taken.
    """
    older = _older_than(session, user_id, before)
    projects = _projects(session, user_id) if project_id is None else [project_id]
    found: list[tuple[datetime, int]] = []
    for start in range(0, len(projects), AT_ONCE):
        parts = [
            select(Submission.sent_at, Submission.id)
            .where(Submission.user_id == user_id, Submission.project_id == each, older)
            .order_by(Submission.sent_at.desc(), Submission.id.desc())
            .limit(limit)
            .subquery()
            for each in projects[start : start + AT_ONCE]
        ]
        found += [(at, number) for at, number in session.execute(union_all(*map(select, parts)))]
    return [number for _, number in sorted(found, reverse=True)[:limit]]


def _projects(session: Session, user_id: int) -> Sequence[int]:
    mine = exists().where(Submission.user_id == user_id, Submission.project_id == Project.id)
    return session.scalars(select(Project.id).where(mine)).all()


def _older_than(session: Session, user_id: int, submission_id: int | None) -> ColumnElement[bool]:
    """What was sent before one of somebody's submissions; everything where there is no such one."""
    last = session.get(Submission, submission_id) if submission_id is not None else None
    if last is None or last.user_id != user_id:
        return Submission.id.is_not(None)
    same_time = and_(Submission.sent_at == last.sent_at, Submission.id < last.id)
    return and_(Submission.sent_at <= last.sent_at, or_(Submission.sent_at < last.sent_at, same_time))


def loaded(session: Session, ids: Sequence[int]) -> list[Submission]:
    """These submissions with item, project and score, in this order."""
    rows = select(Submission).where(Submission.id.in_(ids))
    found = session.scalars(
        rows.options(
            joinedload(Submission.item).joinedload(Item.picture),
            joinedload(Submission.project),
            joinedload(Submission.score),
        )
    )
    by_id = {submission.id: submission for submission in found}
    return [by_id[number] for number in ids if number in by_id]
