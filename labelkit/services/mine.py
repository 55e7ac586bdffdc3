"""What somebody has done, to be looked at: standings, days, attempts. Figures come out of the tallies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from labelkit.domain.standing import Standing
from labelkit.domain.tallies import Counts
from labelkit.services import tallies
from labelkit.store import newest
from labelkit.store.models import Project, Score, Submission, Tally, User

DAYS = 30  # of the learning curve
CURVE = ("n", "value", "first/n", "first/value")  # what it shows of a day
PAGE = 25  # attempts shown at once
SEARCHED = 500  # newest attempts that a search for a kind of mistake looks at


@dataclass(frozen=True, slots=True)
class Place:
    """How somebody stands in one project, and all that was counted there."""

    project: Project
    standing: Standing
    attempts: int
    passed: int
    firsts: int
    firsts_passed: int
    counts: Counts


def places(session: Session, person: User) -> list[Place]:
    """Each project in which somebody has an open score, in the order of the projects. Simulated people
    have none."""
    rows = (
        select(Tally, Project)
        .join(Project, Project.id == Tally.project_id)
        .where(Tally.user_id == person.id, Tally.attempts > 0)
        .options(undefer(Tally.counts), undefer(Project.guide))
        .order_by(Project.position, Project.id)
    )
    return [_place(tally, project) for tally, project in session.execute(rows)]


def _place(tally: Tally, project: Project) -> Place:
    return Place(
        project=project,
        standing=Standing(tally.standing, tally.standing_n),
        attempts=tally.attempts,
        passed=tally.passed,
        firsts=tally.firsts,
        firsts_passed=tally.firsts_passed,
        counts=tally.counts,
    )


def days(session: Session, person: User, today: date, project: Project | None = None) -> dict[date, Counts]:
    """The newest 30 days up to today, the oldest first, with what was counted on each; rest is empty.

    Over all projects together, only what the learning curve needs.
    """
    first = today - timedelta(days=DAYS - 1)
    if project is None:
        counted = tallies.sums_of_days(session, person.id, first, CURVE)
    else:
        counted = tallies.of_person_days(session, person.id, first, project.id)
    return {day: counted.get(day, {}) for day in (first + timedelta(days=n) for n in range(DAYS))}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which attempts to list: of one project, with a kind of mistake, with a label, sent before another."""

    project_id: int | None = None
    kind: str | None = None
    label: str | None = None
    before: int | None = None

    @property
    def searches(self) -> bool:
        return self.kind is not None or self.label is not None


@dataclass(frozen=True, slots=True)
class Attempts:
    """One page of attempts, the newest first, and the one before which the next page begins.

    `found` counts all that a search found among the newest `searched`; both None where nothing was searched.
    """

    shown: Sequence[Submission]
    before: int | None
    found: int | None = None
    searched: int | None = None


def attempts(session: Session, person: User, wanted: Wanted) -> Attempts:
    """A page of somebody's attempts; with a kind or label, of those among the newest 500 that have it."""
    if wanted.searches:
        return _searched(session, person, wanted)
    ids = newest.newest_ids(session, person.id, PAGE + 1, project_id=wanted.project_id, before=wanted.before)
    return Attempts(newest.loaded(session, ids[:PAGE]), ids[PAGE - 1] if len(ids) > PAGE else None)


def _searched(session: Session, person: User, wanted: Wanted) -> Attempts:
    ids = newest.newest_ids(session, person.id, SEARCHED, project_id=wanted.project_id)
    counted = _open_counts(session, ids)
    found = [number for number in ids if faults(counted.get(number, {}), wanted.kind, wanted.label) != (0, 0)]
    start = found.index(wanted.before) + 1 if wanted.before in found else 0
    shown = found[start : start + PAGE]
    more = len(found) > start + PAGE
    return Attempts(newest.loaded(session, shown), shown[-1] if more else None, len(found), len(ids))


def _open_counts(session: Session, ids: Sequence[int]) -> dict[int, Counts]:
    rows = (
        select(Score.submission_id, Score.counts)
        .join(Submission, Submission.id == Score.submission_id)
        .where(Score.submission_id.in_(ids), Score.current, Submission.opened)
    )
    return dict(session.execute(rows).all())


def faults(counts: Mapping[str, int], kind: str | None, label: str | None) -> tuple[int, int]:
    """How many mistakes, and how many warnings, of a kind and with a label (None: any) were counted."""
    numbers = {"fail": 0, "warning": 0}
    for path, count in counts.items():
        severity, _, rest = path.partition("/")
        if severity in numbers:
            found_kind, _, found_label = rest.partition("/")
            if kind in {None, found_kind} and label in {None, found_label}:
                numbers[severity] += count
    return numbers["fail"], numbers["warning"]
