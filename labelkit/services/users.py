"""People: who they are, and how they come in."""

import re
import unicodedata
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from labelkit.domain.audit import What
from labelkit.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from labelkit.domain.people import Role
from labelkit.domain.texts import N_
from labelkit.services import audit, scores, tallies
from labelkit.services.passwords import hashed, matches
from labelkit.services.tallies import Held
from labelkit.store.engine import add_unless_there
from labelkit.store.models import (
    Assignment,
    Correction,
    DayTally,
    Dispute,
    Exercise,
    GoldView,
    GuideRead,
    LoginFailure,
    Notice,
    Project,
    Record,
    Review,
    Run,
    Score,
    Submission,
    Tally,
    User,
)
from labelkit.store.types import utc_now

_USERNAME = re.compile(r"[\w.@+-]{2,40}")
# A class of thirty sits behind one address, so an address may fail more often than a name.
_MOST_FAILURES = {"name": 5, "address": 60}
_THROTTLE_FOR = timedelta(minutes=5)


def add(
    session: Session,
    username: str,
    role: Role,
    *,
    password: str | None = None,
    name: str = "",
    simulated: bool = False,
) -> User:
    """A new person; raises Invalid for an odd name or a short password, Conflict for a taken name."""
    username = _clean(username)
    if not _USERNAME.fullmatch(username):
        raise Invalid(N_("A user name has 2 to 40 letters, digits or . @ + - _ and no spaces."))
    user = User(
        username=username,
        name=_name(name) or username,
        role=role,
        password_hash=None if password is None else hashed(password),
        simulated=simulated,
    )
    if not add_unless_there(session, user):
        raise Conflict(N_("The user name %(username)s is taken."), username=username)
    return user


def find(session: Session, username: str) -> User:
    username = _clean(username)
    known = select(User).where(User.username == username)
    user = session.scalar(known) if _USERNAME.fullmatch(username) else None
    if user is None:
        raise NotFound(N_("There is no user named %(username)s."), username=username)
    return user


def sign_in(session: Session, username: str, password: str, address: str) -> User | None:
    """The person with this name and password, or None; raises NotAllowed after too many failures.

    Failures are counted by name and by address in the database, so that they hold across processes.
    A failure must be committed: the caller answers it with a page, not with an error.
    """
    username = _clean(username)
    keys = [f"name:{username}"[:200], f"address:{address}"[:200]]
    _refuse_after_failures(session, keys)
    user = session.scalar(select(User).where(User.username == username))
    if matches(password, user.password_hash if user else None) and user and user.active:
        session.execute(delete(LoginFailure).where(LoginFailure.who.in_(keys)))
        return user
    for key in keys:
        _count_failure(session, key)
    return None


def _refuse_after_failures(session: Session, keys: list[str]) -> None:
    since = utc_now() - _THROTTLE_FOR
    failures = select(LoginFailure).where(LoginFailure.who.in_(keys), LoginFailure.since > since)
    if any(row.count >= _MOST_FAILURES[row.who.partition(":")[0]] for row in session.scalars(failures)):
        raise NotAllowed(N_("Too many failed sign-ins. Try again in a few minutes."))


def _count_failure(session: Session, who: str) -> None:
    row = session.get(LoginFailure, who, with_for_update=True)
    if row is None:
        if add_unless_there(session, LoginFailure(who=who, count=1, since=utc_now())):
            return
        row = session.get_one(LoginFailure, who, with_for_update=True)
    if row.since < utc_now() - _THROTTLE_FOR:
        row.count, row.since = 1, utc_now()
    else:
        row.count += 1
    session.flush()


def still_in(session: Session, user_id: int, epoch: int) -> User | None:
    """The person of a session cookie, unless it was ended since by a new role, password or a lock-out."""
    user = session.get(User, user_id)
    return user if user and user.active and user.epoch == epoch else None


def change_role(session: Session, username: str, role: Role) -> User:
    user = find(session, username)
    user.role = role
    user.epoch += 1
    audit.note(session, None, What.ROLE_CHANGED, person=user.id, role=role)
    return user


def deactivate(session: Session, username: str) -> User:
    user = find(session, username)
    user.active = False
    user.epoch += 1
    audit.note(session, None, What.DEACTIVATED, person=user.id)
    return user


def reset_password(session: Session, username: str, password: str) -> User:
    user = find(session, username)
    user.password_hash = hashed(password)
    user.epoch += 1
    audit.note(session, None, What.PASSWORD_RESET, person=user.id)
    return user


