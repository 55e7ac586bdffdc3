"""Inspection practice: what is shown to whom, and figures that follow from what was planted."""

from collections import Counter

import pytest
from sqlalchemy import select

from labelkit.domain.errors import Conflict, Invalid, NotFound
from labelkit.domain.evidence import wilson
from labelkit.domain.inspection import Decision
from labelkit.domain.inspector_figures import Says, statements
from labelkit.domain.people import Role
from labelkit.domain.scores import ErrorKind, Severity
from labelkit.domain.simulated_inspector import SimulatedInspector
from labelkit.domain.texts import Texts
from labelkit.services import (
    golds,
    inspection_practice,
    practice,
    reports,
    users,
)
from labelkit.store.models import Exercise, Item
from labelkit.tasktypes import TASK_TYPES
from tests.make import (
    RIGHT,
    make_project,
    make_submission,
    make_user,
)
from tests.services.inspecting import OBJECTS, judge_some, street


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def project(session):
    return street(session, items=6)


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
