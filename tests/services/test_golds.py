"""Gold is handed out in one place, which writes down who has seen it."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import select

import labelkit
from labelkit.domain.annotations import LabelAnnotation
from labelkit.domain.texts import Texts
from labelkit.services import golds
from labelkit.services.golds import How
from labelkit.store.models import Gold, GoldView, Item
from tests.make import make_item, make_project, make_user

PACKAGE = Path(labelkit.__file__).parent


@pytest.fixture
def project(session):
    return make_project(session, task_type="text_class", items=1)


@pytest.fixture
def item(session, project):
    return session.scalar(select(Item).where(Item.project_id == project.id))


@pytest.fixture
def minji(session):
    return make_user(session, "minji")


def ledger(session):
    return set(session.execute(select(GoldView.user_id, GoldView.item_id, GoldView.how)).all())


def test_gold_that_is_handed_out_is_entered_into_the_ledger(session, item, minji):
    shown = golds.hand_out(session, minji, item.id, How.FEEDBACK)

    assert shown.gold.item_id == item.id
    assert ledger(session) == {(minji.id, item.id, "feedback")}
    assert golds.has_seen(session, minji.id, item.id)


def test_seeing_it_again_in_the_same_way_is_no_second_entry(session, item, minji):
    golds.hand_out(session, minji, item.id, How.FEEDBACK)
    (first,) = session.scalars(select(GoldView)).all()
    at = first.at

    golds.hand_out(session, minji, item.id, How.FEEDBACK)

    assert [view.at for view in session.scalars(select(GoldView))] == [at]


def test_seeing_it_in_another_way_is_another_entry(session, item, minji):
    golds.hand_out(session, minji, item.id, How.FEEDBACK)
    golds.hand_out(session, minji, item.id, How.REVIEW)

    assert ledger(session) == {(minji.id, item.id, "feedback"), (minji.id, item.id, "review")}


def test_what_one_person_saw_another_has_not_seen(session, item, minji):
    golds.hand_out(session, minji, item.id, How.FEEDBACK)

    assert not golds.has_seen(session, make_user(session).id, item.id)


def test_an_entry_that_is_not_committed_was_never_made(session, item, minji):
    session.commit()
    golds.hand_out(session, minji, item.id, How.FEEDBACK)
    session.rollback()

    assert ledger(session) == set()


def test_the_gold_in_force_is_handed_out(session, item, minji):
    old = Gold(item_id=item.id, version=7, accepted=[], explanation=Texts(), current=False)
    session.add(old)

    assert golds.hand_out(session, minji, item.id, How.FEEDBACK).gold.version == 1


def test_an_item_without_gold_has_nothing_to_hand_out_and_nothing_to_enter(session, project, minji):
    item = make_item(session, project, gold=[])

    assert golds.hand_out(session, minji, item.id, How.FEEDBACK) is None
    assert golds.for_scoring(session, item.id) is None
    assert ledger(session) == set()


def test_scoring_shows_gold_to_nobody(session, item, minji):
    assert golds.for_scoring(session, item.id).version == 1
    assert ledger(session) == set()


def test_handed_out_gold_reads_as_all_its_accepted_answers(session, project, minji):
    item = make_item(session, project, gold=[{"labels": ["refund"]}, {"unusable": True}])

    shown = golds.hand_out(session, minji, item.id, How.FEEDBACK)

    assert shown.annotations(project) == (
        LabelAnnotation(frozenset({"refund"})),
        LabelAnnotation(unusable=True),
    )


def modules_that_say(name):
    """The modules that import a name or read it from another module, but not those that only quote it."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            imported = isinstance(node, ast.ImportFrom) and name in {alias.name for alias in node.names}
            if imported or (isinstance(node, ast.Attribute) and node.attr == name):
                found.add(path.relative_to(PACKAGE).as_posix())
    return found


def test_gold_has_no_other_way_out():
    assert modules_that_say("Gold") == {
        "services/doubts.py",  # asks which version is in force
        "services/exercises.py",  # asks whether there is any, and makes results to inspect of it
        "services/golds.py",  # hands it out
        "services/projects.py",  # brings it in
        "services/run_items.py",  # asks whether there is any
        "services/scores.py",  # scores by it
        "store/models/__init__.py",  # names it
        "store/queries.py",  # asks whether there is any
        "web/shown_golds.py",  # shows the versions that were handed out
    }


def test_beside_scoring_gold_is_looked_at_unwritten_only_to_make_and_judge_answers():
    assert modules_that_say("for_scoring") == {
        "services/exercises.py",  # makes a result to inspect
        "services/inspection_practice.py",  # judges the verdict on it
        "services/simulation.py",  # makes simulated people's answers
    }
