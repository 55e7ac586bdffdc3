"""Second looks: a sample of the verdicts, which other inspectors judge once more without seeing the first.

They move nothing and no worker hears of them: they tell how far inspectors agree.
"""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.errors import NotAllowed, NotFound
from labelkit.domain.people import Role
from labelkit.domain.sampling import is_drawn
from labelkit.domain.texts import N_
from labelkit.store.models import Item, Project, Review, SecondLook, Submission, User

LIST_LENGTH = 100
_LOADED = (
    joinedload(SecondLook.inspector),
    joinedload(SecondLook.submission).options(
        joinedload(Submission.project).undefer(Project.guide),
        joinedload(Submission.item).joinedload(Item.picture),
        joinedload(Submission.review).joinedload(Review.inspector),
    ),
)


def draw(session: Session, inspector: User, submission: Submission) -> None:
    """Leave a verdict that is just given to a second inspector, where the sample of this inspector in this
    project says so. Nothing that simulated people did is drawn."""
    worker = session.get_one(User, submission.user_id)
    if inspector.simulated or worker.simulated:
        return
    project = session.get_one(Project, submission.project_id)
    rules, number = project.review_rules, _count_before(session, inspector, submission)
    if is_drawn(rules.cross_percent, rules.seed or project.slug, inspector.id, number):
        session.add(SecondLook(submission_id=submission.id, first_id=inspector.id))


def _count_before(session: Session, inspector: User, submission: Submission) -> int:
    """How many answers of real people an inspector has judged in this project before this one."""
    before = (
        select(func.count(Review.id))
        .join(Submission, Submission.id == Review.submission_id)
        .join(User, User.id == Submission.user_id)
        .where(Review.inspector_id == inspector.id, Review.submission_id != submission.id)
        .where(Submission.project_id == submission.project_id, ~User.simulated)
    )
    return session.scalar(before) or 0


def _for_me(me: User) -> tuple[ColumnElement[bool], ...]:
    """What waits for a second look by this inspector: neither a verdict of hers nor her own work."""
    return (
        SecondLook.decided_at.is_(None),
        SecondLook.first_id != me.id,
        Submission.id == SecondLook.submission_id,
        Submission.user_id != me.id,
    )


def waiting(session: Session, me: User) -> list[SecondLook]:
    """What waits for me, the oldest first."""
    submission = joinedload(SecondLook.submission)
    looks = select(SecondLook).where(*_for_me(me)).order_by(SecondLook.drawn_at, SecondLook.submission_id)
    loaded = looks.options(submission.joinedload(Submission.project), submission.joinedload(Submission.item))
    return list(session.scalars(loaded.limit(LIST_LENGTH)))


def count_waiting(session: Session, me: User) -> int:
    """How many wait for me; not counted beyond what one list shows."""
    some = select(SecondLook.submission_id).where(*_for_me(me)).limit(LIST_LENGTH).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def next_waiting(session: Session, me: User, after: SecondLook) -> SecondLook | None:
    """The oldest other one that waits for me."""
    return next((one for one in waiting(session, me) if one.submission_id != after.submission_id), None)


def waits_for(session: Session, me: User, submission_id: int) -> bool:
    """Whether I am to judge this before I see what was said of it."""
    if me.role is Role.WORKER:
        return False
    mine = select(SecondLook.submission_id).where(*_for_me(me), SecondLook.submission_id == submission_id)
    return session.scalar(mine) is not None


def is_done(session: Session, submission_id: int) -> bool:
    """Whether two verdicts on this submission lie side by side."""
    looks = select(SecondLook.decided_at).where(SecondLook.submission_id == submission_id)
    return session.scalar(looks) is not None


def find(session: Session, me: User, submission_id: int, *, to_judge: bool = False) -> SecondLook:
    """The second look at a submission, as I may see it: one that waits, unless the verdict is mine, or one
    that is done. Raises NotAllowed for my own work and my own verdict, drawn or not: nobody learns of it."""
    review = joinedload(Submission.review)
    submission = session.scalar(select(Submission).where(Submission.id == submission_id).options(review))
    if submission is None:
        raise NotFound(N_("There is no such submission."))
    if submission.user_id == me.id:
        raise NotAllowed(N_("Nobody inspects their own work."))
    looks = select(SecondLook).where(SecondLook.submission_id == submission_id)
    if to_judge:
        looks = looks.with_for_update(of=SecondLook).execution_options(populate_existing=True)
    look = session.scalar(looks.options(*_LOADED))
    if submission.review and submission.review.inspector_id == me.id and not (look and look.decided_at):
        raise NotAllowed(N_("Nobody gives a second look to their own verdict."))
    if look is None:
        raise NotFound(N_("This submission was not drawn for a second look."))
    return look
