"""Corrections: an inspector draws one on the workbench; its worker sees it beside the answer."""

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import Invalid, NotAllowed, NotFound, Refused
from labelkit.domain.texts import N_
from labelkit.domain.workflow import State
from labelkit.services import corrections, reviews, submissions
from labelkit.services.corrections import Corrected, DrawingConflict
from labelkit.web.access import me
from labelkit.web.blind import second_look_first
from labelkit.web.errors import status_of
from labelkit.web.htmx import go_to, render
from labelkit.web.inspect import onward, query_of, wanted_of_queue
from labelkit.web.limits import read_json
from labelkit.web.shown_corrections import ShownDrawing, shown_correction
from labelkit.web.transaction import database
from labelkit.web.words import refusal

bp = Blueprint("corrections", __name__)


@bp.get("/inspect/<int:submission_id>/correction")
def draw(submission_id: int) -> AnyResponse:
    """The workbench over a copy of the answer; what is judged already leads to its verdict."""
    drawing = corrections.begin(database(), me(), submission_id)
    if drawing.submission.state is not State.WAITING:
        return redirect(url_for("inspect.submission", submission_id=submission_id), 303)
    return _page(ShownDrawing.of(drawing, me(), request.values))


def _page(work: ShownDrawing, status: int = 200, problem: str | None = None) -> Response:
    shown = {"item": work.item, "project": work.project, "problem": problem}
    query = query_of(wanted_of_queue())
    return render("corrections/draw", status, work=work, query=query, **shown)


@bp.put("/inspect/<int:submission_id>/correction")
def save(submission_id: int) -> AnyResponse:
    """Keep what is drawn, as the workbench does with every draft."""
    match read_json(request.get_data(as_text=True)) if request.is_json else None:
        case {"revision": int(revision), "annotation": dict(annotation)} if not isinstance(revision, bool):
            pass
        case _:
            raise Invalid(N_("The draft could not be read."))
    try:
        return jsonify(revision=corrections.save(database(), me(), submission_id, revision, annotation))
    except DrawingConflict as newer:
        response = jsonify(revision=newer.revision, annotation=newer.annotation, error=refusal(newer))
        response.status_code = 409
        return response


@bp.post("/inspect/<int:submission_id>/correction")
def send(submission_id: int) -> AnyResponse:
    """Send the right answer, and go on to the next that waits; a refusal shows the drawing again."""
    annotation = None
    try:
        annotation = read_json(request.form.get("annotation", ""))
        judged = corrections.send(database(), me(), submission_id, _corrected(annotation))
    except (NotAllowed, NotFound):
        raise
    except Refused as problem:
        return _refused(submission_id, problem, annotation)
    return go_to(onward(judged))


def _corrected(annotation: Any) -> Corrected:  # noqa: ANN401
    form = request.form
    revision = form.get("revision", "")
    if not revision.isdecimal() or len(revision) > 9:
        raise Invalid(N_("The form is not complete. Load the page again; your draft is kept."))
    return Corrected(annotation, int(revision), tuple(form.getlist("reason")), form.get("comment", ""))


def _refused(submission_id: int, problem: Refused, annotation: Any) -> Response:  # noqa: ANN401
    database().rollback()
    submission = submissions.find(database(), me(), submission_id)
    reviews.check_waiting(submission, me())
    kept = annotation if isinstance(annotation, dict) else None
    drawing = corrections.drawing(database(), me(), submission)
    work = ShownDrawing.of(drawing, me(), request.form, kept)
    return _page(work, status_of(problem), refusal(problem))


@bp.get("/results/<int:submission_id>/correction")
def shown(submission_id: int) -> AnyResponse:
    """The correction over the answer, on the picture; for its worker and for inspectors."""
    return second_look_first(submission_id) or _shown(submission_id)


def _shown(submission_id: int) -> Response:
    submission = submissions.find(database(), me(), submission_id)
    pair = shown_correction(submission, me())
    if pair is None:
        raise NotFound(N_("Nobody corrected this answer."))
    back = "work.result" if pair.own else "inspect.submission"
    return render(
        "corrections/shown",
        submission=submission,
        pair=pair,
        back=url_for(back, submission_id=submission_id),
    )
