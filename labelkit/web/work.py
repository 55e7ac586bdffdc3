"""Practising: the labeling page, drafts, sending, and the result."""

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import Conflict, Invalid, Refused
from labelkit.domain.texts import N_
from labelkit.services import (
    drills,
    guides,
    laid_down,
    lapses,
    practice,
    rework,
    runs,
    submissions,
)
from labelkit.services.practice import DraftConflict
from labelkit.services.submissions import Sent
from labelkit.store.models import Assignment, Run, Submission
from labelkit.web import late
from labelkit.web.access import me
from labelkit.web.blind import second_look_first
from labelkit.web.drills import ShownHalf
from labelkit.web.errors import status_of
from labelkit.web.htmx import go_to, render
from labelkit.web.limits import read_json
from labelkit.web.onward import to_next_item
from labelkit.web.pictures import picture_url, preview_url
from labelkit.web.shown import ShownResult, ShownWork
from labelkit.web.shown_corrections import shown_correction
from labelkit.web.shown_disputes import OnResult
from labelkit.web.shown_rework import ShownRework, answered_by
from labelkit.web.shown_runs import ShownRun
from labelkit.web.transaction import database
from labelkit.web.words import refusal, say

bp = Blueprint("work", __name__)


@bp.get("/work/<int:assignment_id>")
def item(assignment_id: int) -> AnyResponse:
    """The labeling page; an item that was sent already leads to its result."""
    assignment = practice.find_mine(database(), me(), assignment_id)
    if lapses.settle(database(), assignment):
        return late.page(assignment)
    if not assignment.open:
        return _after(assignment)
    if guides.news(database(), me(), assignment.project):
        onward = url_for("work.item", assignment_id=assignment_id)
        return go_to(url_for("guides.news", slug=assignment.project.slug, next=onward))
    practice.show(assignment)
    return _work_page(assignment_id)


def _after(assignment: Assignment) -> AnyResponse:
    sent = submissions.of_assignment(database(), assignment.id)
    if sent is not None:
        return redirect(url_for("work.result", submission_id=sent.id), 303)
    if not assignment.skipped:
        raise Conflict(laid_down.SENTENCE)
    raise Conflict(N_("This item was skipped. It comes again after the others."))


def _work_page(
    assignment_id: int,
    status: int = 200,
    problem: str | None = None,
    kept: Any = None,  # noqa: ANN401
) -> Response:
    """The labeling page with the server's draft, or with the answer that was just sent and refused."""
    assignment = practice.find_mine(database(), me(), assignment_id)
    work, drill = ShownWork.of(database(), assignment, kept), drills.half_of(database(), assignment)
    shown = {"item": work.item, "project": work.project, "problem": problem, "drill": drill}
    sent_back = answered_by(database(), assignment)
    return render("work/item", status, work=work, rework=sent_back, **shown)


@bp.put("/work/<int:assignment_id>/draft")
def draft(assignment_id: int) -> AnyResponse:
    revision, annotation = _draft()
    try:
        revision = practice.save_draft(database(), me(), assignment_id, revision, annotation)
    except DraftConflict as newer:
        response = jsonify(revision=newer.revision, annotation=newer.annotation, error=refusal(newer))
        response.status_code = 409
        return response
    return jsonify(revision=revision)


def _draft() -> tuple[int, dict[str, Any]]:
    body = read_json(request.get_data(as_text=True)) if request.is_json else None
    match body:
        case {"revision": int(revision), "annotation": dict(annotation)} if not isinstance(revision, bool):
            return revision, annotation
    raise Invalid(N_("The draft could not be read."))


@bp.post("/work/<int:assignment_id>/submit")
def submit(assignment_id: int) -> AnyResponse:
    """Send the answer; a refusal shows the labeling page again, with the answer as it was sent."""
    annotation = None
    try:
        annotation = read_json(request.form.get("annotation", ""))
        sent = _sent(annotation)
        submission = submissions.submit(database(), me(), assignment_id, sent)
    except Refused as problem:
        return _refused(assignment_id, problem, annotation)
    return _sent_on(submission)


def _sent_on(submission: Submission) -> AnyResponse:
    """To the result; in a silent run to what comes next."""
    assignment = practice.find_mine(database(), me(), submission.assignment_id)
    run = runs.of_assignment(database(), assignment)
    following = runs.go_on(database(), run) if run else None
    if run and run.kind.silent:
        return go_to(_onward(run, following))
    return redirect(url_for("work.result", submission_id=submission.id), 303)


