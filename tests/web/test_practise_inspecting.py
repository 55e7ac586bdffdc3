"""Practising inspection on the pages: nothing tells what is planted before the verdict, and then all does."""

import itertools
import re

import pytest

from labelkit.services import golds, inspection_practice
from labelkit.store.models import Item
from tests.web.inspecting import OBJECTS, begin, begin_with, perfect, shown, with_items
from tests.web.visits import follow, nothing_changes, sentence, words


@pytest.fixture(autouse=True)
def no_chance(monkeypatch):
    """What is shown is the same in every run of a test."""
    numbers = itertools.count()
    monkeypatch.setattr(inspection_practice.secrets, "token_hex", lambda _: f"seed-{next(numbers)}")


@pytest.fixture
def project(session):
    return with_items(session, "bbox", 12, OBJECTS)


@pytest.mark.parametrize("chair", ["as_worker", "as_inspector", "as_admin"])
def test_everybody_finds_the_way_from_home(request, project, chair):
    client = request.getfixturevalue(chair)

    assert 'href="/inspection-practice"' in client.get("/").text
    start = words(client.get("/inspection-practice"))
    assert "About half of the results are right; the others have one or two errors" in start
    assert "12 items" in start


def test_without_anything_to_inspect_the_page_says_what_to_do(as_worker):
    assert "Answer some items first" in words(as_worker.get("/inspection-practice"))
    refused = as_worker.post("/inspection-practice/next")
    assert refused.status_code == 404
    assert "There is no result to inspect here." in sentence(refused)


def test_before_the_verdict_a_page_tells_the_same_of_right_and_of_faulty_results(as_worker, session, project):
    pages = {}
    for faulty in (True, False):
        address = begin_with(as_worker, session, project, faulty=faulty)
        page = as_worker.get(address).text
        exercise = shown(session, address)
        assert exercise.seed not in page
        regions = r'<g class="region.*?</g>|<label><input type="radio" name="place".*?</label>'
        bare = re.sub(regions, "", page, flags=re.DOTALL)
        bare = re.sub(r"\d+ boxes of mine", "", bare)
        item = session.get_one(Item, exercise.item_id)
        for own in (r"pictures/\d+/\w+", item.key, r"inspection-practice/\d+"):
            bare = re.sub(own, "", bare)
        pages[faulty] = bare.split()
        as_worker.post(address, data={"verdict": "accepted"})

    assert pages[True] == pages[False]


def test_before_the_verdict_no_side_of_gold_is_in_the_page(as_worker, session, project):
    address = begin_with(as_worker, session, project, faulty=False)
    page = as_worker.get(address).text

    told = {float(value) for value in re.findall(r'data-box="([\d.]+) ', page)}
    assert told
    assert not told & {20.0, 140.0, 210.0, 30.0}
    assert "layer-gold" not in page.replace('<g class="layer-gold" data-half="gold">', "")
    assert "See the guide." not in page


def test_a_perfect_inspector_is_told_so(as_worker, session, project):
    address = begin_with(as_worker, session, project, faulty=True)

    told = as_worker.get(follow(as_worker.post(address, data=perfect(session, address))))

    assert "Right: it had to go back." in words(told)
    assert "Findings" in words(told)
    assert "G-01" in words(told)
    assert 'id="mark-1"' in told.text


def test_who_accepts_a_faulty_result_is_told_what_was_planted(as_worker, session, project):
    address = begin_with(as_worker, session, project, faulty=True)

    told = as_worker.get(follow(as_worker.post(address, data={"verdict": "accepted"})))

    assert "You accepted a faulty result." in words(told)
    exercise = shown(session, address)
    assert all(f'data-kind="{raw["kind"]}"' in told.text for raw in exercise.faults)


def test_who_sends_a_right_result_back_is_told_so(as_worker, session, project):
    address = begin_with(as_worker, session, project, faulty=False)
    form = {"verdict": "rejected", "place": "0", "reason": "loose"}

    told = words(as_worker.get(follow(as_worker.post(address, data=form))))

    assert "You sent a right result back." in told
    assert "Nothing was planted here." in told


