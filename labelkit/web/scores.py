"""Scores: one's own, and everybody's for an inspector."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from babel.dates import format_skeleton
from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import format_date, get_locale
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import NotFound, Refused
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import Counts
from labelkit.domain.texts import N_
from labelkit.services import goals, mine, own_work, projects
from labelkit.services.mine import Place
from labelkit.store.models import Project, User
from labelkit.store.types import day_of, utc_now
from labelkit.web import bars, my_scores, take_along
from labelkit.web.access import me
from labelkit.web.coaching import ShownStatement, coach, headlines
from labelkit.web.errors import status_of
from labelkit.web.findings import kind_name
from labelkit.web.htmx import render
from labelkit.web.my_scores import label_names, shown_list, shown_place
from labelkit.web.transaction import database
from labelkit.web.words import refusal, say

bp = Blueprint("scores", __name__, url_prefix="/scores")


@bp.app_template_filter("short_day")
def short_day(day: date) -> str:
    """A day of this year: Nov 23."""
    return str(format_skeleton("MMMd", day, locale=get_locale()))


@bp.app_template_filter("weekday")
def weekday(day: date) -> str:
    return str(format_date(day, "EEE"))


@bp.app_template_filter("tenths")
def tenths(value: float) -> str:
    """A signed number with its tenth: +4.2, −0.3."""
    return f"{value:+.1f}".replace("-", "−")


bp.add_app_template_filter(bars.shade, "shade")


@bp.app_template_global("goal_strip")
def goal_strip(person: User) -> dict[str, Any]:
    """The week of a person against the goal, and what an hour was worth."""
    today = day_of(utc_now())
    goal = person.goal
    week = goals.week(database(), person, today)
    return {
        "goal": goal,
        "today": week[-1][1],
        "week": bars.week(week, goal.minutes if goal else None),
        "worth": goals.worth(database(), person, today),
        "least": goals.LEAST,
    }


@bp.get("", endpoint="mine")
def own() -> Response:
    return _person_page("scores/mine", me())


@bp.post("/goal")
def goal() -> AnyResponse:
    """Set my goal, or go on without one."""
    form = request.form
    try:
        if form.get("drop"):
            goals.drop_goal(me())
        else:
            goals.set_goal(me(), form.get("minutes", ""), form.get("standing", ""), form.get("price", ""))
    except Refused as problem:
        return _person_page("scores/mine", me(), status_of(problem), problem=refusal(problem), typed=form)
    flash(say("Saved."), "success")
    return redirect(url_for("scores.mine", _anchor="goal"), 303)


@bp.get("/export")
def export() -> Response:
    """My own record, to take along."""
    return take_along.answer(
        request.args.get("format", "csv"), own_work.everything(database(), me()), me().name
    )


@bp.get("/people/<int:user_id>")
def person(user_id: int) -> Response:
    found = database().get(User, user_id)
    if found is None or found.simulated:
        raise NotFound(N_("There is no such person."))
    return _person_page("scores/person", found)


def _person_page(template: str, person: User, status: int = 200, /, **more: object) -> Response:
    """Somebody's scores: over all projects, or in the one that the address names."""
    session, slug = database(), request.args.get("project")
    chosen = projects.find(session, slug) if slug else None
    places = mine.places(session, person)
    seen = [place for place in places if chosen is None or place.project.id == chosen.id]
    own = person.id == me().id and template == "scores/mine"
    here = url_for("scores.mine") if own else url_for("scores.person", user_id=person.id)
    asked, link = my_scores.wanted(chosen), my_scores.linker(here, chosen)
    days = mine.days(session, person, day_of(utc_now()), chosen)
    return render(
        template,
        status,
        person=person,
        own=own,
        here=here,
        chosen=chosen,
        places=[shown_place(place) for place in places],
        place=shown_place(seen[0]) if chosen and seen else None,
        groups=my_scores.groups(places),
        curve=my_scores.curve(days, person.goal.standing if person.goal else None),
        statements=_statements(chosen, seen, days, here),
        tables=my_scores.detail(seen[0]) if chosen and seen else None,
        names=label_names(chosen) if chosen else {},
        kind_names={kind.value: kind_name(kind) for kind in ErrorKind},
        kinds=my_scores.kinds_of(seen),
        list=shown_list(mine.attempts(session, person, asked), asked, link),
        link=link,
        **more,
    )


def _statements(
    chosen: Project | None, places: list[Place], days: Mapping[date, Counts], here: str
) -> list[ShownStatement]:
    """All that is to be said of one project, or the first of each where there are several. In an archived
    one there is nothing to practise any more."""
    if chosen is not None:
        link = my_scores.linker(here, chosen)
        told = [said for place in places for said in coach(chosen, place.counts, days, link)]
        return [replace(said, practise=None) for said in told] if chosen.archived else told
    open_ones = [(place.project, place.counts) for place in places if not place.project.archived]
    return headlines(open_ones, lambda project: my_scores.linker(here, project))
