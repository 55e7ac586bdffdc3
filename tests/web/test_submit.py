"""Submitting: one answer, sent once, scored by hand-checkable rules, or refused in one sentence."""

import json

import pytest
from sqlalchemy import select

from labelkit.store.models import Assignment, Submission
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project
from tests.web.visits import (
    begin,
    drafted,
    fields,
    follow,
    nothing_changes,
    save,
    send,
    sentence,
    statements,
    words,
)

TASK_TYPES = ["bbox", "image_class", "text_class", "choice"]
# The gold of the scored example. Within tolerance: max(2 px, 3 % of the side), here 3, 2.4, 2 and 2 px.
GOLD = boxes(
    box(x=40, y=40, w=100, h=80), box(x=200, y=50, w=60, h=60), box("person", x=10, y=140, w=30, h=60)
)
# Exact but for 2 px; loose by 12 px on the right, which is a fail beyond 4 px; the person is left out.
ANSWER = boxes(box(x=38, y=40, w=102, h=80), box(x=200, y=50, w=72, h=60))
# IoU of the two hits: 8000 / 8160 and 3600 / 4320.
MEAN_IOU = (8000 / 8160 + 3600 / 4320) / 2
SENT = "This item has already been sent."


@pytest.fixture
def address(as_worker, session):
    """The labeling page of a box project."""
    return begin(as_worker, make_project(session, items=1))


def only_submission(session):
    submission = session.scalars(select(Submission)).one()
    session.refresh(submission, ["score"])
    return submission


def test_boxes_are_scored_as_by_hand(as_worker, session):
    project = make_project(session, items=0)
    make_item(session, project, gold=[GOLD])

    result = as_worker.get(follow(send(as_worker, begin(as_worker, project), ANSWER)))

    score = only_submission(session).score
    assert score.value == pytest.approx(1 / 3)  # one right, one loose, one missing
    assert (score.passed, score.gold_version, score.rules_version) == (False, 1, 1)
    assert (score.detail.right, score.detail.mistakes, score.detail.hits) == (1, 2, 2)
    assert (score.detail.precision, score.detail.recall) == (1, pytest.approx(2 / 3))
    assert score.detail.mean_iou == pytest.approx(MEAN_IOU)
    shown = words(result)
    assert "Score 33 %" in shown
    assert "Precision 100 %" in shown
    assert "Recall 67 %" in shown
    assert "Mean IoU 91 %" in shown
    assert "Car is loose: right +12 px loose." in shown
    assert "You missed one Person. " in shown


@pytest.mark.parametrize("task_type", TASK_TYPES)
@pytest.mark.parametrize(
    ("answers", "value"), [(RIGHT, 1), (WRONG, 0), ({}, 0)], ids=["right", "wrong", "unusable"]
)
def test_every_task_type_is_scored_at_once(as_worker, session, task_type, answers, value):
    project = make_project(session, task_type=task_type, items=1)

    answer = answers.get(task_type, {"unusable": True})
    result = as_worker.get(follow(send(as_worker, begin(as_worker, project), answer)))

    submission = only_submission(session)
    assert submission.score.value == value
    assert submission.score.passed == bool(value)
    assert submission.annotation == answer
    assert f"Score {100 * value} % {'Passed' if value else 'Not passed'}" in words(result)


def test_several_accepted_answers_count_by_the_best(as_worker, session):
    project = make_project(session, task_type="text_class", items=0)
    make_item(session, project, gold=[{"labels": ["delivery"]}, {"labels": ["refund"]}])

    follow(send(as_worker, begin(as_worker, project), {"labels": ["refund"]}))

    assert only_submission(session).score.value == 1


def test_a_set_of_labels_is_scored_by_its_f1(as_worker, session):
    project = make_project(session, task_type="text_class", items=0, multiple=True)
    make_item(session, project, gold=[{"labels": ["refund"]}])

    follow(send(as_worker, begin(as_worker, project), {"labels": ["refund", "delivery"]}))

    assert only_submission(session).score.value == pytest.approx(2 / 3)


def test_a_box_that_overhangs_is_clipped_to_the_picture(as_worker, session, address):
    follow(send(as_worker, address, boxes(box(x=-20, y=200, w=100, h=80))))

    assert only_submission(session).annotation == boxes(box(x=0, y=200, w=80, h=40))


