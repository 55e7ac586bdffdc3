"""The two-guide drill: one picture, first under the guide of one project, then under that of another.

Two projects of one task type whose items share pictures are each other's contrast. Both halves are items
that count in their turn, like any others. One thing is different: whoever has been shown gold of the first
half knows most of the second, so that the second is then no first attempt.
"""

import re
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from labelkit.domain.errors import Conflict, NotFound
from labelkit.domain.projects import Clause, ClauseGroup
from labelkit.domain.texts import N_
from labelkit.services import practice
from labelkit.store import queries
from labelkit.store.models import Assignment, Item, Project, Submission, User

FIRST, SECOND = "drill", "contrast"  # the purposes of the two halves
HOW_TO_DRAW = (ClauseGroup.TIGHT, ClauseGroup.HIDDEN)
NONE = N_("No other project shows these pictures under another guide.")
BUSY = N_("Every picture that the two projects share is still open or waits for a verdict.")


@dataclass(frozen=True, slots=True)
class Drill:
    """One half of a drill: its project, the other half's, and where the other half stands."""

    here: Project
    there: Project
    half: int
    other: Assignment | None
    differing: list[Clause]


def contrast(session: Session, project: Project) -> Project | None:
    """The project that shows pictures of this one under another guide."""
    pairs = queries.shared_pictures(session, project)
    return session.get_one(Project, pairs[0].there) if pairs else None


def start(session: Session, me: User, project: Project) -> Assignment:
    """The half that I have still to answer, or else the first half of a new drill."""
    practice.wait_for_my_turn(session, me)
    pairs = queries.shared_pictures(session, project)
    if not pairs:
        raise NotFound(NONE)
    newest = session.scalar(
        select(Assignment)
        .where(Assignment.user_id == me.id, Assignment.purpose == FIRST)
        .where(Assignment.project_id.in_({project.id, pairs[0].there}))
        .order_by(Assignment.id.desc())
        .limit(1)
    )
    if newest and (half := _unanswered(session, me, newest)):
        return half
    return practice.issue_on(session, me, _choose(session, me, pairs), FIRST)


def second_half(session: Session, me: User, submission: Submission) -> Assignment:
    """The same picture under the other guide: to answer, or answered already."""
    practice.wait_for_my_turn(session, me)
    first = session.get_one(Assignment, submission.assignment_id)
    if first.purpose != FIRST:
        raise Conflict(N_("This answer is not the first half of a drill."))
    return queries.other_half(session, first, SECOND) or _issue_second(session, me, first)


def half_of(session: Session, assignment: Assignment) -> Drill | None:
    """What an assignment is in a drill; None where it is in none."""
    if assignment.purpose not in (FIRST, SECOND):
        return None
    here = session.get_one(Project, assignment.project_id)
    is_first = assignment.purpose == FIRST
    other = queries.other_half(session, assignment, SECOND if is_first else FIRST)
    there = session.get_one(Project, other.project_id) if other else contrast(session, here)
    if there is None:
        return None
    return Drill(here, there, 1 if is_first else 2, other, _differing(here, there))


def _unanswered(session: Session, me: User, first: Assignment) -> Assignment | None:
    if first.open:
        return first
    second = queries.other_half(session, first, SECOND)
    if second is None:
        return _issue_second(session, me, first)
    return second if second.open else None


def _issue_second(session: Session, me: User, first: Assignment) -> Assignment:
    project = session.get_one(Project, first.project_id)
    there = [pair.other for pair in queries.shared_pictures(session, project) if pair.item == first.item_id]
    if first.open or not there:
        raise Conflict(N_("Answer the first half of the drill before the second."))
    return practice.issue_on(session, me, session.get_one(Item, there[0]), SECOND)


def _choose(session: Session, me: User, pairs: list[queries.Shared]) -> Item:
    """The item of the pair that I have answered least; not one that waits for a verdict or a rework."""
    sent = queries.sent_on(session, me.id, {item for pair in pairs for item in (pair.item, pair.other)})
    counts = Counter({item: n for item, (n, _) in sent.items()})
    closed = {item for item, (_, unjudged) in sent.items() if unjudged} | queries.held_items(session, me.id)
    begun = set(
        session.scalars(select(Assignment.item_id).where(Assignment.user_id == me.id, Assignment.open))
    )
    free = [pair for pair in pairs if not {pair.item, pair.other} & closed and pair.other not in begun]
    if not free:
        raise Conflict(BUSY)
    least = min(free, key=lambda pair: counts[pair.item] + counts[pair.other])
    return session.get_one(Item, least.item)


def _differing(here: Project, there: Project) -> list[Clause]:
    """The clauses on how to draw that the other guide does not have; numbers of clauses aside."""
    known = {_said(clause) for clause in there.guide.clauses}
    return [
        clause for clause in here.guide.clauses if clause.group in HOW_TO_DRAW and _said(clause) not in known
    ]


def _said(clause: Clause) -> str:
    return re.sub(r"G-\d+", "", clause.text.en or clause.text.ko)
