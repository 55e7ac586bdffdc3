"""Inspection practice: what is shown to whom, and figures that follow from what was planted."""

import itertools
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from labelkit.domain.errors import Conflict, Invalid, NotFound
from labelkit.domain.evidence import wilson
from labelkit.domain.inspection import Decision
from labelkit.domain.inspector_figures import Says, statements
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback, Reason, Split
from labelkit.domain.scores import ErrorKind, Severity
from labelkit.domain.simulated_inspector import SimulatedInspector
from labelkit.domain.texts import Texts
from labelkit.services import (
    examples,
    exercises,
    golds,
    inspection_practice,
    practice,
    reports,
    runs,
    submissions,
    users,
)
from labelkit.services.submissions import Sent
from labelkit.store import queries
from labelkit.store.models import Exercise, GoldView, Item, Picture
from labelkit.tasktypes import TASK_TYPES
from tests.make import (
    RIGHT,
    box,
    boxes,
    make_guide,
    make_item,
    make_project,
    make_submission,
    make_user,
)

KINDS = [kind.value for kind in ErrorKind]
CLEAR = {"missing", "extra", "duplicate", "wrong_label", "misplaced", "loose", "cut", "shifted"}
OBJECTS = boxes(
    box("car", 20, 20, 80, 60),
    box("person", 140, 30, 40, 90),
    box("car", 210, 60, 90, 50),
    box("car", 30, 150, 90, 60),
)


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def project(session):
    return street(session, items=6)


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


def test_the_figures_of_twenty_results_are_those_computed_from_the_plants(session, me):
    project = street(session)
    blind = SimulatedInspector(blind=frozenset({ErrorKind.LOOSE, ErrorKind.MISSING, ErrorKind.EXTRA}))

    judged = list(judge_some(session, me, project, blind))

    faulty = [one for one in judged if one.faults]
    right = [one for one in judged if not one.faults]
    slipped = [one for one in faulty if all(raw["kind"] in blind.blind for raw in one.faults)]
    planted = Counter(raw["kind"] for one in faulty for raw in one.faults)
    told = inspection_practice.figures(session, me.id)
    assert abs(len(faulty) - len(right)) <= 3
    assert 0 < len(slipped) < len(faulty)
    assert (told.n, told.false_accepts, told.false_rejects) == (20, len(slipped), 0)
    assert (told.sensitivity.part, told.sensitivity.whole) == (len(faulty) - len(slipped), len(faulty))
    assert told.sensitivity.interval == wilson(len(faulty) - len(slipped), len(faulty))
    assert (told.specificity.part, told.specificity.whole) == (len(right), len(right))
    assert told.place.part == told.place.whole == told.reason.part == len(faulty) - len(slipped)
    assert {one.kind.value: one.planted for one in told.kinds} == planted
    assert max(planted.values()) - min(planted.values()) <= 2
    assert {one.kind for one in told.kinds if one.let_through} <= blind.blind
    assert 29 < told.seconds_median < 32
    values = [0.0 if one in slipped else 1.0 for one in judged]
    assert told.standing.value == pytest.approx(sum(values[-10:]) / 10)


def test_plants_are_fails_by_the_rules_and_all_else_is_right(session, me, project):
    kind = TASK_TYPES["bbox"]
    rules, gold = kind.parse_rules({}), kind.read(OBJECTS)
    for exercise in judge_some(session, me, project, SimulatedInspector()):
        score = kind.score(kind.read(exercise.annotation), [gold], rules)
        assert Counter(one.kind for one in score.findings) == Counter(raw["kind"] for raw in exercise.faults)
        assert all(one.severity is Severity.FAIL for one in score.findings)


def test_an_item_is_not_shown_again_before_all_others_were_and_never_the_same_result(session, me):
    project = street(session, items=4)

    judged = list(judge_some(session, me, project, SimulatedInspector(), count=12))

    for start in (0, 4, 8):
        assert len({one.item_id for one in judged[start : start + 4]}) == 4
    assert len({(one.item_id, str(one.annotation)) for one in judged}) == 12


