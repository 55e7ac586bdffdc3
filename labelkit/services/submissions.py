"""Submissions: sent once, scored at once, shown when their time has come."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, undefer

from labelkit.domain.errors import Conflict, Invalid, NotFound
from labelkit.domain.people import Role
from labelkit.domain.texts import N_, Texts
from labelkit.domain.workflow import State, first_state, opens
from labelkit.services import dispute_ends, golds, laid_down, practice, rework, samples, scores, tallies
from labelkit.services.practice import DraftConflict
from labelkit.services.tallies import Move
from labelkit.store import queries
from labelkit.store.models import Assignment, Item, Project, Review, Score, Submission, User
from labelkit.store.types import day_of, utc_now
from labelkit.tasktypes import TASK_TYPES
from labelkit.tasktypes.base import Size

LONGEST_SECONDS = 24 * 3600.0
UNWATCHED_SECONDS = 600.0  # an item is within ten minutes' work


@dataclass(frozen=True, slots=True)
class Sent:
    """What a worker sends: the newest answer in JSON form, the revision of the draft that it follows,
    and a key that makes a repeated sending harmless."""

    annotation: Any
    revision: int
    submit_key: str
    active_seconds: float | None = None


def submit(session: Session, me: User, assignment_id: int, sent: Sent) -> Submission:
    """Turn an assignment into a submission and score it.

    The same submit key gives the same submission again. Raises DraftConflict where another tab saved
    a newer draft, Conflict where the item was already sent, Invalid where the answer is none.
    """
    assignment = practice.find_mine(session, me, assignment_id, to_close=True)
    if not assignment.open:
        rework.check_open(session, assignment)
        return _sent_before(session, assignment, sent.submit_key)
    if sent.revision != assignment.revision:
        raise DraftConflict(assignment)
    project, item = assignment.project, assignment.item
    kind = TASK_TYPES[project.task_type]
    labels, rules = kind.offer(project.labels, item.question), kind.parse_rules(project.rules)
    answer = kind.parse(sent.annotation, labels, rules, size=size_of(item))
    closed = practice.is_held_back(session, assignment)
    held = tallies.lock(session, [project.id])
    submission = _new(session, me, assignment, kind.dump(answer), sent, closed=closed)
    assignment.open = False
    assignment.draft = None
    score = scores.add(session, submission, project, answer)
    tallies.move(session, held, [Move(submission, None, score)])
    return submission


def _sent_before(session: Session, assignment: Assignment, submit_key: str) -> Submission:
    before = session.scalar(select(Submission).where(Submission.assignment_id == assignment.id))
    if before is None and not assignment.skipped:
        raise Conflict(laid_down.SENTENCE)
    if before is None:
        raise Conflict(N_("This item was skipped. It comes again after the others."))
    if before.submit_key != submit_key:
        raise Conflict(N_("This item has already been sent."))
    return before


def _new(
    session: Session,
    me: User,
    assignment: Assignment,
    annotation: dict[str, Any],
    sent: Sent,
    *,
    closed: bool,
) -> Submission:
    """The next attempt; `closed`: nothing of it is told before its run has ended."""
    last = rework.newest(session, me.id, assignment.item_id)
    if assignment.purpose == "rework":
        rework.check_in_time(session, last)
    if last and last.state is State.REJECTED and _is_unchanged(assignment.project, last, annotation):
        raise Invalid(N_("This is the answer that was sent back. Change what the inspector marked."))
    if last:
        dispute_ends.give_up(session, me, last)
        last.newest = False
    drawn = samples.draws(session, me, assignment, last)
    now = utc_now()
    seconds = (now - (assignment.shown_at or assignment.issued_at)).total_seconds()
    submission = Submission(
        assignment_id=assignment.id,
        user_id=me.id,
        project_id=assignment.project_id,
        item_id=assignment.item_id,
        attempt=last.attempt + 1 if last else 1,
        first_try=last is None and not _knows_gold(session, assignment),
        submit_key=sent.submit_key,
        annotation=annotation,
        state=(state := first_state(assignment.project.feedback, drawn=drawn)),
        opened=opens(state) and not closed,
        guide_version=assignment.guide_version or assignment.project.guide_version,
        seconds=_time_at_work(seconds, active := _believable(sent.active_seconds)),
        active_seconds=active,
        sent_at=now,
        day=day_of(now),
    )
    session.add(submission)
    session.flush()
    return submission


def _knows_gold(session: Session, assignment: Assignment) -> bool:
    """Whether its worker has seen gold of the item; in the second half of a drill, also of the first half:
    the same objects in the same picture."""
    items = [assignment.item_id]
    if assignment.purpose == "contrast" and (first := queries.other_half(session, assignment, "drill")):
        items.append(first.item_id)
    return any(golds.has_seen(session, assignment.user_id, item) for item in items)


def _is_unchanged(project: Project, last: Submission, annotation: dict[str, Any]) -> bool:
    return TASK_TYPES[project.task_type].is_same(last.annotation, annotation)


def _time_at_work(seconds: float, active: float | None) -> float:
    """What the server's clock says. Of a page that was left open no more than ten minutes count, or as long
    as its browser saw somebody at work."""
    return max(0.0, min(seconds, max(active or 0.0, UNWATCHED_SECONDS)))


def _believable(seconds: float | None) -> float | None:
    """What a browser says it took; None where no clock can have said so."""
    return seconds if seconds is not None and 0 <= seconds <= LONGEST_SECONDS else None


def size_of(item: Item) -> Size | None:
    """The width and height of an item's picture in pixels; None for a text."""
    return (item.picture.width, item.picture.height) if item.picture else None


