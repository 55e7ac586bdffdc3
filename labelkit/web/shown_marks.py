"""What an inspector points at, as pages show it and as their form sends it."""

import math
from dataclasses import dataclass
from typing import Any, Self

from werkzeug.datastructures import MultiDict

from labelkit.domain.marks import Mark
from labelkit.domain.projects import Clause, Guide
from labelkit.domain.texts import Texts
from labelkit.store.models import Project, Review, Submission
from labelkit.tasktypes import TASK_TYPES

AROUND = 40.0  # pixels of the picture round an empty place that are shown when it is looked at closely
Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class ShownMark:
    """One mark: its number, the reason as the guide put it that day with its clause, the key of the marked
    region's label (None for an empty place), and the place to zoom to, [x, y, w, h] in picture pixels."""

    number: int
    region: int | None
    label: str | None
    text: Texts
    clause: Clause | None
    box: tuple[float, float, float, float]
    at: tuple[float, float]


def shown_marks(review: Review, submission: Submission) -> list[ShownMark]:
    """The marks of a verdict, numbered in their order."""
    project = submission.project
    said = {reason["key"]: reason for reason in review.reasons}
    regions = getattr(TASK_TYPES[project.task_type].read(submission.annotation), "regions", ())
    marks = (Mark.from_json(raw) for raw in review.marks)
    return [
        shown_mark(number, mark, said[mark.reason], regions, project) for number, mark in enumerate(marks, 1)
    ]


def shown_mark(number: int, mark: Mark, reason: Any, regions: Any, project: Project) -> ShownMark:  # noqa: ANN401
    text, clause = Texts.from_json(reason["text"]), project.guide.clause(reason["clause"])
    if mark.at is not None:
        x, y = mark.at
        around = (x - AROUND, y - AROUND, 2 * AROUND, 2 * AROUND)
        return ShownMark(number, None, None, text, clause, around, mark.at)
    box = regions[mark.region]
    place = (box.x, box.y, box.w, box.h)
    return ShownMark(number, mark.region, box.label, text, clause, place, (box.x, box.y))


@dataclass(frozen=True, slots=True)
class Marking:
    """What an inspector has marked so far on the page: region to reason, and places [x, y, reason].

    `for_missing` and `for_region` are the reasons that most likely fit a place and an object.
    """

    regions: dict[int, str]
    places: list[tuple[str, str, str]]
    for_missing: str
    for_region: str

    @classmethod
    def of(cls, form: Form, guide: Guide) -> Self:
        regions = {
            int(name[7:]): reason
            for name, reason in form.items()
            if name.startswith("region-") and name[7:].isdecimal() and len(name) < 16 and reason
        }
        lists = (form.getlist(f"place-{part}") for part in ("x", "y", "reason"))
        for_missing = _likeliest(guide, "missing")
        for_region = _likeliest(guide, "loose", without=for_missing)
        return cls(regions, list(zip(*lists, strict=False)), for_missing, for_region)

    def to_json(self) -> tuple[Any, ...]:
        """The marks as `domain.marks` reads them; a place that is no number lies nowhere."""
        regions = ({"region": region, "reason": reason} for region, reason in self.regions.items())
        places = ({"at": [_number(x), _number(y)], "reason": reason} for x, y, reason in self.places)
        return (*regions, *places)


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return math.nan


def _likeliest(guide: Guide, kind: str, without: str = "") -> str:
    """The reason that most likely fits an error of this kind: the one called so, or on the clause that says
    so, else the first, but `without` one."""
    keys = [reason.key for reason in guide.reasons]
    on_clause = [reason.key for reason in guide.reasons if reason.clause == guide.errors.get(kind)]
    fitting = (key for key in (kind, *on_clause, *keys) if key in keys and key != without)
    return next(fitting, without)
