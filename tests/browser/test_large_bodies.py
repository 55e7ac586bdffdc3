"""What is too large, sent to the real server: its own rules about headers come on top of ours."""

import http.client
from contextlib import closing
from urllib.parse import urlsplit

import pytest


@pytest.mark.parametrize("path", ["/language", "/work/1/submit"])
def test_five_megabytes_are_answered_413_in_a_sentence(live_server, path):
    form = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en"}

    with closing(http.client.HTTPConnection(urlsplit(live_server).netloc, timeout=20)) as connection:
        connection.request("POST", path, body=b"x" * 5_000_000, headers=form)
        answer = connection.getresponse()
        page = answer.read().decode()

    assert answer.status == 413
    assert "That is more than can be sent at once." in page
