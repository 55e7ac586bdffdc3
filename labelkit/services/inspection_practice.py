"""Inspection practice: the next result to inspect, the word on it, and what it was worth."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer, joinedload, undefer

from labelkit.domain.errors import Conflict, Invalid, NotFound
from labelkit.domain.inspection import Decision, Fault, Outcome, Place, found, is_faulty, judge
from labelkit.domain.inspector_figures import Figures, Inspected
from labelkit.domain.inspector_figures import figures as figures_of
from labelkit.domain.scores import Score
from labelkit.domain.texts import N_, Texts
from labelkit.domain.workflow import Verdict
from labelkit.services import exercises, golds
from labelkit.services.submissions import LONGEST_SECONDS, size_of
from labelkit.store.engine import add_unless_there
from labelkit.store.models import Exercise, Item, Project, User
from labelkit.store.newest import of_each
from labelkit.store.types import utc_now
from labelkit.tasktypes import TASK_TYPES

NEWEST = 300  # results that the figures are made of
NONE_LEFT = N_(
    "There is no result to inspect here. Answer some items first: those you have answered come here, too."
)
CHANGED = N_("The gold of this item has changed meanwhile. Go on with the next result.")


def fresh_seed() -> str:
    """One that nobody can guess: who knows it knows what is planted."""
    return secrets.token_hex(8)


def next_exercise(
    session: Session, me: User, project: Project | None = None, *, seed: Callable[[], str] = fresh_seed
) -> Exercise:
    """The result that I have still to judge, or else a new one; of one project, or of any.

    It is made of gold, and nearly tells it, so the ledger says that I have seen it. Raises NotFound where
    nothing is there to be shown.
    """
    if waiting := _unjudged(session, me, project):
        return waiting
    new_seed = seed()
    made = _make(session, me, project, new_seed)
    golds.hand_out(session, me, made.item.id, golds.How.INSPECTION_PRACTICE)
    exercise = Exercise(
        user_id=me.id,
        project_id=made.item.project_id,
        item_id=made.item.id,
        gold_version=made.gold.version,
        seed=new_seed,
        annotation=made.annotation,
        faults=[fault.to_json() for fault in made.faults],
        shown_at=utc_now(),
    )
    if add_unless_there(session, exercise):
        return exercise
    other = _unjudged(session, me, made.item.project)  # another tab was first
    if other is None:
        raise Conflict(N_("Somebody was faster. Try again."))
    return other


def _unjudged(session: Session, me: User, project: Project | None) -> Exercise | None:
    """What I was shown and have not judged. One whose gold is no longer in force is taken back."""
    mine = select(Exercise).where(Exercise.user_id == me.id, Exercise.decided_at.is_(None))
    if project is not None:
        mine = mine.where(Exercise.project_id == project.id)
    for exercise in session.scalars(mine.order_by(Exercise.id)):
        if _is_in_force(session, exercise):
            return exercise
        exercise.decided_at = utc_now()
    session.flush()
    return None


def _is_in_force(session: Session, exercise: Exercise) -> bool:
    gold = golds.for_scoring(session, exercise.item_id)
    return gold is not None and gold.version == exercise.gold_version


def _make(session: Session, me: User, project: Project | None, seed: str) -> exercises.Made:
    """Right or faulty as the order of this person has it; the other one where no item can be made so."""
    mine = select(Exercise.seed).where(Exercise.user_id == me.id)
    first = session.scalar(mine.order_by(Exercise.id).limit(1)) or seed
    number = session.scalar(select(func.count()).where(Exercise.user_id == me.id)) or 0
    chance = Random(seed)
    wanted = is_faulty(first, number)
    items = exercises.candidates(session, me, project, chance)
    for faulty in (wanted, not wanted):
        for item in items:
            if made := exercises.make(session, me, item, faulty, chance):
                return made
    raise NotFound(NONE_LEFT)


def find_mine(session: Session, me: User, exercise_id: int, *, to_judge: bool = False) -> Exercise:
    """One of the results that were shown to me; another person's is as good as none."""
    mine = select(Exercise).where(Exercise.id == exercise_id, Exercise.user_id == me.id)
    if to_judge:
        mine = mine.with_for_update(of=Exercise).execution_options(populate_existing=True)
    loaded = mine.options(
        joinedload(Exercise.project).options(undefer(Project.guide)),
        joinedload(Exercise.item).joinedload(Item.picture),
    )
    exercise = session.scalar(loaded)
    if exercise is None:
        raise NotFound(N_("There is no such result among those shown to you."))
    return exercise


