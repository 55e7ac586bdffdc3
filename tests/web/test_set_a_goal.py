"""A goal: minutes a day, a standing, and what an hour of such work would be worth."""

from datetime import timedelta

import pytest

from labelkit.domain.goals import Goal
from labelkit.domain.projects import Feedback
from labelkit.services import goals, practice, submissions
from labelkit.services.submissions import Sent
from labelkit.store.types import day_of, utc_now
from tests.make import RIGHT, WRONG, make_project
from tests.web.visits import nothing_changes, sentence, table, words

FORM = {"minutes": "30", "standing": "85", "price": "120"}
WEEK = "Minutes of the last seven days"


@pytest.fixture
def project(session):
    return make_project(session, "street", items=20)


@pytest.fixture
def work(monkeypatch):
    """Lets somebody work so many minutes at an item, some days ago."""
    now = utc_now()

    def work(session, person, project, *, minutes=1.0, right=True, days_ago=0):
        assignment = practice.issue_next(session, person, project)
        sent_at = now - timedelta(days=days_ago)
        assignment.shown_at = sent_at - timedelta(minutes=minutes)
        monkeypatch.setattr(submissions, "utc_now", lambda: sent_at)
        answer = (RIGHT if right else WRONG)[project.task_type]
        return submissions.submit(session, person, assignment.id, Sent(answer, 0, f"key {assignment.id}"))

    return work


def minutes_of(page):
    return [row[1] for row in table(page, WEEK)[1:]]


def test_a_goal_is_set_and_shown(as_worker, session, project):
    answer = as_worker.post("/scores/goal", data=FORM)

    assert (answer.status_code, answer.location) == (303, "/scores#goal")
    assert as_worker.person.goal == Goal(30, 0.85, 120)
    assert "0 of 30 minutes today" in words(as_worker.get("/scores"))


def test_a_goal_needs_no_price(as_worker):
    as_worker.post("/scores/goal", data=FORM | {"price": " "})

    assert as_worker.person.goal == Goal(30, 0.85, None)
    assert "An hour of your work" not in words(as_worker.get("/scores"))


def test_numbers_may_have_commas(as_worker):
    as_worker.post("/scores/goal", data=FORM | {"price": "1,200"})

    assert as_worker.person.goal.price == 1200


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"minutes": "0"}, "Minutes a day: a whole number from 1 to 600."),
        ({"minutes": "601"}, "Minutes a day: a whole number from 1 to 600."),
        ({"minutes": ""}, "Minutes a day: a whole number from 1 to 600."),
        ({"minutes": "9" * 5000}, "Minutes a day: a whole number from 1 to 600."),
        ({"standing": "101"}, "Standing to reach: a whole number from 1 to 100."),
        ({"standing": "-5"}, "Standing to reach: a whole number from 1 to 100."),
        ({"standing": "0.9"}, "Standing to reach: a whole number from 1 to 100."),
        ({"price": "a lot"}, "Price of a passed item: a whole number from 1 to 10000000, or nothing."),
        ({"price": "²"}, "Price of a passed item: a whole number from 1 to 10000000, or nothing."),
    ],
)
def test_what_is_no_number_is_refused_and_nothing_changes(as_worker, session, bad, said):
    as_worker.post("/scores/goal", data=FORM)

    with nothing_changes(session):
        answer = as_worker.post("/scores/goal", data=FORM | bad)

    assert (answer.status_code, sentence(answer)) == (422, said)
    assert as_worker.person.goal == Goal(30, 0.85, 120)


def test_what_was_typed_stays_in_the_form_that_was_refused(as_worker):
    page = as_worker.post("/scores/goal", data=FORM | {"minutes": "many"}).text

    assert 'name="minutes" inputmode="numeric" required value="many"' in page


def test_a_form_without_its_fields_is_refused(as_worker):
    assert as_worker.post("/scores/goal").status_code == 422


def test_one_can_go_on_without_a_goal(as_worker):
    as_worker.post("/scores/goal", data=FORM)
    as_worker.post("/scores/goal", data={"drop": "1"})

    assert as_worker.person.goal is None


def test_the_week_has_the_minutes_of_each_day(as_worker, session, project, work):
    as_worker.post("/scores/goal", data=FORM | {"minutes": "5"})
    for days_ago, minutes in ((0, 2.0), (0, 4.0), (2, 3.0), (6, 1.0), (7, 30.0)):
        work(session, as_worker.person, project, minutes=minutes, days_ago=days_ago)

    for address in ("/scores", "/"):
        page = as_worker.get(address)
        assert minutes_of(page) == ["6 ✓", "0", "3", "0", "0", "0", "1"], address
        assert "6 of 5 minutes today" in words(page)


def test_time_counts_though_the_score_still_waits(as_worker, session, work):
    project = make_project(session, "reviewed", feedback=Feedback.AFTER_REVIEW)
    work(session, as_worker.person, project, minutes=7.0)

    assert minutes_of(as_worker.get("/scores"))[0] == "7"
    today = day_of(utc_now())
    assert goals.week(session, as_worker.person, today)[-1] == (today, pytest.approx(7.0))


def test_the_curve_has_the_line_of_the_goal(as_worker, session, project, work):
    work(session, as_worker.person, project)
    assert "Goal 85 %" not in words(as_worker.get("/scores?project=street"))

    as_worker.post("/scores/goal", data=FORM)

    assert "Goal 85 %" in words(as_worker.get("/scores?project=street"))


def test_what_an_hour_is_worth_counts_all_the_time_and_only_what_passed(as_worker, session, project, work):
    as_worker.post("/scores/goal", data=FORM)
    for number in range(9):
        work(session, as_worker.person, project, minutes=3.0, right=number % 3 > 0, days_ago=number)
    assert "shown from 10 scored answers on" in words(as_worker.get("/scores"))

    work(session, as_worker.person, project, minutes=3.0)
    work(session, as_worker.person, project, minutes=500.0, days_ago=30)  # too long ago

    told = words(as_worker.get("/scores"))
    assert "An hour of your work is worth 1,680." in told  # 7 passed at 120 in half an hour
    assert "7 passed answers at 120 each, over 0.5 hours" in told
    assert "n = 10." in told


def test_without_any_work_an_hour_is_worth_nothing_that_could_be_said(as_worker, session):
    as_worker.post("/scores/goal", data=FORM)

    found = goals.worth(session, as_worker.person, day_of(utc_now()))

    assert (found.attempts, found.hours, found.an_hour) == (0, 0, None)


def test_the_home_page_shows_the_strip_once_there_is_work_or_a_goal(as_worker, session, project, work):
    assert WEEK not in as_worker.get("/").text

    work(session, as_worker.person, project)

    assert WEEK in as_worker.get("/").text
