"""What travels: style sheets in one piece, and text compressed.

Pages are compressed although they hold what a person typed. The known attack on that (BREACH) guesses a
secret that stands in the same answer as text of the attacker's choosing; our pages hold no such secret:
the session lives in a cookie, requests are judged by their origin and not by a token, and a foreign page
cannot make the browser send the cookie (SameSite=Lax).
"""

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request, send_from_directory, url_for

BASE_SHEETS = ("tokens", "base", "components", "frame")
SMALLEST = 600  # bytes: less is not worth a header
_TEXT = {"application/javascript", "application/json", "image/svg+xml"}


def styles(*names: str) -> str:
    """The address of one style sheet that holds the base sheets and these, in this order."""
    return url_for("static", filename=f"css/{'+'.join((*BASE_SHEETS, *names))}.css")


@lru_cache(maxsize=32)
def _joined(folder: Path, filename: str) -> bytes | None:
    """The style sheets that a name like css/tokens+base.css asks for; None where it asks for other than
    sheets that are there, each once."""
    names = filename.removeprefix("css/").removesuffix(".css").split("+")
    there = {path.stem for path in (folder / "css").glob("*.css")}
    if f"css/{'+'.join(names)}.css" != filename or len(set(names)) < len(names) or not set(names) <= there:
        return None
    return b"\n".join((folder / "css" / f"{name}.css").read_bytes() for name in names)


def _serve_static(app: Flask, folder: Path) -> None:
    """Files as Flask sends them, and style sheets joined on the way."""

    def static(filename: str) -> Response:
        seconds = app.get_send_file_max_age(filename)
        if "+" not in filename:
            return send_from_directory(folder, filename, max_age=seconds)
        if (sheets := _joined(folder, filename)) is None:
            abort(404)
        response = Response(sheets, mimetype="text/css")
        response.cache_control.public, response.cache_control.max_age = True, seconds
        response.add_etag()
        response.make_conditional(request)
        return response

    app.view_functions["static"] = static


# The same few files are asked for again and again: each is packed once, as small as can be.
_pack_file = lru_cache(maxsize=256)(lambda data: gzip.compress(data, 9, mtime=0))


def _is_worth_packing(response: Response) -> bool:
    kind = response.mimetype or ""
    is_text = kind.startswith("text/") or kind in _TEXT
    is_whole = response.status_code == 200 or response.status_code >= 400
    return is_text and is_whole and "Content-Encoding" not in response.headers


def _compress(response: Response) -> Response:
    is_file = request.endpoint == "static"
    if not _is_worth_packing(response) or (response.is_streamed and not is_file):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") <= 0:
        return response
    response.direct_passthrough = False
    data = response.get_data()
    if len(data) < SMALLEST:
        return response
    response.set_data(_pack_file(data) if is_file else gzip.compress(data, 5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)
    if etag := response.get_etag()[0]:
        response.set_etag(f"{etag}-gzip")
        response.make_conditional(request)
    return response


def init_app(app: Flask, folder: Path) -> None:
    app.jinja_env.globals["styles"] = styles
    _serve_static(app, folder)
    app.after_request(_compress)
