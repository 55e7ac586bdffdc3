"""Issuing the following item ahead: its picture may be fetched, its clock does not run, nothing is lost."""

import pytest

from labelkit.services import practice
from labelkit.store import queries
from labelkit.store.models import Item
from tests.make import make_project, make_user


@pytest.fixture
def project(session):
    return make_project(session, task_type="image_class", items=3)


@pytest.fixture
def me(session):
    return make_user(session, "me")


def position_of(session, assignment):
    return session.get(Item, assignment.item_id).position


def begin(session, me, project):
    return practice.show(practice.issue_next(session, me, project))


def test_the_following_item_is_issued_once_and_its_clock_does_not_run(session, me, project):
    present = begin(session, me, project)

    ahead = practice.issue_ahead(session, me, present.id)

    assert ahead is practice.issue_ahead(session, me, present.id)
    assert position_of(session, ahead) == 1
    assert ahead.shown_at is None


def test_its_picture_is_mine_to_see_from_then_on(session, me, project):
    present = begin(session, me, project)
    ahead = practice.issue_ahead(session, me, present.id)

    assert queries.may_see_picture(session, me.id, ahead.item.picture)
    assert not queries.may_see_picture(session, make_user(session).id, ahead.item.picture)


def test_what_i_see_stays_the_item_that_comes_back(session, me, project):
    present = begin(session, me, project)
    practice.issue_ahead(session, me, present.id)

    assert practice.issue_next(session, me, project) is present
    assert queries.open_first(session, me.id, project.id) is present


def test_what_was_issued_ahead_is_what_comes_next(session, me, project):
    present = begin(session, me, project)
    ahead = practice.issue_ahead(session, me, present.id)
    practice.skip(session, me, present.id)

    assert practice.issue_next(session, me, project) is ahead


def test_a_round_is_not_left_ahead_of_time(session, me, project):
    for _ in range(2):
        practice.issue_next(session, me, project).open = False
        session.flush()
    last = begin(session, me, project)

    assert practice.issue_ahead(session, me, last.id) is None


def test_nothing_follows_an_item_that_was_sent_or_is_tried_again(session, me, project):
    present = begin(session, me, project)
    present.purpose = "again"
    assert practice.issue_ahead(session, me, present.id) is None

    present.purpose, present.open = "first", False
    assert practice.issue_ahead(session, me, present.id) is None
