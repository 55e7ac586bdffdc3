"""`labelkit doctor`: what it finds, and what it mends."""

import pytest
from sqlalchemy import select, update

from labelkit import cli_doctor
from labelkit.services import jobs
from labelkit.store.models import ItemTally, Picture, Tally
from tests.make import make_project, make_submission, make_user
from tests.services.tally_world import assert_right


@pytest.fixture
def project(session, settings, run, monkeypatch):
    """A project with one submission, in the database that the commands are set to."""
    monkeypatch.setenv("LABELKIT_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("LABELKIT_DATA_DIR", str(settings.data_dir))
    project = make_project(session, "street", items=2)
    make_submission(session, make_user(session), project)
    session.commit()
    return project


def test_a_sound_database_is_said_to_be_one(run, engine, project):
    ran = run("doctor", "--deep")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"ok    database: {engine.dialect.name} answers; people 1, projects 1, submissions 1",
        "ok    pictures: 2, all whole",
        "ok    scores: 0 not by today's gold and rules",
        "ok    jobs: 0 open",
        "ok    tallies: all as counted from the submissions",
    ]


def test_a_spoiled_counter_is_named_and_mended_when_asked(run, session, project):
    session.execute(update(Tally).values(attempts=7))
    session.execute(update(ItemTally).values(value=1))
    session.commit()

    ran = run("doctor")
    assert ran.code == 1
    assert "WRONG tallies: 2 rows are wrong (labelkit doctor --mend puts them right)" in ran.out
    assert "attempts is 7 and should be 1" in ran.out

    mended = run("doctor", "--mend")
    assert mended.code == 0
    assert "note  tallies: 2 rows were wrong and are mended" in mended.out
    assert run("doctor").code == 0
    session.expire_all()
    assert_right(session)


def test_only_so_many_wrong_rows_are_listed(run, session, project, monkeypatch):
    monkeypatch.setattr(cli_doctor, "MOST_LINES", 1)
    session.execute(update(Tally).values(attempts=7))
    session.execute(update(ItemTally).values(value=1))
    session.commit()

    assert run("doctor").out.splitlines()[-1] == "        and 1 more"


@pytest.fixture
def picture(session, pictures, project):
    """A picture of the project, whose file is put back after the test."""
    picture = session.scalars(select(Picture)).first()
    path = pictures.path(picture.digest)
    whole = path.read_bytes()
    session.commit()
    yield path
    path.write_bytes(whole)


def test_a_lost_picture_is_named(run, picture):
    picture.unlink()

    ran = run("doctor")

    assert ran.code == 1
    assert "WRONG pictures: 1 of 2 are missing or not what they were" in ran.out
    assert str(picture) in ran.out


def test_a_picture_of_other_bytes_is_found_by_reading_it_all(run, picture):
    picture.write_bytes(picture.read_bytes() + b"more")

    assert run("doctor").code == 0
    assert run("doctor", "--deep").code == 1


def test_what_is_under_way_is_no_fault(run, session, project):
    jobs.change_rules(session, project, {"pass_score": 0.5})
    session.commit()

    ran = run("doctor")

    assert ran.code == 0
    assert (
        "note  scores: 1 not by today's gold and rules\n        street: 1 (labelkit rescore street)"
        in ran.out
    )
    assert "note  jobs: 1 open\n        street: 0 of 1 scored anew" in ran.out
