"""What travels: text compressed where the browser reads that, style sheets in one piece."""

import gzip

import pytest

from tests.web.visits import on_sqlite_alone

pytestmark = on_sqlite_alone
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def static(app):
    return app.static_url_path


@pytest.mark.parametrize("name", ["js/main.js", "css/base.css", "css/tokens+base.css", "favicon.svg"])
def test_static_text_is_compressed_and_the_same(client, static, name):
    plain = client.get(f"{static}/{name}", buffered=True)
    packed = client.get(f"{static}/{name}", headers=GZIP, buffered=True)

    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    if len(plain.data) >= 600:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert len(packed.data) < len(plain.data)
        assert gzip.decompress(packed.data) == plain.data
        assert packed.headers["ETag"] != plain.headers["ETag"]


def test_pages_are_compressed_and_refusals_too(client):
    for address in ("/", "/no-such-page"):
        plain = client.get(address)
        packed = client.get(address, headers=GZIP)
        assert gzip.decompress(packed.data).decode() == plain.text
        assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_browser_that_refuses_gzip_is_sent_none(client, static):
    answer = client.get(f"{static}/js/main.js", headers={"Accept-Encoding": "gzip;q=0"}, buffered=True)

    assert "Content-Encoding" not in answer.headers


def test_a_browser_that_has_it_already_is_told_so(client, static):
    for headers in ({}, GZIP):
        for name in ("js/main.js", "css/tokens+base.css"):
            first = client.get(f"{static}/{name}", headers=headers, buffered=True)
            known = {"If-None-Match": first.headers["ETag"]}
            again = client.get(f"{static}/{name}", headers=headers | known, buffered=True)
            assert (again.status_code, again.data) == (304, b"")


def test_joined_sheets_are_the_sheets_in_their_order(client, static):
    joined = client.get(f"{static}/css/tokens+base.css", buffered=True)
    parts = [client.get(f"{static}/css/{name}.css", buffered=True).text for name in ("tokens", "base")]

    assert joined.text == "\n".join(parts)
    assert joined.mimetype == "text/css"
    assert joined.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "name",
    [
        "css/tokens+tokens.css",
        "css/tokens+nothing.css",
        "css/tokens+../js/main.css",
        "css/+.css",
        "js/main+work.js",
        "tokens+base.css",
    ],
)
def test_nothing_else_can_be_joined(client, static, name):
    assert client.get(f"{static}/{name}").status_code == 404


def test_a_page_asks_for_one_style_sheet(client):
    assert client.get("/").text.count('rel="stylesheet"') == 1