@pytest.mark.parametrize("task_type", ["image_class", "text_class", "choice"])
def test_results_of_every_task_type_are_shown_until_all_that_differ_were(session, me, task_type):
    project = make_project(session, task_type=task_type, items=0)
    for _ in range(4):
        make_item(session, project, split=Split.INSPECT)

    shown = []
    with suppress(NotFound):
        for exercise in judge_some(session, me, project, SimulatedInspector(), count=100):
            shown += [(exercise.item_id, str(exercise.annotation))]
    assert len(shown) < 100
    assert len(set(shown)) == len(shown) >= 8
    told = inspection_practice.figures(session, me.id)
    assert told.false_accepts == told.false_rejects == 0
    assert told.place.whole == 0


def test_what_i_have_not_judged_comes_again(session, me, project):
    first = inspection_practice.next_exercise(session, me, project)

    assert inspection_practice.next_exercise(session, me, project).id == first.id
    assert inspection_practice.next_exercise(session, me).id == first.id


def of_a_person(session, person):
    return {
        item
        for project, _ in exercises.available(session, person)
        for item in exercises.candidates(session, person, project, Random(1))
    }


def test_exam_and_practice_items_that_i_have_not_answered_are_never_shown(session, me):
    project = street(session, items=2, split=Split.EXAM)
    make_item(session, project)

    assert of_a_person(session, me) == set()
    with pytest.raises(NotFound):
        inspection_practice.next_exercise(session, me, project)


def test_what_i_have_answered_is_shown_to_me_and_to_nobody_else(session, me):
    project = make_project(session, items=2)
    sent = make_submission(session, me, project)

    assert of_a_person(session, me) == {sent.item_id}
    assert of_a_person(session, make_user(session)) == set()


def test_what_waits_for_a_verdict_is_not_shown(session, me):
    make_submission(session, me, make_project(session, feedback=Feedback.AFTER_REVIEW))

    assert of_a_person(session, me) == set()


def test_what_was_sent_in_a_silent_run_is_shown_when_it_has_ended(session, me):
    make_project(session, items=12)
    assignment = runs.start_silent(session, me)
    sent = submissions.submit(session, me, assignment.id, Sent(RIGHT["bbox"], 0, "key"))
    assert of_a_person(session, me) == set()

    runs.end(session, runs.find_mine(session, me, assignment.run_id))

    assert of_a_person(session, me) == {sent.item_id}


def test_an_answered_item_that_a_silent_run_asks_for_again_is_not_shown(session, me):
    project = make_project(session, items=10)
    sent = make_submission(session, me, project)
    run = runs.find_mine(session, me, runs.start_silent(session, me).run_id)

    run.items = [*run.items, sent.item_id]
    session.flush()

    assert of_a_person(session, me) == set()


def test_what_the_guide_has_shown_me_is_not_shown_again(session, me):
    project = street(session, items=6)
    assert len(of_a_person(session, me)) == 6

    seen = {one.item.id for one in examples.of_guide(session, me, project).values()}

    assert seen
    assert not of_a_person(session, me) & seen


def test_the_guide_shows_nothing_of_what_i_am_inspecting(session, me):
    project = street(session, items=1)
    exercise = inspection_practice.next_exercise(session, me, project)

    assert examples.of_guide(session, me, project) == {}
    assert session.get(GoldView, (me.id, exercise.item_id, "guide")) is None

    inspection_practice.decide(session, me, exercise.id, Decision(True))
    assert examples.of_guide(session, me, project)


def test_a_shown_result_is_in_the_ledger_and_brings_its_picture(session, me, project):
    exercise = inspection_practice.next_exercise(session, me, project)

    item = session.get_one(Item, exercise.item_id)
    picture = session.get_one(Picture, item.picture_id)
    assert golds.has_seen(session, me.id, item.id)
    assert queries.may_see_picture(session, me.id, picture)
    assert not queries.may_see_picture(session, make_user(session).id, picture)


def test_an_archived_project_shows_nothing(session, me, project):
    project.archived = True
    session.flush()

    assert of_a_person(session, me) == set()


