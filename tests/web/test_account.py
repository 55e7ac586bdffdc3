"""One's own account: name, password and the order of items."""

import pytest
from sqlalchemy import select
from werkzeug.security import generate_password_hash

from labelkit.store.models import User
from tests.make import PASSWORD, make_project
from tests.web.visits import follow, nothing_changes, sentence

NEW = "another long password"


@pytest.fixture(autouse=True)
def _hurry(as_worker):
    """A hash that is checked in no time."""
    as_worker.person.password_hash = generate_password_hash(PASSWORD, method="scrypt:1024:8:1")


def change(client, password, new_password):
    return client.post("/account", data={"password": password, "new_password": new_password})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Kim Mina", "Kim Mina"), ("  Kim \n Mina ", "Kim Mina"), ("", "worker"), ("x" * 99, "x" * 60),
     ("\u1106\u1175\u1102\u1161", "미나")],
)  # fmt: skip
def test_the_name_shown_to_others_can_be_changed(as_worker, typed, kept):
    assert follow(as_worker.post("/account", data={"name": typed})) == "/account"

    assert as_worker.person.name == kept
    assert "Saved." in as_worker.get("/account").text


def test_a_name_is_shown_as_text(as_worker):
    as_worker.post("/account", data={"name": "<script>alert(1)</script>"})

    assert "<script>alert" not in as_worker.get("/account").text


def test_a_name_with_a_nul_is_refused(as_worker, session):
    with nothing_changes(session):
        assert as_worker.post("/account", data={"name": "mi\0na"}).status_code == 400


def test_looking_changes_nothing(as_worker, session):
    as_worker.person.name = "Kim Mina"

    with nothing_changes(session):
        assert as_worker.head("/account").status_code == 200


def test_a_new_password_takes_the_old_one(as_worker, client):
    follow(change(as_worker, PASSWORD, NEW))

    assert client.post("/sign-in", data={"username": "worker", "password": PASSWORD}).status_code == 422
    assert client.post("/sign-in", data={"username": "worker", "password": NEW}).status_code == 303


def test_it_ends_every_other_session_and_not_this_one(as_worker, sign_in):
    elsewhere = sign_in(as_worker.person)

    follow(change(as_worker, PASSWORD, NEW))

    assert 'id="home"' in as_worker.get("/").text
    assert 'id="start"' in elsewhere.get("/").text


def test_items_can_be_had_in_plain_order_and_again_as_they_teach(as_worker, session):
    as_worker.person.plain_order = False
    project = make_project(session).slug
    assert "What teaches you most comes next." in as_worker.get(f"/projects/{project}").text

    follow(as_worker.post("/account", data={"order": "set", "plain_order": "on"}))

    assert as_worker.person.plain_order
    assert 'name="plain_order" checked' in as_worker.get("/account").text
    assert "Items come in plain order." in as_worker.get(f"/projects/{project}").text

    follow(as_worker.post("/account", data={"order": "set"}))

    assert not as_worker.person.plain_order
    assert 'name="plain_order" checked' not in as_worker.get("/account").text


def test_the_order_is_left_alone_by_the_other_forms(as_worker):
    follow(as_worker.post("/account", data={"name": "Kim Mina"}))

    assert as_worker.person.plain_order


def test_somebody_new_gets_what_teaches_most(client, session):
    client.post("/sign-up", data={"username": "new", "password": PASSWORD})

    assert not session.scalar(select(User).where(User.username == "new")).plain_order


@pytest.mark.parametrize(
    ("password", "new", "said"),
    [("wrong", NEW, "The present password is not right."), ("", NEW, "The present password is not right."),
     (PASSWORD, "short", "A password needs at least 8 characters.")],
)  # fmt: skip
def test_a_password_is_not_changed_in_error(as_worker, session, password, new, said):
    with nothing_changes(session):
        answer = change(as_worker, password, new)

    assert (answer.status_code, sentence(answer)) == (422, said)
    assert 'id="home"' in as_worker.get("/").text


def test_the_account_is_ones_own(as_worker, as_other_worker):
    as_other_worker.post("/account", data={"name": "Renamed", "user_id": as_worker.person.id})

    assert (as_worker.person.name, as_other_worker.person.name) == ("Worker", "Renamed")
