"""What a result says: sides beyond the tolerance only, what was right, and each label of a set."""

import re

from tests.make import box, boxes, make_item, make_project, make_submission
from tests.web.visits import on_sqlite_alone, words

pytestmark = on_sqlite_alone

FLAT = re.compile(r"\s+")


def told(client, session, task_type, gold, answer, **rules):
    """The words of the result of an answer to an item with these accepted golds."""
    project = make_project(session, task_type=task_type, items=0, **rules)
    make_item(session, project, gold=gold)
    submission = make_submission(session, client.person, project, answer)
    return FLAT.sub(" ", words(client.get(f"/results/{submission.id}")))


def test_only_sides_beyond_the_tolerance_are_named_and_the_tolerance_is_told(as_worker, session):
    page = told(as_worker, session, "bbox", [boxes(box())], boxes(box(x=30, y=39, w=110, h=81)))

    assert "Car is loose: left +10 px loose." in page
    assert "Tolerance: ±3 px left and right, ±2.4 px top and bottom." in page


def test_a_tolerance_that_is_the_same_all_round_is_told_once(as_worker, session):
    page = told(as_worker, session, "bbox", [boxes(box(w=80))], boxes(box(x=30, w=90)))

    assert "Tolerance: ±2.4 px on every side." in page


def test_what_lies_exactly_is_counted(as_worker, session):
    gold = [boxes(box(), box("person", x=200))]

    page = told(as_worker, session, "bbox", gold, boxes(box(), box("person", x=215)))

    assert "1 of 2 are right. 1 of 2 boxes lie exactly: all four sides within the tolerance." in page


def test_each_label_of_a_set_is_right_too_many_or_left_out(as_worker, session):
    gold, answer = [{"labels": ["car", "bus"]}], {"labels": ["car"]}

    page = told(as_worker, session, "image_class", gold, answer, multiple=True)

    assert "Mine Car Right" in page
    assert "Gold Bus left out Car Right" in page

    page = told(
        as_worker, session, "image_class", [{"labels": ["car"]}], {"labels": ["bus", "car"]}, multiple=True
    )

    assert "Mine Bus too many Car Right" in page


def test_other_accepted_sets_are_told_beside_the_one_that_was_scored(as_worker, session):
    gold = [{"labels": ["car", "bus"]}, {"labels": ["car"]}]

    page = told(as_worker, session, "image_class", gold, {"labels": ["car"]}, multiple=True)

    assert "Score 100 %" in page
    assert "or" in page
    assert "Bus" in page


def test_a_choice_that_the_question_no_longer_has_is_told_by_its_letter(as_worker, session):
    project = make_project(session, task_type="choice", items=0)
    item = make_item(session, project, gold=[{"labels": ["a"]}])
    submission = make_submission(session, as_worker.person, project, {"labels": ["b"]})
    item.question = type(item.question)(item.question.text, {"a": item.question.choices["a"]})
    session.flush()

    assert "B no longer a choice Mine" in FLAT.sub(" ", words(as_worker.get(f"/results/{submission.id}")))