@dataclass(frozen=True, slots=True)
class Result:
    """A submission as one person may see it now: without score and gold while these are closed."""

    submission: Submission
    answer: Any
    score: Score | None
    gold: Any
    accepted: tuple[Any, ...]
    explanation: Texts


def find(session: Session, viewer: User, submission_id: int) -> Submission:
    """A submission that `viewer` may see: one's own, or anybody's for an inspector."""
    submission = session.scalar(
        select(Submission)
        .where(Submission.id == submission_id)
        .options(
            joinedload(Submission.project).options(undefer(Project.guide)),
            joinedload(Submission.item).joinedload(Item.picture),
            joinedload(Submission.score),
            joinedload(Submission.user),
            joinedload(Submission.review).joinedload(Review.inspector),
        )
    )
    if submission is None or (submission.user_id != viewer.id and viewer.role is Role.WORKER):
        raise NotFound(N_("There is no such submission among yours."))
    return submission


def find_own(session: Session, me: User, submission_id: int) -> Submission:
    """One of my own submissions."""
    submission = session.get(Submission, submission_id)
    if submission is None or submission.user_id != me.id:
        raise NotFound(N_("There is no such submission among yours."))
    return submission


def of_assignment(session: Session, assignment_id: int) -> Submission | None:
    """The submission that closed an assignment; None where it was skipped."""
    return session.scalar(select(Submission).where(Submission.assignment_id == assignment_id))


def result(session: Session, viewer: User, submission_id: int) -> Result:
    """A submission with what `viewer` may know of it; seeing gold is entered into the ledger."""
    submission = find(session, viewer, submission_id)
    own = submission.user_id == viewer.id
    if own and submission.review and submission.review.seen_at is None:
        submission.review.seen_at = utc_now()
    if own and not submission.opened:
        return Result(submission, _answer(submission), None, None, (), Texts())
    return _with_gold(session, viewer, submission, golds.How.FEEDBACK if own else golds.How.REVIEW)


def to_inspect(
    session: Session, me: User, submission_id: int, *, with_gold: bool, how: golds.How = golds.How.REVIEW
) -> Result:
    """Another person's submission; its score and gold only where asked for, which is written down."""
    submission = find(session, me, submission_id)
    if not with_gold:
        return Result(submission, _answer(submission), None, None, (), Texts())
    return _with_gold(session, me, submission, how)


def _with_gold(session: Session, viewer: User, submission: Submission, how: golds.How) -> Result:
    answer, score = _answer(submission), submission.score
    version = score.gold_version if score else None
    shown = golds.hand_out(session, viewer, submission.item_id, how, version=version)
    if shown is None:
        return Result(submission, answer, None, None, (), Texts())
    accepted = shown.annotations(submission.project)
    best = accepted[score.detail.accepted if score else 0]
    return Result(submission, answer, score, best, accepted, shown.gold.explanation)


def _answer(submission: Submission) -> Any:  # noqa: ANN401  (an Annotation of the project's task type)
    return TASK_TYPES[submission.project.task_type].read(submission.annotation)
