"""What the page of somebody's scores shows: standings, curve, tables, attempts, in the reader's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import request

from labelkit.domain import coaching_tables
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import MILLION, Counts, below, mean_value
from labelkit.domain.texts import Texts
from labelkit.services.mine import Attempts, Place, Wanted
from labelkit.store.models import Project
from labelkit.tasktypes import TASK_TYPES
from labelkit.web import bars, plots
from labelkit.web.attempts import ShownAttempt, shown_attempt
from labelkit.web.filters import text
from labelkit.web.findings import kind_name
from labelkit.web.words import say

LARGEST_ID = 2**31  # what a database takes for an id


class Names(dict[str, str]):
    """Keys to words; a label that the project no longer has goes by its key."""

    def __missing__(self, key: str) -> str:
        return key


def label_names(project: Project) -> Names:
    return Names({label.key: text(label.name) for label in project.labels})


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """One project in the table of standings, or as the head of its own page."""

    slug: str
    title: Texts
    kind: str
    archived: bool
    standing: float | None
    n: int
    attempts: int
    passed: int
    firsts: int
    firsts_passed: int
    first_passes: float | None
    seconds: float | None
    mean: float | None


def shown_place(place: Place) -> ShownPlace:
    project = place.project
    return ShownPlace(
        slug=project.slug,
        title=project.title,
        kind=say(TASK_TYPES[project.task_type].title),
        archived=project.archived,
        standing=place.standing.value,
        n=place.standing.n,
        attempts=place.attempts,
        passed=place.passed,
        firsts=place.firsts,
        firsts_passed=place.firsts_passed,
        first_passes=place.firsts_passed / place.firsts if place.firsts else None,
        seconds=coaching_tables.mean_seconds(place.counts, "first"),
        mean=mean_value(place.counts, "first"),
    )


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The projects of one task type, and the mean of all first attempts at it."""

    title: str
    places: list[ShownPlace]
    n: int
    mean: float | None


def groups(places: list[Place]) -> list[ShownGroup]:
    """Standings by task type, in the order in which the types first occur."""
    order = list(dict.fromkeys(place.project.task_type for place in places))
    sorted_places = sorted(places, key=lambda place: order.index(place.project.task_type))
    return [
        _group(kind, list(some)) for kind, some in groupby(sorted_places, lambda one: one.project.task_type)
    ]


def _group(task_type: str, places: list[Place]) -> ShownGroup:
    n = sum(place.counts.get("first/n", 0) for place in places)
    value = sum(place.counts.get("first/value", 0) for place in places)
    shown = [shown_place(place) for place in places]
    return ShownGroup(say(TASK_TYPES[task_type].title), shown, n, value / MILLION / n if n else None)


def curve(days: Mapping[date, Counts], target: float | None) -> plots.Curve:
    """The learning curve of days of counts, the oldest first."""
    return plots.curve([_day_score(day, counts) for day, counts in days.items()], target)


def _day_score(day: date, counts: Counts) -> plots.DayScore:
    again_n, again = coaching_tables.retries(counts)
    return plots.DayScore(day, mean_value(counts, "first"), counts.get("first/n", 0), again, again_n)


@dataclass(frozen=True, slots=True)
class ShownLabel:
    """One label's row: objects in gold, what became of them, and shares without a denominator as None."""

    name: str
    colour: int | None
    golds: int
    right: int
    mistakes: int
    precision: float | None
    recall: float | None
    mean_iou: float | None


def label_rows(counts: Counts, project: Project) -> list[ShownLabel]:
    """The labels that occurred, in the order of the project; those it no longer has come last."""
    colours = {label.key: label.colour for label in project.labels}
    names = label_names(project)
    there = {path[0] for path in below(counts, "label")}
    keys = [key for key in colours if key in there] + sorted(there - colours.keys())
    return [_label_row(counts, key, names[key], colours.get(key)) for key in keys]


