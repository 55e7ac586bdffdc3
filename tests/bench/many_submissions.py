"""A database as it stands after many submissions, made in minutes: rows in bulk, tallies by our own rules.

The people are as diligent as people are: the second does half of what the first does, the third a third.
Each goes through one sample project after the other, and then through all again, so that after a week as
after a year the class has been in those that come first. The answers of projects with an inspector are
rejected now and then, and most of those are answered.
"""

import random
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from sqlalchemy import Connection, Engine, bindparam, insert, update
from sqlalchemy.orm import Session

from labelkit.domain.people import Role
from labelkit.domain.standing import NEWEST, standing
from labelkit.domain.tallies import Counts, total
from labelkit.services.tally_rows import item_columns, person_columns
from labelkit.store.engine import writing
from labelkit.store.models import (
    Assignment,
    Base,
    DayTally,
    ItemTally,
    ProjectTally,
    Score,
    Submission,
    Tally,
    User,
)
from labelkit.store.types import day_of
from tests.bench.ways_to_answer import Answer, Work, prepare

PEOPLE = 50
REJECTED = 0.15
LAST_FEW = 4  # of somebody's answers: no inspector has judged them yet, or the rejected were not done again
DAYS = 300
SLICE = 20_000

_ASSIGNMENT = "id user_id project_id item_id round purpose open skipped revision issued_at shown_at"
_SUBMISSION = (
    "id assignment_id user_id project_id item_id attempt first_try submit_key annotation state opened newest "
    "guide_version seconds sent_at day"
)
_SCORE = "id submission_id gold_version rules_version current value passed detail counts"
COLUMNS: dict[type[Base], list[str]] = {
    Assignment: _ASSIGNMENT.split(),
    Submission: _SUBMISSION.split(),
    Score: _SCORE.split(),
}
Rows = tuple[tuple[object, ...], tuple[object, ...], tuple[object, ...]]


@dataclass(slots=True)
class Way:
    """How far somebody has come."""

    left: int
    turn: int = 0
    place: int = 0
    attempts: Counter[int] = field(default_factory=Counter)
    to_do_again: tuple[Work, int] | None = None

    def next(self, works: Sequence[Work]) -> tuple[Work, int, str]:
        """The project, the place of the item in its pool, and the purpose."""
        self.left -= 1
        if self.to_do_again:
            work, place = self.to_do_again
            self.to_do_again = None
            return work, place, "rework"
        if self.place == len(works[self.turn % len(works)].items):
            self.turn, self.place = self.turn + 1, 0
        work = works[self.turn % len(works)]
        place = self.turn // len(works) * len(work.items) + self.place
        self.place += 1
        return work, place, "first"


def make_people(session: Session) -> list[User]:
    """The workers, the most diligent first, and at the end an inspector."""
    workers = [
        User(username=f"worker-{n}", name=f"작업자 {n:02}", role=Role.WORKER) for n in range(1, PEOPLE + 1)
    ]
    inspector = User(username="inspector", name="검수자", role=Role.INSPECTOR)
    session.add_all([*workers, inspector])
    session.flush()
    return [*workers, inspector]


class Counted:
    """What the tallies come to, gathered as the submissions are sent."""

    def __init__(self) -> None:
        self.people: dict[tuple[int, int], Counts] = defaultdict(dict)
        self.days: dict[tuple[int, str, int], Counts] = defaultdict(dict)
        self.items: dict[int, Counts] = defaultdict(dict)
        self.firsts: dict[tuple[int, int], deque[float]] = defaultdict(lambda: deque(maxlen=NEWEST))

    def add(self, user_id: int, work: Work, item_id: int, day: str, answer: Answer, first_try: bool) -> None:
        added = answer.adds[first_try]
        places = [self.people[user_id, work.id], self.days[user_id, day, work.id]]
        if first_try:
            places.append(self.items[item_id])
            self.firsts[user_id, work.id].appendleft(answer.value)
        for counts in places:
            for path, count in added.items():
                counts[path] = counts.get(path, 0) + count

    def write(self, connection: Connection) -> None:
        """The rows of all four tables."""
        projects: dict[int, list[Counts]] = defaultdict(list)
        people = []
        for (user_id, project_id), counts in self.people.items():
            newest = standing(list(self.firsts[user_id, project_id]))
            people.append({"user_id": user_id, "project_id": project_id, **person_columns(counts, newest)})
            projects[project_id].append(counts)
        days = [
            {"user_id": user_id, "day": date.fromisoformat(day), "project_id": project_id, "counts": counts}
            for (user_id, day, project_id), counts in self.days.items()
        ]
        everybody = [{"project_id": key, "counts": total(many)} for key, many in projects.items()]
        items = [{"item_id": key, **item_columns(counts)} for key, counts in self.items.items()]
        tables = ((Tally, people), (DayTally, days), (ProjectTally, everybody), (ItemTally, items))
        for table, rows in tables:
            connection.execute(insert(table), rows)


