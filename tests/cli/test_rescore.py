"""`labelkit rescore`: what it says, and that it ends what was begun."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit import cli_rescore
from labelkit.services import jobs, scores
from labelkit.store.models import Job, Score
from labelkit.store.types import utc_now
from tests.make import make_project, make_submission, make_user


@pytest.fixture
def project(session, database_url, data_dir, run, monkeypatch):
    """Three submissions in the database that the commands are set to, and slices of two."""
    monkeypatch.setenv("LABELKIT_DATABASE_URL", database_url)
    monkeypatch.setenv("LABELKIT_DATA_DIR", str(data_dir))
    monkeypatch.setattr(scores, "SLICE", 2)
    project = make_project(session, "signs", task_type="text_class", items=1)
    for _ in range(3):
        make_submission(session, make_user(session), project)
    session.commit()
    return project


@pytest.fixture
def rules(tmp_path):
    file = tmp_path / "rules.json"
    file.write_text(json.dumps({"pass_score": 0.5}), encoding="utf-8")
    return file


def test_new_rules_give_new_scores_and_it_says_how_far_it_is(run, session, project, rules):
    ran = run("rescore", "signs", "--rules", rules)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == ["signs: 2 of 3 scored anew", "signs: 3 of 3 scored anew"]
    session.expire_all()
    assert session.scalars(select(Score.rules_version).where(Score.current)).all() == [2, 2, 2]


def test_where_nothing_is_outdated_nothing_is_done(run, session, project):
    make_project(session, "other")
    session.commit()

    assert run("rescore").out.splitlines() == [
        "signs: all scores are up to date",
        "other: all scores are up to date",
    ]


def test_a_job_that_was_left_is_ended(run, engine, session, project):
    jobs.change_rules(session, project, {"pass_score": 0.5})
    session.commit()

    assert run("rescore", "signs").out.splitlines()[-1] == "signs: 3 of 3 scored anew"

    session.expire_all()
    assert session.scalars(select(Job)).one().finished_at is not None


def test_it_waits_for_another_process_that_is_at_it(run, engine, session, project, monkeypatch):
    job = jobs.change_rules(session, project, {"pass_score": 0.5})
    job.holder, job.lease_until = "a server", utc_now() + timedelta(minutes=1)
    session.commit()

    def wait(seconds):
        while jobs.go_on(engine, "a server"):
            pass

    monkeypatch.setattr(cli_rescore.time, "sleep", wait)

    assert run("rescore", "signs").out.splitlines() == ["signs: 3 of 3 scored anew"]


def test_answers_that_cannot_be_read_any_more_are_named(run, session, project, rules):
    project.labels = project.labels[1:]
    session.commit()

    ran = run("rescore", "signs", "--rules", rules)

    assert ran.out.splitlines()[-1] == (
        "signs: 3 keep their old score; their labels are no longer in the project"
    )


def test_rules_need_a_project(run, project, rules):
    assert run("rescore", "--rules", rules).refusal() == "Error: Name the project that gets the new rules."
    assert run("rescore", "nowhere").refusal() == "labelkit: There is no such project."
