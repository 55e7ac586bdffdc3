"""A simulated worker answers a rejection as a person does: at what was marked, and nowhere else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State, Verdict
from labelkit.services import reviews, simulation
from labelkit.services.reviews import Decision
from labelkit.store.models import Submission
from labelkit.store.types import utc_now
from tests.make import box, boxes, make_item, make_project, make_submission, make_user

TIGHT, OTHER = [10, 10, 100, 80], [200, 100, 40, 40]
LOOSE, RIGHT, NEEDLESS = [10, 10, 140, 80], [20, 151, 40, 40], [120, 150, 20, 20]


@pytest.fixture
def sent(session):
    """A loose box, a right one and a needless one; another object is missing."""
    project = make_project(session, items=0, feedback=Feedback.AFTER_REVIEW)
    gold = (TIGHT, OTHER, [20, 150, 40, 40])
    make_item(session, project, gold=[boxes(*(box("car", *one) for one in gold))])
    drawn = boxes(*(box("car", *one) for one in (LOOSE, RIGHT, NEEDLESS)))
    return make_submission(session, make_user(session, simulated=True), project, drawn)


def after_rejection(session, sent, *reasons, marks=()):
    """The boxes of the answer that follows on this rejection."""
    inspector = make_user(session, role=Role.INSPECTOR)
    reviews.decide(session, inspector, sent.id, Decision(Verdict.REJECTED, reasons, marks=marks))
    simulation.go_on(session, utc_now() + timedelta(minutes=1))
    session.flush()
    again = session.scalar(select(Submission).where(Submission.user_id == sent.user_id, Submission.newest))
    assert (again.attempt, again.state) == (2, State.WAITING)
    return [region["box"] for region in again.annotation["regions"]]


def test_a_rework_changes_what_was_marked_and_nothing_else(session, sent):
    marks = ({"region": 0, "reason": "loose"}, {"at": [220, 120], "reason": "missing"})

    tight, right, needless, drawn = after_rejection(session, sent, marks=marks)

    assert (right, needless) == (RIGHT, NEEDLESS)
    assert (tight, drawn) == (pytest.approx(TIGHT, abs=4), pytest.approx(OTHER, abs=4))


def test_a_rework_takes_away_a_marked_box_that_belongs_nowhere(session, sent):
    marks = ({"region": 2, "reason": "missing"},)

    assert after_rejection(session, sent, marks=marks) == [LOOSE, RIGHT]


def test_a_rework_of_what_was_sent_back_as_a_whole_mends_every_mistake(session, sent):
    tight, right, drawn = after_rejection(session, sent, "loose")

    assert right == RIGHT
    assert (tight, drawn) == (pytest.approx(TIGHT, abs=4), pytest.approx(OTHER, abs=4))
