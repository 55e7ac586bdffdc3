"""Some ways to answer each item of the sample projects, scored once and ready to be sent many times over."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from labelkit.domain.projects import Feedback, Split
from labelkit.domain.simulated import SimulatedWorker
from labelkit.domain.tallies import Counts, Sent, contribution
from labelkit.services import golds
from labelkit.services.submissions import size_of
from labelkit.store.models import Item, Project
from labelkit.store.types import dump_json
from labelkit.tasktypes import TASK_TYPES

SAMPLES = ("street_basic", "street", "inquiry_ko", "parking_basic", "vehicle_type", "street_amodal")
SKILLS = (0.95, 0.85, 0.7, 0.5)
SECONDS = (9.0, 21.0, 34.0, 55.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to answer an item, and what it scores, as the columns hold them."""

    version: int
    annotation: str
    value: float
    passed: bool
    detail: str
    counts: str
    seconds: float
    adds: Mapping[bool, Counts]  # to the tallies, by whether it is a first try


@dataclass(frozen=True, slots=True)
class Work:
    """A project and the ways to answer each of its items, in the order of the pool."""

    id: int
    reviewed: bool
    items: Sequence[tuple[int, Sequence[Answer]]]


def prepare(session: Session) -> list[Work]:
    """All projects with some answers of simulated workers to each item, scored."""
    projects = sorted(session.scalars(select(Project)), key=lambda project: SAMPLES.index(project.slug))
    return [
        Work(project.id, project.feedback is Feedback.AFTER_REVIEW, _items(session, project))
        for project in projects
    ]


def _items(session: Session, project: Project) -> list[tuple[int, list[Answer]]]:
    pool = select(Item).where(Item.project_id == project.id, Item.split == Split.PRACTICE)
    items = session.scalars(pool.options(joinedload(Item.picture)).order_by(Item.position)).all()
    return [(item.id, [_answer(session, project, item, n) for n in range(len(SKILLS))]) for item in items]


def _answer(session: Session, project: Project, item: Item, number: int) -> Answer:
    kind, gold = TASK_TYPES[project.task_type], golds.for_scoring(session, item.id)
    assert gold is not None
    labels, rules = kind.offer(project.labels, item.question), kind.parse_rules(project.rules)
    accepted = [kind.parse(raw, labels, rules, gold=True) for raw in gold.accepted]
    worker = SimulatedWorker.of_skill(SKILLS[number], number)
    by_chance = random.Random(f"{item.id} {number}")
    answer = kind.simulate(worker, accepted[0], by_chance, labels, rules, size=size_of(item))
    score = kind.score(answer, accepted, rules)
    counts = kind.count(score, answer, accepted[score.accepted]) | {"objects": kind.objects(answer)}
    seconds, passed = SECONDS[number] + item.id % 7, rules.passes(score.value)
    return Answer(
        gold.version,
        dump_json(kind.dump(answer)),
        score.value,
        passed,
        dump_json(score.to_json()),
        dump_json(counts),
        seconds,
        {
            first: contribution(Sent(first, seconds, counts["objects"]), score.value, passed, counts)
            for first in (True, False)
        },
    )
