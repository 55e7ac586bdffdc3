"""Somebody's newest submissions, found through an index: it takes no longer where there are a million."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import ColumnElement, Select, Subquery, and_, or_, select, true, union_all
from sqlalchemy.orm import Session, joinedload

from labelkit.store.models import Item, Submission


def newest_ids(
    session: Session, user_id: int, limit: int, *, project_id: int | None = None, before: int | None = None
) -> list[int]:
    """The ids of somebody's newest submissions, the newest first; those sent before the one `before`."""
    mine = select(Submission.id).where(Submission.user_id == user_id, _older_than(session, user_id, before))
    if project_id is not None:
        mine = mine.where(Submission.project_id == project_id)
    newest = mine.order_by(Submission.sent_at.desc(), Submission.id.desc()).limit(limit)
    return list(session.scalars(newest))


def _older_than(session: Session, user_id: int, submission_id: int | None) -> ColumnElement[bool]:
    """What was sent before one of somebody's submissions; everything where there is no such one."""
    last = session.get(Submission, submission_id) if submission_id is not None else None
    if last is None or last.user_id != user_id:
        return true()
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


def of_each(people: Iterable[int], newest: Callable[[int], Select[int]]) -> Subquery:
    """What `newest`, a question for some ids in order and up to a limit, finds for each of one or more
    people, in one question. Its column is the first one of that question."""
    parts = (newest(person).subquery() for person in people)
    return union_all(*(select(*part.c) for part in parts)).subquery()
