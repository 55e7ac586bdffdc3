"""Runs: a diagnosis, a silent run, a weakness to practise; begun, gone on with, ended, and told of.

What is sent in a silent run is scored at once and told when the run has ended. Of a run that has ended,
nothing is open any more: what was begun stays with its draft in its project, the rest was never issued.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from labelkit.domain import runs
from labelkit.domain.errors import Conflict, Invalid, NotFound
from labelkit.domain.runs import Answered, RunKind
from labelkit.domain.scores import ErrorKind, Severity
from labelkit.domain.texts import N_
from labelkit.domain.workflow import opens
from labelkit.services import practice, projects, run_items, tallies
from labelkit.store.models import Assignment, Item, Project, Run, Submission, User
from labelkit.store.types import utc_now


class Unfinished(Conflict):
    """A silent run has answers that were not told yet: it is to be ended or gone on with before another."""

    def __init__(self, run: Run) -> None:
        super().__init__(N_("You have a run that has not ended. Go on with it, or end it first."))
        self.run = run


def is_new(session: Session, me: User) -> bool:
    """True for somebody who has sent nothing yet."""
    return session.scalar(select(Submission.id).where(Submission.user_id == me.id).limit(1)) is None


def unfinished(session: Session, me: User) -> Run | None:
    """My run that has not ended; there is at most one."""
    return session.scalar(select(Run).where(Run.user_id == me.id, Run.ended_at.is_(None)))


def find_mine(session: Session, me: User, run_id: int) -> Run:
    """One of my own runs; another person's is as good as none."""
    run = session.get(Run, run_id)
    if run is None or run.user_id != me.id:
        raise NotFound(N_("There is no such run among yours."))
    return run


def start_diagnosis(session: Session, me: User, *, instead: int | None = None) -> Assignment:
    """Two items of each labeling task type there is; its first.

    Like the others, it ends a run that has not ended, but raises Unfinished for a silent one in which
    something was sent, unless that is the one to be ended `instead`. NotFound where nothing is there.
    """
    _make_room(session, me, instead)
    return _start(session, me, RunKind.DIAGNOSIS, run_items.for_diagnosis(session, me))


def start_silent(
    session: Session, me: User, minutes: int | None = None, *, instead: int | None = None
) -> Assignment:
    """Ten items whose results come at the end, with or without a limit in minutes; its first."""
    if minutes is not None and minutes not in runs.LIMITS:
        raise Invalid(N_("A silent run has no limit, or one of 10, 20 or 30 minutes."))
    _make_room(session, me, instead)
    items = run_items.for_silent(session, me)
    return _start(session, me, RunKind.SILENT, items, None if minutes is None else minutes * 60.0)


def start_weakness(
    session: Session,
    me: User,
    slug: str,
    kind: ErrorKind | None = None,
    label: str | None = None,
    *,
    instead: int | None = None,
) -> Assignment:
    """Ten items of a project that teach most about a kind of mistake, or about a label; its first."""
    project = projects.find(session, slug)
    if project.archived:
        raise Conflict(N_("This project is archived: nothing new is issued in it."))
    _make_room(session, me, instead)
    items = run_items.for_weakness(session, me, project, kind, label)
    return _start(session, me, RunKind.WEAKNESS, items)


def count_for_weakness(session: Session, me: User, project: Project, kind: ErrorKind) -> int:
    """How many items a run on this weakness would have."""
    return 0 if project.archived else len(run_items.for_weakness(session, me, project, kind, None))


def _make_room(session: Session, me: User, instead: int | None) -> None:
    practice.wait_for_my_turn(session, me)
    former = unfinished(session, me)
    if former is None:
        return
    if former.kind.silent and former.id != instead and count_sent(session, former):
        raise Unfinished(former)
    end(session, former)


def _start(
    session: Session, me: User, kind: RunKind, items: Sequence[int], limit: float | None = None
) -> Assignment:
    run = Run(user_id=me.id, kind=kind, items=[], limit_seconds=limit)
    session.add(run)
    session.flush()
    found = [practice.issue_in_run(session, me, session.get_one(Item, item), run) for item in items]
    issued = [assignment for assignment in found if assignment is not None]
    if not issued:
        raise NotFound(N_("There is no item to practise for such a run."))
    run.items = [assignment.item_id for assignment in issued]
    session.flush()
    return issued[0]


def of_assignment(session: Session, assignment: Assignment) -> Run | None:
    """The run that an assignment belongs to."""
    return None if assignment.run_id is None else session.get_one(Run, assignment.run_id)


def of_submission(session: Session, submission: Submission) -> Run | None:
    """The run in which an answer was sent; also, for another try of its item, my run that still goes on."""
    assignment = session.get_one(Assignment, submission.assignment_id)
    if run := of_assignment(session, assignment):
        return run
    running = select(Run).where(Run.user_id == submission.user_id, Run.ended_at.is_(None))
    run = session.scalar(running)
    return run if run and submission.item_id in run.items else None


