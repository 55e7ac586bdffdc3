"""Everybody's scores, for inspectors and admins: people, projects, items, and the table to take along."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.formats.table import Cell, to_csv
from labelkit.services import cohort, projects, team
from labelkit.services.team import Asked, Member, Sort
from labelkit.store.types import day_of, utc_now
from labelkit.web.access import me
from labelkit.web.cohort import shown_cohort
from labelkit.web.filters import text
from labelkit.web.findings import kind_name
from labelkit.web.htmx import render
from labelkit.web.shown_team import (
    ShownHardItem,
    ShownItem,
    ShownMember,
    ShownSuspicion,
    ShownTry,
)
from labelkit.web.transaction import database
from labelkit.web.words import say

bp = Blueprint("team", __name__, url_prefix="/scores")

LARGEST_PAGE = 10**6


@bp.get("/people")
def people() -> Response:
    """Everybody's standing in each project; simulated people count nowhere."""
    asked = _asked()
    found = team.members(database(), asked)
    return render(
        "scores/people",
        rows=[ShownMember.of(row) for row in found.rows],
        total=found.total,
        page=found.page,
        pages=found.pages,
        first=(found.page - 1) * team.PAGE + 1,
        asked=asked,
        projects=team.projects(database()),
        address=_address,
    )


def _asked() -> Asked:
    """What the address asks for; what it says of columns that there are not is passed over."""
    sort = request.args.get("sort", "")
    column = sort.removeprefix("-")
    return Asked(
        project=request.args.get("project", ""),
        name=request.args.get("name", "")[:60],
        sort=Sort(column) if column in set(Sort) else Sort.NAME,
        highest_first=sort.startswith("-"),
        page=max(1, min(request.args.get("page", 1, type=int), LARGEST_PAGE)),
    )


def _address(**changed: object) -> str:
    """This list with something else asked for; sorting a column that is sorted turns it round."""
    asked = {name: request.args.get(name) for name in ("project", "name", "sort")} | changed
    if changed.get("sort") and changed["sort"] == request.args.get("sort", Sort.NAME):
        asked["sort"] = f"-{changed['sort']}"
    endpoint = str(asked.pop("endpoint", "team.people"))
    given: dict[str, Any] = {name: value for name, value in asked.items() if value}
    return url_for(endpoint, **given)


@bp.get("/people.csv")
def table() -> Response:
    """All rows of the list as it is asked for."""
    head = [
        say("Name"), say("User name"), say("Project"), say("Standing"), say("n of the standing"),
        say("First attempts"), say("First attempts passed"), say("Attempts"), say("Mean seconds"),
        say("Most frequent mistake"), say("How often"), say("Mistakes"),
    ]  # fmt: skip
    raw = to_csv(head, _cells(team.all_members(database(), _asked())))
    response = Response(raw, mimetype="text/csv")
    name = f"labelkit-team-{day_of(utc_now()).isoformat()}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _cells(rows: Iterable[Member]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            row.user.name,
            row.user.username,
            text(row.project.title),
            None if row.standing.value is None else round(row.standing.value, 4),
            row.standing.n,
            row.firsts,
            row.firsts_passed,
            row.attempts,
            None if row.seconds is None else round(row.seconds, 1),
            kind_name(row.worst) if row.worst else None,
            row.worst_n,
            row.mistakes,
        ]


@bp.get("/projects/<slug>")
def project(slug: str) -> Response:
    """All who practise in a project, together."""
    return render("scores/cohort", **shown_cohort(projects.find(database(), slug)))


@bp.post("/projects/<slug>/leaderboard")
def leaderboard(slug: str) -> AnyResponse:
    """Turn a project's places on or off."""
    found = projects.find(database(), slug)
    team.set_leaderboard(database(), me(), found, request.form.get("on") == "1")
    flash(say("Saved."), "success")
    return redirect(url_for("team.project", slug=slug, _anchor="leaderboard"), 303)


@bp.get("/items/<int:item_id>")
def item(item_id: int) -> Response:
    """One item: how it went, and what good workers say against its gold."""
    report = cohort.item_report(database(), me(), item_id)
    return render(
        "scores/first_tries",
        item=report.item,
        project=report.project,
        shown=ShownItem.of(report.item),
        hard=report.hard and ShownHardItem.of(report.hard),
        has_gold=report.has_gold,
        suspicions=[ShownSuspicion.of(one, report.project, report.item) for one in report.suspicions],
        tries=[ShownTry.of(one) for one in report.tries],
    )
