"""Practising in runs: from item to item, with the clock, to what came of it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit.services import practice
from labelkit.store.models import Assignment, Run, Submission
from tests.make import WRONG, make_project
from tests.web.running import HTMX, TYPES, answer, answer_all, run_page, start
from tests.web.visits import begin, follow, on_sqlite_alone, words


@pytest.fixture
def site(session):
    return {key: make_project(session, task_type=key, items=4) for key in TYPES}


def test_a_diagnosis_goes_from_item_to_item_and_ends_with_the_weakest_kind(as_worker, session, site):
    address = follow(start(as_worker, "diagnosis"))
    assert "Diagnosis 1 / 6" in words(as_worker.get(address))
    second = answer(as_worker, session, address, WRONG)
    assert second.startswith("/work/")
    assert "Diagnosis 2 / 6" in words(as_worker.get(second))

    result = answer_all(as_worker, session, second, WRONG)

    assert result == run_page(session)
    page = as_worker.get(result)
    said = words(page)
    assert "0 of 6 scored answers passed." in said
    title = site["image_class"].title.en  # all went wrong alike: the type that came first
    assert f"Weakest here: “wrong label” in “{title}”, 2 of 2 mistakes in “Picture classification”." in said
    assert "Practise this weakness (4 items)" in said
    assert page.text.count('href="/results/') == 6
    for one in re.findall(r'href="(/results/\d+)"', page.text):
        assert as_worker.get(one).status_code == 200


def test_the_weakest_kind_is_practised_from_there_with_an_answer_after_each(as_worker, session, site):
    answer_all(as_worker, session, follow(start(as_worker, "diagnosis")), WRONG)
    address = follow(start(as_worker, "weakness", slug=site["bbox"].slug, error="missing"))
    assert "Weakness run 1 / 4" in words(as_worker.get(address))

    result = answer(as_worker, session, address)
    page = as_worker.get(result)

    assert result.startswith("/results/")
    assert "Weakness run 1 / 4" in words(page)
    assert "Passed" in words(page)
    following = re.search(r'action="(/runs/\d+/next)"', page.text).group(1)
    for _ in range(3):
        result = answer(as_worker, session, follow(as_worker.post(following)))
    assert follow(as_worker.post(following)) == run_page(session)
    assert "4 of 4 scored answers passed." in words(as_worker.get(run_page(session)))


def test_a_faultless_run_is_told_so_without_a_weakness(as_worker, session, site):
    page = as_worker.get(answer_all(as_worker, session, follow(start(as_worker, "diagnosis"))))

    assert "All 6 scored answers are right throughout." in words(page)
    assert "Practise this weakness" not in page.text


def test_htmx_is_sent_on_to_the_whole_next_page(as_worker, session, site):
    address = follow(start(as_worker))
    form = {"submit_key": "k", "revision": "0", "annotation": '{"unusable": true}'}

    answered = as_worker.post(f"{address}/submit", data=form, headers=HTMX)

    assert answered.status_code == 200
    assert answered.headers["HX-Redirect"].startswith("/work/")
    assert answered.data == b""


def test_the_same_sending_twice_leads_to_the_same_place(as_worker, session, site):
    address = follow(start(as_worker))
    form = {"submit_key": "k", "revision": "0", "annotation": '{"unusable": true}'}

    first = follow(as_worker.post(f"{address}/submit", data=form))
    second = follow(as_worker.post(f"{address}/submit", data=form))

    assert first == second
    assert len(session.scalars(select(Submission)).all()) == 1


def test_a_run_that_was_left_is_on_home_and_goes_on_where_it_was(as_worker, session, site):
    second = answer(as_worker, session, follow(start(as_worker)))

    home = as_worker.get("/")

    assert "A run that has not ended" in words(home)
    assert "1 / 10" in words(home)
    assert home.text.count('filled"') == 1
    assert follow(as_worker.post(f"{run_page(session)}/next")) == second


def test_it_can_be_ended_early_and_says_what_does_not_count(as_worker, session, site):
    answer(as_worker, session, follow(start(as_worker)))
    place = run_page(session)
    assert "What you have not sent does not count" in words(as_worker.get(place))

    assert follow(as_worker.post(f"{place}/end")) == place

    said = words(as_worker.get(place))
    assert "1 of 1 scored answer passed." in said
    assert "9 were not sent, and do not count." in said


def test_a_run_in_which_nothing_was_sent_makes_up_no_figure(as_worker, session, site):
    start(as_worker)
    follow(as_worker.post(f"{run_page(session)}/end"))

    page = as_worker.get(run_page(session))

    assert "Nothing was sent" in words(page)
    assert '<span class="figure">' not in page.text


def test_a_skipped_item_comes_again_at_the_end_and_then_stays_out(as_worker, session):
    make_project(session, items=2)
    first = follow(start(as_worker))

    second = follow(as_worker.post(f"{first}/skip"))
    again = answer(as_worker, session, second)

    assert "Silent run 2 / 2" in words(as_worker.get(again))
    assert follow(as_worker.post(f"{again}/skip")) == run_page(session)
    assert "1 was not sent, and does not count." in words(as_worker.get(run_page(session)))


def test_the_bar_shows_the_servers_clock(as_worker, session, site):
    address = follow(start(as_worker, minutes="10"))
    run = session.scalars(select(Run)).one()
    run.started_at -= timedelta(seconds=60)

    page = as_worker.get(address)

    assert 'data-limit="600"' in page.text
    assert re.search(r'data-seconds="6\d\.\d"', page.text)
    assert "left" in words(page)
    assert "data-limit" not in as_worker.get(follow(start(as_worker))).text


def test_what_comes_late_is_kept_and_marked(as_worker, session, site):
    address = follow(start(as_worker, minutes="10"))
    second = answer(as_worker, session, address)
    session.scalars(select(Run)).one().started_at -= timedelta(seconds=1200)
    answer(as_worker, session, second)
    session.scalars(select(Run)).one().started_at += timedelta(seconds=600)
    follow(as_worker.post(f"{run_page(session)}/end"))

    page = as_worker.get(run_page(session))

    assert "2 of 2 scored answers passed." in words(page)
    assert "late: the limit was 10 min." in words(page)
    assert "sent late</strong>" in page.text


@on_sqlite_alone
def test_the_picture_of_the_next_item_can_be_fetched_ahead(as_worker, session):
    make_project(session, items=2)
    address = follow(start(as_worker))

    ahead = as_worker.post(f"{address}/ahead").json["picture"]

    assert as_worker.get(ahead, buffered=True).status_code == 200
    last = answer(as_worker, session, address)
    assert ahead in as_worker.get(last).text
    assert as_worker.post(f"{last}/ahead").json == {"picture": None}


@on_sqlite_alone
def test_the_project_page_does_not_lead_into_a_run(as_worker, session):
    project = make_project(session, items=12)
    address = follow(start(as_worker))

    page = as_worker.get(f"/projects/{project.slug}")

    assert address not in page.text
    assert begin(as_worker, project) != address
    mine = session.get_one(Assignment, int(address.rpartition("/")[2]))
    assert practice.find_mine(session, as_worker.person, mine.id).run_id is not None
