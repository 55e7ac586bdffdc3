"""Practising: issuing items, keeping drafts, skipping."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.errors import Conflict, NotFound, TooLarge
from labelkit.domain.issuing import Next, first, next_item
from labelkit.domain.texts import N_
from labelkit.domain.workflow import State
from labelkit.services import choosing, laid_down, rework, sharing
from labelkit.services.sharing import NothingLeft
from labelkit.store import queries
from labelkit.store.models import Assignment, Item, Project, Run, Submission, User
from labelkit.store.types import dump_json, utc_now

MOST_DRAFT_CHARACTERS = 1_000_000
HELD = N_("This item belongs to a run that has not ended. Its result, and another try, come at the end.")


class DraftConflict(Conflict):
    """The server holds a newer draft: `revision` and `annotation` are the server's."""

    def __init__(self, assignment: Assignment) -> None:
        super().__init__(N_("This item was changed in another tab. Choose which answer to keep."))
        self.revision = assignment.revision
        self.annotation = assignment.draft


def issue_next(session: Session, me: User, project: Project) -> Assignment:
    """The item I left open, or else the next one; raises NotFound where the project has none.

    Of several that are open, the one that I have seen comes before one that was only issued ahead. Raises
    NothingLeft where all items have the answers that they need.
    """
    wait_for_my_turn(session, me)
    mine = _in_turn(session, me, project.id)
    if opened := [one for one in mine if _waits_in_turn(one)]:
        return max(opened, key=lambda one: (one.shown_at is not None, one.id))
    choice = _choose(session, me, project, mine)
    if choice is None and sharing.people_each(me, project) and session.scalar(queries.pool(project).limit(1)):
        raise NothingLeft
    if choice is None:
        raise NotFound(N_("This project has no items to practise."))
    # What is open already, as another try of an earlier round, comes first: an item is open once.
    return _open_on(session, me, choice.item_id) or _issue(
        session, me, project.id, choice.item_id, choice.round, "first"
    )


def issue_ahead(session: Session, me: User, assignment_id: int) -> Assignment | None:
    """The item that follows an open one, so that its picture can be fetched already; None where nothing
    follows in this round. Its clock starts when it is shown."""
    wait_for_my_turn(session, me)
    present = find_mine(session, me, assignment_id)
    if not present.open or present.purpose != "first" or present.project.archived:
        return None
    mine = _in_turn(session, me, present.project_id)
    if opened := [one for one in mine if _waits_in_turn(one) and one is not present]:
        return find_mine(session, me, opened[-1].id)
    choice = _choose(session, me, present.project, mine)
    if choice is None or choice.round != present.round or _open_on(session, me, choice.item_id):
        return None
    issued = _issue(session, me, present.project_id, choice.item_id, choice.round, "first")
    return find_mine(session, me, issued.id)


def _waits_in_turn(assignment: Assignment) -> bool:
    """What is open for its project's turn; the items of a run come in the turn of the run."""
    return assignment.open and assignment.purpose == "first" and assignment.run_id is None


def _in_turn(session: Session, me: User, project_id: int) -> list[Assignment]:
    """What was issued to me in its turn, in that order."""
    mine = select(Assignment).where(Assignment.user_id == me.id, Assignment.project_id == project_id)
    return list(session.scalars(mine.where(Assignment.purpose.in_(queries.IN_TURN)).order_by(Assignment.id)))


def _choose(session: Session, me: User, project: Project, mine: list[Assignment]) -> Next | None:
    round_number = _present_round(mine)
    now = [assignment for assignment in mine if assignment.round == round_number]
    done = {assignment.item_id for assignment in now if not assignment.skipped}
    skips = Counter(assignment.item_id for assignment in now if assignment.skipped)

    def pick(left: Sequence[int]) -> int:
        seed = f"{me.id} {project.id} {round_number} {len(done)}"
        return choosing.pick(session, me, project, left, seed=seed)

    pool, plain = _pool_for(session, me, project), me.simulated or me.plain_order
    if most := sharing.people_each(me, project):
        return sharing.choose(session, me, project, pool, mine, most, first if plain else pick)
    return next_item(pool, done, skips, round_number, first if plain else pick)


