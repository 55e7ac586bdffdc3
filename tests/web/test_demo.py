"""Demo mode: a learner's own tool on one machine, without accounts and closed to all others."""

import pytest
from sqlalchemy import func, select

from labelkit.config import Settings
from labelkit.domain.people import Role
from labelkit.store.models import User
from tests.make import PASSWORD, RIGHT, make_project, make_user
from tests.web.visits import begin, follow, nothing_changes, on_sqlite_alone, send, sentence, words

pytestmark = on_sqlite_alone  # demo mode has no other

ONLY_HERE = "Demo mode answers this machine only."
NO_PROXY = "Demo mode does not work behind a proxy; use “labelkit serve”."
FORWARDED = ("For", "Host", "Proto", "Port", "Prefix", "Anything")
each_request = pytest.mark.parametrize(
    ("method", "address"), [("GET", "/"), ("POST", "/demo/start"), ("GET", "/healthz")]
)


@pytest.fixture
def settings(database_url, tmp_path):
    return Settings(data_dir=tmp_path, database_url=database_url, secret_key="only for tests", demo=True)


def start(client, **form):
    return client.post("/demo/start", data=form)


def people(session):
    return session.scalars(select(User).order_by(User.id)).all()


def test_the_start_page_offers_both_chairs_and_no_password(client):
    page = client.get("/")

    assert "Start as a worker Start as an inspector" in words(page)
    assert 'type="password"' not in page.text
    assert "/sign-in" not in page.text


@pytest.mark.parametrize(("chair", "lands"), [("worker", "/"), ("inspector", "/inspect"), ("", "/")])
def test_one_click_makes_a_local_person_in_the_chosen_chair(client, session, chair, lands):
    assert follow(start(client, chair=chair)) == lands

    person = people(session)[0]
    assert (person.role, person.password_hash, person.simulated) == (Role.INSPECTOR, None, False)
    assert client.get(lands).status_code == 200


def test_the_same_person_may_take_both_chairs(client, session):
    start(client, chair="worker")

    assert client.get("/inspect").status_code == 200
    assert len(people(session)) == 1


def test_work_stays_when_the_browser_comes_back(client, session):
    project = make_project(session)
    start(client, chair="worker")
    result = follow(send(client, begin(client, project), RIGHT["bbox"]))

    client.post("/sign-out")
    follow(start(client, person=people(session)[0].id))

    assert "Score 100 %" in words(client.get(result))
    assert len(people(session)) == 1


def test_the_start_page_names_those_who_were_here(client, new_client, session):
    start(client, chair="worker")
    client.post("/account", data={"name": "Mina"})
    make_user(session, "sim", simulated=True).password_hash = None
    make_user(session, "gone", active=False).password_hash = None

    page = words(new_client().get("/"))

    assert "Or go on as Mina" in page
    assert "Sim" not in page
    assert "Gone" not in page


def test_another_browser_begins_as_somebody_new(client, new_client, session):
    start(client, chair="worker")
    start(new_client(), chair="worker")

    assert len(people(session)) == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda session: make_user(session, "with-password").id,
        lambda session: _without_password(session, simulated=True),
        lambda session: _without_password(session, active=False),
        lambda session: 999,
        lambda session: 10**30,
    ],
    ids=["with a password", "simulated", "deactivated", "nobody", "a huge number"],
)
def test_nobody_else_can_be_chosen(client, session, make):
    chosen = make(session)

    with nothing_changes(session):
        answer = start(client, person=chosen)

    assert (answer.status_code, sentence(answer)) == (404, "There is no such person on this machine.")


def _without_password(session, **what):
    person = make_user(session, **what)
    person.password_hash = None
    return person.id


@pytest.mark.parametrize("chosen", ["", "x", "9" * 5000, "²"])
def test_what_is_no_number_begins_anew(client, session, chosen):
    follow(start(client, person=chosen))

    assert len(people(session)) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("address", ["/sign-in", "/sign-up"])
def test_there_is_no_signing_in_with_a_password(client, session, method, address):
    make_user(session, "mina")

    answer = client.open(address, method=method, data={"username": "mina", "password": PASSWORD})

    assert answer.status_code == 404
    assert 'id="start"' in client.get("/").text


def test_it_answers_this_machine(client):
    for host in ("localhost", "localhost:8000", "127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000"):
        assert client.get("/", headers={"Host": host}).status_code == 200, host


@each_request
def test_it_answers_nobody_who_calls_it_by_another_name(client, session, method, address):
    with nothing_changes(session):
        for host in (
            "evil.test", "localhost.evil.test", "127.0.0.1.evil.test", "evil.test:8000", "192.0.2.7",
            "0.0.0.0", "127.0.0.2", "[::1", "[::2]", "", "localhost@evil.test", "evil.test#localhost", "a b",
        ):  # fmt: skip
            answer = client.open(address, method=method, headers={"Host": host})
            assert answer.status_code in {400, 403}, host
            assert answer.status_code == 400 or sentence(answer) == ONLY_HERE


@each_request
def test_it_answers_no_proxy(client, session, method, address):
    with nothing_changes(session):
        for header in ("Forwarded", "x-forwarded-for", *(f"X-Forwarded-{what}" for what in FORWARDED)):
            answer = client.open(address, method=method, headers={header: "127.0.0.1"})
            assert (answer.status_code, sentence(answer)) == (403, NO_PROXY), header


def test_another_site_starts_nobody(client, session):
    with nothing_changes(session):
        for headers in (
            {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.test"},
            {"Origin": "null"}, {"Origin": "http://localhost:9999"},
        ):  # fmt: skip
            answer = client.post("/demo/start", data={"chair": "worker"}, headers=headers)
            assert answer.status_code == 403, headers
            assert "Set-Cookie" not in answer.headers


def test_a_link_starts_nobody(client, session):
    assert client.get("/demo/start").status_code == 405
    assert session.scalar(select(func.count()).select_from(User)) == 0


def test_its_cookie_is_not_that_of_a_school_on_the_same_host(client):
    assert start(client, chair="worker").headers["Set-Cookie"].startswith("labelkit_demo=")


def test_there_is_no_password_to_change(client):
    start(client, chair="worker")

    assert "new_password" not in client.get("/account").text
    answer = client.post("/account", data={"password": "", "new_password": "a long enough one"})
    assert answer.status_code == 422
