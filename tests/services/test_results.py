"""A result shows what its viewer may know now, and showing gold is written down."""

import pytest
from sqlalchemy import select

from labelkit.domain.errors import NotFound
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import Verdict
from labelkit.services import practice, reviews, submissions
from labelkit.services.reviews import Decision
from labelkit.store.models import GoldView
from tests.make import WRONG, make_item, make_project, make_submission, make_user

TEXT = "text_class"


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def inspector(session):
    return make_user(session, "inspector", Role.INSPECTOR)


@pytest.fixture
def project(session):
    return make_project(session, task_type=TEXT, items=2)


@pytest.fixture
def reviewed(session):
    """A project that tells nothing before an inspector has."""
    return make_project(session, task_type=TEXT, items=2, feedback=Feedback.AFTER_REVIEW)


def judge(session, inspector, submission, verdict):
    reasons = ("missing",) if verdict is Verdict.REJECTED else ()
    return reviews.decide(session, inspector, submission.id, Decision(verdict, reasons))


def views(session):
    return set(session.execute(select(GoldView.user_id, GoldView.item_id, GoldView.how)).all())


def test_a_result_at_once_shows_score_gold_and_explanation_and_says_so_in_the_ledger(session, me, project):
    sent = make_submission(session, me, project, WRONG[TEXT])

    result = submissions.result(session, me, sent.id)

    assert result.score.value == 0
    assert result.gold.labels == {"refund"}
    assert result.explanation == Texts("가이드를 보세요.", "See the guide.")
    assert views(session) == {(me.id, sent.item_id, "feedback")}


def test_while_it_waits_i_see_my_answer_alone(session, me, reviewed):
    sent = make_submission(session, me, reviewed)

    result = submissions.result(session, me, sent.id)

    assert result.answer.labels == {"refund"}
    assert (result.score, result.gold, result.accepted, result.explanation) == (None, None, (), Texts())
    assert views(session) == set()


def test_a_rejection_shows_neither_score_nor_gold(session, me, inspector, reviewed):
    sent = make_submission(session, me, reviewed, WRONG[TEXT])
    judge(session, inspector, sent, Verdict.REJECTED)

    result = submissions.result(session, me, sent.id)

    assert (result.score, result.gold) == (None, None)
    assert views(session) == set()


def test_after_acceptance_i_see_all(session, me, inspector, reviewed):
    sent = make_submission(session, me, reviewed)
    judge(session, inspector, sent, Verdict.ACCEPTED)

    result = submissions.result(session, me, sent.id)

    assert result.score.value == 1
    assert result.gold.labels == {"refund"}
    assert views(session) == {(me.id, sent.item_id, "feedback")}


def test_an_inspector_sees_what_waits_and_is_entered_into_the_ledger(session, me, inspector, reviewed):
    sent = make_submission(session, me, reviewed)

    result = submissions.result(session, inspector, sent.id)

    assert result.score.value == 1
    assert views(session) == {(inspector.id, sent.item_id, "review")}


def test_the_gold_that_is_shown_is_the_one_that_was_scored_by(session, me):
    project = make_project(session, task_type=TEXT, items=0)
    make_item(session, project, gold=[{"labels": ["refund"]}, {"labels": ["delivery"]}])
    sent = make_submission(session, me, project, {"labels": ["delivery"]})

    result = submissions.result(session, me, sent.id)

    assert result.gold.labels == {"delivery"}
    assert len(result.accepted) == 2


def test_another_worker_finds_nothing(session, me, project):
    sent = make_submission(session, me, project)

    with pytest.raises(NotFound, match=r"^There is no such submission among yours\.$"):
        submissions.result(session, make_user(session), sent.id)


def test_only_i_may_go_on_from_my_submission(session, me, inspector, project):
    sent = make_submission(session, me, project)

    assert submissions.find_own(session, me, sent.id) is sent
    with pytest.raises(NotFound):
        submissions.find_own(session, inspector, sent.id)


def test_an_assignment_leads_to_its_submission(session, me, project):
    sent = make_submission(session, me, project)
    skipped = practice.skip(session, me, practice.issue_next(session, me, project).id)

    assert submissions.of_assignment(session, sent.assignment_id) is sent
    assert submissions.of_assignment(session, skipped.id) is None
