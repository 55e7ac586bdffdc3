"""An archived project issues nothing new, by whatever way; what was sent stays, and what was sent back is
mended."""

import pytest

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.services import projects
from labelkit.store.models import Assignment
from tests.make import make_project, make_submission, make_user
from tests.services.rejecting import DELIVERY, TEXT, reject
from tests.web.visits import begin, follow, nothing_changes, send, sentence, words

ARCHIVED = "This project is archived: nothing new is issued in it."


@pytest.fixture
def project(session):
    return make_project(session, task_type=TEXT)


@pytest.fixture
def sent(session, as_worker, project):
    """An answer, and then the project was archived."""
    sent = make_submission(session, as_worker.person, project)
    projects.archive(session, None, project)
    return sent


@pytest.mark.parametrize("way", ["/results/{}/again", "/projects/{slug}/next", "/results/{}/again?from=mine"])
def test_nothing_is_issued_again_or_anew(as_worker, session, project, sent, way):
    with nothing_changes(session):
        answer = as_worker.post(way.format(sent.id, slug=project.slug))

    assert (answer.status_code, sentence(answer)) == (409, ARCHIVED)


def test_nothing_is_issued_ahead(as_worker, session, project):
    address = begin(as_worker, project)
    projects.archive(session, None, project)

    with nothing_changes(session):
        assert as_worker.post(f"{address}/ahead").json == {"picture": None}


def test_the_pages_say_so_and_offer_no_button_for_it(as_worker, project, sent):
    page, result = as_worker.get(f"/projects/{project.slug}"), as_worker.get(f"/results/{sent.id}")

    assert "This project is archived" in words(page)
    assert "/next" not in page.text + result.text
    assert "/again" not in result.text
    assert "To my projects" in words(page)
    assert "To my projects" in words(result)


def test_what_is_open_may_still_be_sent(as_worker, session, project):
    address = begin(as_worker, project)
    projects.archive(session, None, project)

    assert f'href="{address}"' in as_worker.get(f"/projects/{project.slug}").text
    assert follow(send(as_worker, address, DELIVERY)).startswith("/results/")


def test_what_was_sent_back_is_still_mended(as_worker, session):
    project = make_project(session, task_type=TEXT, feedback=Feedback.AFTER_REVIEW)
    sent = make_submission(session, as_worker.person, project, DELIVERY)
    reject(session, make_user(session, role=Role.INSPECTOR), sent)
    projects.archive(session, None, project)

    address = follow(as_worker.post(f"/results/{sent.id}/again", data={"from": "mine", "as": "rework"}))

    assert session.get_one(Assignment, int(address.rpartition("/")[2])).purpose == "rework"
