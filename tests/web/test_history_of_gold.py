"""The history of an item's gold, drawn version over version, and the word to whoever lost a score by it."""

import pytest
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.domain.texts import Texts
from labelkit.services import gold_work, golds
from labelkit.store.models import GoldView, Item, Project
from tests.make import box, boxes, make_project, make_submission, make_user
from tests.web.visits import words

XS = (40, 60, 80)  # where the car of versions 1, 2 and 3 begins


@pytest.fixture
def item(session):
    """An item whose gold has three versions."""
    project = make_project(session, "street", items=1)
    found = session.scalars(select(Item).where(Item.project_id == project.id)).one()
    for x in XS[1:]:
        author, other = (make_user(session, role=Role.INSPECTOR) for _ in range(2))
        golds.approve(session, found, [boxes(box(x=x))], Texts(), author, other)
    return found


def drawn(client, item, version=None):
    """Where the boxes of before and after lie on the picture."""
    address = f"/gold/items/{item.id}" + (f"?version={version}" if version is not None else "")
    page = client.get(address).text
    return [
        [int(float(part.split()[0])) for part in page.split(f'data-{kind}="0" data-box="')[1:]]
        for kind in ("mine", "gold")
    ]


def test_the_newest_two_are_drawn_first_and_any_over_the_one_before_it(as_inspector, item):
    assert drawn(as_inspector, item) == [[60], [80]]
    assert drawn(as_inspector, item, 2) == [[40], [60]]
    assert drawn(as_inspector, item, 3) == [[60], [80]]
    assert drawn(as_inspector, item, 1) == [[40], [40]]  # the first alone


@pytest.mark.parametrize("odd", ["9", "x", "-1", "9" * 30, ""])
def test_a_version_that_there_is_not_draws_the_newest(as_inspector, item, odd):
    assert drawn(as_inspector, item, odd) == [[60], [80]]


def test_each_version_links_to_its_drawing_and_the_drawn_one_is_marked(as_inspector, item):
    page = as_inspector.get(f"/gold/items/{item.id}?version=2")

    assert "Draw version 3 over version 2" in words(page)
    assert "Draw version 1" in words(page)
    assert f'href="/gold/items/{item.id}?version=2" aria-current="true"' in page.text


def test_a_withdrawn_version_can_still_be_drawn_and_the_ledger_says_so(as_inspector, session, item):
    gold_work.withdraw(session, make_user(session, role=Role.INSPECTOR), item.id, "Another picture.", 3)

    assert drawn(as_inspector, item) == [[], []]
    assert drawn(as_inspector, item, 3) == [[60], [80]]
    assert as_inspector.person.id in session.scalars(select(GoldView.user_id)).all()


def test_a_worker_draws_none(as_worker, item):
    assert as_worker.get(f"/gold/items/{item.id}?version=1").status_code == 403


def test_home_says_that_a_score_is_gone_and_why(as_worker, as_inspector, session, item):
    project = session.get_one(Project, item.project_id)
    make_submission(session, as_worker.person, project, boxes(box(x=80)))
    as_inspector.post(
        f"/gold/items/{item.id}/withdrawal", data={"version": "3", "reason": "Another picture."}
    )

    page = as_worker.get("/")

    said = f"The gold of {item.key} was withdrawn: your score of 100 for it is gone. Why: Another picture."
    assert said in words(page)
    ko = as_worker.get("/?lang=ko")
    assert f"{item.key}의 정답이 철회되어" in words(ko)
