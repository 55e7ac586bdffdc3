"""A small world in which everything happens that moves tallies, and a count of it from the raw rows."""

from collections import Counter, defaultdict
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from labelkit.domain.errors import Refused
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.tallies import Sent as SentFigures
from labelkit.domain.tallies import contribution
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import State, Verdict
from labelkit.services import golds, practice, reviews, scores, submissions, tallies, users
from labelkit.services.reviews import Decision
from labelkit.services.submissions import Sent
from labelkit.store.models import (
    DayTally,
    Gold,
    Item,
    ItemTally,
    Project,
    ProjectTally,
    Score,
    Submission,
    Tally,
    User,
)
from labelkit.store.types import utc_now
from labelkit.tasktypes import TASK_TYPES
from tests.make import RIGHT, WRONG, box, boxes, make_project, make_user

ANSWERS = {
    "bbox": [
        RIGHT["bbox"],
        WRONG["bbox"],
        {"unusable": True},
        boxes(box(x=35, y=35, w=110, h=90)),
        boxes(box("person")),
        boxes(box(), box(x=42), box("person", 200, 20, 20, 20)),
        boxes(box(x=60), box("person", 200, 20, 60, 90)),
    ],
    "text_class": [RIGHT["text_class"], WRONG["text_class"], {"unusable": True}],
}
RULES = {
    "bbox": [{"tolerance_min": 5}, {"tolerance_min": 1}, {"pass_score": 0.4}, {"match_iou": 0.8}],
    "text_class": [{"pass_score": 0.3}, {"pass_score": 1.0}],
}


class World:
    """People, simulated ones among them, in projects of both kinds of feedback."""

    def __init__(self, session, seed: int, monkeypatch) -> None:
        self.session, self.random, self.keys = session, Random(seed), 0
        self.now = utc_now() - timedelta(days=3)
        monkeypatch.setattr(scores, "SLICE", 3)
        monkeypatch.setattr(submissions, "utc_now", self.clock)
        self.projects = [
            make_project(session, task_type=task_type, items=4, feedback=feedback)
            for task_type in ("bbox", "text_class")
            for feedback in Feedback
        ]
        self.people = [make_user(session) for _ in range(3)]
        self.simulated = make_user(session, simulated=True)
        self.inspector = make_user(session, role=Role.INSPECTOR)
        self.acts = (
            [self.submit] * 8
            + [self.try_again] * 4
            + [self.judge] * 4
            + [self.change_rules, self.renew, self.renew, self.approve, self.withdraw, self.erase]
        )

    def clock(self) -> datetime:
        """It mostly goes on, now and then stands still, and is once in a while put back."""
        self.now += timedelta(minutes=self.random.choice((0, 7, 30, 300, 1000, -400)))
        return self.now

    def act(self) -> str:
        """Let one thing happen, if the rules of the game allow it now, and say which."""
        act = self.random.choice(self.acts)
        with suppress(Refused):
            act()
        return act.__name__

    def project(self) -> Project:
        return self.random.choice(self.projects)

    def one(self, kind, *where):
        found = self.session.scalars(select(kind).where(*where).order_by(kind.id)).all()
        return self.random.choice(found) if found else None

    def send(self, person, assignment) -> None:
        answer = self.random.choice(ANSWERS[self.session.get_one(Project, assignment.project_id).task_type])
        self.keys += 1
        sent = Sent(answer, assignment.revision, submit_key=f"key {self.keys}")
        submissions.submit(self.session, person, assignment.id, sent)

    def submit(self) -> None:
        person = self.random.choice([*self.people, self.simulated])
        self.send(person, practice.issue_next(self.session, person, self.project()))

    def try_again(self) -> None:
        if submission := self.one(Submission):
            person = self.session.get_one(User, submission.user_id)
            self.send(person, practice.issue_again(self.session, person, submission, from_mine=False))

    def judge(self) -> None:
        if waiting := self.one(Submission, Submission.state == State.WAITING):
            verdict = self.random.choice(list(Verdict))
            reasons = ("missing",) if verdict is Verdict.REJECTED else ()
            reviews.decide(self.session, self.inspector, waiting.id, Decision(verdict, reasons))

    def change_rules(self) -> None:
        project = self.project()
        scores.change_rules(self.session, project, self.random.choice(RULES[project.task_type]))

    def renew(self) -> None:
        scores.renew(self.session, self.project())

    def approve(self) -> None:
        item = self.one(Item)
        accepted = self.random.sample(
            ANSWERS[self.session.get_one(Project, item.project_id).task_type], self.random.choice((1, 2))
        )
        golds.approve(self.session, item, accepted, Texts("새 정답"), None, self.inspector)

    def withdraw(self) -> None:
        golds.withdraw(self.session, self.one(Item))

    def erase(self) -> None:
        gone = self.random.choice([*self.people, self.simulated])
        users.erase(self.session, gone)
        self.people[self.people.index(gone)] = make_user(self.session)


