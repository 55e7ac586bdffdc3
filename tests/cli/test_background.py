"""What goes on beside a server."""

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from labelkit import background
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.workflow import State, Verdict
from labelkit.services import jobs, reviews, scores
from labelkit.services.reviews import Decision
from labelkit.store.models import Job, Project, Review
from labelkit.store.types import utc_now
from tests.make import make_project, make_submission, make_user


class Rounds:
    """Stands for the event that ends it all: it comes after so many rounds, and nobody waits for them."""

    def __init__(self, left):
        self.left = left

    def is_set(self):
        return self.left == 0

    def wait(self, seconds):
        self.left -= seconds == background.EVERY_SECONDS


def test_what_failed_once_is_tried_again(settings, engine, monkeypatch, capsys):
    tried = []

    def fail(session):
        tried.append(session)
        raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))

    monkeypatch.setattr(background.simulation, "go_on", fail)
    object.__setattr__(settings, "demo", True)

    background.go_on(settings, Rounds(2))

    assert len(tried) == 2
    said = capsys.readouterr().err.splitlines()
    assert said == ["labelkit: simulated people: (builtins.Exception) database is locked"] * 2


@pytest.fixture
def outdated(session, monkeypatch):
    """Three submissions whose scores the rules have left behind, and slices of two."""
    monkeypatch.setattr(scores, "SLICE", 2)
    project = make_project(session, task_type="text_class", items=1)
    for _ in range(3):
        make_submission(session, make_user(session), project)
    jobs.change_rules(session, project, {"pass_score": 0.5})
    session.commit()
    return project


def test_a_server_does_the_jobs_that_were_left(session, settings, outdated):
    background.go_on(settings, Rounds(1))

    session.expire_all()
    assert session.scalars(select(Job)).one().finished_at is not None
    assert scores.count_outdated(session, session.get_one(Project, outdated.id)) == 0


def test_every_server_lets_lapse_what_was_not_sent_again_in_time(session, settings):
    project = make_project(session, task_type="text_class", feedback=Feedback.AFTER_REVIEW)
    project.review_rules = ReviewRules(rework_hours=1)
    sent = make_submission(session, make_user(session), project)
    reviews.decide(
        session, make_user(session, role=Role.INSPECTOR), sent.id, Decision(Verdict.REJECTED, ("missing",))
    )
    session.scalars(select(Review)).one().due_at = utc_now()
    session.commit()

    background.go_on(settings, Rounds(1))

    session.expire_all()
    assert sent.state is State.LAPSED


def test_simulated_people_are_for_the_demo_alone(settings, engine, monkeypatch):
    monkeypatch.setattr(background, "_simulate", lambda engine: pytest.fail("nobody asked for them"))

    background.go_on(settings, Rounds(1))


def test_it_ends_with_the_server(settings, engine):
    before = threading.active_count()

    with background.beside(settings):
        assert threading.active_count() == before + 1

    assert threading.active_count() == before