def _present_round(mine: list[Assignment]) -> int:
    return max((assignment.round for assignment in mine), default=1)


def _pool_for(session: Session, me: User, project: Project) -> list[int]:
    """The practice items in my order: simulated people begin at the other end, so that whoever inspects
    their answers is not shown the gold of what comes next; and they know nothing without gold."""
    held = queries.held_items(session, me.id)
    pool = [
        item for item in session.scalars(queries.pool(project, with_gold=me.simulated)) if item not in held
    ]
    return pool[::-1] if me.simulated else pool


def issue_again(session: Session, me: User, submission: Submission, *, from_mine: bool) -> Assignment:
    """The same item once more, empty or from my answer: a new attempt."""
    wait_for_my_turn(session, me)
    if opened := _open_on(session, me, submission.item_id):
        return opened
    if submission.item_id in queries.held_items(session, me.id):
        raise Conflict(HELD)
    newest = rework.newest(session, me.id, submission.item_id) or submission
    if newest.state is State.WAITING:
        raise Conflict(N_("Your answer is still with the inspector."))
    rework.check_in_time(session, newest)
    purpose = "rework" if newest.state is State.REJECTED else "again"
    before = session.get_one(Assignment, submission.assignment_id)
    again = _issue(session, me, submission.project_id, submission.item_id, before.round, purpose)
    again.draft = (laid_down.draft(session, submission) or submission.annotation) if from_mine else None
    return again


def issue_on(session: Session, me: User, item: Item, purpose: str) -> Assignment:
    """This very item, in the present round; what is open on it in its turn takes on the purpose.

    Raises Conflict where another try of it is open, or an answer to it is not judged yet.
    """
    wait_for_my_turn(session, me)
    if item.id in queries.held_items(session, me.id):
        raise Conflict(HELD)
    if _newest_on(session, me, item.id) in (State.WAITING, State.REJECTED):
        raise Conflict(N_("Your answer is still with the inspector."))
    if opened := _open_on(session, me, item.id):
        if opened.purpose not in queries.IN_TURN:
            raise Conflict(N_("Another try of this item is open. Send it first."))
        opened.purpose = purpose
        return opened
    number = _present_round(_in_turn(session, me, item.project_id))
    return _issue(session, me, item.project_id, item.id, number, purpose)


def issue_in_run(session: Session, me: User, item: Item, run: Run) -> Assignment | None:
    """An item of a run: for the first time in the present round it counts there, later it is another try.
    What is open on it anyhow joins the run. None where an answer to it is not judged yet, or where it is
    half of a drill."""
    opened = _open_on(session, me, item.id)
    archived = opened is None and session.get_one(Project, item.project_id).archived
    if archived or _newest_on(session, me, item.id) in (State.WAITING, State.REJECTED):
        return None
    if opened is None:
        mine = _in_turn(session, me, item.project_id)
        number = _present_round(mine)
        done = {one.item_id for one in mine if one.round == number and not one.skipped}
        purpose = "again" if item.id in done else "first"
        opened = _issue(session, me, item.project_id, item.id, number, purpose)
    elif opened.purpose not in ("first", "again"):
        return None
    opened.run_id = run.id
    return opened


def is_held_back(session: Session, assignment: Assignment) -> bool:
    """True while the answer belongs to a silent run that has not ended: its score is not told yet."""
    if assignment.run_id is None:
        return False
    # Whoever ends the run meanwhile waits for us, or we for them.
    run = session.get_one(Run, assignment.run_id, with_for_update={"read": True})
    return run.kind.silent and run.ended_at is None


def wait_for_my_turn(session: Session, me: User) -> None:
    # Two tabs of one person must not issue the same item twice; SQLite's writers queue anyway.
    session.execute(select(User.id).where(User.id == me.id).with_for_update(key_share=True))


def _open_on(session: Session, me: User, item_id: int) -> Assignment | None:
    return session.scalar(
        select(Assignment).where(Assignment.user_id == me.id, Assignment.item_id == item_id, Assignment.open)
    )


