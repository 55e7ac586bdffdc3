"""How good inspectors are at real work: the newest verdicts of each, and what a second inspector said.

What was sent by simulated people counts apart: somebody alone at a laptop has nothing else to inspect.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Integer, Select, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.inspector_figures import Figures
from labelkit.domain.people import Role
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import Counts, below
from labelkit.domain.verdict_figures import Judged, Pair, RealFigures, real_figures
from labelkit.domain.workflow import Verdict
from labelkit.services import dispute_counts, inspection_practice, scores
from labelkit.services.dispute_counts import Against
from labelkit.store.models import Dispute, Review, Score, SecondLook, Submission, User
from labelkit.store.newest import of_each

NEWEST = 200  # verdicts that the figures are made of
PAGE = 25  # people on one page
LINKED = 10  # answers of a kind that are named


class Verdicts(NamedTuple):
    """The newest verdicts of one inspector, the newest first: on what real people sent, and on the rest."""

    real: list[Judged]
    simulated: list[Judged]


@dataclass(frozen=True, slots=True)
class Told:
    """All about one inspector. `simulated` is there only for somebody who has judged nothing else."""

    real: RealFigures
    simulated: RealFigures | None
    disputes: Against
    verdicts: Verdicts


@dataclass(frozen=True, slots=True)
class Line:
    """One inspector in the list of all."""

    user: User
    real: RealFigures
    disputes: Against
    practice: Figures


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of the list, and how many people and pages there are in all."""

    rows: Sequence[Line]
    total: int
    page: int
    pages: int


def tell(session: Session, user_id: int) -> Told:
    """The figures of one inspector."""
    verdicts = _verdicts(session, [user_id])[user_id]
    alone = verdicts.simulated and not verdicts.real
    return Told(
        real=real_figures(verdicts.real, _pairs(session, [user_id])[user_id]),
        simulated=real_figures(verdicts.simulated, ()) if alone else None,
        disputes=dispute_counts.against(session, user_id),
        verdicts=verdicts,
    )


def lines(session: Session, page: int) -> Lines:
    """Everybody who inspects or has inspected, by name: a few questions, however many there are."""
    inspects = or_(User.role == Role.INSPECTOR, exists().where(Review.inspector_id == User.id))
    people = select(User).where(User.active, ~User.simulated, inspects)
    total = session.scalar(select(func.count()).select_from(people.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    ordered = people.order_by(User.name, User.id).limit(PAGE).offset((page - 1) * PAGE)
    return Lines(_lines(session, session.scalars(ordered).all()), total, page, pages)


def _lines(session: Session, people: Sequence[User]) -> list[Line]:
    ids = [user.id for user in people]
    if not ids:
        return []
    verdicts, pairs = _verdicts(session, ids), _pairs(session, ids)
    disputes, practice = _against(session, ids), inspection_practice.figures_of_each(session, ids)
    return [
        Line(user, real_figures(verdicts[user.id].real, pairs[user.id]), disputes[user.id], practice[user.id])
        for user in people
    ]


def _verdicts(session: Session, user_ids: Collection[int]) -> dict[int, Verdicts]:
    """The newest verdicts of each of these people."""

    def newest_of(user_id: int) -> Select[int]:
        mine = select(Review.id).where(Review.inspector_id == user_id)
        return mine.order_by(Review.decided_at.desc(), Review.id.desc()).limit(NEWEST)

    newest = of_each(user_ids, newest_of)
    said = (Review.submission_id, Review.verdict, Review.seconds, Review.overturned)
    rows = (
        select(Review.inspector_id, User.simulated, *said, Score.passed, Score.counts)
        .join(newest, newest.c.id == Review.id)
        .join(Submission, Submission.id == Review.submission_id)
        .join(User, User.id == Submission.user_id)
        .outerjoin(Score, (Score.submission_id == Submission.id) & Score.current)
        .order_by(Review.decided_at.desc(), Review.id.desc())
    )
    left = scores.mistakes_left(session, select(newest.c.id))
    found = {user_id: Verdicts([], []) for user_id in user_ids}
    for user_id, simulated, sent, verdict, seconds, overturned, passed, counts in session.execute(rows):
        of = found[user_id].simulated if simulated else found[user_id].real
        of.append(
            Judged(
                sent, verdict, seconds, overturned, passed, _kinds(counts or {}), left.get(sent, frozenset())
            )
        )
    return found


def _kinds(counts: Counts) -> frozenset[ErrorKind]:
    return frozenset(ErrorKind(kind) for kind, _ in below(counts, "fail"))


def _pairs(session: Session, user_ids: Collection[int]) -> dict[int, list[Pair]]:
    """What each of these people and another inspector said of the same answers, newest first; whoever was
    first or second."""

    def newest_of(user_id: int) -> Select[int]:
        sides = (
            select(SecondLook.submission_id, SecondLook.decided_at, literal(user_id, Integer).label("person"))
            .where(side == user_id, SecondLook.decided_at.is_not(None))
            .order_by(SecondLook.decided_at.desc())
            .limit(NEWEST)
            .subquery()
            for side in (SecondLook.first_id, SecondLook.inspector_id)
        )
        both = union_all(*(select(*side.c) for side in sides)).subquery()
        return select(both.c.submission_id, both.c.person).order_by(both.c.decided_at.desc()).limit(NEWEST)

    newest = of_each(user_ids, newest_of)
    rows = (
        select(newest.c.person, SecondLook.first_id, Review.verdict, SecondLook.verdict)
        .join(SecondLook, SecondLook.submission_id == newest.c.submission_id)
        .join(Review, Review.submission_id == SecondLook.submission_id)
    )
    found: dict[int, list[Pair]] = {user_id: [] for user_id in user_ids}
    for person, first_id, *said in session.execute(rows):
        first, second = (verdict is Verdict.ACCEPTED for verdict in said)
        found[person].append(Pair(first, second) if first_id == person else Pair(second, first))
    return found


def _against(session: Session, user_ids: Collection[int]) -> dict[int, Against]:
    """The disputes against each of these people."""
    key = (Dispute.against_id, Dispute.state)
    counted = select(*key, func.count()).where(Dispute.against_id.in_(user_ids)).group_by(*key)
    states: dict[int | None, Counter[DisputeState]] = {user_id: Counter() for user_id in user_ids}
    for user_id, state, count in session.execute(counted):
        states[user_id][state] = count
    return {user_id: _counted(states[user_id]) for user_id in user_ids}


def _counted(states: Counter[DisputeState]) -> Against:
    upheld, dismissed, undecided = DisputeState.UPHELD, DisputeState.DISMISSED, DisputeState.OPEN
    return Against(states.total(), states[upheld], states[dismissed], states[undecided])


def to_look_at(session: Session, viewer: User, person: User, judged: Iterable[Judged]) -> list[Submission]:
    """The newest of these answers that `viewer` may open: none for a worker, none of one's own, and none
    that the viewer is still to judge without knowing what `person` said."""
    if viewer.role is Role.WORKER:
        return []
    newest = [one.submission_id for one in judged][:LINKED]
    seen = select(Submission).where(Submission.id.in_(newest), Submission.user_id != viewer.id)
    if viewer.id != person.id:
        undecided = SecondLook.decided_at.is_(None)
        seen = seen.where(~exists().where(SecondLook.submission_id == Submission.id, undecided))
    loaded = seen.options(joinedload(Submission.item), joinedload(Submission.project))
    found = {submission.id: submission for submission in session.scalars(loaded)}
    return [found[number] for number in newest if number in found]
