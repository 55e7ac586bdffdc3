"""All that one worker sent for one item, attempt by attempt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, joinedload, undefer

from labelkit.domain.workflow import State
from labelkit.services import submissions
from labelkit.store.models import Item, Project, Review, Submission, User

SHOWN = 6  # attempts that are shown with their answers


@dataclass(frozen=True, slots=True)
class History:
    """The attempts at an item by the worker who sent `asked`: the newest, in the order in which they were
    sent; the one `before` those; and of all `older` ones (id, attempt, state, sent_at), the newest first."""

    asked: Submission
    shown: Sequence[Submission]
    before: Submission | None
    older: Sequence[Row[int, int, State, datetime]]


def of(session: Session, viewer: User, submission_id: int) -> History:
    """The attempts of which one is asked for; raises NotFound where `viewer` may not see that one."""
    asked = submissions.find(session, viewer, submission_id)
    mine = (Submission.user_id == asked.user_id, Submission.item_id == asked.item_id)
    newest = session.scalars(
        select(Submission)
        .where(*mine)
        .options(
            joinedload(Submission.project).options(undefer(Project.guide)),
            joinedload(Submission.item).joinedload(Item.picture),
            joinedload(Submission.user),
            joinedload(Submission.score),
            joinedload(Submission.review).joinedload(Review.inspector),
        )
        .order_by(Submission.attempt.desc())
        .limit(SHOWN + 1)
    ).all()
    shown = newest[:SHOWN][::-1]
    columns = (Submission.id, Submission.attempt, Submission.state, Submission.sent_at)
    older = select(*columns).where(*mine, Submission.attempt < shown[0].attempt)
    return History(
        asked=asked,
        shown=shown,
        before=newest[SHOWN] if len(newest) > SHOWN else None,
        older=session.execute(older.order_by(Submission.attempt.desc())).all(),
    )