@pytest.fixture
def exercise(session, me, project):
    return inspection_practice.next_exercise(session, me, project)


@pytest.mark.parametrize(
    "decision",
    [
        Decision(False),
        Decision(False, 0),
        Decision(False, 0, "no such reason"),
        Decision(False, None, "loose"),
        Decision(False, 99, "loose"),
        Decision(False, (-1.0, 5.0), "loose"),
        Decision(False, (5.0, 1000.0), "loose"),
    ],
)
def test_a_rejection_needs_a_place_and_a_reason_of_the_guide(session, me, exercise, decision):
    with pytest.raises(Invalid):
        inspection_practice.decide(session, me, exercise.id, decision)
    assert exercise.decided_at is None
    assert exercise.verdict is None


def test_a_result_is_judged_once(session, me, exercise):
    inspection_practice.decide(session, me, exercise.id, Decision(True))

    with pytest.raises(Conflict):
        inspection_practice.decide(session, me, exercise.id, Decision(False, 0, "loose"))


def test_nobody_judges_what_was_shown_to_somebody_else(session, exercise):
    with pytest.raises(NotFound):
        inspection_practice.decide(session, make_user(session), exercise.id, Decision(True))


def test_a_result_whose_gold_was_withdrawn_is_taken_back(session, me, exercise):
    golds.withdraw(session, session.get_one(Item, exercise.item_id))

    with pytest.raises(Conflict):
        inspection_practice.decide(session, me, exercise.id, Decision(True))
    other = inspection_practice.next_exercise(
        session, me, session.get_one(type(exercise.project), exercise.project_id)
    )
    assert other.item_id != exercise.item_id
    assert inspection_practice.figures(session, me.id).n == 0


def test_a_judged_result_tells_the_gold_it_was_made_of_though_there_is_a_newer_one(session, me, exercise):
    inspection_practice.decide(session, me, exercise.id, Decision(True))
    item, admin = session.get_one(Item, exercise.item_id), make_user(session, role=Role.ADMIN)
    golds.approve(session, item, [RIGHT["bbox"]], Texts(), None, admin)

    told = inspection_practice.tell(session, me, inspection_practice.find_mine(session, me, exercise.id))

    assert TASK_TYPES["bbox"].dump(told.gold) == OBJECTS


def test_simulated_inspectors_are_told_exactly_what_they_do(session):
    project = street(session)

    def said(name, inspector):
        person = make_user(session, name, simulated=True)
        list(judge_some(session, person, project, inspector, count=40, name=name))
        return statements(inspection_practice.figures(session, person.id))

    perfect = said("perfect", SimulatedInspector())
    everything = said("everything", SimulatedInspector(rejects_everything=True))
    loose = said("loose", SimulatedInspector(blind=frozenset({ErrorKind.LOOSE})))

    assert [(one.says, one.part, one.whole) for one in perfect] == [(Says.FAULTLESS, 40, 40)]
    assert [one.says for one in everything] == [Says.ALL_SENT_BACK]
    slips = [one for one in loose if one.says is Says.LET_THROUGH]
    assert [one.kind for one in slips] == [ErrorKind.LOOSE]
    assert [one.says for one in loose if one not in slips] == [Says.LET_ANY_THROUGH, Says.NO_RIGHT_SENT_BACK]
    told = inspection_practice.figures(session, make_user(session).id)
    assert told.n == 0
    assert [one.says for one in statements(told)] == [Says.TOO_FEW]


def test_whoever_is_erased_leaves_no_exercise(session, me, exercise):
    users.erase(session, me)

    assert session.scalars(select(Exercise)).all() == []


def test_practising_inspection_moves_no_worker_figures(session, me):
    project = make_project(session, items=3)
    make_submission(session, me, project)
    before = reports.progress(session, me, project)

    for _ in range(3):
        exercise = inspection_practice.next_exercise(session, me, project)
        inspection_practice.decide(session, me, exercise.id, Decision(True))

    assert reports.progress(session, me, project) == before
    following = practice.issue_next(session, me, project)
    assert following.item_id != exercise.item_id
