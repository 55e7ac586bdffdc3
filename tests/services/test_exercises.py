"""Which results somebody may be shown to inspect, and in which order."""

from contextlib import suppress
from random import Random

import pytest

from labelkit.domain.errors import NotFound
from labelkit.domain.inspection import Decision
from labelkit.domain.projects import Feedback, Split
from labelkit.domain.simulated_inspector import SimulatedInspector
from labelkit.services import examples, exercises, golds, inspection_practice, runs, submissions
from labelkit.services.submissions import Sent
from labelkit.store import queries
from labelkit.store.models import GoldView, Item, Picture
from tests.make import RIGHT, make_item, make_project, make_submission, make_user
from tests.services.inspecting import judge_some, street


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def project(session):
    return street(session, items=6)


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
