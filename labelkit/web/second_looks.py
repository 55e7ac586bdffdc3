"""Second looks at verdicts of other inspectors: what waits, the verdict, and both side by side after it."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import Conflict, Invalid
from labelkit.domain.texts import N_
from labelkit.domain.workflow import Verdict
from labelkit.services import second_looks, second_verdicts, submissions
from labelkit.services.reviews import Decision
from labelkit.web.access import me
from labelkit.web.errors import status_of
from labelkit.web.htmx import render
from labelkit.web.shown import ShownResult
from labelkit.web.shown_looks import ShownComparison, compared, unjudged
from labelkit.web.shown_marks import Marking
from labelkit.web.transaction import database
from labelkit.web.words import refusal, say

bp = Blueprint("second_looks", __name__, url_prefix="/second-looks")


@bp.app_template_global("second_looks_waiting")
def count_waiting() -> int:
    """How many wait for me: where there are none, the desk says nothing of them."""
    return second_looks.count_waiting(database(), me())


@bp.get("")
def waiting() -> Response:
    return render("second_looks/waiting", looks=second_looks.waiting(database(), me()))


@bp.get("/<int:submission_id>")
def look(submission_id: int) -> Response:
    """The answer, without a word of the first verdict; once I have judged, both verdicts."""
    return _page(submission_id)


def _page(submission_id: int, status: int = 200, refused: str | None = None) -> Response:
    found = second_looks.find(database(), me(), submission_id)
    waits, asked = found.decided_at is None, request.values.get("gold") == "1"
    sent = submissions.to_inspect(database(), me(), submission_id, with_gold=waits and asked)
    shown, guide = ShownResult.of(sent, me()), found.submission.project.guide
    if waits:
        return render(
            "second_looks/look",
            status,
            submission=unjudged(shown),
            reasons=guide.reasons,
            marking=Marking.of(request.values, guide),
            gold_asked=asked,
            refusal=refused,
        )
    both = ShownComparison.of(found)
    following = second_looks.next_waiting(database(), me(), found)
    result = compared(shown, both)
    return render(
        "second_looks/compared", status, result=result, both=both, following=following, refusal=refused
    )


@bp.post("/<int:submission_id>")
def decide(submission_id: int) -> AnyResponse:
    """Accept or reject; then both verdicts are shown."""
    try:
        second_verdicts.decide(database(), me(), submission_id, _decision(submission_id))
    except (Invalid, Conflict) as problem:  # a conflict: somebody else was first, and the page shows how
        database().rollback()
        page = _page(submission_id, status_of(problem), refusal(problem))
        if request.form.get("gold") == "1":
            database().commit()  # the page shows gold, so the ledger must hold
        return page
    flash(say("The verdict was sent."), "success")
    return redirect(url_for("second_looks.look", submission_id=submission_id), 303)


def _decision(submission_id: int) -> Decision:
    form = request.form
    found = second_looks.find(database(), me(), submission_id)
    if form.get("verdict") not in (Verdict.ACCEPTED, Verdict.REJECTED):
        raise Invalid(N_("Choose: accept or reject."))
    marks = Marking.of(form, found.submission.project.guide).to_json()
    return Decision(Verdict(form["verdict"]), tuple(form.getlist("reason")), form.get("comment", ""), marks)
