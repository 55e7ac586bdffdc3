"""A refusal is one clear sentence: as a page, as a part of a page, or in JSON, as was asked for."""

import pytest
from flask import abort

from labelkit.web.access import me
from tests.make import make_project
from tests.web.visits import begin, on_sqlite_alone, sentence, words

pytestmark = on_sqlite_alone

SENTENCES = {
    400: "That request could not be understood.",
    401: "Sign in to go on. What you did is kept.",
    404: "There is no such page.",
    405: "That cannot be done here.",
    413: "That is more than can be sent at once.",
    415: "That is not the kind of content expected here.",
    418: "That request could not be understood.",
    500: "Something went wrong here. What was saved is safe; try again.",
    503: "Something went wrong here. What was saved is safe; try again.",
}


@pytest.fixture
def fail(app, as_nobody, monkeypatch):
    """Asks for a page that answers with this status."""
    monkeypatch.setattr(app, "testing", False)

    def ask(status, **headers):
        monkeypatch.setitem(app.view_functions, "home.healthz", lambda: abort(status))
        return as_nobody.get("/healthz", headers=headers)

    return ask


def test_as_a_page_with_a_way_on(fail):
    for status, said in SENTENCES.items():
        answer = fail(status)
        assert (answer.status_code, sentence(answer)) == (status, said)
        assert words(answer) == f"{status} {said} To the start page"
        assert answer.text.startswith("<!doctype html>")


def test_as_a_part_of_a_page(fail):
    for status, said in SENTENCES.items():
        answer = fail(status, **{"HX-Request": "true"})
        assert (answer.status_code, sentence(answer)) == (status, said)
        assert answer.text.lstrip().startswith('<section id="error"')


def test_in_json(fail):
    for status, said in SENTENCES.items():
        answer = fail(status, Accept="application/json")
        assert (answer.status_code, answer.json) == (status, {"error": said})


def test_whatever_is_asked_for_is_answered_in_one_sentence(as_worker):
    asked = {
        ("GET", "/no-such-page"): 404, ("POST", "/no-such-page"): 404, ("GET", "/work/x"): 404,
        ("GET", "/work/-1"): 404, ("GET", "/static/no-such"): 404, ("GET", "/../../etc/passwd"): 404,
        ("GET", "/a%00b"): 400, ("DELETE", "/"): 405, ("GET", "/sign-out"): 405, ("PUT", "/scores"): 405,
        ("GET", "/projects/no-such"): 404, ("GET", "/work/999"): 404, ("POST", "/work/999/skip"): 404,
    }  # fmt: skip

    answers = {(method, address): as_worker.open(address, method=method) for method, address in asked}

    assert {request: answer.status_code for request, answer in answers.items()} == asked
    assert all(sentence(answer).endswith(".") for answer in answers.values())


def test_what_was_sent_in_json_is_answered_in_json(as_worker, session):
    address = begin(as_worker, make_project(session))

    answer = as_worker.put(f"{address}/draft", json={"revision": 0, "annotation": {"x": "x" * 5_000_000}})

    assert (answer.status_code, answer.json) == (413, {"error": SENTENCES[413]})


def test_five_megabytes_are_refused_wherever_they_are_sent(as_worker):
    for address in ("/sign-in", "/language", "/work/1/submit", "/projects/street/next", "/no-such-page"):
        answer = as_worker.post(address, data={"x": "x" * 5_000_000})
        assert (answer.status_code, sentence(answer)) in {(413, SENTENCES[413]), (404, SENTENCES[404])}, (
            address
        )


def test_a_failure_of_ours_tells_nothing_of_its_inside_and_saves_nothing(
    app, as_worker, session, monkeypatch
):
    monkeypatch.setattr(app, "testing", False)

    def fail():
        me().name = "half done"
        raise RuntimeError("the inside")

    monkeypatch.setitem(app.view_functions, "account.account", fail)

    answer = as_worker.post("/account")

    assert (answer.status_code, sentence(answer)) == (500, SENTENCES[500])
    assert "inside" not in answer.text
    assert as_worker.person.name == "Worker"


def test_a_stranger_is_told_to_sign_in_where_a_page_cannot_be_shown_instead(as_nobody):
    post = as_nobody.post("/projects/street/next")
    part = as_nobody.get("/scores", headers={"HX-Request": "true"})
    json = as_nobody.get("/scores", headers={"Accept": "application/json"})

    assert [answer.status_code for answer in (post, part, json)] == [401, 401, 401]
    assert {sentence(answer) for answer in (post, part, json)} == {SENTENCES[401]}


def test_an_error_page_still_knows_who_is_reading(as_worker):
    page = as_worker.get("/projects/no-such").text

    assert "Worker" in page
    assert 'action="/sign-out"' in page


def test_the_words_of_a_request_never_come_back_as_markup(as_worker):
    for page in ("/projects/<script>alert(1)</script>", "/<img src=x>"):
        assert "<script>alert" not in as_worker.get(page).text
        assert "<img src=x>" not in as_worker.get(page).text
