"""Inspection: the verdict on what waits."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.audit import What
from labelkit.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from labelkit.domain.marks import Mark, parse_marks
from labelkit.domain.texts import N_
from labelkit.domain.workflow import State, Verdict, judge, opens
from labelkit.services import audit, golds, leases, rework, second_looks, tallies
from labelkit.services.submissions import size_of
from labelkit.store.models import Assignment, Correction, Item, Project, Review, Submission, User
from labelkit.store.types import utc_now
from labelkit.tasktypes import TASK_TYPES

LONGEST_COMMENT = 1000


@dataclass(frozen=True, slots=True)
class Decision:
    """What an inspector decides: the verdict, keys out of the guide's closed list, a comment, and what is
    pointed at, as JSON that `domain.marks` reads; the reason of a mark is one of the verdict. With a
    correction comes the right answer in JSON form.

    `gold_version` is the gold that was looked at meanwhile; 0 where there was none, None where nobody looked.
    """

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    comment: str = ""
    marks: tuple[Any, ...] = ()
    correction: Any = None
    gold_version: int | None = None


def decide(session: Session, me: User, submission_id: int, decision: Decision) -> Submission:
    """Put a verdict on a submission; raises NotAllowed for one's own, Conflict where it is judged, where
    another inspector looks at it just now, where one's own time with it has run out, or where the gold that
    one looked at is no longer in force."""
    submission = locked(session, submission_id)
    if submission.user_id == me.id:
        raise NotAllowed(N_("Nobody inspects their own work."))
    last = rework.rejections(session, submission).is_last
    state, now = judge(submission.state, decision.verdict, me.role, last=last), utc_now()
    seconds = leases.check(session, me, submission.id, now)
    _check_gold(session, submission, decision.gold_version)
    marks = marks_of(submission, decision)
    review = Review(
        submission_id=submission.id,
        inspector_id=me.id,
        verdict=decision.verdict,
        reasons=reasons_of(submission.project, decision, marks),
        marks=[mark.to_json() for mark in marks],
        comment=decision.comment.strip()[:LONGEST_COMMENT],
        due_at=rework.due_at(submission.project, state, now),
        seconds=seconds,
        decided_at=now,
        correction=_correction(submission, decision),
    )
    submission.state = state
    session.add(review)
    second_looks.draw(session, me, submission)
    if opens(state):
        open_attempts(session, submission)
    leases.give_back(session, submission.id)
    session.execute(delete(Correction).where(Correction.submission_id == submission.id))
    audit.note(session, me, What.VERDICT, submission=submission.id, verdict=decision.verdict)
    session.flush()
    return submission


def locked(session: Session, submission_id: int) -> Submission:
    """A submission that nobody else judges meanwhile."""
    project_id = session.scalar(select(Submission.project_id).where(Submission.id == submission_id))
    if project_id is None:
        raise NotFound(N_("There is no such submission."))
    tallies.lock(session, [project_id])
    return session.scalars(
        select(Submission)
        .where(Submission.id == submission_id)
        .options(
            joinedload(Submission.project).undefer(Project.guide),
            joinedload(Submission.item).joinedload(Item.picture),
        )
        .with_for_update(of=Submission, key_share=True)  # scores may go on to refer to it
        .execution_options(populate_existing=True)  # it may have been judged since it was looked at
    ).one()


def _check_gold(session: Session, submission: Submission, seen: int | None) -> None:
    if seen is not None and seen != (golds.version_in_force(session, submission.item_id) or 0):
        raise Conflict(N_("The gold of this item changed while you looked at it. Look again, then decide."))


def open_attempts(session: Session, accepted: Submission) -> None:
    """Let the worker see score and gold of the accepted attempt, and of those it was the rework of."""
    attempts = select(Submission).where(
        Submission.user_id == accepted.user_id,
        Submission.item_id == accepted.item_id,
        Submission.attempt <= accepted.attempt,
    )
    tallies.open_later(session, session.scalars(attempts.order_by(Submission.id)).all())


def marks_of(submission: Submission, decision: Decision) -> tuple[Mark, ...]:
    """What is pointed at; an answer of labels has no regions."""
    reasons = {reason.key for reason in submission.project.guide.reasons}
    regions = len(submission.annotation.get("regions", ()))
    marks = parse_marks(decision.marks, regions, size_of(submission.item), reasons)
    if marks and decision.verdict is Verdict.ACCEPTED:
        raise Invalid(N_("Something is marked as wrong. Send the answer back, or take the marks away."))
    return marks


def reasons_of(project: Project, decision: Decision, marks: tuple[Mark, ...]) -> list[Any]:
    """The reasons as they are stored, with the clause and text of the guide of that day."""
    if decision.verdict is Verdict.ACCEPTED:
        return []
    keys = dict.fromkeys((*decision.reasons, *(mark.reason for mark in marks)))
    if not keys and decision.verdict is Verdict.REJECTED:
        raise Invalid(N_("Choose at least one reason out of the guide."))
    found = [project.guide.reason(key) for key in keys]
    if None in found:
        raise Invalid(N_("That reason is not in this project's guide."))
    return [
        {"key": reason.key, "clause": reason.clause, "text": reason.text.to_json()}
        for reason in found
        if reason is not None
    ]


def _correction(submission: Submission, decision: Decision) -> dict[str, Any] | None:
    """The right answer as it is stored; raises Invalid for none, or for one that says what was sent."""
    if decision.verdict is not Verdict.CORRECTED:
        return None
    project, item = submission.project, submission.item
    kind = TASK_TYPES[project.task_type]
    labels, rules = kind.offer(project.labels, item.question), kind.parse_rules(project.rules)
    correction = kind.dump(kind.parse(decision.correction, labels, rules, size=size_of(item)))
    if kind.is_same(submission.annotation, correction):
        raise Invalid(N_("Nothing was corrected. Accept the answer instead."))
    return correction


def answered_by(session: Session, assignment: Assignment) -> Submission | None:
    """The attempt that was sent back and that an assignment is the rework of; None where it is none."""
    if assignment.purpose != "rework":
        return None
    return session.scalar(
        select(Submission)
        .where(Submission.user_id == assignment.user_id, Submission.item_id == assignment.item_id)
        .where(Submission.state == State.REJECTED)
        .order_by(Submission.attempt.desc())
        .limit(1)
        .options(
            joinedload(Submission.project).undefer(Project.guide),
            joinedload(Submission.review).joinedload(Review.inspector),
        )
    )


def take(session: Session, me: User, submission: Submission) -> None:
    """Open a submission for inspection, and hold it while it waits; raises NotAllowed for one's own, Conflict
    where another inspector holds it."""
    check_waiting(submission, me)
    if submission.state is State.WAITING:
        leases.take(session, me, submission.id)


def check_waiting(submission: Submission, me: User) -> None:
    """Refuse to open for inspection what is one's own."""
    if submission.user_id == me.id:
        raise NotAllowed(N_("Nobody inspects their own work."))
    if submission.state is not State.WAITING and submission.review is None:
        raise Conflict(N_("This submission does not wait for an inspector."))
