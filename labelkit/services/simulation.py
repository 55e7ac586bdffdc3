"""Simulated people (모의): they fill the queue, answer rejections, and judge what somebody alone sends.

They are for demo mode, where nobody else is there. They count in nobody's figures.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.errors import Invalid, NotFound
from labelkit.domain.marks import Mark
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback, Guide
from labelkit.domain.scores import Finding, Severity
from labelkit.domain.scores import Score as ScoreValue
from labelkit.domain.simulated import SimulatedWorker
from labelkit.domain.workflow import State, Verdict
from labelkit.services import golds, leases, practice, reviews, rework, submissions, users
from labelkit.services.reviews import Decision
from labelkit.services.submissions import Sent
from labelkit.store.models import Assignment, Project, Submission, User
from labelkit.store.types import utc_now
from labelkit.tasktypes import TASK_TYPES

QUEUE = 4  # how many of their submissions wait in each project
THINKING = timedelta(seconds=15)
WORKERS = (("sim-worker-1", "가람", 0.9), ("sim-worker-2", "나래", 0.7), ("sim-worker-3", "다온", 0.5))
INSPECTOR = ("sim-inspector", "라온")


def go_on(session: Session, now: datetime | None = None) -> None:
    """Let simulated people do what is due: judge, rework, and keep the queue filled."""
    now = now or utc_now()
    workers, inspector = _crew(session)
    for submission in _due(session, State.WAITING, now, simulated=False):
        _judge(session, inspector, submission)
    for submission in _due(session, State.REJECTED, now, simulated=True):
        _rework(session, submission)
    for project in session.scalars(select(Project).where(Project.feedback == Feedback.AFTER_REVIEW)):
        _fill_queue(session, project, workers)


def _crew(session: Session) -> tuple[list[User], User]:
    known = {user.username: user for user in session.scalars(select(User).where(User.simulated))}
    workers = [
        known.get(username) or users.add(session, username, Role.WORKER, name=name, simulated=True)
        for username, name, _ in WORKERS
    ]
    username, name = INSPECTOR
    inspector = known.get(username) or users.add(session, username, Role.INSPECTOR, name=name, simulated=True)
    return workers, inspector


def _due(session: Session, state: State, now: datetime, *, simulated: bool) -> Sequence[Submission]:
    """The newest attempts of these people that have stood in this state long enough to be thought about."""
    return session.scalars(
        select(Submission)
        .join(User, User.id == Submission.user_id)
        .where(Submission.newest, Submission.state == state, User.simulated.is_(simulated))
        .where(Submission.sent_at < now - THINKING)
        .options(
            joinedload(Submission.score),
            joinedload(Submission.user),
            joinedload(Submission.review),
            joinedload(Submission.project).undefer(Project.guide),
        )
        .order_by(Submission.id)
    ).all()


def _judge(session: Session, inspector: User, submission: Submission) -> None:
    """Accept what passes by the rules of scoring; else reject, with the reasons that the guide has for it.
    What somebody else looks at just now is left alone."""
    if leases.by_others(session, inspector, [submission.id]):
        return
    leases.give_back(session, submission.id)  # that of somebody who went away
    score, guide = submission.score, submission.project.guide
    reasons = broken_reasons(guide, score.detail) if score and not score.passed else ()
    if score is None or not reasons:
        decision = Decision(Verdict.ACCEPTED)
    else:
        marks = _marks(session, submission, score.detail)
        decision = Decision(Verdict.REJECTED, reasons, marks=marks)
    reviews.decide(session, inspector, submission.id, decision)


def broken_reasons(guide: Guide, score: ScoreValue) -> tuple[str, ...]:
    """The guide's reason for each kind of mistake in this score."""
    said = {reason_for(guide, finding.kind) for finding in _mistakes(score)}
    return tuple(reason.key for reason in guide.reasons if reason.key in said)


def reason_for(guide: Guide, kind: str) -> str | None:
    """The guide's reason for a kind of mistake: the one named like it, else the first that stands on the
    clause which the kind breaks."""
    first = {reason.clause: reason.key for reason in reversed(guide.reasons)}
    return kind if guide.reason(kind) else first.get(guide.errors.get(kind, ""))


