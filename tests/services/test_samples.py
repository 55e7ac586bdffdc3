"""Sample inspection: which answers wait for an inspector, and which are done at once."""

import pytest
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.sampling import is_drawn
from labelkit.domain.workflow import State, Verdict
from labelkit.services import practice, reviews, simulation, submissions, tallies
from labelkit.services.reviews import Decision
from labelkit.services.simulation import QUEUE
from labelkit.services.submissions import Sent
from labelkit.store.models import Submission, User
from labelkit.store.types import utc_now
from tests.make import RIGHT, WRONG, make_project, make_submission, make_user
from tests.services.crowd import at_once

TEXT = "text_class"
ITEMS = 20


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def project(session):
    found = make_project(session, "sampled", TEXT, items=ITEMS, feedback=Feedback.AFTER_REVIEW)
    found.review_rules = ReviewRules(sample_percent=25, seed="seven")
    return found


def drawn(me, percent=25, seed="seven", count=ITEMS):
    """What the numbers 0, 1, 2 … of somebody begin as."""
    return [State.WAITING if is_drawn(percent, seed, me.id, n) else State.UNSAMPLED for n in range(count)]


def test_exactly_the_asked_share_of_each_worker_waits(session, me, project):
    for person in (me, make_user(session)):
        sent = [make_submission(session, person, project) for _ in range(ITEMS)]

        assert [one.state for one in sent] == drawn(person)
        assert sum(one.state is State.WAITING for one in sent) == 5


def test_what_is_not_drawn_is_told_at_once_and_counted(session, me, project):
    sent = [make_submission(session, me, project) for _ in range(ITEMS)]

    assert [one.opened for one in sent] == [one.state is State.UNSAMPLED for one in sent]
    assert tallies.of_person(session, me.id)[project.id]["n"] == 15
    assert tallies.recount(session) == []


def test_without_a_seed_the_name_of_the_project_is_one(session, me, project):
    project.review_rules = ReviewRules(sample_percent=50)

    assert [make_submission(session, me, project).state for _ in range(ITEMS)] == drawn(me, 50, "sampled")


def test_the_answer_to_a_rejection_is_always_inspected_and_takes_no_number(session, me, project):
    inspector = make_user(session, role=Role.INSPECTOR)
    began = []
    for _ in range(ITEMS):
        sent = make_submission(session, me, project, WRONG[TEXT])
        began.append(sent.state)
        if sent.state is State.WAITING:
            reviews.decide(session, inspector, sent.id, Decision(Verdict.REJECTED, ("missing",)))
            again = practice.issue_again(session, me, sent, from_mine=True)
            answer = Sent(RIGHT[TEXT], 0, f"again {again.id}")
            assert submissions.submit(session, me, again.id, answer).state is State.WAITING

    assert began == drawn(me)


def test_where_everything_is_inspected_everything_waits(session, me, project):
    project.review_rules = ReviewRules()

    assert {make_submission(session, me, project).state for _ in range(ITEMS)} == {State.WAITING}


def test_a_project_that_answers_at_once_draws_nothing(session, me):
    project = make_project(session, task_type=TEXT)
    project.review_rules = ReviewRules(sample_percent=5)

    assert make_submission(session, me, project).state is State.SCORED


def test_tabs_that_send_at_once_share_no_number(session, engine, me, project):
    tabs = 8
    issued = []
    for _ in range(tabs):
        issued.append(practice.issue_next(session, me, project))
        issued[-1].open = False  # or the same one would be issued again
        session.flush()
    for one in issued:
        one.open = True
    session.commit()

    def send(session, number):
        person = session.get_one(User, me.id)
        return submissions.submit(session, person, issued[number].id, Sent(RIGHT[TEXT], 0, "k")).id

    assert len(set(at_once(engine, tabs, send))) == tabs
    session.expire_all()
    found = session.scalars(select(Submission).order_by(Submission.id)).all()
    assert [one.state for one in found] == drawn(me, count=tabs)


def test_simulated_people_fill_the_queue_however_few_are_drawn_and_send_no_more(session, project):
    project.review_rules = ReviewRules(sample_percent=5)

    for _ in range(3):
        simulation.go_on(session, utc_now())
        session.flush()

    assert [one.state for one in session.scalars(select(Submission))] == [State.WAITING] * QUEUE
