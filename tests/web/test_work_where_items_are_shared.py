"""A worker in a project where each item goes to so many people is told when nothing is left, and no more."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from labelkit.services import practice
from labelkit.store.models import Item
from tests.make import make_project, make_submission, make_user
from tests.web.visits import follow

DONE = "Every item here has all the answers it needs, or has yours already. Nothing is left to do."


@pytest.fixture
def project(session):
    project = make_project(session, "street", task_type="text_class", items=1)
    project.review_rules = replace(project.review_rules, overlap=2)
    session.flush()
    return project


def test_whoever_comes_when_all_is_answered_is_told_on_the_page_of_the_project(as_worker, session, project):
    colleagues = [make_user(session, name) for name in ("minji", "sora")]
    for colleague in colleagues:
        make_submission(session, colleague, project)

    address = follow(as_worker.post("/projects/street/next"))

    assert address == "/projects/street"
    page = as_worker.get(address)
    assert DONE in page.text
    assert not [one for one in colleagues if one.name in page.text]


def test_a_skip_of_the_last_item_is_kept_and_leads_back(as_worker, session, project):
    for _ in range(2):
        make_submission(session, make_user(session), project, {"labels": ["refund"]})
    item = session.scalars(select(Item).where(Item.project_id == project.id)).one()
    mine = practice.issue_on(session, as_worker.person, item, "first")

    address = follow(as_worker.post(f"/work/{mine.id}/skip"))

    assert address == "/projects/street"
    session.refresh(mine)
    assert mine.skipped
    assert DONE in as_worker.get(address).text
