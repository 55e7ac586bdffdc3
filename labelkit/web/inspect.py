"""The inspector's desk: what waits, and the verdict on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import Conflict, Invalid
from labelkit.domain.texts import N_
from labelkit.domain.workflow import Verdict
from labelkit.services import reviews, submissions
from labelkit.services.reviews import Decision
from labelkit.store.models import Project, Submission
from labelkit.web.access import me
from labelkit.web.errors import status_of
from labelkit.web.htmx import render
from labelkit.web.pictures import picture_url
from labelkit.web.shown import ShownResult
from labelkit.web.shown_marks import Marking
from labelkit.web.transaction import database
from labelkit.web.words import refusal, say

bp = Blueprint("inspect", __name__, url_prefix="/inspect")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue."""

    id: int
    project: Project
    item_key: str
    worker_name: str
    simulated: bool
    attempt: int
    waiting_since: datetime

    @classmethod
    def of(cls, submission: Submission) -> Self:
        worker = submission.user
        return cls(
            id=submission.id,
            project=submission.project,
            item_key=submission.item.key,
            worker_name=worker.name,
            simulated=worker.simulated,
            attempt=submission.attempt,
            waiting_since=submission.sent_at,
        )


@bp.get("")
def queue() -> Response:
    return render("inspect/queue", waiting=[Waiting.of(one) for one in reviews.queue(database(), me())])


@bp.get("/<int:submission_id>")
def submission(submission_id: int) -> Response:
    """The answer as it was sent; score and gold only when the inspector asks for them (`gold=1`)."""
    return _page(submission_id)


def _page(submission_id: int, status: int = 200, refused: str | None = None) -> Response:
    present = submissions.find(database(), me(), submission_id)
    reviews.check_waiting(present, me())
    asked, guide = request.values.get("gold") == "1", present.project.guide
    found = submissions.to_inspect(database(), me(), submission_id, with_gold=asked)
    following = reviews.next_waiting(database(), me(), present)
    return render(
        "inspect/submission",
        status,
        submission=ShownResult.of(found, me()),
        reasons=guide.reasons,
        marking=Marking.of(request.values, guide),
        gold_asked=asked,
        next_picture=following and following.item.picture and picture_url(following.item.picture),
        refusal=refused,
    )


@bp.post("/<int:submission_id>")
def decide(submission_id: int) -> AnyResponse:
    """Accept or reject, and go on to the next of the project that waits."""
    try:
        judged = reviews.decide(database(), me(), submission_id, _decision(submission_id))
    except (Invalid, Conflict) as problem:  # a conflict: somebody else was first, and the page shows how
        database().rollback()
        page = _page(submission_id, status_of(problem), refusal(problem))
        database().commit()  # the page may show gold, so the ledger must hold
        return page
    following = reviews.next_waiting(database(), me(), judged)
    flash(say("The verdict was sent."), "success")
    if following is None:
        return redirect(url_for("inspect.queue"), 303)
    return redirect(url_for("inspect.submission", submission_id=following.id), 303)


def _decision(submission_id: int) -> Decision:
    form = request.form
    if form.get("verdict") not in list(Verdict):
        raise Invalid(N_("Choose: accept or reject."))
    marks = Marking.of(form, submissions.find(database(), me(), submission_id).project.guide).to_json()
    return Decision(Verdict(form["verdict"]), tuple(form.getlist("reason")), form.get("comment", ""), marks)