def test_the_submission_says_what_it_was_and_the_draft_is_gone(as_worker, session, address):
    save(as_worker, address, 0, WRONG["bbox"])
    follow(send(as_worker, address, RIGHT["bbox"], active_seconds="41.5"))

    submission, assignment = only_submission(session), session.scalars(select(Assignment)).one()
    assert (submission.attempt, submission.first_try, submission.guide_version) == (1, True, 1)
    assert submission.active_seconds == 41.5
    assert 0 <= submission.seconds < 60
    assert (assignment.open, assignment.skipped, assignment.draft) == (False, False, None)


def test_the_same_key_twice_is_one_submission(as_worker, session, address):
    form = fields(as_worker.get(address)) | {"annotation": json.dumps(RIGHT["bbox"])}

    first = follow(as_worker.post(f"{address}/submit", data=form))
    with nothing_changes(session):
        second = follow(as_worker.post(f"{address}/submit", data=form | {"annotation": '{"nothing": true}'}))

    assert first == second
    assert only_submission(session).annotation == RIGHT["bbox"]


def test_another_key_after_the_first_is_refused(as_worker, session, address):
    form = fields(as_worker.get(address)) | {"annotation": json.dumps(RIGHT["bbox"])}
    follow(as_worker.post(f"{address}/submit", data=form))

    with nothing_changes(session):
        answer = as_worker.post(f"{address}/submit", data=form | {"submit_key": "another tab's"})

    assert (answer.status_code, sentence(answer)) == (409, SENT)


def test_an_older_revision_is_answered_with_the_page_and_the_answer_as_it_was_sent(
    as_worker, session, address
):
    form = fields(as_worker.get(address))
    save(as_worker, address, 0, WRONG["bbox"])

    with nothing_changes(session):
        answer = as_worker.post(
            f"{address}/submit", data=form | {"annotation": json.dumps(RIGHT["bbox"]), "revision": "0"}
        )

    assert answer.status_code == 409
    assert sentence(answer) == "This item was changed in another tab. Choose which answer to keep."
    assert drafted(answer) == RIGHT["bbox"]
    assert fields(answer)["revision"] == "1"
    assert drafted(as_worker.get(address)) == WRONG["bbox"]


def test_whoever_then_submits_the_page_again_has_chosen_that_answer(as_worker, session, address):
    form = fields(as_worker.get(address)) | {"annotation": json.dumps(RIGHT["bbox"])}
    save(as_worker, address, 0, WRONG["bbox"])
    refused = as_worker.post(f"{address}/submit", data=form)

    follow(as_worker.post(f"{address}/submit", data=fields(refused)))

    assert only_submission(session).annotation == RIGHT["bbox"]


def test_a_part_of_a_page_is_refused_as_a_part_of_a_page(as_worker, address):
    answer = as_worker.post(
        f"{address}/submit", data={"annotation": "{}", "revision": "0"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 422
    assert answer.text.lstrip().startswith('<section id="item"')
    assert "<html" not in answer.text


@pytest.mark.parametrize("seconds", ["NaN", "inf", "-5", "1e300"])
def test_a_clock_that_cannot_be_right_is_not_believed(as_worker, session, address, seconds):
    follow(send(as_worker, address, RIGHT["bbox"], active_seconds=seconds))

    assert only_submission(session).active_seconds is None


def test_anothers_item_and_no_item_are_refused_alike(as_worker, as_other_worker, session, address):
    form = fields(as_worker.get(address)) | {"annotation": json.dumps(RIGHT["bbox"])}

    with nothing_changes(session):
        foreign = as_other_worker.post(f"{address}/submit", data=form)
        none = as_worker.post("/work/99999999999/submit", data=form)

    assert foreign.status_code == none.status_code == 404
    assert sentence(foreign) == "There is no such item among yours."


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_a_submit_runs_the_same_statements_whatever_was_sent_before(as_worker, session, engine, task_type):
    project = make_project(session, task_type=task_type, items=6)
    forms = {}
    counted = []
    for _ in range(3):
        address = begin(as_worker, project)
        forms = fields(as_worker.get(address)) | {"annotation": json.dumps(RIGHT[task_type])}
        with statements(engine) as seen:
            follow(as_worker.post(f"{address}/submit", data=forms))
        counted.append(len(seen))

    # Eight for the submission and its score. Nine for the tallies: those of the project, the person, the day
    # and the item are read and written once each, and the newest scores make the standing. One finds the
    # way on, which in a run is another. The very first in a project makes its tally: four more.
    assert counted == [22, 18, 18]
