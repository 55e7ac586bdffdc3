"""The questions that more than one service asks, or that take more than a line."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from labelkit.domain.projects import Feedback, Split
from labelkit.domain.runs import RunKind
from labelkit.domain.workflow import State
from labelkit.store.models import (
    Assignment,
    Exercise,
    Gold,
    GoldView,
    Item,
    Picture,
    Project,
    Review,
    Run,
    Submission,
)

SHOWS_PICTURE = ("guide", "inspection_practice")  # ways of seeing gold that come with the picture itself
IN_TURN = ("first", "drill", "contrast")  # purposes that count in the round of a project


def pool(project: Project, *, with_gold: bool = False) -> Select[int]:
    """The items of a project that are there to practise, in their order; only those with gold where
    that is asked for, or where the project answers at once."""
    items = select(Item.id).where(Item.project_id == project.id, Item.split == Split.PRACTICE)
    if with_gold or project.feedback is Feedback.AT_ONCE:
        items = items.join(Gold, (Gold.item_id == Item.id) & Gold.current)
    return items.order_by(Item.position, Item.id)


def pool_sizes(session: Session) -> dict[int, int]:
    """Project id to the number of its items that are there to practise."""
    counted = (
        select(Item.project_id, func.count())
        .join(Project, Project.id == Item.project_id)
        .outerjoin(Gold, (Gold.item_id == Item.id) & Gold.current)
        .where(Item.split == Split.PRACTICE)
        .where((Project.feedback != Feedback.AT_ONCE) | Gold.id.is_not(None))
        .group_by(Item.project_id)
    )
    return dict(session.execute(counted).all())


def rounds(session: Session, user_id: int) -> dict[int, tuple[int, int]]:
    """Project id to my round there and the number of items answered in it. The rounds before it are not
    looked at, however many they are."""
    newest = aliased(Assignment)
    last = (
        select(newest.round)
        .where(newest.user_id == user_id, newest.project_id == Project.id, newest.purpose.in_(IN_TURN))
        .order_by(newest.round.desc())
        .limit(1)
        .correlate(Project)
        .scalar_subquery()
    )
    done = (
        select(func.count(func.distinct(Submission.item_id)))
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .where(Assignment.user_id == user_id, Assignment.project_id == Project.id)
        .where(Assignment.round == last, Assignment.purpose.in_(IN_TURN))
        .correlate(Project)
        .scalar_subquery()
    )
    return {
        project_id: (number, count)
        for project_id, number, count in session.execute(select(Project.id, last, done))
        if number is not None
    }


def attempts(session: Session, user_id: int, project_id: int, limit: int) -> Sequence[Submission]:
    """Somebody's newest submissions in a project with item, project and score, the newest first."""
    mine = select(Submission).where(Submission.user_id == user_id, Submission.project_id == project_id)
    loaded = mine.options(
        joinedload(Submission.item).joinedload(Item.picture),
        joinedload(Submission.project),
        joinedload(Submission.score),
    )
    newest = loaded.order_by(Submission.sent_at.desc(), Submission.id.desc()).limit(limit)
    return session.scalars(newest).all()


def covers(session: Session) -> dict[int, list[Item]]:
    """Project id to its cover items, with their pictures."""
    found: dict[int, list[Item]] = defaultdict(list)
    items = select(Item).where(Item.cover).options(joinedload(Item.picture)).order_by(Item.position)
    for item in session.scalars(items):
        found[item.project_id].append(item)
    return found


def counts_by_state(session: Session, user_id: int) -> dict[tuple[int, State], int]:
    """(project id, state) to the number of my newest attempts that stand there."""
    unsettled = select(Submission.project_id, Submission.state).where(
        Submission.user_id == user_id,
        Submission.newest,
        Submission.state.in_((State.WAITING, State.REJECTED)),
    )
    return Counter((project_id, state) for project_id, state in session.execute(unsettled))


def may_see_picture(session: Session, user_id: int, picture: Picture) -> bool:
    """True where the picture belongs to one of my assignments, stands on a project's cover, is an example
    of a guide that I have read, or was shown to me to practise inspecting."""
    items = select(Item.id).where(Item.picture_id == picture.id)
    mine = select(Assignment.id).where(Assignment.user_id == user_id, Assignment.item_id.in_(items))
    cover = select(Item.id).where(Item.picture_id == picture.id, Item.cover)
    read = select(GoldView.item_id).where(
        GoldView.user_id == user_id, GoldView.how.in_(SHOWS_PICTURE), GoldView.item_id.in_(items)
    )
    return any(session.scalar(way.limit(1)) is not None for way in (mine, cover, read))


def guide_items(session: Session, project_id: int, most: int, aims: Sequence[str]) -> Sequence[Item]:
    """The items that a guide takes its examples from, with their pictures: those that are there to be
    inspected, never one to practise or of an exam. First those with a key in `aims`, then the easier."""
    inspected = select(Item).where(Item.project_id == project_id, Item.split == Split.INSPECT)
    ordered = inspected.options(joinedload(Item.picture)).order_by(
        Item.key.not_in(aims), Item.difficulty, Item.position, Item.id
    )
    return session.scalars(ordered.limit(most)).all()


