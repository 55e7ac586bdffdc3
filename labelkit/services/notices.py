"""Notices: a word to those whose score moved because a gold was changed, or is gone with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.errors import NotFound
from labelkit.domain.texts import N_
from labelkit.services import tallies
from labelkit.store.models import Item, Notice, Submission, User

SHOWN = 20  # of the newest, on one's home


@dataclass(frozen=True, slots=True)
class Held:
    """What one opened submission counted before a gold was changed."""

    submission_id: int
    user_id: int
    value: float


def scores_before(session: Session, item: Item) -> list[Held]:
    """The scores of an item that people may see now, each person's newest last; nobody simulated."""
    opened = (
        select(Submission)
        .join(User, User.id == Submission.user_id)
        .where(Submission.item_id == item.id, Submission.opened, ~User.simulated)
        .order_by(Submission.id)
    )
    submissions = session.scalars(opened).all()
    now = tallies.current_scores(session, [one.id for one in submissions])
    return [Held(one.id, one.user_id, now[one.id].value) for one in submissions if one.id in now]


def tell(session: Session, item: Item, version: int, reason: str, before: list[Held]) -> None:
    """Leave a notice with everybody whose score moved: one each, on the newest answer that it moved."""
    after = tallies.current_scores(session, [one.submission_id for one in before])
    moved: dict[int, tuple[Held, float | None]] = {}
    for one in before:
        score = after.get(one.submission_id)
        if score is not None and _in_points(score.value) != _in_points(one.value):
            moved[one.user_id] = (one, score.value)
    session.add_all(_notices(item, version, reason, moved))
    session.flush()


def tell_withdrawn(session: Session, item: Item, version: int, reason: str, before: list[Held]) -> None:
    """Leave a notice with everybody whose score is gone: one each, on the newest answer that had one."""
    gone: dict[int, tuple[Held, float | None]] = {one.user_id: (one, None) for one in before}
    session.add_all(_notices(item, version, reason, gone))
    session.flush()


def _in_points(value: float) -> int:
    return round(value * 100)


def _notices(
    item: Item, version: int, reason: str, moved: Mapping[int, tuple[Held, float | None]]
) -> list[Notice]:
    return [
        Notice(
            user_id=user_id,
            submission_id=held.submission_id,
            item_id=item.id,
            gold_version=version,
            before=held.value,
            after=value,
            reason=reason,
        )
        for user_id, (held, value) in moved.items()
    ]


def mine(session: Session, me: User) -> list[Notice]:
    """My notices, the newest first."""
    newest = select(Notice).where(Notice.user_id == me.id).order_by(Notice.id.desc()).limit(SHOWN)
    return list(session.scalars(newest.options(joinedload(Notice.item))))


def put_away(session: Session, me: User, notice_id: int) -> None:
    """Let one of my notices be gone; raises NotFound where it is not mine."""
    notice = session.get(Notice, notice_id)
    if notice is None or notice.user_id != me.id:
        raise NotFound(N_("There is no such notice."))
    session.delete(notice)