def _onward(run: Run, following: Assignment | None) -> str:
    """Where a run goes on: its next item, or what came of it."""
    if following is None:
        return url_for("runs.run", run_id=run.id)
    return url_for("work.item", assignment_id=following.id)


def _sent(annotation: Any) -> Sent:  # noqa: ANN401
    form = request.form
    try:
        active = float(form["active_seconds"]) if form.get("active_seconds") else None
        return Sent(annotation, int(form.get("revision", "")), form.get("submit_key", "")[:64], active)
    except ValueError:
        raise Invalid(N_("The form is not complete. Load the page again; your draft is kept.")) from None


def _refused(assignment_id: int, problem: Refused, annotation: Any) -> Response:  # noqa: ANN401
    database().rollback()
    if (page := late.refused(me(), assignment_id, annotation)) is not None:
        return page
    assignment = practice.find_mine(database(), me(), assignment_id)
    if not assignment.open:
        raise problem
    kept = annotation if isinstance(annotation, dict) else None
    return _work_page(assignment_id, status_of(problem), refusal(problem), kept)


@bp.post("/work/<int:assignment_id>/ahead")
def ahead(assignment_id: int) -> Response:
    """Issue the item that follows, and name its picture, so that it is there when it is asked for."""
    present = practice.find_mine(database(), me(), assignment_id)
    run = runs.of_assignment(database(), present)
    following = (
        runs.ahead(database(), run, present) if run else practice.issue_ahead(database(), me(), assignment_id)
    )
    picture = following.item.picture if following else None
    return jsonify(picture=preview_url(picture) or picture_url(picture) if picture else None)


@bp.post("/work/<int:assignment_id>/skip")
def skip(assignment_id: int) -> AnyResponse:
    present = practice.find_mine(database(), me(), assignment_id)
    if run := runs.of_assignment(database(), present):
        return redirect(_onward(run, runs.skip(database(), me(), run, assignment_id)), 303)
    return to_next_item(practice.skip(database(), me(), assignment_id).project)


@bp.get("/results/<int:submission_id>")
def result(submission_id: int) -> AnyResponse:
    """What came of a submission. What waits for a second look by me shows no verdict before it."""
    return second_look_first(submission_id) or _result_page(submission_id)


def _result_page(submission_id: int, status: int = 200, problem: str | None = None) -> Response:
    found = submissions.result(database(), me(), submission_id)
    shown = ShownResult.of(found, me())
    half = ShownHalf.of(database(), found.submission) if shown.own else None
    run = _run_around(found.submission) if shown.own else None
    following = url_for("projects.next_item", slug=shown.project.slug)
    if run:
        following = url_for("runs.next_item", run_id=run.id)
    return render(
        "work/result",
        status,
        result=shown,
        rework=ShownRework.of(database(), found.submission) if shown.own else None,
        problem=problem,
        correction=shown_correction(found.submission, me()),
        drill=half,
        run=run,
        again_url=url_for("work.again", submission_id=submission_id),
        next_url=(half and half.next_url) or following,
        disputes=OnResult.of(database(), me(), found) if shown.own else None,
    )


def _run_around(submission: Submission) -> ShownRun | None:
    """The run that this result belongs to, or that goes on with another item after it."""
    run = runs.of_submission(database(), submission)
    return ShownRun.of(run, runs.place_of(database(), run, submission)) if run else None


@bp.post("/results/<int:submission_id>/other-guide")
def other_guide(submission_id: int) -> AnyResponse:
    """The same picture under the other guide of a drill."""
    submission = submissions.find_own(database(), me(), submission_id)
    assignment = drills.second_half(database(), me(), submission)
    return redirect(url_for("work.item", assignment_id=assignment.id), 303)


@bp.post("/results/<int:submission_id>/again")
def again(submission_id: int) -> AnyResponse:
    """The same item once more, empty or from my own answer."""
    submission = submissions.find_own(database(), me(), submission_id)
    is_rework = request.form.get("as") == "rework"
    if lapses.settle_on(database(), me(), submission.item_id, is_rework=is_rework):
        page = _result_page(submission_id, 409, say(rework.OVER))
        database().commit()  # whatever the status says: its time is over, and the page shows gold
        return page
    from_mine = request.form.get("from") == "mine"
    assignment = practice.issue_again(database(), me(), submission, from_mine=from_mine)
    return redirect(url_for("work.item", assignment_id=assignment.id), 303)
