"""A deadline that passes in the same moment on two servers, or as the rework is sent."""

from datetime import timedelta

import pytest

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.workflow import State
from labelkit.services import lapses, practice, tallies
from labelkit.services.rework import TooLate
from labelkit.store.models import Assignment, User
from labelkit.store.types import utc_now
from tests.make import make_project, make_submission, make_user
from tests.services.crowd import at_once, of_kind
from tests.services.rejecting import DELIVERY, REFUND, TEXT, make_overdue, reject, send, states


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def inspector(session):
    return make_user(session, "inspector", Role.INSPECTOR)


@pytest.fixture
def project(session):
    found = make_project(session, task_type=TEXT, items=2, feedback=Feedback.AFTER_REVIEW)
    found.review_rules = ReviewRules(rework_hours=26, rework_limit=3)
    return found


@pytest.fixture
def rejected(session, me, inspector, project):
    return reject(session, inspector, make_submission(session, me, project, DELIVERY))


def test_of_two_servers_at_once_one_lets_it_lapse(session, engine, rejected):
    make_overdue(session, rejected)
    session.commit()

    done = at_once(engine, 6, lambda session, _: lapses.lapse(session, rejected.id, utc_now()))

    assert sorted(done) == [False] * 5 + [True]
    session.expire_all()
    assert (rejected.state, rejected.opened) == (State.LAPSED, True)
    assert tallies.recount(session) == []


@pytest.mark.parametrize("turn", range(4))
def test_of_a_rework_and_the_end_of_its_time_exactly_one_wins(session, engine, me, rejected, turn):
    again = practice.issue_again(session, me, rejected, from_mine=True).id
    session.commit()
    later = utc_now() + timedelta(hours=30)

    def act(session, number):
        if number == turn % 2:
            return lapses.lapse(session, rejected.id, later)
        return send(session, session.get_one(User, me.id), again, REFUND).id

    done = at_once(engine, 2, act)

    session.expire_all()
    lapsed, sent = done[turn % 2], done[1 - turn % 2]
    if lapsed:
        assert of_kind([sent], TooLate)
        assert states(session, me) == [State.LAPSED]
        assert session.get_one(Assignment, again).draft == DELIVERY
    else:
        assert states(session, me) == [State.REJECTED, State.WAITING]
        assert session.get_one(Assignment, again).open is False
    assert tallies.recount(session) == []
