"""Practising inspection on the pages: nothing tells what is planted before the verdict, and then all does."""

import html
import itertools
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.domain.projects import Reason, Split
from labelkit.domain.scores import ErrorKind
from labelkit.domain.simulated_inspector import SimulatedInspector
from labelkit.domain.texts import Texts
from labelkit.services import golds, inspection_practice
from labelkit.store.models import Exercise, Item, Project
from tests.make import RIGHT, box, boxes, make_guide, make_item, make_project, make_user
from tests.web.visits import follow, nothing_changes, sentence, table, words

BOX_KINDS = ("missing", "extra", "duplicate", "wrong_label", "misplaced", "loose", "cut", "shifted")
KINDS = (*BOX_KINDS, "false_unusable")
OBJECTS = boxes(
    box("car", 20, 20, 80, 60),
    box("person", 140, 30, 40, 90),
    box("car", 210, 60, 90, 50),
    box("car", 30, 150, 90, 60),
)


@pytest.fixture(autouse=True)
def no_chance(monkeypatch):
    """What is shown is the same in every run of a test."""
    numbers = itertools.count()
    monkeypatch.setattr(inspection_practice.secrets, "token_hex", lambda _: f"seed-{next(numbers)}")


@pytest.fixture
def project(session):
    return with_items(session, "bbox", 12, OBJECTS)


def with_items(session, task_type, items, gold=None, kinds=KINDS):
    """A project to inspect in, whose guide has a reason for each of these kinds of error."""
    found = make_project(session, task_type=task_type, items=0)
    reasons = tuple(Reason(key, "G-01", Texts(key, f"The {key} reason.")) for key in kinds)
    found.guide = replace(make_guide(kinds), reasons=reasons)
    for position in range(items):
        make_item(session, found, position=position, split=Split.INSPECT, gold=[gold or RIGHT[task_type]])
    session.flush()
    return found


def begin(client, project):
    return follow(client.post("/inspection-practice/next", data={"project": project.slug}))


def shown(session, address):
    return session.get_one(Exercise, int(address.rpartition("/")[2].partition("?")[0]))


def begin_with(client, session, project, *, faulty):
    """Go on until a result is shown that is faulty, or right."""
    while True:
        address = begin(client, project)
        if bool(shown(session, address).faults) is faulty:
            return address
        client.post(address, data={"verdict": "accepted"})


def perfect(session, address, **inspector):
    """What a simulated inspector sends for the result at an address; a perfect one, unless told otherwise."""
    exercise = shown(session, address)
    guide = session.get_one(Project, exercise.project_id).guide
    faults = inspection_practice.faults_of(exercise)
    return form_of(SimulatedInspector(**inspector).decide(faults, guide))


def form_of(decision):
    if decision.accepted:
        return {"verdict": "accepted"}
    form = {"verdict": "rejected", "reason": decision.reason}
    if isinstance(decision.place, int):
        return form | {"place": str(decision.place)}
    return form | {"place": "missing", "x": str(decision.place[0]), "y": str(decision.place[1])}


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
        for own in (rf"pictures/{item.picture_id}/\w+", item.key, f"/{exercise.id}"):
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


def judge(client, session, project, count, **inspector):
    for number in range(count):
        address = begin(client, project)
        exercise = shown(session, address)
        exercise.shown_at -= timedelta(seconds=number)
        client.post(address, data=perfect(session, address, **inspector))


def test_the_page_of_figures_says_what_is_planted_seen_and_let_through(as_worker, session, project):
    project = with_items(session, "bbox", 20, OBJECTS)
    judge(as_worker, session, project, 20, blind=frozenset({ErrorKind.LOOSE, ErrorKind.CUT}))

    page = as_worker.get("/inspection-practice/figures")

    judged = session.scalars(select(Exercise)).all()
    faulty = [one for one in judged if one.faults]
    slipped = [one for one in faulty if one.verdict == "accepted"]
    shares = table(page, 'id="shares-title"')
    assert shares[1][1].startswith(f"{len(faulty) - len(slipped)} / {len(faulty)} ")
    assert shares[2][1].startswith(f"{20 - len(faulty)} / {20 - len(faulty)} ")
    kinds = {row[0]: row[1:4] for row in table(page, 'id="kinds-title"')[1:]}
    loose = [one for one in faulty if any(raw["kind"] == "loose" for raw in one.faults)]
    through = sum(one.verdict == "accepted" for one in loose)
    assert kinds["loose"] == [str(len(loose)), str(len(loose) - through), str(through)]
    assert f"You let {len(slipped)} of {len(faulty)} faulty results through." in words(page)
    assert f"You sent none of {20 - len(faulty)} right results back." in words(page)


SAYS = [
    ({}, "All of your 24 verdicts are right.", "You let"),
    ({"rejects_everything": True}, "You sent everything back: also each of the", "All of your"),
    ({"blind": frozenset({ErrorKind.LOOSE})}, "loose boxes through.", "cut boxes"),
]


@pytest.mark.parametrize(("inspector", "said", "unsaid"), SAYS)
def test_the_page_says_of_a_simulated_inspector_exactly_what_it_does(
    sign_in, as_admin, session, inspector, said, unsaid
):
    person = make_user(session, "made-up", Role.INSPECTOR, simulated=True)
    few = ("missing", "extra", "loose", "cut")
    client, project = sign_in(person), with_items(session, "bbox", 24, OBJECTS, few)
    judge(client, session, project, 24, **inspector)

    told = words(client.get("/inspection-practice/figures"))

    assert said in told
    assert unsaid not in told
    assert as_admin.get(f"/inspection-practice/figures/{person.id}").status_code == 404
    assert "No result was judged in practice so far." in words(as_admin.get("/inspection-practice/figures"))


def test_inspectors_read_the_figures_of_others(as_worker, as_inspector, session, project):
    judge(as_worker, session, project, 2)

    page = as_inspector.get(f"/inspection-practice/figures/{as_worker.person.id}")

    assert "How well Worker inspects" in html.unescape(page.text)
    assert "newest 2 results" in words(page)
    assert "You" not in words(page)