REFUSED = [
    ({}, "Choose: accept or reject."),
    ({"verdict": "corrected"}, "Choose: accept or reject."),
    ({"verdict": "rejected"}, "Show where the fault is"),
    ({"verdict": "rejected", "reason": "loose"}, "Show where the fault is"),
    ({"verdict": "rejected", "reason": "loose", "place": "77"}, "Show where the fault is"),
    ({"verdict": "rejected", "reason": "loose", "place": "-1"}, "Show where the fault is"),
    ({"verdict": "rejected", "reason": "loose", "place": "missing"}, "Show where the fault is"),
    ({"verdict": "rejected", "reason": "loose", "place": "missing", "x": "nan", "y": "1"}, "Show where"),
    ({"verdict": "rejected", "reason": "loose", "place": "missing", "x": "9999", "y": "1"}, "Show where"),
    ({"verdict": "rejected", "place": "0"}, "Choose a reason from the guide's list."),
    ({"verdict": "rejected", "place": "0", "reason": "ugly"}, "Choose a reason from the guide's list."),
]


@pytest.mark.parametrize(("form", "said"), REFUSED)
def test_a_verdict_that_lacks_something_is_refused_and_nothing_changes(
    as_worker, session, project, form, said
):
    address = begin(as_worker, project)

    with nothing_changes(session):
        refused = as_worker.post(address, data=form)

    assert refused.status_code == 422
    assert said in sentence(refused)
    assert 'id="exercise"' in refused.text


def test_what_was_chosen_stays_chosen_when_a_verdict_is_refused(as_worker, project):
    refused = as_worker.post(begin(as_worker, project), data={"verdict": "rejected", "place": "1"})

    assert re.search(r'name="place" value="1" required checked', refused.text)


def test_a_second_verdict_is_refused(as_worker, session, project):
    address = begin(as_worker, project)
    as_worker.post(address, data={"verdict": "accepted"})

    with nothing_changes(session):
        again = as_worker.post(address, data={"verdict": "rejected", "place": "0", "reason": "loose"})

    assert again.status_code == 409
    assert sentence(again) == "You have judged this result already."


def test_a_result_shown_to_another_is_as_good_as_none(
    as_worker, as_other_worker, as_inspector, session, project
):
    address = begin(as_worker, project)

    for stranger in (as_other_worker, as_inspector):
        assert stranger.get(address).status_code == 404
        with nothing_changes(session):
            assert stranger.post(address, data={"verdict": "accepted"}).status_code == 404


def test_a_verdict_on_withdrawn_gold_is_refused(as_worker, session, project):
    address = begin(as_worker, project)
    golds.withdraw(session, session.get_one(Item, shown(session, address).item_id))

    with nothing_changes(session):
        refused = as_worker.post(address, data={"verdict": "accepted"})

    assert refused.status_code == 409
    assert "The gold of this item has changed meanwhile." in sentence(refused)
    assert begin(as_worker, project) != address


def test_gold_that_is_withdrawn_after_the_verdict_is_not_told(as_worker, session, project):
    address = begin(as_worker, project)
    as_worker.post(address, data={"verdict": "accepted"})
    golds.withdraw(session, session.get_one(Item, shown(session, address).item_id))

    assert "The gold of this item was withdrawn meanwhile." in words(as_worker.get(address))


@pytest.mark.parametrize("task_type", ["image_class", "text_class", "choice"])
def test_class_results_are_judged_by_verdict_and_reason(as_worker, session, task_type):
    project = with_items(session, task_type, 8)
    address = begin_with(as_worker, session, project, faulty=True)
    page = as_worker.get(address)
    assert 'name="place"' not in page.text
    assert 'name="reason"' in page.text
    kind = shown(session, address).faults[0]["kind"]

    told = as_worker.get(follow(as_worker.post(address, data={"verdict": "rejected", "reason": kind})))

    assert "Right: it had to go back." in words(told)


def test_the_next_result_is_of_the_same_project_or_of_any(as_worker, session, project):
    one = as_worker.post("/inspection-practice/next", data={"project": project.slug})
    as_worker.post(follow(one), data={"verdict": "accepted"})
    assert f'name="project" value="{project.slug}"' in as_worker.get(follow(one)).text

    mixed = follow(as_worker.post("/inspection-practice/next"))
    told = follow(as_worker.post(mixed, data={"verdict": "accepted"}))
    assert mixed == told
    assert 'name="project"' not in as_worker.get(told).text
