"""The inspector's desk: what waits, and the verdict on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import Conflict, Invalid
from labelkit.domain.texts import N_
from labelkit.domain.workflow import Verdict
from labelkit.services import leases, reviews, second_looks, submissions
from labelkit.services import queue as waiting
from labelkit.services.queue import Wanted
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
    wanted = _wanted()
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
        query=_query(wanted),
    )


def _wanted() -> Wanted:
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


def _query(wanted: Wanted) -> dict[str, Any]:
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
    if second_looks.waits_for(database(), me(), submission_id):
        return redirect(url_for("second_looks.look", submission_id=submission_id), 303)
    return _page(submission_id)


def _page(submission_id: int, status: int = 200, refused: str | None = None) -> Response:
    present = submissions.find(database(), me(), submission_id)
    reviews.take(database(), me(), present)
    wanted = _wanted()
    asked, guide = request.values.get("gold") == "1", present.project.guide
    found = submissions.to_inspect(database(), me(), submission_id, with_gold=asked)
    following = waiting.next_waiting(database(), me(), present, wanted)
    return render(
        "inspect/submission",
        status,
        submission=ShownResult.of(found, me()),
        reasons=guide.reasons,
        marking=Marking.of(request.values, guide),
        gold_asked=asked,
        next_picture=following and following.item.picture and picture_url(following.item.picture),
        query=_query(wanted),
        looked_at=second_looks.is_done(database(), submission_id),
        refusal=refused,
    )


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
        if request.form.get("gold") == "1":
            database().commit()  # the page shows gold, so the ledger must hold
        return page
    wanted = _wanted()
    following = waiting.next_waiting(database(), me(), judged, wanted)
    flash(say("The verdict was sent."), "success")
    if following is None:
        return redirect(url_for("inspect.queue", **_query(wanted)), 303)
    return redirect(url_for("inspect.submission", submission_id=following.id, **_query(wanted)), 303)


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
    return Decision(Verdict(form["verdict"]), tuple(form.getlist("reason")), form.get("comment", ""), marks)