def _newest_on(session: Session, me: User, item_id: int) -> State | None:
    """Where my newest attempt at an item stands."""
    mine = select(Submission.state).where(Submission.user_id == me.id, Submission.item_id == item_id)
    return session.scalar(mine.order_by(Submission.attempt.desc()).limit(1))


def _issue(
    session: Session, me: User, project_id: int, item_id: int, round_number: int, purpose: str
) -> Assignment:
    """An item, newly open. An archived project issues only what answers a rejection."""
    if purpose != "rework" and session.get_one(Project, project_id).archived:
        raise Conflict(N_("This project is archived: nothing new is issued in it."))
    assignment = Assignment(
        user_id=me.id, project_id=project_id, item_id=item_id, round=round_number, purpose=purpose
    )
    session.add(assignment)
    session.flush()
    return assignment


def find_mine(session: Session, me: User, assignment_id: int, *, to_close: bool = False) -> Assignment:
    """One of my own assignments; another person's is as good as none. `to_close` keeps other tabs off it."""
    mine = (
        select(Assignment)
        .where(Assignment.id == assignment_id, Assignment.user_id == me.id)
        .options(joinedload(Assignment.project), joinedload(Assignment.item).joinedload(Item.picture))
    )
    assignment = session.scalar(mine.with_for_update(of=Assignment) if to_close else mine)
    if assignment is None:
        raise NotFound(N_("There is no such item among yours."))
    return assignment


def show(assignment: Assignment) -> Assignment:
    """The clock of an item starts when it is shown for the first time. The guide that holds then is the one
    that its worker has."""
    if assignment.shown_at is None:
        assignment.shown_at = utc_now()
    assignment.guide_version = assignment.project.guide_version
    return assignment


def save_draft(session: Session, me: User, assignment_id: int, revision: int, annotation: Any) -> int:  # noqa: ANN401
    """Keep a draft and return its revision; raises DraftConflict where `revision` is not the newest."""
    assignment = session.scalar(
        select(Assignment)
        .where(Assignment.id == assignment_id, Assignment.user_id == me.id)
        .with_for_update()
    )
    if assignment is None:
        raise NotFound(N_("There is no such item among yours."))
    if not assignment.open:
        rework.check_open(session, assignment)
        raise Conflict(N_("This item has already been sent."))
    if revision != assignment.revision:
        raise DraftConflict(assignment)
    if not may_keep(annotation):
        raise TooLarge(N_("This answer is too large to keep."))
    assignment.draft = annotation
    assignment.revision += 1
    return assignment.revision


def may_keep(annotation: Any) -> bool:  # noqa: ANN401
    """True for what is not too large for a draft."""
    return len(dump_json(annotation)) <= MOST_DRAFT_CHARACTERS


def skip(session: Session, me: User, assignment_id: int) -> Assignment:
    """Leave an item for later: no attempt, but counted."""
    # A sending in another tab must be over before we look.
    session.execute(select(Assignment.id).where(Assignment.id == assignment_id).with_for_update())
    assignment = find_mine(session, me, assignment_id)
    if not assignment.open:
        raise Conflict(N_("This item has already been sent."))
    if assignment.purpose != "first" and assignment.run_id is None:
        raise Conflict(N_("Only an item that comes in its turn can be skipped."))
    assignment.open = False
    assignment.skipped = True
    session.flush()
    return assignment


def position(session: Session, assignment: Assignment) -> tuple[int, int]:
    """The place of an assignment in its round, from 1, and how many items the round has."""
    answered = session.scalar(
        select(func.count(func.distinct(Assignment.item_id))).where(
            Assignment.user_id == assignment.user_id,
            Assignment.project_id == assignment.project_id,
            Assignment.round == assignment.round,
            Assignment.purpose.in_(queries.IN_TURN),
            ~Assignment.open,
            ~Assignment.skipped,
            Assignment.id != assignment.id,
        )
    )
    total = len(session.scalars(queries.pool(assignment.project)).all())
    return (answered or 0) + 1, total


def attempt(session: Session, assignment: Assignment) -> int:
    """Which attempt at its item an assignment is for, from 1."""
    sent = select(func.count()).where(
        Submission.user_id == assignment.user_id, Submission.item_id == assignment.item_id
    )
    return (session.scalar(sent) or 0) + 1
