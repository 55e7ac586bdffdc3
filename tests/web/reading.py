"""Somebody who reads sentences, without a program or a database round them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from flask import Flask

from labelkit.web import words


@cache
def _app() -> Flask:
    app = Flask("reading")
    app.secret_key = "only for tests"
    words.init_app(app)
    return app


@contextmanager
def reading(language: str = "en") -> Iterator[None]:
    """What is said in here is said in this language."""
    with _app().test_request_context(f"/?lang={language}"):
        yield
