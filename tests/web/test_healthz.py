"""GET /healthz: is it alive?"""

import pytest
from sqlalchemy import create_engine

from labelkit import __version__
from labelkit.app import create_app
from tests.web.visits import sentence


def test_it_answers_when_the_database_does(as_nobody):
    answer = as_nobody.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "ok", "version": __version__})


def test_it_sets_no_cookie_and_is_never_kept(as_nobody):
    answer = as_nobody.get("/healthz")

    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_fails_when_the_database_does_not_answer(settings):
    app = create_app(settings, create_engine("sqlite:////no/such/folder/labelkit.sqlite3"))

    answer = app.test_client().get("/healthz", headers={"Accept": "application/json"})

    assert answer.status_code == 500
    assert "sqlite" not in sentence(answer).lower()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_is_only_for_looking(as_nobody, method):
    assert as_nobody.open("/healthz", method=method).status_code == 405
