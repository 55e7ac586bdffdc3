"""Scores: one's own, and everybody's for an inspector."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self

from flask import Blueprint, Response, url_for

from labelkit.domain.errors import NotFound
from labelkit.domain.texts import N_, Texts
from labelkit.domain.workflow import State
from labelkit.services import reports
from labelkit.store import queries
from labelkit.store.models import Submission, User
from labelkit.web.access import me
from labelkit.web.filters import text
from labelkit.web.htmx import render
from labelkit.web.pictures import picture_url
from labelkit.web.shown import excerpt
from labelkit.web.transaction import database

bp = Blueprint("scores", __name__, url_prefix="/scores")


@dataclass(frozen=True, slots=True)
class ShownAttempt:
    """One attempt in a list; its value only when its time has come."""

    url: str
    title: Texts
    item_key: str
    thumbnail: str | None
    excerpt: str | None
    value: float | None
    passed: bool | None
    state: State
    attempt: int
    first_try: bool
    seconds: float
    at: datetime


def shown_attempt(submission: Submission) -> ShownAttempt:
    score = submission.score if submission.opened else None
    item = submission.item
    return ShownAttempt(
        url=url_for("work.result", submission_id=submission.id),
        title=submission.project.title,
        item_key=item.key,
        thumbnail=picture_url(item.picture) if item.picture else None,
        excerpt=excerpt(item) or None,
        value=score.value if score else None,
        passed=score.passed if score else None,
        state=submission.state,
        attempt=submission.attempt,
        first_try=submission.first_try,
        seconds=submission.seconds,
        at=submission.sent_at,
    )


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One person in one project."""

    id: int
    name: str
    role: str
    slug: str
    title: Texts
    standing: float | None
    n: int
    attempts: int
    passed: int

    @classmethod
    def of(cls, row: reports.Row) -> Self:
        user, project, standing = row.user, row.project, row.standing
        return cls(
            id=user.id,
            name=user.name,
            role=user.role,
            slug=project.slug,
            title=project.title,
            standing=standing.value,
            n=standing.n,
            attempts=row.attempts,
            passed=row.passed,
        )


def _shown_table(table: reports.LabelTable) -> dict[str, object]:
    rows = [{"name": text(row.label.name), **asdict(row)} for row in table.rows]
    return {"title": table.project.title, "rows": rows, "n": table.n}


@bp.get("")
def mine() -> Response:
    return _person_page("scores/mine", me())


@bp.get("/people")
def people() -> Response:
    """Everybody's standing; simulated people count nowhere."""
    return render(
        "scores/people",
        rows=[ShownRow.of(row) for row in reports.rows(database(), reports.people(database()))],
    )


@bp.get("/people/<int:user_id>")
def person(user_id: int) -> Response:
    found = database().get(User, user_id)
    if found is None or found.simulated:
        raise NotFound(N_("There is no such person."))
    return _person_page("scores/person", found)


def _person_page(template: str, person: User) -> Response:
    return render(
        template,
        person=person,
        projects=[ShownRow.of(row) for row in reports.rows(database(), [person])],
        labels=[_shown_table(table) for table in reports.label_tables(database(), person)],
        attempts=[shown_attempt(attempt) for attempt in queries.attempts(database(), person.id)],
    )
