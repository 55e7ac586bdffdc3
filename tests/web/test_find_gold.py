"""From the gold desk to an item's gold, and what one is told who is alone there."""

import pytest
from sqlalchemy import select

from labelkit.domain.gold_states import GoldState
from labelkit.domain.people import Role
from labelkit.domain.projects import Split
from labelkit.store.models import GoldProposal, Item
from tests.make import make_item, make_project, make_proposal, make_submission, make_user
from tests.web.visits import follow, words

ALONE = "Nobody else is here who may approve it. It waits as a proposal until another inspector is."
ANOTHER = "Another inspector decides on it: nobody approves gold that they wrote."


@pytest.fixture
def project(session):
    return make_project(session, "mail", "text_class", items=1)


@pytest.fixture
def item(session, project):
    return session.scalars(select(Item).where(Item.project_id == project.id)).one()


def test_a_chosen_project_lists_its_items_each_with_its_gold(as_inspector, session, project, item):
    bare = make_item(session, project, "bare", position=1, gold=[])

    page = as_inspector.get("/gold?project=mail")

    for one, told in ((item, "Version 1"), (bare, "no gold")):
        assert f'<a href="/gold/items/{one.id}">{one.key}</a>' in page.text
        assert f"{one.key} {told}" in words(page)


def test_items_of_an_examination_are_listed_for_an_admin_alone(as_inspector, as_admin, session, project):
    exam = make_item(session, project, "exam-1", split=Split.EXAM)

    assert exam.key not in as_inspector.get("/gold?project=mail").text
    assert exam.key in as_admin.get("/gold?project=mail").text


def test_an_inspection_leads_there_once_gold_is_shown(as_inspector, session, project, item):
    sent = make_submission(session, make_user(session), project)
    project.feedback, sent.state = "after_review", "waiting"
    session.flush()

    assert f"/gold/items/{item.id}" not in as_inspector.get(f"/inspect/{sent.id}").text
    assert f'href="/gold/items/{item.id}"' in as_inspector.get(f"/inspect/{sent.id}?gold=1").text


def test_the_two_sides_of_a_change_are_before_and_after_and_a_first_gold_has_one(as_inspector, session, item):
    proposal = make_proposal(session, item, make_user(session, role=Role.INSPECTOR))
    proposal.accepted = [{"labels": ["delivery"]}]

    page = words(as_inspector.get(f"/gold/proposals/{proposal.id}"))
    first = words(as_inspector.get(f"/gold/items/{item.id}"))

    assert "Before Refund After Delivery" in page
    assert "Gold Refund" in first
    assert "Answer Refund" not in page + first


def test_whoever_is_alone_is_told_that_nobody_can_approve_it(as_inspector, session, item):
    proposal = make_proposal(session, item, as_inspector.person)
    address = f"/gold/proposals/{proposal.id}"

    assert ALONE in words(as_inspector.get(address))
    make_user(session, role=Role.ADMIN)
    assert ANOTHER in words(as_inspector.get(address))


def test_ones_own_proposal_is_taken_back_without_a_word(as_inspector, session, item):
    proposal = make_proposal(session, item, as_inspector.person)

    follow(as_inspector.post(f"/gold/proposals/{proposal.id}", data={"action": "send_back"}))

    assert session.get_one(GoldProposal, proposal.id).state is GoldState.DRAFT
    assert "Sent back by" not in words(as_inspector.get(f"/gold/proposals/{proposal.id}"))


def test_a_first_gold_of_boxes_that_holds_nothing_is_called_gold(as_inspector, session):
    project = make_project(session, items=0)
    item = make_item(session, project, gold=[{"nothing": True}])

    page = words(as_inspector.get(f"/gold/items/{item.id}"))

    assert "Gold: Nothing to find" in page
    assert "Answer: nothing to find" not in page
