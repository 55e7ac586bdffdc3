"""Practising: which item comes next, and where one stopped."""

import pytest
from sqlalchemy import func, select

from labelkit.domain.projects import Feedback, Split
from labelkit.store.models import Assignment
from tests.make import RIGHT, make_item, make_project, make_submission
from tests.web.visits import begin, follow, send, words


def issued(session, address):
    """The key of the item behind the address of a labeling page."""
    assignment = session.get_one(Assignment, int(address.rpartition("/")[2]))
    session.refresh(assignment, ["item"])
    return assignment.item.key


def answer_next(client, project, session):
    address = begin(client, project)
    follow(send(client, address, RIGHT[project.task_type]))
    return issued(session, address)


@pytest.fixture
def project(session):
    """Three items, written down in another order than that in which they come."""
    project = make_project(session, items=0)
    for key, position in (("third", 3), ("first", 1), ("second", 2)):
        make_item(session, project, key, position=position)
    return project


def test_items_come_in_their_order_and_none_twice(as_worker, session, project):
    assert [answer_next(as_worker, project, session) for _ in range(3)] == ["first", "second", "third"]


def test_when_all_are_answered_the_second_round_begins(as_worker, session, project):
    for _ in range(3):
        answer_next(as_worker, project, session)

    address = begin(as_worker, project)

    assert issued(session, address) == "first"
    assert "1 / 3 · Round 2" in words(as_worker.get(address))


def test_another_try_left_open_comes_before_the_second_round(as_worker, session):
    project = make_project(session, items=1)
    result = follow(send(as_worker, begin(as_worker, project), RIGHT["bbox"]))
    left_open = follow(as_worker.post(f"{result}/again"))

    assert begin(as_worker, project) == left_open
    follow(send(as_worker, left_open, RIGHT["bbox"]))
    assert "Round 2" in as_worker.get(begin(as_worker, project)).text


def test_an_item_left_open_comes_again_instead_of_another(as_worker, session, project):
    address = begin(as_worker, project)

    assert begin(as_worker, project) == address
    assert session.scalar(select(func.count()).select_from(Assignment)) == 1


def test_home_and_project_lead_back_to_the_open_item(as_worker, project):
    address = begin(as_worker, project)
    as_worker.get(address)

    assert f'href="{address}"' in as_worker.get("/").text
    assert f'href="{address}"' in as_worker.get(f"/projects/{project.slug}").text


def test_two_people_have_their_own_order_and_rounds(as_worker, as_other_worker, session, project):
    answer_next(as_worker, project, session)

    assert answer_next(as_worker, project, session) == "second"
    assert answer_next(as_other_worker, project, session) == "first"


@pytest.mark.parametrize("split", [Split.INSPECT, Split.EXAM])
def test_only_practice_items_are_given_out(as_worker, session, split):
    project = make_project(session, items=1)
    make_item(session, project, "kept back", split=split)

    assert {answer_next(as_worker, project, session) for _ in range(3)}.isdisjoint({"kept back"})


def test_a_project_that_answers_at_once_gives_out_only_what_it_can_score(as_worker, session):
    project = make_project(session, items=1)
    make_item(session, project, "without gold", gold=[])

    assert {answer_next(as_worker, project, session) for _ in range(3)}.isdisjoint({"without gold"})


def test_a_project_with_inspectors_gives_out_items_without_gold_too(as_worker, session):
    project = make_project(session, items=0, feedback=Feedback.AFTER_REVIEW)
    make_item(session, project, "without gold", gold=[])

    assert answer_next(as_worker, project, session) == "without gold"


def test_a_project_without_items_says_so(as_worker, session):
    project = make_project(session, items=0)

    answer = as_worker.post(f"/projects/{project.slug}/next")

    assert answer.status_code == 404
    assert "This project has no items to practise." in answer.text


def test_the_page_says_which_item_of_how_many_it_is(as_worker, session, project):
    answer_next(as_worker, project, session)

    assert "2 / 3" in words(as_worker.get(begin(as_worker, project)))


def test_the_clock_starts_when_the_item_is_first_shown_and_only_then(as_worker, session, project):
    address = begin(as_worker, project)
    assignment = session.get_one(Assignment, int(address.rpartition("/")[2]))
    assert assignment.shown_at is None

    as_worker.get(address)
    shown_at = assignment.shown_at
    as_worker.get(address)

    assert shown_at is not None
    assert assignment.shown_at == shown_at


def test_an_item_that_was_sent_leads_to_its_result(as_worker, project):
    address = begin(as_worker, project)
    result = follow(send(as_worker, address, RIGHT["bbox"]))

    assert follow(as_worker.get(address)) == result


def test_progress_counts_this_round_and_the_project_page_lists_the_attempts(as_worker, session, project):
    make_submission(session, as_worker.person, project)

    page = as_worker.get(f"/projects/{project.slug}")

    assert 'max="3" value="1"' in page.text
    assert "first Passed 100 %" in words(page)


@pytest.mark.parametrize("task_type", ["bbox", "image_class", "text_class"])
def test_the_labeling_page_has_its_editor_its_labels_and_its_rules(as_worker, session, task_type):
    project = make_project(session, task_type=task_type)

    page = as_worker.get(begin(as_worker, project))

    assert f'data-editor="{task_type}"' in page.text
    assert f"/projects/{project.slug}/guide" in page.text
    for label in project.labels:
        assert label.name.en in page.text
    if task_type == "text_class":
        assert "환불해 주세요." in words(page)
    else:
        assert "/pictures/" in page.text


def test_the_guide_opens_as_a_page_and_as_a_part_of_one(as_worker, session, project):
    address = f"/projects/{project.slug}/guide"

    page, part = as_worker.get(address), as_worker.get(address, headers={"HX-Request": "true"})

    for told in (page, part):
        assert "Fit to what is visible." in told.text
        assert "G-02" in told.text
    assert part.text.lstrip().startswith('<article id="guide"')
    assert "<html" not in part.text
    assert {"HX-Request", "HX-Request-Type"} <= set(page.headers["Vary"].replace(" ", "").split(","))


def test_there_is_no_project_of_another_name(as_worker):
    for address in ("/projects/no-such", "/projects/a%00b", "/projects/no-such/guide"):
        assert as_worker.get(address).status_code in {400, 404}