def decide(session: Session, me: User, exercise_id: int, decision: Decision) -> Exercise:
    """Judge a result, once. Raises Conflict where that was done or its gold is no longer in force, Invalid
    for a rejection without a place (where the answer marks places) or without a reason of the guide."""
    exercise = find_mine(session, me, exercise_id, to_judge=True)
    if exercise.decided_at is not None:
        raise Conflict(N_("You have judged this result already."))
    if not _is_in_force(session, exercise):
        raise Conflict(CHANGED)
    if decision.accepted:
        decision = Decision(True)
    else:
        _check(exercise, decision)
    outcome = judge(faults_of(exercise), decision, exercise.project.guide)
    exercise.verdict = Verdict.ACCEPTED if decision.accepted else Verdict.REJECTED
    exercise.place = _written(decision.place)
    exercise.reason = decision.reason
    exercise.place_found, exercise.reason_holds = outcome.place, outcome.reason
    exercise.value = outcome.value
    exercise.decided_at = utc_now()
    seconds = (exercise.decided_at - exercise.shown_at).total_seconds()
    exercise.seconds = min(max(seconds, 0.0), LONGEST_SECONDS)
    session.flush()
    return exercise


def _check(exercise: Exercise, decision: Decision) -> None:
    kind = TASK_TYPES[exercise.project.task_type]
    if kind.marks_regions and not _is_place(exercise, decision.place):
        raise Invalid(N_("Show where the fault is: choose an object, or the place where one is missing."))
    if exercise.project.guide.reason(decision.reason or "") is None:
        raise Invalid(N_("Choose a reason from the guide's list."))


def _is_place(exercise: Exercise, place: Place | None) -> bool:
    if isinstance(place, int):
        return 0 <= place < len(exercise.annotation.get("regions", ()))
    size = size_of(exercise.item)
    return place is not None and size is not None and 0 <= place[0] <= size[0] and 0 <= place[1] <= size[1]


def _written(place: Place | None) -> list[float] | None:
    if place is None:
        return None
    return [place] if isinstance(place, int) else list(place)


def place_of(exercise: Exercise) -> Place | None:
    """Where somebody pointed: at a region by its position, or at an empty place."""
    match exercise.place:
        case [number]:
            return int(number)
        case [x, y]:
            return float(x), float(y)
    return None


def faults_of(exercise: Exercise) -> tuple[Fault, ...]:
    return tuple(Fault.from_json(raw) for raw in exercise.faults)


@dataclass(frozen=True, slots=True)
class Told:
    """A judged result with all that may be known of it now: the gold it was made of, and its score."""

    exercise: Exercise
    outcome: Outcome
    score: Score | None
    gold: Any
    accepted: tuple[Any, ...]
    explanation: Texts


def tell(session: Session, me: User, exercise: Exercise) -> Told:
    """What was planted in a result that I have judged, and its gold, which the ledger says I am shown."""
    outcome = _outcome(exercise)
    how = golds.How.INSPECTION_PRACTICE
    shown = golds.hand_out(session, me, exercise.item_id, how, version=exercise.gold_version)
    if shown is None:
        return Told(exercise, outcome, None, None, (), Texts())
    project, accepted = exercise.project, shown.annotations(exercise.project)
    kind = TASK_TYPES[project.task_type]
    score = kind.score(kind.read(exercise.annotation), accepted, kind.parse_rules(project.rules))
    return Told(exercise, outcome, score, accepted[score.accepted], accepted, shown.gold.explanation)


def _outcome(exercise: Exercise) -> Outcome:
    accepted = exercise.verdict is Verdict.ACCEPTED
    return Outcome(bool(exercise.faults), accepted, exercise.place_found, exercise.reason_holds)


def figures(session: Session, user_id: int) -> Figures:
    """How good somebody is at inspecting, by the newest results that he or she judged in practice."""
    return figures_of_each(session, [user_id])[user_id]


def figures_of_each(session: Session, user_ids: Collection[int]) -> dict[int, Figures]:
    """The same of one or more people, by their ids."""

    def newest_of(user_id: int) -> Select[int]:
        judged = select(Exercise.id).where(Exercise.user_id == user_id, Exercise.verdict.is_not(None))
        return judged.order_by(Exercise.decided_at.desc(), Exercise.id.desc()).limit(NEWEST)

    ids = of_each(user_ids, newest_of)
    judged = select(Exercise).join(ids, ids.c.id == Exercise.id).options(defer(Exercise.annotation))
    found: dict[int, list[Inspected]] = {user_id: [] for user_id in user_ids}
    for exercise in session.scalars(judged.order_by(Exercise.decided_at.desc(), Exercise.id.desc())):
        found[exercise.user_id].append(_inspected(exercise))
    return {user_id: figures_of(inspected) for user_id, inspected in found.items()}


def _inspected(exercise: Exercise) -> Inspected:
    faults = faults_of(exercise)
    pointed_at = () if exercise.verdict is Verdict.ACCEPTED else found(faults, place_of(exercise))
    return Inspected(
        outcome=_outcome(exercise),
        kinds=tuple(fault.kind for fault in faults),
        placed=tuple(fault.kind for fault in faults if fault.has_place),
        found=tuple(fault.kind for fault in pointed_at),
        seconds=exercise.seconds or 0.0,
    )
