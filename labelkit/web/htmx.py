"""One template pair, one helper: the page, or its fragment for htmx."""

from flask import Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse


def wants_fragment() -> bool:
    """True when htmx will swap the answer into a page that is already there."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-Request-Type") != "full"


def render(name: str, code: int = 200, /, **context: object) -> Response:
    """Answer with the page `<name>.html`, or with its fragment `_<name>.html` for htmx.

    A fragment that came by way of a redirect tells the browser the address it now shows.
    """
    folder, _, stem = name.rpartition("/")
    fragment = wants_fragment()
    template = f"{folder}/_{stem}.html" if fragment else f"{name}.html"
    response = make_response(render_template(template, **context), code)
    response.vary.update(("HX-Request", "HX-Request-Type"))
    if fragment and request.method == "GET" and request.headers.get("HX-Target", "").endswith("#main"):
        response.headers["HX-Push-Url"] = request.full_path.rstrip("?")
    return response


def go_to(address: str) -> AnyResponse:
    """Send the browser on to another page, also where htmx asked: the page comes whole, with its own head."""
    if not wants_fragment():
        return redirect(address, 303)
    response = make_response("", 200)
    response.headers["HX-Redirect"] = address
    return response