def _label_row(counts: Counts, key: str, name: str, colour: int | None) -> ShownLabel:
    of = {field: counts.get(f"label/{key}/{field}", 0) for field in ("golds", "answers", "hits", "iou")}
    return ShownLabel(
        name=name,
        colour=colour,
        golds=of["golds"],
        right=counts.get(f"label/{key}/right", 0),
        mistakes=counts.get(f"label/{key}/mistakes", 0),
        precision=of["hits"] / of["answers"] if of["answers"] else None,
        recall=of["hits"] / of["golds"] if of["golds"] else None,
        # A hit of a box has an IoU above 0; where the sum is 0, the task knows no such measure.
        mean_iou=of["iou"] / MILLION / of["hits"] if of["hits"] and of["iou"] else None,
    )


def detail(place: Place) -> dict[str, Any]:
    """The tables of one project: mistakes, confusions, labels, sides, sizes, pace."""
    counts, keys = place.counts, [label.key for label in place.project.labels]
    confusion = coaching_tables.confusion(counts, keys)
    sides = coaching_tables.side_bias(counts)
    sizes = coaching_tables.sizes(counts)
    paces = [(row.start, row.n, row.mean) for row in coaching_tables.pace(counts)]
    return {
        "heat": coaching_tables.heat(counts, keys),
        "heat_names": Names({"": say("the whole item")} | label_names(place.project)),
        "confusion": confusion,
        "most_confused": most_confused(confusion),
        "labels": label_rows(counts, place.project),
        "sides": bars.bars([(row.side, row.mean, row.n, row.low, row.high) for row in sides]),
        "sketch": bars.sketch({row.side: row.mean for row in sides}),
        "sizes": sizes,
        "pace": plots.pace(paces, of_boxes=bool(sizes)),
        "paced": sum(n for _, n, _ in paces),
    }


def most_confused(table: coaching_tables.Confusion) -> int:
    """The largest count beside the diagonal, 0 where there is none."""
    cells = ((row, column) for row in range(len(table.labels)) for column in range(len(table.labels)))
    return max((table.cells[row][column] for row, column in cells if row != column), default=0)


def wanted(project: Project | None) -> Wanted:
    """Which attempts the address asks for; what it says of kinds that there are not is passed over."""
    kind, label = request.args.get("kind", ""), request.args.get("label", "")
    before = request.args.get("before", 0, type=int)
    return Wanted(
        project_id=project.id if project else None,
        kind=kind if kind in set(ErrorKind) else None,
        label=label if label and project else None,
        before=before if 0 < before < LARGEST_ID else None,
    )


@dataclass(frozen=True, slots=True)
class ShownList:
    """A page of attempts, what was searched for, and the address of the next page."""

    attempts: list[ShownAttempt]
    kind: str | None
    label: str | None
    found: int | None
    searched: int | None
    older: str | None


def shown_list(page: Attempts, asked: Wanted, link: Callable[..., str]) -> ShownList:
    return ShownList(
        attempts=[shown_attempt(one, asked.kind, asked.label) for one in page.shown],
        kind=asked.kind,
        label=asked.label,
        found=page.found,
        searched=page.searched,
        older=link(asked.kind, asked.label, before=page.before) if page.before else None,
    )


def linker(here: str, project: Project | None) -> Callable[..., str]:
    """Makes addresses of the page `here` with the attempts that have a kind of mistake, or a label."""

    def link(kind: str | None = None, label: str | None = None, **more: object) -> str:
        asked = {"project": project and project.slug, "kind": kind, "label": label, **more}
        given = {name: value for name, value in asked.items() if value}
        return f"{here}?{urlencode(given)}#attempts"

    return link


def kinds_of(places: list[Place]) -> dict[str, str]:
    """The kinds of mistakes and warnings that occurred in these projects, with their names."""
    there = {
        path[0] for place in places for branch in ("fail", "warning") for path in below(place.counts, branch)
    }
    return {kind.value: kind_name(kind) for kind in ErrorKind if kind in there}
