"""People who judge results to inspect, and projects that have some."""

import itertools
from dataclasses import replace
from datetime import timedelta

from labelkit.domain.projects import Reason, Split
from labelkit.domain.texts import Texts
from labelkit.services import inspection_practice
from tests.make import box, boxes, make_guide, make_item, make_project

CLEAR = {"missing", "extra", "duplicate", "wrong_label", "misplaced", "loose", "cut", "shifted"}
OBJECTS = boxes(
    box("car", 20, 20, 80, 60),
    box("person", 140, 30, 40, 90),
    box("car", 210, 60, 90, 50),
    box("car", 30, 150, 90, 60),
)


def street(session, items=24, split=Split.INSPECT):
    """A project with items to inspect, whose guide has a reason for each kind of error."""
    found = make_project(session, items=0)
    guide = make_guide(sorted(CLEAR))
    found.guide = replace(
        guide, reasons=tuple(Reason(key, "G-01", Texts(key, key)) for key in (*sorted(CLEAR), "odd"))
    )
    for position in range(items):
        make_item(session, found, position=position, split=split, gold=[OBJECTS])
    session.flush()
    return found


def seeds(name="seed"):
    numbers = itertools.count()
    return lambda: f"{name} {next(numbers)}"


def judge_some(session, person, project, inspector, count=20, name="story"):
    """What was shown to somebody who judges like this inspector, and what became of it."""
    seed = seeds(name)
    for _ in range(count):
        exercise = inspection_practice.next_exercise(session, person, project, seed=seed)
        exercise.shown_at -= timedelta(seconds=30)
        decision = inspector.decide(inspection_practice.faults_of(exercise), project.guide)
        yield inspection_practice.decide(session, person, exercise.id, decision)
