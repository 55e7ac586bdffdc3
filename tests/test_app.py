"""The application as it is put together: files that browsers keep, proxies by count, cookies, limits."""

import dataclasses
import re

import pytest
from flask import request, session, url_for
from sqlalchemy import inspect

from labelkit import app as app_module
from labelkit.app import MOST_FORM_BYTES, create_app
from labelkit.config import TOP, Settings

CSS = "css/base.css"


@pytest.fixture
def settings(tmp_path):
    url = f"sqlite:///{tmp_path / 'app.sqlite3'}"
    return Settings(data_dir=tmp_path, database_url=url, secret_key="only for tests")


@pytest.fixture
def make(settings):
    """Makes an application with other settings, and closes its database in the end."""
    made = []

    def make_app(**changes):
        made.append(create_app(dataclasses.replace(settings, **changes)))
        made[-1].testing = True
        return made[-1]

    yield make_app
    for app in made:
        app.extensions["labelkit.engine"].dispose()


def address_of(app, file):
    with app.test_request_context():
        return url_for("static", filename=file)


def test_an_application_brings_its_database_up_to_date(make):
    app = make()

    assert "submission" in inspect(app.extensions["labelkit.engine"]).get_table_names()
    assert app.test_client().get("/healthz").status_code == 200


def test_the_address_of_a_file_carries_a_fingerprint(make):
    assert re.fullmatch(r"/static/[0-9a-f]{12}/css/base\.css", address_of(make(), CSS))


def test_a_file_may_be_kept_for_ever_by_its_address(make):
    app = make()

    with app.test_client().get(address_of(app, CSS)) as response:
        assert response.status_code == 200
        assert response.get_data() == (TOP / "static" / CSS).read_bytes()
        assert response.cache_control.public
        assert response.cache_control.immutable
        assert response.cache_control.max_age == 365 * 24 * 3600


@pytest.mark.parametrize("path", ["/static/css/base.css", "/static/0123456789ab/css/base.css"])
def test_a_file_has_no_other_address(make, path):
    assert make().test_client().get(path).status_code == 404


@pytest.mark.parametrize("path", ["../pyproject.toml", "..%2fpyproject.toml", "css/../../pyproject.toml"])
def test_no_file_outside_is_served(make, path):
    app = make()
    folder = address_of(app, CSS).removesuffix(CSS)

    assert app.test_client().get(folder + path).status_code == 404


@pytest.mark.parametrize("change", ["another word", "another name", "one more file"])
def test_any_change_of_a_file_changes_every_address(make, tmp_path, monkeypatch, change):
    static = tmp_path / "top" / "static"
    (static / "css").mkdir(parents=True)
    (static / CSS).write_text("body {}", encoding="utf-8")
    (tmp_path / "top" / "templates").mkdir()
    monkeypatch.setattr(app_module, "TOP", tmp_path / "top")
    before = address_of(make(), CSS)
    assert address_of(make(), CSS) == before

    if change == "another word":
        (static / CSS).write_text("body { }", encoding="utf-8")
    elif change == "another name":
        (static / CSS).rename(static / "css" / "other.css")
    else:
        (static / "main.js").write_text("", encoding="utf-8")

    assert address_of(make(), CSS) != before


FORWARDED = {
    "X-Forwarded-For": "203.0.113.5, 198.51.100.2",
    "X-Forwarded-Proto": "https, https",
    "X-Forwarded-Host": "labels.school.kr, inner",
    "X-Forwarded-Port": "443, 443",
    "X-Forwarded-Prefix": "/practice, /inner",
}


@pytest.mark.parametrize(
    ("proxies", "address", "url"),
    [
        (0, "127.0.0.1", "http://localhost/"),
        (1, "198.51.100.2", "https://inner/inner/"),
        (2, "203.0.113.5", "https://labels.school.kr/practice/"),
        (3, "127.0.0.1", "http://localhost/"),
    ],
)
def test_forwarded_headers_are_believed_from_as_many_proxies_as_there_are(make, proxies, address, url):
    app = make(proxies=proxies)
    seen = []
    app.before_request(lambda: seen.append((request.remote_addr, request.url_root)))

    app.test_client().get("/healthz", headers=FORWARDED)

    assert seen == [(address, url)]


@pytest.mark.parametrize(("proxies", "secure"), [(0, False), (1, True)])
def test_cookies_are_for_http_only_for_this_site_and_secure_behind_tls(make, proxies, secure):
    app = make(proxies=proxies)

    @app.after_request
    def remember(response):
        session["visits"] = 1
        return response

    response = app.test_client().get("/healthz", headers={"X-Forwarded-Proto": "https"})

    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("labelkit=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) == secure


def test_the_demo_has_cookies_of_its_own(make):
    assert make(demo=True).config["SESSION_COOKIE_NAME"] != make().config["SESSION_COOKIE_NAME"]


def test_a_form_that_is_too_large_is_refused_before_it_is_read(make):
    app = make()

    response = app.test_client().post("/sign-in", data={"username": "x" * (MOST_FORM_BYTES + 1)})

    assert response.status_code == 413


def test_htmx_comes_from_its_pinned_address_with_its_hash_or_from_ones_own(make, settings):
    pinned = make().test_client().get("/").text
    own = make(htmx_url="/static/own/htmx.js").test_client().get("/").text

    assert (
        f'src="{settings.htmx_url}" integrity="{settings.htmx_integrity}" crossorigin="anonymous"' in pinned
    )
    assert 'src="/static/own/htmx.js"' in own
    assert "integrity" not in own
