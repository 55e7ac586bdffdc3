"""Making an account of one's own, where the school allows it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from labelkit.app import create_app
from labelkit.domain.people import Role
from labelkit.store.models import User
from tests.make import PASSWORD, make_user
from tests.web.visits import nothing_changes, sentence


def sign_up(client, username="mina", password=PASSWORD, **more):
    return client.post("/sign-up", data={"username": username, "password": password} | more)


def test_a_new_person_is_a_worker_and_signed_in(client, session):
    answer = sign_up(client, name="Kim Mina")

    person = session.scalars(select(User)).one()
    assert (answer.status_code, answer.location) == (303, "/")
    assert (person.username, person.name, person.role) == ("mina", "Kim Mina", Role.WORKER)
    assert "Kim Mina" in client.get("/").text


def test_nobody_makes_oneself_an_inspector(client, session):
    sign_up(client, role="admin")

    assert session.scalars(select(User)).one().role is Role.WORKER


def test_the_password_is_kept_as_a_scrypt_hash(client, session):
    sign_up(client)

    assert session.scalars(select(User)).one().password_hash.startswith("scrypt:")


def test_a_taken_name_is_refused_in_any_case(client, session):
    make_user(session, "mina")

    with nothing_changes(session):
        answer = sign_up(client, "MINA", name="Another")

    assert (answer.status_code, sentence(answer)) == (409, "The user name mina is taken.")
    assert 'value="Another"' in answer.text


def test_an_odd_name_is_refused(client, session):
    with nothing_changes(session):
        for username in ("", "m", "mina kim", "m" * 41, "mina/kim", "mi\0na", "<b>mina</b>"):
            answer = sign_up(client, username)
            assert answer.status_code in {400, 422}
            assert sentence(answer)


def test_a_korean_name_is_one_name_however_it_was_typed(client, session):
    sign_up(client, "미나")

    composed = sign_up(client, "\u1106\u1175\u1102\u1161")

    assert (composed.status_code, sentence(composed)) == (409, "The user name 미나 is taken.")


def test_a_short_password_is_refused(client, session):
    with nothing_changes(session):
        answer = sign_up(client, password="short")

    assert (answer.status_code, sentence(answer)) == (422, "A password needs at least 8 characters.")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_the_setting_there_is_no_such_page(settings, engine, session, method):
    client = create_app(replace(settings, signup=False), engine).test_client()

    with nothing_changes(session):
        answer = client.open("/sign-up", method=method, data={"username": "mina", "password": PASSWORD})

    assert answer.status_code == 404
    assert "/sign-up" not in client.get("/").text
