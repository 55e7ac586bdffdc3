"""A verdict that was wrong is overturned: the answer is accepted, and its rework is no longer asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.errors import Conflict
from labelkit.domain.workflow import State
from labelkit.services import (
    practice,
    rulings,
    submissions,
)
from labelkit.services.submissions import Sent
from labelkit.store.models import Assignment, Submission
from labelkit.store.types import utc_now
from tests.services.disputing import (
    DISMISS,
    OVERTURN,
    TWO,
    in_force,
    judged,
    raised,
    review_of,
)
from tests.services.tally_world import assert_right


def test_an_upheld_dispute_of_a_verdict_accepts_the_answer_and_opens_it(session, worker, second, of_verdict):
    sent = session.get_one(Submission, of_verdict.submission_id)
    rework = practice.issue_again(session, worker, sent, from_mine=True)
    practice.save_draft(session, worker, rework.id, 0, TWO)

    rulings.decide(session, second, of_verdict.id, OVERTURN)

    assert (sent.state, sent.opened, review_of(session, sent).overturned) == (State.ACCEPTED, True, True)
    assert (of_verdict.state, of_verdict.new_version) == (DisputeState.UPHELD, None)
    assert in_force(session, sent.item_id).version == 1
    assert_right(session)
    assert not session.scalars(select(Assignment).where(Assignment.open)).all()
    with pytest.raises(Conflict, match="no longer asked for"):
        submissions.submit(session, worker, rework.id, Sent(TWO, 1, "late"))
    assert practice.issue_again(session, worker, sent, from_mine=True).draft == TWO


@pytest.mark.parametrize("state", [State.FAILED, State.LAPSED, State.CORRECTED])
def test_what_came_of_a_verdict_is_overturned_too(session, worker, author, second, state):
    dispute = raised(session, judged(session, worker, author, state), "verdict")

    rulings.decide(session, second, dispute.id, OVERTURN)

    assert dispute.submission.state is State.ACCEPTED


def test_a_dismissed_dispute_of_a_rejection_leaves_as_much_time_as_before(session, worker, author, second):
    sent = judged(session, worker, author)
    review_of(session, sent).due_at = utc_now() + timedelta(hours=5)
    dispute = raised(session, sent, "verdict", now=utc_now() - timedelta(days=2))

    rulings.decide(session, second, dispute.id, replace(DISMISS, seen_version=None))

    left = review_of(session, sent).due_at - utc_now()
    assert timedelta(days=2, hours=4, minutes=59) < left < timedelta(days=2, hours=5)
    assert sent.state is State.REJECTED
