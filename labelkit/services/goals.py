"""Goals: what somebody sets out to do, how much of it is done, and what an hour of it would be worth."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from labelkit.domain.errors import Invalid
from labelkit.domain.goals import Goal
from labelkit.domain.tallies import total
from labelkit.domain.texts import N_
from labelkit.services import tallies
from labelkit.store.models import Project, Submission, User

LONGEST = 600  # minutes a day
DEAREST = 10_000_000  # price of one item
WEEK = 7
DAYS = 30  # over which the worth of an hour is worked out
LEAST = 10  # attempts that it takes


def set_goal(me: User, minutes: str, points: str, price: str) -> None:
    """Set my goal from what was typed: minutes a day, the standing in points (1 to 100), and what a passed
    item is paid, or nothing. Raises Invalid, and changes nothing, for what is no such number."""
    me.goal = Goal(
        _whole(minutes, LONGEST, N_("Minutes a day: a whole number from 1 to %(most)d.")),
        _whole(points, 100, N_("Standing to reach: a whole number from 1 to %(most)d.")) / 100,
        _whole(price, DEAREST, N_("Price of a passed item: a whole number from 1 to %(most)d, or nothing."))
        if price.strip()
        else None,
    )


def _whole(typed: str, most: int, sentence: str) -> int:
    digits = typed.strip().replace(",", "")
    if len(digits) > 12 or not digits.isdecimal() or not 1 <= int(digits) <= most:
        raise Invalid(sentence, most=most)
    return int(digits)


def drop_goal(me: User) -> None:
    """Go on without a goal."""
    me.goal = None


def week(session: Session, person: User, today: date) -> list[tuple[date, float]]:
    """The minutes of each of the last seven days, today last. What waits for its score took time too."""
    first = today - timedelta(days=WEEK - 1)
    scored = tallies.sums_of_days(session, person.id, first, ["millis"])
    closed = _closed_seconds(session, person, first)
    days = (first + timedelta(days=n) for n in range(WEEK))
    return [(day, scored.get(day, {}).get("millis", 0) / 60_000 + closed.get(day, 0.0) / 60) for day in days]


def _closed_seconds(session: Session, person: User, since: date) -> dict[date, float]:
    """Seconds by day of what is not open yet. Each project and both kinds of attempt are named, so that
    the index leads straight to it."""
    projects = session.scalars(select(Project.id)).all()
    rows = (
        select(Submission.day, func.sum(Submission.seconds))
        .where(Submission.user_id == person.id, Submission.project_id.in_(projects))
        .where(Submission.first_try.in_((True, False)), Submission.opened.is_(False), Submission.day >= since)
        .group_by(Submission.day)
    )
    return dict(session.execute(rows).all())


@dataclass(frozen=True, slots=True)
class Worth:
    """What an hour was worth over 30 days: `passed` answers at the price of one, over all hours spent.

    `attempts` were sent in these hours, retries and rework among them; `an_hour` is None while they are
    fewer than LEAST, or took no time.
    """

    price: int
    attempts: int
    passed: int
    hours: float
    an_hour: float | None


def worth(session: Session, person: User, today: date) -> Worth | None:
    """What an hour of somebody's work is worth at the price of the goal; None where it names no price.

    A pass ends the work on an item, whichever attempt it came with; what failed before it took time and
    brought nothing.
    """
    if person.goal is None or person.goal.price is None:
        return None
    since = today - timedelta(days=DAYS - 1)
    counts = total(tallies.sums_of_days(session, person.id, since, ["n", "passed", "millis"]).values())
    attempts, passed = counts.get("n", 0), counts.get("passed", 0)
    hours = counts.get("millis", 0) / 3_600_000
    enough = attempts >= LEAST and hours > 0
    an_hour = person.goal.price * passed / hours if enough else None
    return Worth(person.goal.price, attempts, passed, hours, an_hour)
