"""While changed rules are being followed by scores, the pages with scores say how far it is."""

import pytest

from labelkit.services import jobs, scores
from tests.make import make_project, make_submission


@pytest.fixture
def project(session, as_worker, engine, monkeypatch):
    """A project with three scored answers, of which one has been scored by new rules so far."""
    monkeypatch.setattr(scores, "SLICE", 1)
    project = make_project(session, "signs", task_type="text_class")
    for _ in range(3):
        make_submission(session, as_worker.person, project)
    jobs.change_rules(session, project, {"pass_score": 0.5})
    session.commit()
    jobs.go_on(engine, "a server")
    return project


SENTENCE = "The rules of “signs practice” have changed. Re-scored 1 of 3."


@pytest.mark.parametrize("address", ["/projects/signs", "/scores", "/scores?project=signs"])
def test_the_pages_of_the_project_say_so(as_worker, project, address):
    assert SENTENCE in as_worker.get(address).text


@pytest.mark.parametrize("address", ["/scores/people", "/scores/projects/signs"])
def test_inspectors_are_told_too(as_inspector, project, address):
    assert SENTENCE in as_inspector.get(address).text


def test_another_project_does_not_speak_of_it(as_worker, session, project):
    make_project(session, "other")
    session.commit()

    assert "Re-scored" not in as_worker.get("/projects/other").text


def test_it_is_silent_once_all_is_done(as_worker, project, engine):
    while jobs.go_on(engine, "a server"):
        pass

    assert "Re-scored" not in as_worker.get("/projects/signs").text
