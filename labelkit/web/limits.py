"""What no request may hold, wherever it is sent: each limit keeps a later step from stumbling."""

import json
from typing import Any, NoReturn

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

from labelkit.domain.errors import Invalid
from labelkit.domain.texts import N_
from labelkit.store.types import dump_json

DEEPEST = 10  # an answer is nested 4 deep


class _Id(IntegerConverter):
    """The id of a row: a number that its column can hold."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=2**31 - 1)


def _refuse_nul() -> None:
    """PostgreSQL keeps no text with a NUL in it."""
    sent = [value for values in request.form.listvalues() for value in values]
    if any("\0" in text for text in (request.path, *sent)):
        abort(400)


def read_json(text: str) -> Any:  # noqa: ANN401
    """What JSON says that can be stored and shown again: raises Invalid for NaN, infinite numbers, deep
    nesting, and text that is no Unicode."""
    try:
        found = json.loads(text, parse_constant=_refuse_constant)
        _check_depth(found, DEEPEST)
        dump_json(found).encode()  # 1e999 was read as infinite, and "\ud800" as half a character
    except (ValueError, RecursionError):
        raise Invalid(N_("The answer could not be read.")) from None
    return found


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError


def _check_depth(value: object, left: int) -> None:
    if not left:
        raise ValueError
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        _check_depth(one, left - 1)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = _Id
    app.before_request(_refuse_nul)