def change_password(user: User, old: str, new: str) -> None:
    if not matches(old, user.password_hash):
        raise Invalid(N_("The present password is not right."))
    user.password_hash = hashed(new)
    user.epoch += 1


def rename(user: User, name: str) -> None:
    user.name = _name(name) or user.username


def set_order(user: User, *, plain: bool) -> None:
    """Take items in their order, or those first that teach most."""
    user.plain_order = plain


def set_language(user: User, language: str) -> None:
    user.language = language


def erase(session: Session, user: User) -> None:
    """Take somebody's work out of the database, and out of all figures; raises Invalid for a simulated one.

    A nameless row stays: others' rows may refer to it, as an inspector's reviews do, and a number that came
    free could be given to somebody else, whom an old session would then sign in.
    """
    if user.simulated:
        raise Invalid(N_("Simulated people count nowhere and are not erased."))
    held = _stop(session, user)
    mine = select(Submission).where(Submission.user_id == user.id).order_by(Submission.id)
    scores.forget(session, held, session.scalars(mine).all())
    ids = select(Submission.id).where(Submission.user_id == user.id)
    session.execute(delete(Review).where(Review.submission_id.in_(ids)))
    session.execute(delete(Score).where(Score.submission_id.in_(ids)))
    drawn = Correction.submission_id.in_(ids) | (Correction.inspector_id == user.id)
    session.execute(delete(Correction).where(drawn))
    seen = (GoldView, GuideRead)
    for table in (Notice, Exercise, Dispute, Submission, Assignment, Run, *seen, Tally, DayTally, Record):
        session.execute(delete(table).where(table.user_id == user.id))
    session.execute(delete(LoginFailure).where(LoginFailure.who == f"name:{user.username}"))
    user.username = f"erased:{user.id}"  # nobody can sign up by such a name
    user.name, user.password_hash, user.active = "—", None, False
    user.language, user.goal = None, None
    user.epoch += 1
    audit.note(session, None, What.ERASED, person=user.id)
    session.flush()


def _stop(session: Session, user: User) -> Held:
    """Wait until nothing of this person is under way, and let nothing begin."""
    for table in (Assignment, Run):
        session.execute(select(table.id).where(table.user_id == user.id).order_by(table.id).with_for_update())
    # Whoever is just given an item has the person's row, and may wait for a project's.
    session.execute(select(User.id).where(User.id == user.id).with_for_update(key_share=True))
    held = tallies.lock(session, session.scalars(select(Project.id)).all())
    session.execute(select(User.id).where(User.id == user.id).with_for_update())
    return held


def is_inspector_beside(session: Session, *people: int | None) -> bool:
    """Whether anybody but these people is there who may inspect, approve and decide."""
    others = select(User.id).where(User.role != Role.WORKER, User.active, ~User.simulated)
    return session.scalar(others.where(User.id.not_in([one for one in people if one])).limit(1)) is not None


def names(session: Session, user_ids: Collection[int | None]) -> dict[int, str]:
    """User id to name, of these people."""
    wanted = [one for one in user_ids if one is not None]
    found = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {row.id: row.name for row in found}


def local_people(session: Session) -> list[User]:
    """Demo mode's people of this machine, the newest first: they have no password."""
    ours = User.password_hash.is_(None) & User.active & ~User.simulated
    return list(session.scalars(select(User).where(ours).order_by(User.id.desc()).limit(20)))


def start_local(session: Session, user_id: int | None, name: str = "") -> User:
    """Demo mode: go on as one of this machine's people, or begin as a new one, who may take both chairs."""
    if user_id is not None:
        user = next((person for person in local_people(session) if person.id == user_id), None)
        if user is None:
            raise NotFound(N_("There is no such person on this machine."))
        return user
    number = (session.scalar(select(func.max(User.id))) or 0) + 1
    return add(session, f"local-{number}", Role.INSPECTOR, name=name)


def _clean(username: str) -> str:
    return unicodedata.normalize("NFC", username).strip().lower()


def _name(name: str) -> str:
    """A name in one line, without what nothing can show: controls, marks that turn the writing round."""
    letters = unicodedata.normalize("NFC", name)
    shown = "".join(letter for letter in letters if letter.isprintable() or letter.isspace())
    return " ".join(shown.split())[:60].strip()
