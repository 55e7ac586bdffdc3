"""What pages say of a rejection: how many there were of how many, and until when to send again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy.orm import Session

from labelkit.domain.rework import Rejections
from labelkit.domain.workflow import State
from labelkit.services import reviews, rework
from labelkit.store.models import Assignment, Submission

_ENDED = (State.FAILED, State.LAPSED)


@dataclass(frozen=True, slots=True)
class ShownRework:
    """Of a rejected submission: the number of its rejection out of `limit`, and until when it may be sent
    again; None for what the project does not limit. `beyond`: the limit was lowered since, so that the number
    is none of so many. `next_is_last` is about a rework that is still open."""

    used: int
    limit: int | None
    due: datetime | None
    beyond: bool
    next_is_last: bool

    @classmethod
    def of(cls, session: Session, submission: Submission) -> Self | None:
        """None for what was not rejected. Its review is loaded."""
        if submission.state is not State.REJECTED and submission.state not in _ENDED:
            return None
        return cls.counted(submission, rework.rejections(session, submission))

    @classmethod
    def counted(cls, submission: Submission, rejections: Rejections) -> Self:
        used, limit, is_open = rejections.used, rejections.limit, submission.state is State.REJECTED
        due = submission.review.due_at if submission.review and is_open else None
        beyond = limit is not None and (used >= limit if is_open else used > limit)
        return cls(used, limit, due, beyond, is_open and rejections.next_is_last)


def answered_by(session: Session, assignment: Assignment) -> ShownRework | None:
    """The same of the rejection that an assignment is the rework of."""
    rejected = reviews.answered_by(session, assignment)
    return ShownRework.of(session, rejected) if rejected else None


@dataclass(frozen=True, slots=True)
class ShownVerdictAhead:
    """What an inspector is told before sending an answer back: the number of this rejection out of `limit`,
    and how many hours the worker then has."""

    used: int
    limit: int | None
    is_last: bool
    hours: int | None

    @classmethod
    def of(cls, session: Session, submission: Submission) -> Self:
        found, rules = rework.rejections(session, submission), submission.project.review_rules
        return cls(found.used, found.limit, found.is_last, rules.rework_hours)
