"""One corrects while others judge: exactly one verdict, and no drawing without a submission that waits."""

import pytest
from sqlalchemy import func, select

from labelkit.domain.errors import Conflict
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State, Verdict
from labelkit.services import corrections, reviews, tallies
from labelkit.services.corrections import Corrected, DrawingConflict
from labelkit.services.reviews import Decision
from labelkit.store.models import Correction, Lease, Review, User
from tests.make import RIGHT, WRONG, make_project, make_submission, make_user
from tests.services.crowd import at_once, of_kind

EIGHT = 8
TEXT = "text_class"


@pytest.fixture
def sent(session):
    project = make_project(session, task_type=TEXT, feedback=Feedback.AFTER_REVIEW)
    sent = make_submission(session, make_user(session), project, WRONG[TEXT])
    session.commit()
    return sent


@pytest.fixture
def inspectors(session):
    ids = [make_user(session, role=Role.INSPECTOR).id for _ in range(EIGHT)]
    session.commit()
    return ids


def count(session, kind):
    session.rollback()
    return session.scalar(select(func.count()).select_from(kind))


def correct(session, me, submission_id):
    return corrections.send(session, me, submission_id, Corrected(RIGHT[TEXT], 0)).state


def accept(session, me, submission_id):
    return reviews.decide(session, me, submission_id, Decision(Verdict.ACCEPTED)).state


def test_four_who_correct_and_four_who_accept_put_one_verdict(engine, session, sent, inspectors):
    def judge(session, number):
        me = session.get(User, inspectors[number])
        return (correct, accept)[number % 2](session, me, sent.id)

    judged = at_once(engine, EIGHT, judge)

    (state,) = of_kind(judged, State)
    assert len(of_kind(judged, Conflict)) == EIGHT - 1
    assert (count(session, Review), count(session, Lease)) == (1, 0)
    session.refresh(sent)
    assert sent.state is state
    correction = session.scalars(select(Review.correction)).one()
    assert correction == (RIGHT[TEXT] if state is State.CORRECTED else None)
    assert tallies.recount(session) == []


def test_a_verdict_leaves_no_drawing_of_those_who_draw_meanwhile(engine, session, sent, inspectors):
    def draw_or_judge(session, number):
        me = session.get(User, inspectors[number])
        if number == 0:
            return accept(session, me, sent.id)
        return corrections.save(session, me, sent.id, 0, RIGHT[TEXT])

    done = at_once(engine, EIGHT, draw_or_judge)

    assert of_kind(done, State) == [State.ACCEPTED]
    assert len(of_kind(done, int)) + len(of_kind(done, Conflict)) == EIGHT - 1
    assert count(session, Correction) == 0


def test_eight_tabs_that_draw_on_one_revision_keep_one(engine, session, sent, inspectors):
    def save(session, number):
        me = session.get(User, inspectors[0])
        return corrections.save(session, me, sent.id, 0, {"labels": [], "tab": number})

    saved = at_once(engine, EIGHT, save)

    assert of_kind(saved, int) == [1]
    assert len(of_kind(saved, DrawingConflict)) == EIGHT - 1
    assert count(session, Correction) == 1
