"""Beginning runs: what home offers, what is refused, and what happens to a run before."""

import re

import pytest
from sqlalchemy import select

from labelkit.domain.projects import Feedback
from labelkit.store.models import Run
from tests.make import WRONG, box, boxes, make_item, make_project, make_submission, make_user
from tests.web.running import TYPES, answer, run_page, start
from tests.web.visits import follow, nothing_changes, on_sqlite_alone, sentence, words


@pytest.fixture
def site(session):
    return {key: make_project(session, task_type=key, items=4) for key in TYPES}


def test_the_first_visit_has_one_button_with_the_real_numbers(as_worker, site):
    page = as_worker.get("/")

    assert re.findall(r'class="(?:button )?filled"[^>]*>([^<]*)<', page.text) == [
        "Start the diagnosis (6 items, 8 min)"
    ]
    assert "Or choose a project" in words(page)
    assert "Silent run" not in words(page)


def test_later_home_offers_a_silent_run_and_no_diagnosis(as_worker, session, site):
    make_submission(session, as_worker.person, site["bbox"])

    said = words(as_worker.get("/"))

    assert "Silent run (10 items, results at the end)" in said
    assert "Start the diagnosis" not in said


def test_a_site_without_anything_to_tell_at_once_offers_neither(as_worker, session):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW)

    first = words(as_worker.get("/"))
    make_submission(session, as_worker.person, project)
    later = words(as_worker.get("/"))

    assert "diagnosis" not in first
    assert "Silent run" not in later


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"kind": ""}, 422),
        ({"kind": "exam"}, 422),
        ({"kind": "silent", "minutes": "15"}, 422),
        ({"kind": "silent", "minutes": "-10"}, 422),
        ({"kind": "silent", "minutes": "ten"}, 422),
        ({"kind": "silent", "minutes": "9" * 400}, 422),
        ({"kind": "weakness"}, 404),
        ({"kind": "weakness", "slug": "no_such"}, 404),
        ({"kind": "weakness", "slug": "known", "error": "clumsy"}, 422),
        ({"kind": "diagnosis", "instead": "x"}, 303),
    ],
)
def test_what_cannot_be_begun_is_refused_in_one_sentence(as_worker, session, form, status):
    make_project(session, "known")

    response = as_worker.post("/runs", data=form)

    assert response.status_code == status
    if status != 303:
        assert sentence(response)
        assert session.scalars(select(Run)).all() == []


def test_a_weakness_with_a_label_that_is_no_more_still_finds_items(as_worker, session, site):
    follow(start(as_worker, "weakness", slug=site["bbox"].slug, error="missing", label="tram"))


def test_another_run_is_begun_only_after_asking_where_answers_wait(as_worker, session, site):
    answer(as_worker, session, follow(start(as_worker)))
    former = run_page(session)

    asked = follow(start(as_worker, "weakness", slug=site["bbox"].slug, error="missing"))

    assert asked.startswith(f"{former}?")
    page = as_worker.get(asked)
    assert "You have a run that has not ended." in words(page)
    assert f'name="instead" value="{former.rpartition("/")[2]}"' in page.text
    follow(
        start(
            as_worker,
            "weakness",
            slug=site["bbox"].slug,
            error="missing",
            instead=former.rpartition("/")[2],
        )
    )
    assert "1 of 1 scored answer passed." in words(as_worker.get(former))


def test_a_run_in_which_nothing_waits_gives_way_with_a_sentence(as_worker, session, site):
    start(as_worker)

    page = as_worker.get(follow(start(as_worker, "diagnosis")))

    assert "The run that you had begun has ended." in page.text


@pytest.mark.parametrize("way", ["get", "end", "next"])
def test_a_run_of_somebody_else_is_not_there(as_worker, as_other_worker, as_inspector, session, site, way):
    start(as_worker)
    place = run_page(session)

    for client in (as_other_worker, as_inspector):
        with nothing_changes(session):
            response = client.get(place) if way == "get" else client.post(f"{place}/{way}")
        assert response.status_code == 404


def test_an_address_that_names_a_former_run_of_another_person_ends_nothing(
    as_worker, as_other_worker, session, site
):
    answer(as_worker, session, follow(start(as_worker)))
    theirs = run_page(session).rpartition("/")[2]

    follow(start(as_other_worker, "diagnosis", instead=theirs))

    assert session.get_one(Run, int(theirs)).ended_at is None


@on_sqlite_alone
def test_an_inspector_has_a_first_visit_too(as_inspector, session, site):
    make_user(session)
    assert "Start the diagnosis" in words(as_inspector.get("/"))


def test_later_home_leads_with_what_is_worth_practising(as_worker, session):
    project = make_project(session, items=0)
    five_cars = boxes(*(box(x=x, w=40) for x in (10, 70, 130, 190, 250)))
    for position in range(12):
        make_item(session, project, position=position, gold=[five_cars])
    for _ in range(8):
        make_submission(session, as_worker.person, project, WRONG["bbox"])

    page = as_worker.get("/")

    assert "What to practise next" in words(page)
    assert page.text.count('class="filled"') == 1
    fields = re.search(r'<form class="run-starter".*?</form>', page.text, re.DOTALL).group()
    assert 'name="error" value="missing"' in fields
    assert follow(start(as_worker, "weakness", slug=project.slug, error="missing")).startswith("/work/")