def _mistakes(score: ScoreValue) -> list[Finding]:
    return [finding for finding in score.findings if finding.severity is Severity.FAIL]


def _marks(session: Session, submission: Submission, score: ScoreValue) -> tuple[dict[str, object], ...]:
    """Each mistake where it is to be seen: at a region of the answer, or amid what is missing."""
    project = submission.project
    kind = TASK_TYPES[project.task_type]
    gold = golds.for_scoring(session, submission.item_id)
    if gold is None:
        return ()
    answer, accepted = kind.read(submission.annotation), kind.read(gold.accepted[score.accepted])
    marks: list[dict[str, object]] = []
    for finding in _mistakes(score):
        reason, place = reason_for(project.guide, finding.kind), kind.place(finding, answer, accepted)
        if reason and place and finding.answer is not None:
            marks.append({"region": finding.answer, "reason": reason})
        elif reason and place:
            marks.append({"at": [place[0] + place[2] / 2, place[1] + place[3] / 2], "reason": reason})
    return tuple(marks)


def _rework(session: Session, submission: Submission) -> None:
    if rework.is_overdue(session, submission.id, utc_now()):
        return
    worker, review = submission.user, submission.review
    marks = [Mark.from_json(mark) for mark in review.marks] if review else []
    again = practice.issue_again(session, worker, submission, from_mine=True)
    assignment = practice.find_mine(session, worker, again.id)
    _send(session, assignment, _mended(session, assignment, submission, marks))


def _fill_queue(session: Session, project: Project, workers: Sequence[User]) -> None:
    ids = [worker.id for worker in workers]
    count = select(func.count()).where(
        Submission.project_id == project.id,
        Submission.state == State.WAITING,
        Submission.user_id.in_(ids),
    )
    skills = {username: skill for username, _, skill in WORKERS}
    for missing in range(QUEUE - (session.scalar(count) or 0)):
        worker = workers[missing % len(workers)]
        try:
            assignment = practice.issue_next(session, worker, project)
        except NotFound:
            return
        practice.show(assignment)
        assignment = practice.find_mine(session, worker, assignment.id)
        skill = SimulatedWorker.of_skill(skills[worker.username], worker.id)
        _send(session, assignment, _answer(session, assignment, skill))


def _send(session: Session, assignment: Assignment, annotation: dict[str, object] | None) -> None:
    """Answer an assignment; None, of what has no gold, is not sent."""
    if annotation is None:
        return
    worker = session.get_one(User, assignment.user_id)
    sent = Sent(annotation, assignment.revision, submit_key=f"simulated-{assignment.id}")
    try:
        submissions.submit(session, worker, assignment.id, sent)
    except Invalid:  # by chance the same answer as before, or none: another try comes with the next item
        if assignment.purpose == "first":  # a rework that would change nothing stays open
            practice.skip(session, worker, assignment.id)


def _answer(session: Session, assignment: Assignment, worker: SimulatedWorker) -> dict[str, object] | None:
    gold = golds.for_scoring(session, assignment.item_id)
    if gold is None:
        return None
    project, item = assignment.project, assignment.item
    kind = TASK_TYPES[project.task_type]
    labels, rules = kind.offer(project.labels, item.question), kind.parse_rules(project.rules)
    size = submissions.size_of(item)
    accepted = kind.read(gold.accepted[0])
    random = Random(f"{worker.seed} {assignment.id}")
    return kind.dump(kind.simulate(worker, accepted, random, labels, rules, size=size))


def _mended(
    session: Session, assignment: Assignment, rejected: Submission, marks: Sequence[Mark]
) -> dict[str, object] | None:
    """The rejected answer with what its inspector marked put right, as somebody who never errs does it."""
    gold = golds.for_scoring(session, assignment.item_id)
    if gold is None:
        return None
    project = assignment.project
    kind = TASK_TYPES[project.task_type]
    mended = kind.mend(
        kind.read(rejected.annotation),
        [kind.read(one) for one in gold.accepted],
        marks,
        Random(f"{rejected.user_id} {assignment.id}"),
        kind.parse_rules(project.rules),
        size=submissions.size_of(assignment.item),
    )
    return kind.dump(mended)
