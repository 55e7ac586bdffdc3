"""Tallies: what pages read instead of submissions, moved in the transaction of whatever moves them.

The row of a project's tally is the lock on all that counts in the project: gold and rules, scores, what is
open. Whoever changes one of these, or scores by them, takes it before looking and holds it until the
transaction ends. So nobody scores by what is being changed, and no difference is counted twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from labelkit.domain.tallies import Counts, moved, total
from labelkit.services.recount import Difference, mend, recount
from labelkit.services.tally_rows import Differences, Held, contribution_of, lock, write
from labelkit.store.json_parts import total_of
from labelkit.store.models import DayTally, ProjectTally, Score, Submission, Tally, User

__all__ = [
    "Difference",
    "Held",
    "Move",
    "current_scores",
    "lock",
    "mend",
    "move",
    "of_person",
    "of_person_days",
    "of_project",
    "open_later",
    "recount",
    "sums_of_days",
]


@dataclass(frozen=True, slots=True)
class Move:
    """What happens to a submission: the score that counted so far, and the one that counts from now on."""

    submission: Submission
    before: Score | None
    after: Score | None

    @property
    def difference(self) -> Counts:
        added, taken = (contribution_of(self.submission, score) for score in (self.after, self.before))
        return moved({}, added, taken)


def of_person(session: Session, user_id: int) -> dict[int, Counts]:
    """Project id to all that somebody did there."""
    mine = select(Tally.project_id, Tally.counts).where(Tally.user_id == user_id)
    return dict(session.execute(mine).all())


def of_person_days(
    session: Session, user_id: int, since: date, project_id: int | None = None
) -> dict[date, Counts]:
    """What somebody did on each day from `since` on, in one project or in all; days of rest are left out."""
    mine = select(DayTally.day, DayTally.counts).where(DayTally.user_id == user_id, DayTally.day >= since)
    if project_id is not None:
        mine = mine.where(DayTally.project_id == project_id)
    days: dict[date, list[Counts]] = defaultdict(list)
    for day, counts in session.execute(mine.order_by(DayTally.day)):
        days[day].append(counts)
    return {day: total(many) for day, many in days.items()}


def sums_of_days(session: Session, user_id: int, since: date, paths: Sequence[str]) -> dict[date, Counts]:
    """Of each day from `since` on, what stands under these paths of the counts, summed over all projects:
    the database adds up, and the rest of the counts is not read."""
    sums = [total_of(DayTally.counts, path) for path in paths]
    rows = session.execute(
        select(DayTally.day, *sums)
        .where(DayTally.user_id == user_id, DayTally.day >= since)
        .group_by(DayTally.day)
    )
    return {day: dict(zip(paths, map(int, values), strict=True)) for day, *values in rows}


def of_project(session: Session, project_id: int) -> Counts:
    """What everybody did in a project."""
    counts = select(ProjectTally.counts).where(ProjectTally.project_id == project_id)
    return session.scalar(counts) or {}


def open_later(session: Session, submissions: Sequence[Submission]) -> None:
    """Let their workers see score and gold of these submissions, and count them from now on."""
    held = lock(session, (submission.project_id for submission in submissions))
    ids = [submission.id for submission in submissions]
    closed = set(session.scalars(select(Submission.id).where(Submission.id.in_(ids), ~Submission.opened)))
    scores = current_scores(session, closed)
    for submission in submissions:
        submission.opened = True
    opening = (submission for submission in submissions if submission.id in closed)
    move(session, held, [Move(submission, None, scores.get(submission.id)) for submission in opening])


def current_scores(session: Session, submission_ids: Iterable[int]) -> dict[int, Score]:
    """Submission id to the score that holds now."""
    current = select(Score).where(Score.submission_id.in_(submission_ids), Score.current)
    return {score.submission_id: score for score in session.scalars(current)}


def move(session: Session, held: Held, moves: Sequence[Move]) -> None:
    """Move all tallies by what changes for these submissions, whose projects are locked.

    Nothing counts of simulated people, nor of what its worker may not see yet.
    """
    projects: dict[int, list[Move]] = defaultdict(list)
    for each in moves:
        submission = each.submission
        if submission.opened and not session.get_one(User, submission.user_id).simulated:
            projects[submission.project_id].append(each)
    for project_id, its in projects.items():
        changes = [(each.submission, each.difference) for each in its]
        write(session, held[project_id], Differences.of(changes))
    session.flush()