class Sending:
    """`n` submissions one after the other, as rows of assignments, submissions and scores."""

    def __init__(self, works: Sequence[Work], people: Sequence[int], n: int) -> None:
        self.works, self.counted = works, Counted()
        shares = [1 / place for place in range(1, len(people) + 1)]
        self.senders = random.Random(n).choices(people, shares, k=n)
        self.ways = {person: Way(left) for person, left in Counter(self.senders).items()}
        self.chance = random.Random(n + 1)
        self.start, self.step = datetime.now(UTC) - timedelta(DAYS), timedelta(DAYS) / n
        self.newest: dict[tuple[int, int], int] = {}

    def slices(self) -> Iterator[list[Rows]]:
        rows = (self._send(number, user_id) for number, user_id in enumerate(self.senders, 1))
        while some := list(islice(rows, SLICE)):
            yield some

    def _send(self, number: int, user_id: int) -> Rows:
        way = self.ways[user_id]
        work, place, purpose = way.next(self.works)
        item_id, answers = work.items[place % len(work.items)]
        answer = answers[(user_id + item_id) % len(answers) if purpose == "first" else 0]
        way.attempts[item_id] += 1
        first_try = way.attempts[item_id] == 1
        state = self._judged(way, work, place, purpose)
        opened = state in {"scored", "accepted"} or way.to_do_again is not None
        moment = self.start + self.step * number
        sent_at, day = moment.strftime("%Y-%m-%d %H:%M:%S.%f"), day_of(moment).isoformat()
        if opened:
            self.counted.add(user_id, work, item_id, day, answer, first_try)
        self.newest[user_id, item_id] = number
        who = (user_id, work.id, item_id)
        assigned = (place // len(work.items) + 1, purpose, False, False, 1, sent_at, sent_at)
        sent = (
            f"key-{number}",
            answer.annotation,
            state,
            opened,
            False,
            1,
            answer.seconds,
            sent_at,
            day,
        )
        return (
            (number, *who, *assigned),
            (number, number, *who, way.attempts[item_id], first_try, *sent),
            (
                number,
                number,
                answer.version,
                1,
                True,
                answer.value,
                answer.passed,
                answer.detail,
                answer.counts,
            ),
        )

    def _judged(self, way: Way, work: Work, place: int, purpose: str) -> str:
        """Where an answer stands: somebody's last few still wait, or were not done again yet."""
        if not work.reviewed:
            return "scored"
        if purpose == "first" and self.chance.random() < REJECTED:
            if way.left > LAST_FEW:
                way.to_do_again = (work, place)
            return "rejected"
        return "accepted" if way.left > LAST_FEW else "waiting"


def fill(engine: Engine, n: int) -> None:
    """Send `n` submissions, and count them."""
    with writing(engine) as session:
        works, people = prepare(session), make_people(session)
        session.commit()
    sending = Sending(works, [person.id for person in people[:-1]], n)
    with engine.begin() as connection:
        for rows in sending.slices():
            for table, some in zip((Assignment, Submission, Score), zip(*rows, strict=True), strict=True):
                _insert(connection, table, some)
        newest = [{"newest_id": number} for number in sending.newest.values()]
        stands = update(Submission.__table__).where(Submission.id == bindparam("newest_id"))
        connection.execute(stands.values(newest=True), newest)
        sending.counted.write(connection)


def _insert(connection: Connection, table: type[Base], rows: Sequence[tuple[object, ...]]) -> None:
    """Rows as SQLite takes them: the values are in their stored form already. What COLUMNS does not name has
    its default."""
    others = [column for column in table.__table__.columns if column.name not in COLUMNS[table]]
    defaults = {
        column.name: column.default.arg
        for column in others
        if column.default is not None and column.default.is_scalar
    }
    names = ", ".join(f'"{name}"' for name in (*COLUMNS[table], *defaults))
    marks = ", ".join("?" for _ in (*COLUMNS[table], *defaults))
    connection.exec_driver_sql(
        f'INSERT INTO "{table.__tablename__}" ({names}) VALUES ({marks})',
        [(*row, *defaults.values()) for row in rows],
    )
