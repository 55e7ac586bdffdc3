"""Notices of gold that was withdrawn: to everybody whose score is gone, and to nobody else."""

import pytest
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.services import gold_work, notices, practice, submissions
from labelkit.services.submissions import Sent
from labelkit.store.models import Item, Notice
from tests.make import RIGHT, WRONG, make_project, make_submission, make_user

TEXT = "text_class"
WHY = "The picture is another one."


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def author(session):
    return make_user(session, "author", Role.INSPECTOR)


def withdraw(session, author, project):
    item = session.scalars(select(Item).where(Item.project_id == project.id)).one()
    gold_work.withdraw(session, author, item.id, WHY, 1)


def test_whoever_had_a_score_is_told_that_it_is_gone_and_why(session, me, author):
    project = make_project(session, task_type=TEXT, items=1)
    first = make_submission(session, me, project, WRONG[TEXT])
    again = practice.issue_again(session, me, first, from_mine=False)
    newest = submissions.submit(session, me, again.id, Sent(RIGHT[TEXT], 0, "again"))

    withdraw(session, author, project)

    (told,) = notices.mine(session, me)
    assert (told.submission_id, told.before, told.after) == (newest.id, 1.0, None)
    assert (told.gold_version, told.reason) == (1, WHY)


def test_nobody_is_told_who_had_none_to_see_or_is_simulated(session, me, author):
    project = make_project(session, task_type=TEXT, items=1, feedback=Feedback.AFTER_REVIEW)
    make_submission(session, me, project)
    make_submission(session, make_user(session, simulated=True), project)

    withdraw(session, author, project)

    assert session.scalars(select(Notice)).all() == []
