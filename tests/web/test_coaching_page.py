"""The page of scores says first what the answers show, and each sentence leads on."""

import re

import pytest

from tests.make import RIGHT, WRONG, make_project, make_submission
from tests.web.visits import words

SENTENCE = "was marked as"


@pytest.fixture
def project(session):
    return make_project(session, "kinds", "image_class", items=8)


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
