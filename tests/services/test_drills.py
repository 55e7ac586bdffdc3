"""The two-guide drill: two halves on one picture, which count like any other items."""

import pytest

from labelkit.domain.errors import Conflict, NotFound
from labelkit.domain.projects import Feedback, Split
from labelkit.services import drills, practice, reports, submissions
from labelkit.services.submissions import Sent
from labelkit.store.models import Item
from tests.make import RIGHT, make_contrast, make_item, make_project, make_user


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def here(session):
    return make_project(session, items=2)


@pytest.fixture
def there(session, here):
    return make_contrast(session, here, feedback=Feedback.AFTER_REVIEW)


def send(session, me, assignment):
    sent = Sent(RIGHT["bbox"], assignment.revision, f"key-{assignment.id}")
    return submissions.submit(session, me, assignment.id, sent)


def picture_of(session, assignment):
    return session.get_one(Item, assignment.item_id).picture_id


def test_projects_that_share_pictures_are_each_others_contrast(session, here, there):
    assert drills.contrast(session, here) is there
    assert drills.contrast(session, there) is here


def test_a_project_on_its_own_has_no_drill(session, me, here):
    alone = make_project(session, task_type="image_class")

    assert drills.contrast(session, alone) is None
    with pytest.raises(NotFound):
        drills.start(session, me, alone)


@pytest.mark.parametrize("split", [Split.INSPECT, Split.EXAM])
def test_only_pictures_to_practise_are_drilled(session, me, split):
    project = make_project(session, items=0)
    item = make_item(session, project, split=split)
    make_item(session, make_project(session, items=0), split=split).picture_id = item.picture_id

    assert drills.contrast(session, project) is None


def test_the_same_picture_comes_under_the_other_guide_once_the_first_half_is_sent(session, me, here, there):
    first = drills.start(session, me, here)
    assert drills.start(session, me, here) is first
    second = drills.second_half(session, me, send(session, me, first))

    assert (first.project_id, second.project_id) == (here.id, there.id)
    assert picture_of(session, first) == picture_of(session, second)
    assert drills.half_of(session, first).other is second
    assert drills.half_of(session, second).other is first


def test_what_waits_for_a_verdict_holds_nothing_up(session, me, here, there):
    waiting = send(session, me, drills.start(session, me, there))

    assert waiting.state == "waiting"
    assert drills.second_half(session, me, waiting).project_id == here.id


def test_a_drill_left_in_the_middle_goes_on_from_either_page(session, me, here, there):
    send(session, me, drills.start(session, me, here))

    second = drills.start(session, me, there)

    assert (second.project_id, second.purpose) == (there.id, drills.SECOND)
    assert drills.start(session, me, here) is second


def test_the_next_drill_takes_the_next_picture_and_then_those_answered_least(session, me, here):
    make_contrast(session, here)
    pictures = []
    for _ in range(3):
        first = drills.start(session, me, here)
        pictures.append(picture_of(session, first))
        send(session, me, drills.second_half(session, me, send(session, me, first)))

    assert pictures[0] != pictures[1]
    assert pictures[2] == pictures[0]
    assert reports.progress(session, me, here).done == 2


def test_where_all_wait_for_a_verdict_the_drill_says_so(session, me):
    project = make_project(session, items=1, feedback=Feedback.AFTER_REVIEW)
    make_contrast(session, project)
    send(session, me, drills.second_half(session, me, send(session, me, drills.start(session, me, project))))

    with pytest.raises(Conflict, match="waits for a verdict"):
        drills.start(session, me, project)


def test_both_halves_count_in_their_projects_and_come_no_second_time(session, me, here, there):
    first = drills.start(session, me, here)
    second = drills.second_half(session, me, send(session, me, first))
    send(session, me, second)

    assert [reports.progress(session, me, one).done for one in (here, there)] == [1, 1]
    assert practice.issue_next(session, me, here).item_id != first.item_id
    assert practice.issue_next(session, me, there).item_id != second.item_id


def test_a_drill_left_open_keeps_no_other_item_from_coming(session, me, here, there):
    first = drills.start(session, me, here)

    assert practice.issue_next(session, me, here).item_id != first.item_id


def test_gold_of_the_first_half_makes_the_second_no_first_attempt(session, me, here, there):
    first = send(session, me, drills.start(session, me, here))
    submissions.result(session, me, first.id)
    second = send(session, me, drills.second_half(session, me, first))

    assert (first.first_try, second.first_try) == (True, False)


def test_without_gold_of_the_first_half_the_second_is_a_first_attempt(session, me, here, there):
    first = send(session, me, drills.start(session, me, there))
    submissions.result(session, me, first.id)

    assert send(session, me, drills.second_half(session, me, first)).first_try


def test_an_ordinary_answer_is_no_half(session, me, here, there):
    ordinary = practice.issue_next(session, me, here)

    assert drills.half_of(session, ordinary) is None
    with pytest.raises(Conflict, match="not the first half"):
        drills.second_half(session, me, send(session, me, ordinary))
