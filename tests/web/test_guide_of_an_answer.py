"""An answer is kept with the version of the guide that its worker had before them."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from labelkit.domain.texts import Texts
from labelkit.services import practice
from labelkit.store.models import Assignment, Submission
from tests.make import RIGHT, make_project, make_submission
from tests.web.visits import begin, fields, follow, send


@pytest.fixture
def project(session):
    return make_project(session, "street", task_type="text_class")


def publish(session, project):
    project.guide = replace(project.guide, version=2, purpose=Texts("새 안내", "A new guide"))
    project.guide_version = 2
    session.flush()


def sent(session):
    return session.scalars(select(Submission).order_by(Submission.id.desc())).first()


def test_what_is_shown_notes_the_guide_of_the_moment(as_worker, session, project):
    address = begin(as_worker, project)
    assert session.scalars(select(Assignment)).one().guide_version is None

    as_worker.get(address)

    assert session.scalars(select(Assignment)).one().guide_version == 1


def test_an_answer_begun_under_an_older_guide_keeps_that_version(as_worker, session, project):
    address = begin(as_worker, project)
    form = fields(as_worker.get(address)) | {"annotation": '{"labels": ["refund"]}'}
    publish(session, project)

    follow(as_worker.post(f"{address}/submit", data=form))

    assert sent(session).guide_version == 1


def test_after_the_news_were_read_it_is_the_new_one(as_worker, session, project):
    make_submission(session, as_worker.person, project)
    address = begin(as_worker, project)
    as_worker.get(address)
    publish(session, project)
    news = as_worker.get(address)
    assert (news.status_code, "/guide/news" in news.location) == (303, True)
    assert session.scalars(select(Assignment).where(Assignment.open)).one().guide_version == 1

    as_worker.post("/projects/street/guide/read", data={"version": "2"})
    follow(send(as_worker, address, RIGHT["text_class"]))

    assert sent(session).guide_version == 2


def test_what_nobody_was_shown_has_the_guide_of_the_day_it_was_sent(session, as_worker, project):
    publish(session, project)
    assignment = practice.issue_next(session, as_worker.person, project)
    assert assignment.guide_version is None

    assert make_submission(session, as_worker.person, project).guide_version == 2
