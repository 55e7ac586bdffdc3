"""After the gold of an item was withdrawn every page still opens, and claims nothing."""

import pytest
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import Verdict
from labelkit.services import golds, reviews, users
from labelkit.services.reviews import Decision
from labelkit.store.models import Item
from tests.make import make_project, make_submission, make_user
from tests.web.visits import words


@pytest.fixture(params=["bbox", "text_class"])
def sent(request, session, as_worker):
    """One submission whose item has no gold any longer."""
    project = make_project(session, "signs", task_type=request.param, items=1)
    sent = make_submission(session, as_worker.person, project)
    golds.withdraw(session, session.scalars(select(Item).where(Item.project_id == project.id)).one())
    session.commit()
    return sent


@pytest.mark.parametrize("address", ["/", "/projects/signs", "/scores", "/scores?project=signs"])
def test_its_worker_can_open_every_page(as_worker, sent, address):
    assert as_worker.get(address).status_code == 200


def test_the_result_is_shown_without_a_score(as_worker, sent):
    said = words(as_worker.get(f"/results/{sent.id}"))

    assert not [claim for claim in ("Passed", "Everything is right", "Precision") if claim in said]


@pytest.mark.parametrize(
    "address",
    [
        "/results/{sent}",
        "/scores/people",
        "/scores/projects/signs",
        "/scores/people/{user}",
        "/scores/items/{item}",
    ],
)
def test_inspectors_can_open_every_page(as_inspector, sent, address):
    page = as_inspector.get(address.format(sent=sent.id, user=sent.user_id, item=sent.item_id))

    assert page.status_code == 200


@pytest.mark.parametrize("address", ["/scores/people", "/scores/projects/signs", "/inspect"])
def test_pages_open_after_a_person_was_erased(as_inspector, session, sent, address):
    users.erase(session, session.get_one(type(as_inspector.person), sent.user_id))
    session.commit()

    assert as_inspector.get(address).status_code == 200


def test_the_page_of_an_erased_person_says_no_name(as_inspector, session, sent):
    person = session.get_one(type(as_inspector.person), sent.user_id)
    person.name = "Kim Minji"
    users.erase(session, person)
    session.commit()

    assert "Minji" not in as_inspector.get(f"/scores/people/{person.id}").text


def test_work_that_an_erased_inspector_judged_still_opens(as_worker, session):
    project = make_project(session, task_type="text_class", feedback=Feedback.AFTER_REVIEW)
    judged = make_submission(session, as_worker.person, project)
    inspector = make_user(session, role=Role.INSPECTOR)
    reviews.decide(session, inspector, judged.id, Decision(Verdict.ACCEPTED))
    users.erase(session, inspector)
    session.commit()

    assert "Inspected by —" in words(as_worker.get(f"/results/{judged.id}"))
