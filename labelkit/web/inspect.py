"""The inspector's desk: what waits, and the verdict on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import Conflict, Invalid
from labelkit.domain.texts import N_
from labelkit.domain.workflow import Verdict
from labelkit.services import golds, leases, reviews, second_looks, submissions
from labelkit.services import queue as waiting
from labelkit.services.leases import RanOut
from labelkit.services.queue import Wanted
from labelkit.services.reviews import Decision
from labelkit.store.models import Project, Submission
from labelkit.web.access import me
from labelkit.web.blind import second_look_first
from labelkit.web.errors import status_of
from labelkit.web.htmx import render
from labelkit.web.pictures import picture_url
from labelkit.web.shown import ShownResult
from labelkit.web.shown_corrections import shown_correction
from labelkit.web.shown_marks import Marking
from labelkit.web.shown_rework import ShownVerdictAhead
from labelkit.web.transaction import database
from labelkit.web.words import refusal, say

LONGEST_ID = 9  # digits: what is longer is the id of nothing

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
    held_by: str | None

    @classmethod
    def of(cls, submission: Submission, held_by: str | None) -> Self:
        worker = submission.user
        return cls(
            id=submission.id,
            project=submission.project,
            item_key=submission.item.key,
            worker_name=worker.name,
            simulated=worker.simulated,
            attempt=submission.attempt,
            waiting_since=submission.sent_at,
            held_by=held_by,
        )


@bp.get("")
def queue() -> Response:
    """What waits, or what of it is asked for; with it, what can be asked for."""
    wanted = wanted_of_queue()
    found = waiting.waiting(database(), me(), wanted)
    held = leases.by_others(database(), me(), [one.id for one in found])
    lines = [Waiting.of(one, held.get(one.id)) for one in found]
    return render(
        "inspect/queue",
        waiting=lines,
        first=next((line for line in lines if not line.held_by), None),
        count=waiting.count_waiting(database(), me(), wanted),
        all=waiting.count_waiting(database(), me()),
        offer=waiting.offer(database(), me()),
        ages=waiting.AGES,
        wanted=wanted,
        query=query_of(wanted),
    )


def wanted_of_queue() -> Wanted:
    """What of the queue is asked for; what makes no sense asks for nothing."""
    asked = request.values
    kind = asked.get("of_kind")
    return Wanted(
        project_id=asked.get("of_project", type=_id),
        user_id=asked.get("of_worker", type=_id),
        kind=kind if kind in waiting.KINDS else None,
        hours=hours if (hours := asked.get("of_age", type=_id)) in waiting.AGES else None,
    )


def _id(written: str) -> int:
    """A number as databases hold them; raises ValueError."""
    if not written.isascii() or not written.isdecimal() or len(written) > LONGEST_ID:
        raise ValueError(written)
    return int(written)


def query_of(wanted: Wanted) -> dict[str, Any]:
    """What is wanted, as the address says it."""
    names = {
        "of_project": wanted.project_id,
        "of_worker": wanted.user_id,
        "of_kind": wanted.kind,
        "of_age": wanted.hours,
    }
    return {name: value for name, value in names.items() if value is not None}


@bp.get("/<int:submission_id>")
def submission(submission_id: int) -> AnyResponse:
    """The answer as it was sent; score and gold only when the inspector asks for them (`gold=1`). What waits
    for a second look by me shows no verdict before it."""
    return second_look_first(submission_id) or _page(submission_id)


def _page(submission_id: int, status: int = 200, refused: str | None = None) -> Response:
    present = submissions.find(database(), me(), submission_id)
    _hold(present, refused)
    wanted = wanted_of_queue()
    asked, guide = request.values.get("gold") == "1", present.project.guide
    version = golds.version_in_force(database(), present.item_id) or 0  # before it is shown: it may change
    found = submissions.to_inspect(database(), me(), submission_id, with_gold=asked)
    following = waiting.next_waiting(database(), me(), present, wanted)
    return render(
        "inspect/submission",
        status,
        submission=ShownResult.of(found, me()),
        reasons=guide.reasons,
        marking=Marking.of(request.values, guide),
        correction=shown_correction(present, me()),
        gold_asked=asked,
        gold_version=version,
        ahead=ShownVerdictAhead.of(database(), present),
        next_picture=following and following.item.picture and picture_url(following.item.picture),
        query=query_of(wanted),
        looked_at=second_looks.is_done(database(), submission_id),
        refusal=refused,
    )


def _hold(present: Submission, refused: str | None) -> None:
    """Take a submission for a while. Whoever lost it to another meanwhile, and was refused for that, still
    sees what he or she has written."""
    try:
        reviews.take(database(), me(), present)
    except Conflict:
        if refused is None:
            raise


@bp.post("/<int:submission_id>")
def decide(submission_id: int) -> AnyResponse:
    """Accept or reject, and go on to the next of the project that waits."""
    try:
        judged = reviews.decide(database(), me(), submission_id, _decision(submission_id))
    except (Invalid, Conflict) as problem:  # a conflict: somebody else was first, and the page shows how
        database().rollback()
        if second_looks.waits_for(database(), me(), submission_id):
            raise  # I am to judge it once more, so the page may not show how it was judged
        page = _page(submission_id, status_of(problem), refusal(problem))
        if request.form.get("gold") == "1" or isinstance(problem, RanOut):
            database().commit()  # the page shows gold, or has taken the submission again
        return page
    return redirect(onward(judged), 303)


def onward(judged: Submission) -> str:
    """Say that a verdict was sent, and where to go on: to the next that waits, else to the queue."""
    wanted = wanted_of_queue()
    following = waiting.next_waiting(database(), me(), judged, wanted)
    flash(say("The verdict was sent."), "success")
    if following is None:
        return url_for("inspect.queue", **query_of(wanted))
    return url_for("inspect.submission", submission_id=following.id, **query_of(wanted))


@bp.post("/<int:submission_id>/hold")
def hold(submission_id: int) -> Response:
    """Go on holding what one looks at; the page asks for it while somebody is at work there."""
    reviews.take(database(), me(), submissions.find(database(), me(), submission_id))
    return Response(status=204)


def _decision(submission_id: int) -> Decision:
    form = request.form
    if form.get("verdict") not in (Verdict.ACCEPTED, Verdict.REJECTED):  # a correction has its own page
        raise Invalid(N_("Choose: accept or reject."))
    marks = Marking.of(form, submissions.find(database(), me(), submission_id).project.guide).to_json()
    reasons, comment = tuple(form.getlist("reason")), form.get("comment", "")
    seen = form.get("gold_version", type=_id) if form.get("gold") == "1" else None
    return Decision(Verdict(form["verdict"]), reasons, comment, marks, gold_version=seen)
