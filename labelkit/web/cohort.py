"""What the page of a project's cohort shows, in the reader's words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from labelkit.domain import coaching_tables
from labelkit.domain.leaderboard import Place
from labelkit.domain.people import Role
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import Counts, below, mean_value
from labelkit.services import cohort, tallies, team
from labelkit.store.models import Project
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.access import me
from labelkit.web.findings import kind_name
from labelkit.web.my_scores import Names, label_names, most_confused
from labelkit.web.shown_team import ShownHardItem, ShownSuspect
from labelkit.web.transaction import database
from labelkit.web.words import say

LEAST = 10  # objects in gold, or mistakes, before a sentence is made of them
SHOWN = 10  # places, and one's own


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A label and how the cohort does with it; shares without a denominator are None."""

    name: str
    colour: int | None
    golds: int
    answers: int
    hits: int
    mistakes: int
    recall: float | None
    precision: float | None


@dataclass(frozen=True, slots=True)
class Commonest:
    """A kind of mistake, and how many of all mistakes it is."""

    name: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place; `name` is a person's own for inspectors, who get the address too, else letters."""

    place: int
    name: str
    mine: bool
    url: str | None
    standing: float
    n: int


def shown_cohort(project: Project) -> dict[str, Any]:
    """Everything for the page of a project's cohort."""
    session, kind = database(), TASK_TYPES[project.task_type]
    counts = tallies.of_project(session, project.id)
    firsts = counts.get("first/n", 0)
    # The choices of a question are its own: counted together, they would say nothing.
    labels = {} if kind.needs_question else _by_label(counts, project)
    return {
        "project": project,
        "task_type_title": say(kind.title),
        "people": cohort.count_people(session, project),
        "n": firsts,
        "attempts": counts.get("n", 0),
        "first_passes": counts.get("first/passed", 0) / firsts if firsts else None,
        "mean": mean_value(counts, "first"),
        "seconds": coaching_tables.mean_seconds(counts, ""),
        "commonest": _commonest(counts),
        "hardest": [ShownHardItem.of(hard) for hard in cohort.hardest(session, project)],
        "suspects": [ShownSuspect.of(suspect) for suspect in cohort.suspects(session, project)],
        "places": shown_places(project),
        **labels,
    }


def _by_label(counts: Counts, project: Project) -> dict[str, Any]:
    keys = [label.key for label in project.labels]
    confusion = coaching_tables.confusion(counts, keys)
    rows = label_rows(counts, project)
    return {
        "labels": rows,
        "weakest": _weakest(rows),
        "heat": coaching_tables.heat(counts, keys),
        "heat_names": Names({"": say("the whole item")} | label_names(project)),
        "kind_names": {kind.value: kind_name(kind) for kind in ErrorKind},
        "confusion": confusion,
        "most_confused": most_confused(confusion),
        "names": label_names(project),
    }


def label_rows(counts: Counts, project: Project) -> list[LabelRow]:
    """The labels that occurred, the most often missed first; one that the project no longer has goes by its
    key."""
    colours, names = {label.key: label.colour for label in project.labels}, label_names(project)
    keys = sorted({path[0] for path in below(counts, "label")})
    rows = [_label_row(counts, key, names[key], colours.get(key)) for key in keys]
    return sorted(rows, key=lambda row: (row.recall is None, row.recall or 0.0, -row.golds))


def _label_row(counts: Counts, key: str, name: str, colour: int | None) -> LabelRow:
    golds, answers, hits, mistakes = (
        counts.get(f"label/{key}/{field}", 0) for field in ("golds", "answers", "hits", "mistakes")
    )
    return LabelRow(
        name=name,
        colour=colour,
        golds=golds,
        answers=answers,
        hits=hits,
        mistakes=mistakes,
        recall=hits / golds if golds else None,
        precision=hits / answers if answers else None,
    )


def _weakest(rows: Sequence[LabelRow]) -> LabelRow | None:
    """The label that is missed most often, where enough of it was there to miss."""
    enough = [row for row in rows if row.golds >= LEAST and row.hits < row.golds]
    return enough[0] if enough else None


def _commonest(counts: Mapping[str, int]) -> Commonest | None:
    kinds: Counter[str] = Counter()
    for (kind, _), count in below(counts, "fail").items():
        kinds[kind] += count
    if kinds.total() < LEAST:
        return None
    kind, count = max(kinds.items(), key=lambda found: (found[1], found[0]))
    return Commonest(kind_name(kind), count, kinds.total())


def shown_places(project: Project) -> list[ShownPlace]:
    """The first ten places of a project, and my own; with names for inspectors only."""
    secret = current_app.config["SECRET_KEY"]
    found = [_shown_place(place) for place in team.leaderboard(database(), project, secret)]
    return [place for number, place in enumerate(found) if number < SHOWN or place.mine]


def _shown_place(place: Place) -> ShownPlace:
    named = me().role is not Role.WORKER
    return ShownPlace(
        place=place.place,
        name=place.name if named else place.alias,
        mine=place.user_id == me().id,
        url=url_for("scores.person", user_id=place.user_id) if named else None,
        standing=place.standing,
        n=place.n,
    )
