"""The triples of a guide: from items that are there to be inspected, and written down as seen."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from labelkit.domain.projects import Aim, Split
from labelkit.domain.scores import ErrorKind
from labelkit.services import examples
from labelkit.store.models import GoldView
from tests.make import make_item, make_project, make_user


@pytest.fixture
def project(session):
    project = make_project(session, items=2)
    project.guide = replace(
        project.guide, errors={"missing": "G-01", "loose": "G-02", "missed_unusable": "G-02"}
    )
    return project


@pytest.fixture
def minji(session):
    return make_user(session, "minji")


def ledger(session):
    return [(view.user_id, view.item_id, view.how) for view in session.scalars(select(GoldView))]


def test_each_clause_that_an_error_is_tied_to_has_its_triple(session, project, minji):
    item = make_item(session, project, split=Split.INSPECT)

    found = examples.of_guide(session, minji, project)

    assert {clause: (one.item.id, one.example.finding.kind) for clause, one in found.items()} == {
        "G-01": (item.id, "missing"),
        "G-02": (item.id, "loose"),
    }
    assert examples.of_guide(session, minji, project) == found


def test_a_clause_shows_the_object_that_it_aims_at(session, project, minji):
    make_item(session, project, position=1, split=Split.INSPECT)
    meant = make_item(session, project, position=2, split=Split.INSPECT)
    first, *others = project.guide.clauses
    aim = Aim(ErrorKind.CUT, meant.key, 1, "top")
    project.guide = replace(project.guide, clauses=(replace(first, example=aim), *others))

    found = examples.of_guide(session, minji, project)[first.id]
    sides = found.example.finding.sides

    assert (found.item.id, found.example.finding.kind) == (meant.id, "cut")
    assert abs(sides.top) == max(map(abs, (sides.left, sides.top, sides.right, sides.bottom)))


def test_reading_them_is_entered_into_the_ledger_once(session, project, minji):
    item = make_item(session, project, split=Split.INSPECT)

    examples.of_guide(session, minji, project)
    examples.of_guide(session, minji, project)

    assert ledger(session) == [(minji.id, item.id, "guide")]


def test_gold_to_practise_or_of_an_exam_is_never_shown(session, project, minji):
    make_item(session, project, split=Split.EXAM)

    assert examples.of_guide(session, minji, project) == {}
    assert ledger(session) == []


def test_where_one_item_cannot_carry_it_another_does(session, project, minji):
    make_item(session, project, position=1, split=Split.INSPECT, gold=[{"nothing": True}])
    make_item(session, project, position=2, split=Split.INSPECT, gold=[])
    able = make_item(session, project, position=3, split=Split.INSPECT)
    spared = make_item(session, project, position=4, split=Split.INSPECT)

    found = examples.of_guide(session, minji, project)

    assert {one.item.id for one in found.values()} == {able.id}
    assert spared.id not in {item for _, item, _ in ledger(session)}


@pytest.mark.parametrize("task_type", ["image_class", "text_class", "choice"])
def test_classes_have_no_triples_and_show_no_gold(session, minji, task_type):
    project = make_project(session, task_type=task_type, items=1)
    make_item(session, project, split=Split.INSPECT)

    assert examples.of_guide(session, minji, project) == {}
    assert ledger(session) == []
