"""The audit trail: written in the transaction of the deed itself, read by admins, edited by nobody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.audit import What
from labelkit.store.models import Audit, Item, User

PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines: of a kind, of a person (by number), older than a line."""

    what: What | None = None
    who: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of lines, the newest first; `older` begins the next one, None where there is none."""

    lines: Sequence[Audit]
    older: int | None


def note(session: Session, who: User | None, what: What, **of: int | str | bool) -> None:
    """Write down a deed; `who` is None for the command line. `of` never holds texts that people wrote."""
    session.add(Audit(who_id=who.id if who else None, what=what, of=of))


def page(session: Session, asked: Asked) -> Found:
    found = session.scalars(_asked(asked).limit(PAGE + 1)).all()
    return Found(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def all_lines(session: Session, asked: Asked) -> Iterator[Audit]:
    """Every line, read a page at a time."""
    while True:
        found = page(session, asked)
        yield from found.lines
        if found.older is None:
            return
        asked = Asked(asked.what, asked.who, found.older)


def _asked(asked: Asked) -> Select[Audit]:
    lines = select(Audit).options(joinedload(Audit.who)).order_by(Audit.id.desc())
    if asked.what:
        lines = lines.where(Audit.what == asked.what)
    if asked.who:
        lines = lines.where(Audit.who_id == asked.who)
    return lines.where(Audit.id < asked.before) if asked.before else lines


def people(session: Session) -> Sequence[User]:
    """All who stand in the trail as those who did something."""
    did = select(Audit.id).where(Audit.who_id == User.id)
    return session.scalars(select(User).where(did.exists()).order_by(User.name, User.id)).all()


def keys(session: Session, ids: set[int]) -> dict[int, str]:
    """The keys of the items of these numbers."""
    return dict(session.execute(select(Item.id, Item.key).where(Item.id.in_(ids))).all()) if ids else {}


def names(session: Session, ids: set[int]) -> dict[int, User]:
    """The people of these numbers."""
    return {user.id: user for user in session.scalars(select(User).where(User.id.in_(ids)))} if ids else {}
