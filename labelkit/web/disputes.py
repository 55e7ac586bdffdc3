"""Disputes of one's own: raising one, taking it back, and what came of them."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.dispute_subjects import LONGEST, VERDICT, FindingSubject
from labelkit.domain.errors import Conflict, Invalid
from labelkit.domain.texts import N_
from labelkit.services import disputes, submissions, users
from labelkit.services.disputes import Claim
from labelkit.services.submissions import Result
from labelkit.web.access import me
from labelkit.web.errors import status_of
from labelkit.web.htmx import render
from labelkit.web.shown import ShownResult
from labelkit.web.shown_disputes import ALONE, focused, shown_disputes
from labelkit.web.transaction import database
from labelkit.web.words import refusal, say

bp = Blueprint("disputes", __name__)


@bp.get("/results/<int:submission_id>/disputes/<path:subject>")
def write(submission_id: int, subject: str) -> Response:
    """The form, beside the picture with what is disputed on it."""
    disputes.disputed(database(), me(), submission_id, subject)
    return _page(submission_id, subject)


def _page(submission_id: int, subject: str, status: int = 200, refused: str | None = None) -> Response:
    result = _seen(submission_id, subject)
    position = None if subject == VERDICT else FindingSubject.parse(subject).position
    shown, finding = focused(ShownResult.of(result, me()), position)
    return render(
        "disputes/write",
        status,
        result=shown,
        finding=finding,
        subject=subject,
        most=LONGEST,
        alone=None if users.is_inspector_beside(database(), me().id) else say(ALONE),
        refusal=refused,
    )


def _seen(submission_id: int, subject: str) -> Result:
    """My answer; over the gold where a finding is disputed, never where the verdict is."""
    submissions.find_own(database(), me(), submission_id)
    if subject == VERDICT:
        return submissions.to_inspect(database(), me(), submission_id, with_gold=False)
    return submissions.result(database(), me(), submission_id)


@bp.post("/results/<int:submission_id>/disputes/<path:subject>")
def send(submission_id: int, subject: str) -> AnyResponse:
    """Raise it; a refusal keeps what was written."""
    claim = Claim(request.form.get("clause", ""), request.form.get("sentence", ""))
    try:
        raised = disputes.raise_dispute(database(), me(), submission_id, subject, claim)
    except (Invalid, Conflict) as problem:
        database().rollback()
        page = _page(submission_id, subject, status_of(problem), refusal(problem))
        database().commit()  # the page may show gold, so the ledger must hold
        return page
    may_decide = users.is_inspector_beside(database(), me().id, raised.against_id)
    what_follows = N_("Another inspector decides on it.") if may_decide else ALONE
    flash(" ".join((say("The dispute was raised."), say(what_follows))), "success")
    return redirect(url_for("work.result", submission_id=submission_id), 303)


@bp.get("/disputes")
def mine() -> Response:
    """All of mine, the newest first."""
    return render("disputes/mine", disputes=shown_disputes(database(), disputes.mine(database(), me())))


@bp.post("/disputes/<int:dispute_id>/withdraw")
def withdraw(dispute_id: int) -> AnyResponse:
    disputes.withdraw(database(), me(), dispute_id)
    flash(say("The dispute was taken back."), "success")
    return redirect(url_for("disputes.mine"), 303)


@bp.post("/disputes/<int:dispute_id>/put-away")
def put_away(dispute_id: int) -> AnyResponse:
    """Let the answer be gone from my home."""
    disputes.put_away(database(), me(), dispute_id)
    return redirect(url_for("home.start"), 303)
