"""Inspection practice: a result to judge, what was planted in it, and one's figures. Open to everybody."""

import math
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import Invalid, NotAllowed, NotFound
from labelkit.domain.inspection import Decision, Place
from labelkit.domain.inspector_figures import statements
from labelkit.domain.people import Role
from labelkit.domain.texts import N_
from labelkit.domain.workflow import Verdict
from labelkit.services import exercises, inspection_practice, projects
from labelkit.store.models import Exercise, User
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.access import me
from labelkit.web.errors import status_of
from labelkit.web.findings import kind_name
from labelkit.web.htmx import render
from labelkit.web.inspector_words import statement
from labelkit.web.shown_exercises import ShownExercise, ShownVerdict
from labelkit.web.shown_inspectors import real_figures
from labelkit.web.transaction import database
from labelkit.web.words import refusal, say

bp = Blueprint("inspection_practice", __name__, url_prefix="/inspection-practice")


@bp.get("")
def start() -> Response:
    """Which projects there are results of, and how good I am so far."""
    there = [
        (project, say(TASK_TYPES[project.task_type].title), count)
        for project, count in exercises.available(database(), me())
    ]
    return render("practice_review/start", projects=there, **_figures(me()))


@bp.post("/next")
def next_exercise() -> AnyResponse:
    """The next result to inspect, of the project that was chosen, or of any."""
    slug = request.form.get("project", "")
    project = projects.find(database(), slug) if slug else None
    exercise = inspection_practice.next_exercise(database(), me(), project)
    return redirect(_address(exercise, mixed=not slug), 303)


def _address(exercise: Exercise, *, mixed: bool) -> str:
    return url_for("inspection_practice.exercise", exercise_id=exercise.id, mixed=1 if mixed else None)


@bp.get("/<int:exercise_id>")
def exercise(exercise_id: int) -> Response:
    """A result to inspect, or, once it is judged, what was planted in it."""
    found = inspection_practice.find_mine(database(), me(), exercise_id)
    if found.decided_at is None:
        return _page(found)
    if found.verdict is None:
        raise NotFound(inspection_practice.CHANGED)
    told = inspection_practice.tell(database(), me(), found)
    return render(
        "practice_review/told",
        result=ShownExercise.told(told),
        verdict=ShownVerdict.of(found, told.outcome),
        mixed="mixed" in request.args,
        **_figures(me()),
    )


def _page(found: Exercise, code: int = 200, refused: str | None = None) -> Response:
    return render(
        "practice_review/exercise",
        code,
        result=ShownExercise.of(found),
        reasons=found.project.guide.reasons,
        mixed="mixed" in request.args,
        refusal=refused,
    )


@bp.post("/<int:exercise_id>")
def decide(exercise_id: int) -> AnyResponse:
    """Accept a result or send it back; then what was planted is told."""
    try:
        judged = inspection_practice.decide(database(), me(), exercise_id, _decision())
    except Invalid as problem:
        found = inspection_practice.find_mine(database(), me(), exercise_id)
        return _page(found, status_of(problem), refusal(problem))
    return redirect(_address(judged, mixed="mixed" in request.args), 303)


def _decision() -> Decision:
    form = request.form
    if form.get("verdict") not in (Verdict.ACCEPTED, Verdict.REJECTED):
        raise Invalid(N_("Choose: accept or reject."))
    if form["verdict"] == Verdict.ACCEPTED:
        return Decision(True)
    return Decision(False, _place(form.get("place", "")), form.get("reason"))


def _place(written: str) -> Place | None:
    """A region by its position, or the point where something is missing; None for anything else."""
    if written.isdecimal() and written.isascii():
        return int(written[:6])
    point = tuple(request.form.get(axis, type=float) for axis in ("x", "y"))
    match point:
        case (float(x), float(y)) if written == "missing" and math.isfinite(x) and math.isfinite(y):
            return x, y
    return None


@bp.get("/figures")
def figures() -> Response:
    """How good I am at inspecting: in practice, and at real work."""
    return _figures_page(me())


@bp.get("/figures/<int:user_id>")
def figures_of(user_id: int) -> Response:
    """Somebody's figures, for admins; or one's own."""
    if user_id == me().id:
        return _figures_page(me())
    if me().role is not Role.ADMIN:
        raise NotAllowed(N_("Only admins see how well others inspect."))
    found = database().get(User, user_id)
    if found is None or found.simulated:
        raise NotFound(N_("There is no such person."))
    return _figures_page(found)


def _figures_page(person: User) -> Response:
    own = person.id == me().id
    return render(
        "practice_review/figures", person=person, own=own, **_figures(person), **real_figures(person)
    )


def _figures(person: User) -> dict[str, Any]:
    told = inspection_practice.figures(database(), person.id)
    return {
        "told": told,
        "sentences": [statement(one) for one in statements(told)],
        "kinds": [(kind_name(one.kind), one) for one in told.kinds],
    }
