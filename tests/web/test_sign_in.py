"""Signing in with a name and a password."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.security import generate_password_hash

from labelkit.app import create_app
from labelkit.services import passwords
from labelkit.store.models import LoginFailure
from labelkit.store.types import utc_now
from tests.make import PASSWORD, make_user
from tests.web.visits import sentence

NO_MATCH = "That user name and password do not match."
TOO_MANY = "Too many failed sign-ins. Try again in a few minutes."


def enter(client, username, password=PASSWORD, address="192.0.2.1", **more):
    form = {"username": username, "password": password} | more
    return client.post("/sign-in", data=form, environ_base={"REMOTE_ADDR": address})


@pytest.fixture(autouse=True)
def _hurry(monkeypatch):
    """A hash that is checked in no time, for those who are nobody."""
    monkeypatch.setattr(passwords, "_NOBODY", generate_password_hash("nobody", method="scrypt:1024:8:1"))


@pytest.fixture
def mina(session):
    """Somebody whose hash is checked in no time."""
    person = make_user(session, "mina")
    person.password_hash = generate_password_hash(PASSWORD, method="scrypt:1024:8:1")
    return person


def test_the_right_password_opens_the_home_page(client, mina):
    answer = enter(client, "mina")

    assert (answer.status_code, answer.location) == (303, "/")
    assert 'id="home"' in client.get("/").text


def test_a_name_is_the_same_in_any_case_and_with_spaces_round_it(client, mina):
    assert enter(client, " Mina ").status_code == 303


def test_a_wrong_password_is_refused_and_the_name_stays_in_its_field(client, mina):
    answer = enter(client, "mina", "not my password")

    assert (answer.status_code, sentence(answer)) == (422, NO_MATCH)
    assert 'value="mina"' in answer.text
    assert "not my password" not in answer.text
    assert 'id="start"' in client.get("/").text


def test_nobody_learns_whether_a_name_exists(client, mina):
    assert sentence(enter(client, "nobody")) == sentence(enter(client, "mina", "wrong")) == NO_MATCH


def test_a_deactivated_person_is_refused_like_a_stranger(client, mina):
    mina.active = False

    answer = enter(client, "mina")

    assert (answer.status_code, sentence(answer)) == (422, NO_MATCH)


def test_a_simulated_person_has_no_password_to_sign_in_with(client, session):
    make_user(session, "sim", simulated=True).password_hash = None

    assert enter(client, "sim", "").status_code == 422


def test_a_name_with_a_nul_in_it_is_no_name(client, mina):
    assert enter(client, "mi\0na").status_code in {400, 422}


@pytest.mark.parametrize("missing", ["username", "password"])
def test_a_form_without_a_field_is_answered_like_a_wrong_one(client, mina, missing):
    form = {"username": "mina", "password": PASSWORD}
    del form[missing]

    assert client.post("/sign-in", data=form).status_code == 422


def test_five_failures_close_a_name_wherever_they_came_from(client, mina):
    for number in range(5):
        enter(client, "mina", "wrong", address=f"192.0.2.{number}")

    answer = enter(client, "mina", address="192.0.2.99")

    assert (answer.status_code, sentence(answer)) == (429, TOO_MANY)


def test_sixty_failures_close_an_address_whatever_the_names(client, session, mina):
    session.add(LoginFailure(who="address:192.0.2.1", count=59, since=utc_now()))
    enter(client, "a-guess", "wrong")

    assert enter(client, "mina").status_code == 429
    assert enter(client, "mina", address="192.0.2.99").status_code == 303


def test_five_failures_of_others_do_not_close_the_address_of_a_class(client, mina):
    for number in range(5):
        enter(client, f"guess-{number}", "wrong")

    assert enter(client, "mina").status_code == 303


def test_four_failures_close_nothing_and_a_success_forgets_them(client, session, mina):
    for _ in range(4):
        enter(client, "mina", "wrong")

    assert enter(client, "mina").status_code == 303
    assert session.scalars(select(LoginFailure)).all() == []


def test_failures_are_kept_in_the_database_for_every_process(client, session, mina, settings, engine):
    for _ in range(5):
        enter(client, "mina", "wrong")

    kept = {failure.who: failure.count for failure in session.scalars(select(LoginFailure))}
    another_process = create_app(settings, engine).test_client()

    assert kept == {"name:mina": 5, "address:192.0.2.1": 5}
    session.commit()
    assert enter(another_process, "mina").status_code == 429


def test_after_five_minutes_a_closed_name_opens_again(client, session, mina):
    for _ in range(5):
        enter(client, "mina", "wrong")
    for failure in session.scalars(select(LoginFailure)):
        failure.since = utc_now() - timedelta(minutes=5, seconds=1)

    assert enter(client, "mina").status_code == 303


def test_the_sign_in_leads_back_to_where_one_came_from(client, mina):
    sent_away = client.get("/scores?x=1")
    assert sent_away.location == "/?next=/scores?x%3D1"
    assert 'name="next" value="/scores?x=1"' in client.get(sent_away.location).text

    assert enter(client, "mina", next="/scores?x=1").location == "/scores?x=1"


def test_the_sign_in_leads_to_no_other_site(client, mina):
    for elsewhere in (
        "https://evil.test/", "//evil.test", "/\\evil.test", "\\/evil.test", "evil.test", "/\t/evil.test",
        "javascript:alert(1)", "/\nevil", "",
    ):  # fmt: skip
        assert enter(client, "mina", next=elsewhere).location == "/", elsewhere
