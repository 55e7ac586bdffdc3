"""Runs: begun, gone on with, ended, and what came of them."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import Invalid
from labelkit.domain.runs import Part, Result, RunKind
from labelkit.domain.scores import ErrorKind
from labelkit.domain.texts import N_, Texts
from labelkit.services import runs
from labelkit.store.models import Assignment, Project, Run
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.access import me
from labelkit.web.attempts import ShownAttempt, shown_attempt
from labelkit.web.filters import text
from labelkit.web.findings import kind_name
from labelkit.web.htmx import render
from labelkit.web.shown_runs import ShownRun
from labelkit.web.transaction import database
from labelkit.web.words import say

bp = Blueprint("runs", __name__, url_prefix="/runs")
WANTED = ("kind", "slug", "error", "label", "minutes")


@bp.post("")
def start() -> AnyResponse:
    """Begin a run; where a silent one waits for its end, ask on its page."""
    former = runs.unfinished(database(), me())
    try:
        first = _start()
    except runs.Unfinished as problem:
        wanted: dict[str, Any] = {name: request.form[name] for name in WANTED if request.form.get(name)}
        return redirect(url_for("runs.run", run_id=problem.run.id, **wanted), 303)
    if former is not None:
        flash(say("The run that you had begun has ended. What you sent in it stays."))
    return redirect(url_for("work.item", assignment_id=first.id), 303)


def _start() -> Assignment:
    form = request.form
    instead = form.get("instead", type=int)
    match form.get("kind"):
        case RunKind.DIAGNOSIS:
            return runs.start_diagnosis(database(), me(), instead=instead)
        case RunKind.SILENT:
            return runs.start_silent(database(), me(), _minutes(form.get("minutes")), instead=instead)
        case RunKind.WEAKNESS:
            slug, error, label = form.get("slug", ""), _error(form.get("error")), form.get("label") or None
            return runs.start_weakness(database(), me(), slug, error, label, instead=instead)
    raise Invalid(N_("There is no such kind of run."))


def _minutes(written: str | None) -> int | None:
    if written and not written.isdecimal():
        raise Invalid(N_("A silent run has no limit, or one of 10, 20 or 30 minutes."))
    return int(written[:6]) if written else None


def _error(written: str | None) -> ErrorKind | None:
    try:
        return ErrorKind(written) if written else None
    except ValueError:
        raise Invalid(N_("There is no such kind of mistake.")) from None


@bp.get("/<int:run_id>")
def run(run_id: int) -> Response:
    """How far a run is, or, when it has ended, what came of it."""
    found = runs.find_mine(database(), me(), run_id)
    if found.ended_at is not None:
        return _result(found)
    sent = runs.count_sent(database(), found)
    wanted = {name: request.args[name] for name in WANTED if request.args.get(name)}
    return render("runs/run", run=ShownRun.of(found, sent + 1), sent=sent, wanted=wanted, told=None)


@dataclass(frozen=True, slots=True)
class ShownPart:
    """What came of one task type, or of one project."""

    title: str
    n: int
    value: float
    passed: int


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer of a run in a list."""

    attempt: ShownAttempt
    late: bool


@dataclass(frozen=True, slots=True)
class ShownWeakest:
    """The kind of mistake that was made most, the project, and how many items there are to practise it."""

    slug: str
    title: Texts
    error: ErrorKind
    name: str
    task_type: str
    n: int
    mistakes: int
    clear: bool
    items: int


def _result(found: Run) -> Response:
    answers = runs.answers(database(), found)
    told = runs.result(found, answers)
    projects = {answer.project.slug: answer.project for answer in answers}
    return render(
        "runs/run",
        run=ShownRun.of(found, told.sent),
        told=told,
        parts=[_part(part, projects) for part in told.parts],
        answers=[ShownAnswer(shown_attempt(answer), runs.is_late(found, answer)) for answer in answers],
        kinds=[(kind_name(kind), count) for kind, count in told.kinds],
        weakest=_weakest(told, projects),
    )


def _part(part: Part, projects: dict[str, Project]) -> ShownPart:
    project = projects.get(part.name)
    title = text(project.title) if project else say(TASK_TYPES[part.name].title)
    return ShownPart(title, part.n, part.value, part.passed)


def _weakest(told: Result, projects: dict[str, Project]) -> ShownWeakest | None:
    weakest = told.weakest
    if weakest is None:
        return None
    project = projects[weakest.project]
    return ShownWeakest(
        slug=project.slug,
        title=project.title,
        error=weakest.kind,
        name=kind_name(weakest.kind),
        task_type=say(TASK_TYPES[weakest.task_type].title),
        n=weakest.n,
        mistakes=weakest.mistakes,
        clear=weakest.clear,
        items=runs.count_for_weakness(database(), me(), project, weakest.kind),
    )


@bp.post("/<int:run_id>/next")
def next_item(run_id: int) -> AnyResponse:
    found = runs.find_mine(database(), me(), run_id)
    following = runs.go_on(database(), found)
    if following is None:
        return redirect(url_for("runs.run", run_id=run_id), 303)
    return redirect(url_for("work.item", assignment_id=following.id), 303)


@bp.post("/<int:run_id>/end")
def end(run_id: int) -> AnyResponse:
    runs.end(database(), runs.find_mine(database(), me(), run_id))
    return redirect(url_for("runs.run", run_id=run_id), 303)