def counted(session) -> dict[object, dict[str, object]]:
    """What the tallies should hold, by the raw rows: each score's detail is read and counted again."""
    people, days, projects, items = (defaultdict(Counter) for _ in range(4))
    firsts = defaultdict(list)
    rows = select(Submission, Score, Item, Gold, Project, User).where(
        Score.submission_id == Submission.id,
        Score.current,
        Item.id == Submission.item_id,
        Gold.item_id == Item.id,
        Gold.version == Score.gold_version,
        Project.id == Item.project_id,
        User.id == Submission.user_id,
    )
    for sent, score, item, gold, project, user in session.execute(rows).all():
        if sent.opened and not user.simulated:
            counts = _count(sent, score, gold, project)
            people[user.id, project.id].update(counts)
            days[user.id, sent.day, project.id].update(counts)
            projects[project.id].update(counts)
            if sent.first_try:
                items[item.id].update(counts)
                firsts[user.id, project.id].append((sent.sent_at, sent.id, score.value))
    return {
        **{("person", *at): {"counts": drop_nothing(c), **_plain(c, firsts[at])} for at, c in people.items()},
        **{("day", *at): {"counts": drop_nothing(c)} for at, c in days.items()},
        **{("project", at): {"counts": drop_nothing(c)} for at, c in projects.items() if drop_nothing(c)},
        **{
            ("item", at): {
                name: c[f"first/{path}"]
                for name, path in (
                    ("firsts", "n"),
                    ("passed", "passed"),
                    ("value", "value"),
                    ("millis", "millis"),
                )
            }
            for at, c in items.items()
        },
    }


def _count(sent, score, gold, project):
    kind = TASK_TYPES[project.task_type]
    answer, accepted = kind.read(sent.annotation), kind.read(gold.accepted[score.detail.accepted])
    figures = SentFigures(sent.first_try, sent.seconds, kind.objects(answer))
    assert score.value == score.detail.value
    return contribution(figures, score.value, score.passed, kind.count(score.detail, answer, accepted))


def _plain(counts, firsts):
    newest = [value for _, _, value in sorted(firsts, reverse=True)][:10]
    return {
        "standing": sum(newest) / len(newest) if len(newest) >= 3 else None,
        "standing_n": len(newest),
        "attempts": counts["n"],
        "passed": counts["passed"],
        "firsts": counts["first/n"],
        "firsts_passed": counts["first/passed"],
        "seconds": counts["millis"] / 1000,
    }


def drop_nothing(counts):
    return {path: count for path, count in counts.items() if count}


def held(session) -> dict[object, dict[str, object]]:
    """What the tallies hold."""
    session.flush()
    found = {}
    for name, table in (("person", Tally), ("day", DayTally), ("project", ProjectTally), ("item", ItemTally)):
        keys = [column.name for column in table.__table__.primary_key]
        for row in session.execute(select(table.__table__)).mappings():
            columns = {column: value for column, value in row.items() if column not in keys}
            if any(columns.values()):
                found[(name, *(row[key] for key in keys))] = columns
    return found


def assert_right(session, what: str = "") -> None:
    assert held(session) == counted(session), what
    assert tallies.recount(session) == [], what
