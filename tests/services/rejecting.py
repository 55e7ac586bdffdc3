"""Answers that are sent back and sent again, and a deadline that passes."""

from datetime import timedelta

from sqlalchemy import select

from labelkit.domain.workflow import Verdict
from labelkit.services import reviews, submissions
from labelkit.services.reviews import Decision
from labelkit.services.submissions import Sent
from labelkit.store.models import Review, Submission
from labelkit.store.types import utc_now

TEXT = "text_class"
REFUND, DELIVERY = {"labels": ["refund"]}, {"labels": ["delivery"]}


def reject(session, inspector, submission):
    return reviews.decide(session, inspector, submission.id, Decision(Verdict.REJECTED, ("missing",)))


def send(session, me, assignment_id, answer):
    return submissions.submit(session, me, assignment_id, Sent(answer, 0, f"again {assignment_id}"))


def review_of(session, submission):
    return session.scalars(select(Review).where(Review.submission_id == submission.id)).one()


def make_overdue(session, submission):
    review_of(session, submission).due_at = utc_now() - timedelta(seconds=1)
    session.flush()


def states(session, me):
    mine = select(Submission.state).where(Submission.user_id == me.id)
    return session.scalars(mine.order_by(Submission.id)).all()
