"""Scores made anew in slices, whoever does them and whoever is killed meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit.services import jobs, scores, tallies
from labelkit.services.jobs import Running
from labelkit.store.engine import reading, writing
from labelkit.store.models import Job, Project, Score
from labelkit.store.types import utc_now
from tests.make import box, boxes, make_project, make_submission, make_user
from tests.services.crowd import at_once
from tests.services.tally_world import assert_right

LOOSE = boxes(box(x=35, y=35, w=110, h=90))  # every side 5 px off, the tolerance is 3 and 2.4


@pytest.fixture
def project(session, monkeypatch):
    """Five submissions, all wrong by the rules of that day, and slices of two."""
    monkeypatch.setattr(scores, "SLICE", 2)
    project = make_project(session, items=1)
    for _ in range(5):
        make_submission(session, make_user(session), project, LOOSE)
    session.commit()
    return project


def change_rules(session, project):
    job = jobs.change_rules(session, project, {"tolerance_min": 5})
    session.commit()
    return job


def newest(engine):
    with reading(engine) as session:
        return session.scalars(select(Job).order_by(Job.id.desc())).first()


def passed(engine, project):
    with reading(engine) as session:
        return tallies.of_project(session, project.id).get("passed", 0)


def is_right(engine):
    with reading(engine) as session:
        assert_right(session)
    return True


def give(session, job, holder, lease):
    """Let somebody hold a job."""
    job.holder, job.lease_until = holder, utc_now() + lease
    session.commit()


def test_new_rules_make_a_job_that_moves_the_tallies_slice_by_slice(engine, session, project):
    job = change_rules(session, project)
    assert (job.done, job.total, job.finished_at) == (0, 5, None)

    counted = []
    while jobs.go_on(engine, "me"):
        counted.append((newest(engine).done, passed(engine, project)))
        assert is_right(engine)

    assert counted == [(2, 2), (4, 4), (5, 5)]
    assert newest(engine).finished_at is not None
    assert jobs.running(session) == []


def test_pages_are_told_how_far_it_is(engine, session, project):
    other = make_project(session)
    change_rules(session, project)
    jobs.go_on(engine, "me")

    assert jobs.running(session) == [Running(project.slug, project.title, 2, 5)]
    assert jobs.running(session, [project.id]) == jobs.running(session)
    assert jobs.running(session, [other.id]) == []


def test_rules_that_leave_no_score_behind_make_no_job(session):
    project = make_project(session)

    assert jobs.change_rules(session, project, {"pass_score": 0.5}) is None
    assert jobs.start(session, project) is None


def test_who_holds_the_lease_is_alone_at_it(engine, session, project):
    change_rules(session, project)

    assert jobs.go_on(engine, "one").done == 2
    assert jobs.go_on(engine, "other") is None
    assert jobs.go_on(engine, "one").done == 4


def test_what_a_killed_process_left_is_taken_up_once_its_lease_has_run_out(engine, session, project):
    job = change_rules(session, project)
    jobs.go_on(engine, "killed")
    assert timedelta(seconds=50) < newest(engine).lease_until - utc_now() <= jobs.LEASE
    session.refresh(job)
    give(session, job, "killed", timedelta(seconds=-1))

    assert jobs.go_on(engine, "next").done == 4
    assert jobs.go_on(engine, "killed") is None
    jobs.go_on(engine, "next")
    assert passed(engine, project) == 5
    assert is_right(engine)


def test_a_process_that_was_too_slow_does_not_do_what_another_has_taken(engine, session, project):
    job = change_rules(session, project)
    with writing(engine) as late:
        assert jobs._take(late, "slow", None) == job.id
        late.commit()
    session.refresh(job)
    give(session, job, "other", jobs.LEASE)

    with writing(engine) as late:
        assert jobs._do_slice(late, "slow", job.id) is None
        late.rollback()
    assert newest(engine).done == 0


def test_a_slice_that_fails_is_undone_and_done_again(engine, session, project, monkeypatch):
    change_rules(session, project)
    real = tallies.move

    def fail(*arguments):
        real(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(tallies, "move", fail)
    with pytest.raises(KeyboardInterrupt):
        jobs.go_on(engine, "me")
    assert (newest(engine).done, passed(engine, project)) == (0, 0)
    assert is_right(engine)

    monkeypatch.setattr(tallies, "move", real)
    assert jobs.go_on(engine, "me").done == 2


def test_rules_that_change_during_a_job_begin_it_anew(engine, session, project):
    change_rules(session, project)
    jobs.go_on(engine, "me")

    session.refresh(project)
    jobs.change_rules(session, project, {"tolerance_min": 6})
    session.commit()
    while jobs.go_on(engine, "me"):
        pass

    job = newest(engine)
    assert (job.done, job.total) == (5, 5)
    assert len(session.scalars(select(Job)).all()) == 1
    versions = session.scalars(select(Score.rules_version).where(Score.current)).all()
    assert versions == [3] * 5


def test_answers_that_cannot_be_read_any_more_do_not_hold_up_a_job(engine, session, project):
    project.labels = project.labels[1:]
    change_rules(session, project)

    while jobs.go_on(engine, "me"):
        pass

    job = newest(engine)
    assert (job.done, job.unreadable, job.total) == (0, 5, 5)
    assert job.finished_at is not None
    assert is_right(engine)


def test_submissions_during_a_job_are_scored_by_the_new_rules_and_counted_once(engine, session, project):
    change_rules(session, project)
    ids = [make_user(session).id for _ in range(4)]
    session.commit()

    def act(session, number):
        if number < 4:
            person, there = session.get_one(type(user), ids[number]), session.get_one(Project, project.id)
            return make_submission(session, person, there, LOOSE).id
        return bool(jobs.go_on(engine, "me"))

    user = make_user(session)
    session.commit()
    at_once(engine, 5, act)
    while jobs.go_on(engine, "me"):
        pass

    assert scores.count_outdated(session, session.get_one(Project, project.id)) == 0
    assert passed(engine, project) == 9
    assert is_right(engine)
