"""The page of scores says first what the answers show, and each sentence leads on."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit.domain.habits import Habits
from labelkit.domain.hand import Hand
from labelkit.domain.scores import ErrorKind, Sides
from labelkit.domain.simulated import SimulatedWorker
from labelkit.domain.tallies import total
from labelkit.store.models import DayTally, Item, Tally
from labelkit.store.types import day_of, utc_now
from tests.make import RIGHT, WRONG, make_project, make_submission
from tests.month import month, pack
from tests.web.visits import words

SENTENCE = "was marked as"


@pytest.fixture
def project(session):
    made = make_project(session, "kinds", "image_class", items=12)
    for item in session.scalars(select(Item)):
        item.features = {"label/car": 1}
    return made


@pytest.fixture
def confused(session, as_worker, project):
    """Somebody who took a car for a bus in six of eight pictures."""
    for number in range(8):
        make_submission(session, as_worker.person, project, (RIGHT if number > 5 else WRONG)["image_class"])
    return as_worker


def form_of(page):
    """The fields of the first form that begins a run."""
    form = re.search(r'<form method="post" action="/runs">(.*?)</form>', page.text, re.DOTALL)[1]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_a_sentence_names_its_figures_and_its_clause(confused):
    page = words(confused.get("/scores?project=kinds"))

    assert f"{SENTENCE} Bus in 6 of 8 cases" in page
    assert "Costs points" in page


def test_it_leads_to_the_attempts_that_it_speaks_of(confused):
    page = confused.get("/scores?project=kinds").text

    assert "/scores?project=kinds&amp;kind=wrong_label&amp;label=car#attempts" in page


def test_just_this_can_be_practised(confused):
    fields = form_of(confused.get("/scores?project=kinds"))

    assert fields == {"kind": "weakness", "slug": "kinds", "error": "wrong_label", "label": "car"}
    assert confused.post("/runs", data=fields).status_code == 303


def test_over_all_projects_the_first_sentence_of_each_is_told(confused):
    page = words(confused.get("/scores"))

    assert page.count(SENTENCE) == 1
    assert "kinds practice" in page


def test_an_inspector_reads_the_same_and_does_not_practise_for_others(confused, as_inspector):
    page = as_inspector.get(f"/scores/people/{confused.person.id}?project=kinds")

    assert SENTENCE in words(page)
    assert 'action="/runs"' not in page.text


def test_where_nothing_stands_out_the_page_says_so(as_worker, session, project):
    make_submission(session, as_worker.person, project, WRONG["image_class"])

    assert "Nothing stands out here yet" in words(as_worker.get("/scores?project=kinds"))


FAULTS = {
    "left sides": (
        SimulatedWorker(hand=Hand(bias=Sides(1.6, 0, 0, 0))),
        r"Costs points: The left side is 4 px loose on average, over [\d,]+ boxes\.",
    ),
    "small objects": (
        SimulatedWorker(habits=Habits(misses={"small": 0.5})),
        r"Costs points: \d+ of \d+ small objects \(below 32 × 32 px\) were missed, against 0 of [\d,]+",
    ),
    "labels": (
        SimulatedWorker(habits=Habits(confuses={"car": {"truck": 0.12}, "truck": {"car": 0.35}})),
        r"Costs points: Car and Truck are confused: Car marked as Truck in \d+ of [\d,]+ cases, Truck as Car",
    ),
    "doubles": (
        SimulatedWorker({ErrorKind.DUPLICATE: 0.1}),
        r"Costs points: Duplicate: \d+ times in [\d,]+ objects\.",
    ),
    "none": (SimulatedWorker(), r"Right: Boxes lean to no side: within 1 px on average, over [\d,]+ boxes\."),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_month_the_page_names_the_fault_that_somebody_has_and_no_other(as_worker, session, fault):
    of, (worker, told) = pack("street"), FAULTS[fault]
    street = make_project(session, "street", items=0)
    street.labels, street.guide, street.rules = list(of.labels), of.guide, of.rules
    who = {"user_id": as_worker.person.id, "project_id": street.id}
    days = month("street", worker, first_day=day_of(utc_now()) - timedelta(days=29))
    session.add(Tally(**who, counts=total(days.values()), attempts=90))
    session.add_all(DayTally(**who, day=day, counts=counts) for day, counts in days.items())

    page = words(as_worker.get("/scores?project=street"))

    assert re.search(told, page)
    assert page.count("Costs points:") == (0 if fault == "none" else 1)
    assert "Worth a look:" not in page
    assert "Out of the last 30 days." in page