def count_skips(session: Session, user_id: int, project_id: int, round_number: int) -> int:
    skips = select(func.count()).where(
        Assignment.user_id == user_id,
        Assignment.project_id == project_id,
        Assignment.round == round_number,
        Assignment.skipped,
    )
    return session.scalar(skips) or 0


def open_first(session: Session, user_id: int, project_id: int) -> Assignment | None:
    """The item of the present round that I left open; one that I have seen, before one issued ahead."""
    # Few are open at all, and an index has just those; by project, all that were closed would be read.
    opened = select(Assignment).where(Assignment.user_id == user_id, Assignment.open)
    opened = opened.where(Assignment.run_id.is_(None))
    newest = session.scalars(opened.order_by(Assignment.shown_at.is_(None), Assignment.id.desc()))
    return next((one for one in newest if (one.project_id, one.purpose) == (project_id, "first")), None)


def returned(session: Session, user_id: int) -> Sequence[Submission]:
    """My newest attempts that were rejected, with the verdict on them, the oldest first."""
    rejected = (
        select(Submission)
        .where(Submission.user_id == user_id, Submission.newest, Submission.state == State.REJECTED)
        .options(
            joinedload(Submission.project),
            joinedload(Submission.review),
            joinedload(Submission.item).joinedload(Item.picture),
        )
        .order_by(Submission.sent_at)
        .limit(20)
    )
    return session.scalars(rejected).all()


def corrected(session: Session, user_id: int) -> Sequence[Submission]:
    """My newest attempts that an inspector corrected, as long as I have not looked, the oldest first."""
    unseen = (
        select(Submission)
        .join(Review, Review.submission_id == Submission.id)
        .where(Submission.user_id == user_id, Submission.newest, Submission.state == State.CORRECTED)
        .where(Review.seen_at.is_(None))
        .options(
            joinedload(Submission.project),
            contains_eager(Submission.review),
            joinedload(Submission.item).joinedload(Item.picture),
        )
        .order_by(Submission.sent_at)
        .limit(20)
    )
    return session.scalars(unseen).all()


class Shared(NamedTuple):
    """An item, and another project's item with the same picture."""

    item: int
    other: int
    there: int  # the other project


def shared_pictures(session: Session, project: Project) -> list[Shared]:
    """The items to practise that one other project of this task type has, too, both with gold, in order."""
    other, gold, other_gold, there = aliased(Item), aliased(Gold), aliased(Gold), aliased(Project)
    pairs = (
        select(Item.id, other.id, other.project_id)
        .join(other, (other.picture_id == Item.picture_id) & (other.project_id != Item.project_id))
        .join(there, there.id == other.project_id)
        .join(gold, (gold.item_id == Item.id) & gold.current)
        .join(other_gold, (other_gold.item_id == other.id) & other_gold.current)
        .where(Item.project_id == project.id, there.task_type == project.task_type)
        .where(Item.split == Split.PRACTICE, other.split == Split.PRACTICE)
        .order_by(there.position, there.id, Item.position, Item.id)
    )
    found = [Shared(*row) for row in session.execute(pairs)]
    return [pair for pair in found if pair.there == found[0].there]


def other_half(session: Session, assignment: Assignment, purpose: str) -> Assignment | None:
    """The assignment of this purpose that makes a drill with this one: on the same picture elsewhere, the
    next after a first half, the last before a second."""
    picture = select(Item.picture_id).where(Item.id == assignment.item_id).scalar_subquery()
    found = (
        select(Assignment)
        .join(Item, Item.id == Assignment.item_id)
        .where(Assignment.user_id == assignment.user_id, Assignment.purpose == purpose)
        .where(Item.picture_id == picture, Assignment.project_id != assignment.project_id)
        .order_by(Assignment.id)
    )
    later = [one for one in session.scalars(found) if one.id > assignment.id]
    earlier = [one for one in session.scalars(found) if one.id < assignment.id]
    if assignment.purpose == "drill":
        return later[0] if later else None
    return earlier[-1] if earlier else None


def sent_on(session: Session, user_id: int, items: Collection[int]) -> dict[int, tuple[int, bool]]:
    """Item id to the number of my attempts, and whether the newest of them is waiting or rejected."""
    mine = select(Submission.item_id, Submission.state).where(
        Submission.user_id == user_id, Submission.item_id.in_(items)
    )
    found: dict[int, tuple[int, bool]] = {}
    for item_id, state in session.execute(mine.order_by(Submission.attempt)):
        found[item_id] = found.get(item_id, (0, False))[0] + 1, state in (State.WAITING, State.REJECTED)
    return found


def held_items(session: Session, user_id: int) -> set[int]:
    """The items of my silent run that has not ended: nothing of their scores and golds is told before."""
    silent = [kind for kind in RunKind if kind.silent]
    running = select(Run.items).where(Run.user_id == user_id, Run.ended_at.is_(None), Run.kind.in_(silent))
    return {item for items in session.scalars(running) for item in items}


def unjudged_items(session: Session, user_id: int) -> set[int]:
    """The items of which I was shown a result to inspect, and have not judged it."""
    mine = select(Exercise.item_id).where(Exercise.user_id == user_id, Exercise.decided_at.is_(None))
    return set(session.scalars(mine))
