"""A verdict that comes too late: its time ran out, or the gold beside it is another by now."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import State
from labelkit.services import golds
from labelkit.store.models import Item, Lease
from labelkit.store.types import utc_now
from tests.make import WRONG, box, boxes, make_project, make_submission, make_user
from tests.web.visits import follow, nothing_changes, sentence, words

CHANGED = "The gold of this item changed while you looked at it. Look again, then decide."


@pytest.fixture
def waiting(as_worker, session):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW)
    return make_submission(session, as_worker.person, project, WRONG["bbox"])


@pytest.fixture
def item(session, waiting):
    return session.get_one(Item, waiting.item_id)


def decide(client, waiting, **form):
    return client.post(f"/inspect/{waiting.id}", data={"verdict": "rejected", "reason": ["loose"]} | form)


def test_after_ten_minutes_away_the_verdict_is_kept_and_pressed_once_more(as_inspector, session, waiting):
    as_inspector.get(f"/inspect/{waiting.id}")
    session.scalars(select(Lease)).one().until = utc_now() - timedelta(seconds=1)

    page = decide(as_inspector, waiting, comment="Look left.", **{"place-x": "9", "place-y": "8",
                                                                  "place-reason": "missing"})  # fmt: skip

    assert page.status_code == 409
    assert "this submission was free for others" in sentence(page)
    assert 'value="loose" checked' in page.text
    assert ">Look left.</textarea>" in page.text
    assert 'value="9"' in page.text
    assert waiting.state is State.WAITING
    follow(decide(as_inspector, waiting))
    assert waiting.state is State.REJECTED


def test_what_another_took_meanwhile_stays_with_them(as_inspector, as_admin, session, waiting):
    as_inspector.get(f"/inspect/{waiting.id}")
    session.scalars(select(Lease)).one().until = utc_now() - timedelta(seconds=1)
    as_admin.get(f"/inspect/{waiting.id}")

    with nothing_changes(session):
        answer = decide(as_inspector, waiting)

    assert (answer.status_code, sentence(answer)) == (409, "This submission is being inspected by Admin.")


def test_the_page_carries_the_version_of_the_gold_that_it_shows(as_inspector, waiting):
    assert 'name="gold_version" value="1"' in as_inspector.get(f"/inspect/{waiting.id}?gold=1").text
    assert "gold_version" not in as_inspector.get(f"/inspect/{waiting.id}").text


def test_a_verdict_beside_gold_that_was_withdrawn_is_refused(as_inspector, session, waiting, item):
    as_inspector.get(f"/inspect/{waiting.id}?gold=1")
    golds.withdraw(session, item)

    page = decide(as_inspector, waiting, gold="1", gold_version="1")

    assert (page.status_code, sentence(page)) == (409, CHANGED)
    assert "This item has no gold." in words(page)
    assert 'name="gold_version" value="0"' in page.text
    assert 'value="loose" checked' in page.text
    assert waiting.state is State.WAITING
    follow(decide(as_inspector, waiting, gold="1", gold_version="0"))


def test_a_verdict_beside_gold_that_was_superseded_is_refused(as_inspector, as_admin, session, waiting, item):
    as_inspector.get(f"/inspect/{waiting.id}?gold=1")
    author = make_user(session, role=Role.INSPECTOR)
    golds.approve(session, item, [boxes(box(x=60))], Texts(), author, as_admin.person)

    page = decide(as_inspector, waiting, gold="1", gold_version="1")

    assert (page.status_code, sentence(page)) == (409, CHANGED)
    assert 'name="gold_version" value="2"' in page.text
    assert 'data-box="60.0' in page.text


def test_whoever_did_not_look_at_gold_may_decide_all_the_same(as_inspector, session, waiting, item):
    as_inspector.get(f"/inspect/{waiting.id}")
    golds.withdraw(session, item)

    follow(decide(as_inspector, waiting))
