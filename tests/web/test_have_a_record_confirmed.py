"""A record of practice: issued to its owner, printed, confirmed to anybody, taken back."""

import re
from dataclasses import replace

import pytest

from labelkit.app import create_app
from labelkit.domain.records import read_code
from labelkit.services import projects
from labelkit.store.models import Record
from labelkit.store.types import day_of, utc_now
from tests.make import RIGHT, WRONG, make_project, make_submission
from tests.web.visits import nothing_changes, on_sqlite_alone, words

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@pytest.fixture
def practised(session, as_worker):
    """A worker with four first attempts in a project, three of them right, and two in another."""
    project = make_project(session, "streets", task_type="text_class", items=6)
    for answer in (RIGHT, RIGHT, WRONG, RIGHT):
        make_submission(session, as_worker.person, project, answer["text_class"])
    other = make_project(session, "too_few", items=3)
    for _ in range(2):
        make_submission(session, as_worker.person, other)
    return as_worker


@pytest.fixture
def issued(practised):
    page = practised.get(practised.post("/records").location)
    return CODE.search(page.text)[0]


def confirm(client, code):
    return client.get("/confirm", query_string={"code": code})


def test_a_record_says_first_attempts_means_standings_days_and_versions(practised, session):
    page = practised.get(practised.post("/records").location)

    said = words(page)
    assert "streets practice" in said
    assert "too_few" not in said
    assert re.search(r"rules 1, guide 1 4 3 75 % 75 %", said)
    assert str(day_of(utc_now()).year) in said
    assert "not a certificate" in said
    assert "answers of the sample packs are public" in said


def test_anybody_can_have_it_confirmed(issued, client, practised):
    page = confirm(client, f" {issued.lower()} ")

    assert page.status_code == 200
    assert practised.person.name in page.text
    assert "issued by this server" in page.text


def test_a_confirmation_tells_the_standing_then_and_now(issued, client, practised, session):
    make_submission(session, practised.person, projects.find(session, "streets"), WRONG["text_class"])

    assert re.search(r"4 3 75 % 75 % 60 %", words(confirm(client, issued)))


@pytest.mark.parametrize(
    ("typed", "status", "sentence"), [("ABC", 422, "12 letters"), (None, 404, "no record")]
)
def test_a_code_that_is_none_or_not_of_this_server_is_told_so(
    client, issued, session, typed, status, sentence
):
    if typed is None:  # of another server: in form, yet never issued here
        session.query(Record).delete()
        typed = issued
    page = confirm(client, typed)

    assert page.status_code == status
    assert sentence in page.text
    assert typed in page.text


def test_a_mistyped_code_is_told_from_an_unknown_one(client, issued):
    wrong = ("1" if issued[0] != "1" else "2") + issued[1:]
    page = confirm(client, wrong)

    assert page.status_code == 422
    assert "typing error" in page.text


def test_a_record_that_was_taken_back_is_not_confirmed_any_more(issued, practised, client, session):
    record = session.query(Record).filter_by(code=read_code(issued)).one()
    practised.post(f"/records/{record.id}/take-back")

    assert confirm(client, issued).status_code == 404


def test_of_a_closed_account_only_the_day_of_issue_is_told(issued, practised, client, session):
    practised.person.active = False
    page = confirm(client, issued)

    assert page.status_code == 200
    assert "the account was closed" in page.text
    assert "Standing today" not in page.text


def test_without_three_first_attempts_there_is_nothing_to_issue(as_worker, session):
    assert "Nothing to say yet" in as_worker.get("/records").text
    with nothing_changes(session):
        assert as_worker.post("/records").status_code == 409


@on_sqlite_alone
def test_in_demo_mode_none_is_issued(settings, engine, session, practised, tmp_path):
    app = create_app(replace(settings, demo=True, signup=False), engine)
    client = app.test_client()
    with client.session_transaction(base_url="http://localhost") as cookie:
        cookie["user"], cookie["epoch"] = practised.person.id, practised.person.epoch
    session.commit()

    refused = client.post("/records", base_url="http://localhost", headers={"Accept-Language": "en"})
    page = client.get("/records", base_url="http://localhost", headers={"Accept-Language": "en"})

    assert refused.status_code == 403
    assert "no record is issued" in page.text
    assert "Issue the record" not in page.text


def test_records_are_their_owners_alone(issued, session, as_other_worker, as_inspector, practised):
    [record] = session.query(Record)
    for stranger in (as_other_worker, as_inspector):
        assert stranger.get(f"/records/{record.id}").status_code == 404
        assert CODE.search(stranger.get("/records").text) is None
    assert practised.get(f"/records/{record.id}").status_code == 200
