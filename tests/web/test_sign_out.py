"""Signing out."""

from tests.web.visits import on_sqlite_alone

pytestmark = on_sqlite_alone


def test_the_session_ends(as_worker):
    answer = as_worker.post("/sign-out")

    assert (answer.status_code, answer.location) == (303, "/")
    assert 'id="start"' in as_worker.get("/").text
    assert as_worker.get("/scores").status_code == 303


def test_nothing_is_left_in_the_cookie(as_worker):
    as_worker.get("/?lang=en")
    as_worker.post("/sign-out")

    with as_worker.session_transaction() as cookie:
        assert dict(cookie) == {}


def test_it_ends_in_this_browser_only(as_worker, sign_in):
    another_browser = sign_in(as_worker.person)

    as_worker.post("/sign-out")

    assert 'id="home"' in another_browser.get("/").text


def test_whoever_is_out_already_just_sees_the_start_page(as_nobody):
    assert as_nobody.post("/sign-out").location == "/"


def test_a_link_signs_nobody_out(as_worker):
    assert as_worker.get("/sign-out").status_code == 405
    assert 'id="home"' in as_worker.get("/").text