def count_sent(session: Session, run: Run) -> int:
    """How many answers were sent in a run."""
    sent = select(func.count()).join_from(Submission, Assignment).where(Assignment.run_id == run.id)
    return session.scalar(sent) or 0


def place_of(session: Session, run: Run, submission: Submission) -> int:
    """Which answer of its run a submission is, from 1; for another try, which was the last one."""
    before = select(func.count()).join_from(Submission, Assignment).where(Assignment.run_id == run.id)
    return session.scalar(before.where(Submission.id <= submission.id)) or 0


def next_in(session: Session, run: Run) -> Assignment | None:
    """The item that comes next in a run: in their order, skipped ones after the others; None at its end."""
    return _next_but(session, run, None)


def ahead(session: Session, run: Run, present: Assignment) -> Assignment | None:
    """The item that follows the one at hand, with its picture."""
    following = _next_but(session, run, present.id)
    return following and practice.find_mine(session, session.get_one(User, run.user_id), following.id)


def _next_but(session: Session, run: Run, but: int | None) -> Assignment | None:
    mine = session.scalars(select(Assignment).where(Assignment.run_id == run.id)).all()
    left = {one.item_id: one for one in mine if one.open and one.id != but}
    skips = Counter(one.item_id for one in mine if one.skipped)
    item = runs.next_item(run.items, left, skips)
    return None if item is None else left[item]


def go_on(session: Session, run: Run) -> Assignment | None:
    """The next item of a run; None where there is none, and then the run has ended."""
    if run.ended_at is None and (following := next_in(session, run)):
        return following
    end(session, run)
    return None


def skip(session: Session, me: User, run: Run, assignment_id: int) -> Assignment | None:
    """Leave an item of a run for its end, and the second time for good; what comes next, as in `go_on`."""
    skipped = practice.skip(session, me, assignment_id)
    times = select(func.count()).where(
        Assignment.run_id == run.id, Assignment.item_id == skipped.item_id, Assignment.skipped
    )
    session.refresh(run, with_for_update={"read": True})  # another tab may have ended it
    if run.ended_at is None and session.scalar(times) == 1:
        practice.issue_in_run(session, me, session.get_one(Item, skipped.item_id), run)
    return go_on(session, run)


def end(session: Session, run: Run) -> None:
    """End a run: what was sent is told now, what was not sent does not count. What was shown or has a draft
    stays open in its project."""
    open_in_run = select(Assignment.id).where(Assignment.run_id == run.id, Assignment.open)
    session.execute(open_in_run.with_for_update())  # a sending under way is over before we go on
    session.refresh(run, with_for_update=True)
    if run.ended_at is not None:
        return
    left = (Assignment.run_id == run.id) & Assignment.open
    ours = Assignment.issued_at >= run.started_at  # what was open before joined, and stays
    unseen = ours & Assignment.shown_at.is_(None) & (Assignment.revision == 0)
    session.execute(delete(Assignment).where(left, unseen))
    session.execute(update(Assignment).where(left).values(run_id=None))
    run.ended_at = utc_now()
    session.flush()
    closed = [one for one in answers(session, run) if opens(one.state) and not one.opened]
    tallies.open_later(session, closed)


def answers(session: Session, run: Run) -> Sequence[Submission]:
    """What was sent in a run, in its order, with all that a list of it shows."""
    sent = (
        select(Submission)
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .where(Assignment.run_id == run.id)
        .options(
            joinedload(Submission.item).joinedload(Item.picture),
            joinedload(Submission.project),
            joinedload(Submission.score),
        )
        .order_by(Submission.id)
    )
    return session.scalars(sent).all()


def result(run: Run, answers: Sequence[Submission]) -> runs.Result:
    """What came of a run, as far as it may be told now."""
    return runs.result(run.kind, len(run.items), [_answered(run, submission) for submission in answers])


def is_late(run: Run, submission: Submission) -> bool:
    """True for an answer that was sent after the limit of its run."""
    limit = run.limit_seconds
    return limit is not None and submission.sent_at > run.started_at + timedelta(seconds=limit)


def _answered(run: Run, submission: Submission) -> Answered:
    score = submission.score if submission.opened else None
    fails = [one for one in score.detail.findings if one.severity is Severity.FAIL] if score else []
    return Answered(
        task_type=submission.project.task_type,
        project=submission.project.slug,
        value=score.value if score else None,
        passed=bool(score and score.passed),
        seconds=submission.seconds,
        late=is_late(run, submission),
        mistakes=tuple(finding.kind for finding in fails),
    )
