"""Every refusal is answered with one clear sentence, as a page, a fragment or JSON."""

from flask import Flask, Response, jsonify, request, url_for
from werkzeug.exceptions import HTTPException

from labelkit.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Refused, TooLarge
from labelkit.domain.texts import N_
from labelkit.web.htmx import render
from labelkit.web.words import refusal, say

STATUS = {Invalid: 422, TooLarge: 413, NotAllowed: 403, NotFound: 404, Conflict: 409}

_SENTENCES = {
    400: N_("That request could not be understood."),
    401: N_("Sign in to go on. What you did is kept."),
    404: N_("There is no such page."),
    405: N_("That cannot be done here."),
    413: N_("That is more than can be sent at once."),
    415: N_("That is not the kind of content expected here."),
    500: N_("Something went wrong here. What was saved is safe; try again."),
}


def status_of(problem: Refused) -> int:
    return next(status for kind, status in STATUS.items() if isinstance(problem, kind))


def wants_json() -> bool:
    return request.is_json or request.accept_mimetypes.best == "application/json"


def way_on() -> dict[str, str]:
    """Where somebody can go from an error page."""
    return {"url": url_for("home.start"), "label": say("To the start page")}


def answer(status: int, sentence: str) -> Response:
    """One sentence, in the form that was asked for."""
    if wants_json():
        response = jsonify(error=sentence)
        response.status_code = status
        return response
    return render("errors/error", status, status=status, sentence=sentence, way_on=way_on())


def _refused(problem: Refused) -> Response:
    return answer(status_of(problem), refusal(problem))


def _http(problem: HTTPException) -> Response:
    status = problem.code or 500
    return answer(status, say(_SENTENCES.get(status, _SENTENCES[400 if status < 500 else 500])))


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
