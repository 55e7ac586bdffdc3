"""What every answer tells the browser about safety: content, frames, referrers, kinds, cookies."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from labelkit.app import create_app
from labelkit.config import HTMX_INTEGRITY, HTMX_URL
from labelkit.domain.people import Role
from labelkit.store.models import LoginFailure
from tests.make import PASSWORD, RIGHT, make_project, make_user
from tests.web.visits import begin, on_sqlite_alone, send

pytestmark = on_sqlite_alone

POLICY = (
    "default-src 'none'; script-src 'self' https://cdn.jsdelivr.net; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def assert_safe(response):
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS, response


@pytest.fixture
def static(app):
    return app.static_url_path


def attributes(response):
    """The attributes of the session cookie, without its value."""
    cookie = response.headers["Set-Cookie"]
    return {part.strip().partition("=")[0] for part in cookie.split(";")[1:]} | {
        part.strip() for part in cookie.split(";") if part.strip().startswith("SameSite")
    }


def test_every_answer_to_a_stranger_is_safe(as_nobody):
    for address in ("/", "/sign-in", "/sign-up", "/healthz", "/no-such-page", "/scores", "/sign-out"):
        assert_safe(as_nobody.get(address))


def test_every_answer_on_a_workers_way_is_safe(as_worker, session):
    project = make_project(session)
    address = begin(as_worker, project)

    for response in (
        as_worker.get("/"),
        as_worker.get(f"/projects/{project.slug}"),
        as_worker.get(address),
        as_worker.get(address, headers={"HX-Request": "true"}),
        as_worker.put(f"{address}/draft", json={}),
        as_worker.put(f"{address}/draft", data="x" * 5_000_000),
        send(as_worker, address, "{"),
        send(as_worker, address, RIGHT["bbox"]),
        as_worker.get("/results/1"),
        as_worker.post("/results/1/again", headers={"Sec-Fetch-Site": "cross-site"}),
        as_worker.get("/inspect"),
        as_worker.get("/pictures/1/x"),
    ):
        assert_safe(response)


def test_static_files_and_pictures_are_safe_too(as_worker, session, static):
    page = as_worker.get(begin(as_worker, make_project(session))).text
    picture = "/pictures/" + page.partition("/pictures/")[2].partition('"')[0]

    for address in (f"{static}/css/base.css", f"{static}/no-such-file", picture):
        assert_safe(as_worker.get(address, buffered=True))


def test_an_answer_to_a_failure_is_safe(app, as_nobody, monkeypatch):
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.view_functions, "home.healthz", lambda: 1 / 0)

    response = as_nobody.get("/healthz")

    assert response.status_code == 500
    assert_safe(response)


def test_pages_are_kept_by_nobody_and_static_files_for_good(as_worker, static):
    assert as_worker.get("/").headers["Cache-Control"] == "no-store"
    kept = as_worker.get(f"{static}/css/base.css", buffered=True).headers["Cache-Control"]
    assert "max-age=31536000" in kept


def test_htmx_comes_from_its_one_host_with_its_hash(as_nobody):
    page = as_nobody.get("/").text

    assert f'<script src="{HTMX_URL}" integrity="{HTMX_INTEGRITY}" crossorigin="anonymous" defer>' in page
    assert page.count("<script ") == 2
    assert "cdn.jsdelivr.net" not in page.replace(HTMX_URL, "")


@pytest.mark.parametrize(
    ("htmx_url", "allowed"),
    [("/static/htmx.js", "script-src 'self';"), ("https://intra.test/x/htmx.js", "script-src 'self' https://intra.test;")],
)  # fmt: skip
def test_a_closed_network_names_its_own_host(settings, engine, htmx_url, allowed):
    client = create_app(replace(settings, htmx_url=htmx_url), engine).test_client()

    page = client.get("/")

    assert allowed in page.headers["Content-Security-Policy"]
    assert "jsdelivr" not in page.headers["Content-Security-Policy"] + page.text
    assert f'<script src="{htmx_url}" defer>' in page.text


def test_no_page_has_anything_inline_that_the_policy_would_refuse(sign_in, session):
    inspector = sign_in(make_user(session, role=Role.INSPECTOR))
    make_project(session)

    for address in ("/", "/sign-in", "/scores", "/inspect", "/account", "/no-such-page"):
        text = inspector.get(address).text
        for refused in ("<style", " style=", " onclick", " onload", "javascript:", "<script>", "hx-on"):
            assert refused not in text, address


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, session):
    make_user(session, "mina")

    response = client.post("/sign-in", data={"username": "mina", "password": PASSWORD})

    assert attributes(response) == {"Expires", "HttpOnly", "Path", "SameSite", "SameSite=Lax"}


def test_behind_tls_the_cookie_is_secure(settings, engine, session):
    make_user(session, "mina")
    session.commit()
    client = create_app(replace(settings, proxies=1), engine).test_client()
    credentials = {"username": "mina", "password": PASSWORD}

    safe = client.post("/sign-in", data=credentials, headers={"X-Forwarded-Proto": "https"})
    plain = client.post("/sign-in", data=credentials, headers={"X-Forwarded-Proto": "http"})

    assert "Secure" in attributes(safe)
    assert "Secure" not in attributes(plain)


def test_without_a_declared_proxy_nobody_is_believed_about_tls_or_address(client, session):
    guess = {"username": "mina", "password": "x"}

    client.post("/sign-in", data=guess, headers={"X-Forwarded-For": "192.0.2.1"})
    client.post("/sign-in", data=guess, headers={"X-Forwarded-Proto": "https"})

    failures = {failure.who: failure.count for failure in session.scalars(select(LoginFailure))}
    assert failures == {"name:mina": 2, "address:127.0.0.1": 2}


def test_a_forged_cookie_is_nobodys(client, settings, engine, session):
    person = make_user(session, "mina")
    other = create_app(replace(settings, secret_key="guessed"), engine).test_client()
    with other.session_transaction() as cookie:
        cookie["user"], cookie["epoch"] = person.id, person.epoch
    client.set_cookie("labelkit", other.get_cookie("labelkit").value)

    assert 'id="start"' in client.get("/").text
