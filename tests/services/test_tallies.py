"""Tallies are what the submissions come to, whatever happens to these."""

import pytest

from labelkit.services import tallies
from labelkit.store.models import ItemTally
from tests.make import make_project, make_submission, make_user


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def project(session):
    return make_project(session, items=4)


def test_one_submission_counts_for_its_person_its_day_its_project_and_its_item(session, me, project):
    sent = make_submission(session, me, project)

    counts = tallies.of_person(session, me.id)[project.id]

    assert (counts["n"], counts["passed"], counts["right"], counts["objects"]) == (1, 1, 1, 1)
    assert (counts["first/n"], counts["first/value"]) == (1, 1_000_000)
    assert tallies.of_person_days(session, me.id, sent.day) == {sent.day: counts}
    assert tallies.of_project(session, project.id) == counts
    assert session.get(ItemTally, sent.item_id).firsts == 1
    assert not tallies.recount(session)
