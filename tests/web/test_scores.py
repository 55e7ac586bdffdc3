"""Scores: one's own standing, attempts and labels, and everybody's for an inspector."""

import pytest

from labelkit.services import practice, submissions
from labelkit.services.submissions import Sent
from tests.make import RIGHT, WRONG, make_project, make_submission, make_user
from tests.web.visits import sentence, statements, table, words

NOTHING_YET = "Nothing has been sent yet"


@pytest.fixture
def project(session):
    return make_project(session, "street", items=12)


def practise(session, person, project, *right):
    """Send one first attempt after another, each right or wrong."""
    kind = project.task_type
    return [make_submission(session, person, project, RIGHT[kind] if one else WRONG[kind]) for one in right]


def try_again(session, person, submission):
    again = practice.issue_again(session, person, submission, from_mine=False)
    submissions.submit(session, person, again.id, Sent(RIGHT["bbox"], 0, f"again-{again.id}"))


def test_before_the_first_answer_the_page_says_so_and_where_to_go_on(as_worker, project):
    page = as_worker.get("/scores")

    assert "Nothing has been sent yet" in words(page)
    assert "To the projects" in words(page)


def test_one_answer_is_told_as_one(as_worker, session, project):
    practise(session, as_worker.person, project, True)

    page = as_worker.get("/scores")

    _, row = table(page, 'id="standings-title"')[1:]
    assert row[1:] == ["–", "", "1", "1 / 1", "1", "0 s"]
    assert "Shown after 2 more first attempts" in words(page)


def test_a_worker_sees_own_scores_only(as_worker, as_other_worker, session, project):
    theirs = practise(session, as_other_worker.person, project, True, True, True)

    page = as_worker.get("/scores")

    assert NOTHING_YET in words(page)
    assert all(f"/results/{submission.id}" not in page.text for submission in theirs)
    assert "/scores/people" not in page.text
    assert as_worker.get("/scores/people").status_code == 403
    assert as_worker.get(f"/scores/people/{as_other_worker.person.id}").status_code == 403
    assert "Shown after 3 more first attempts" in words(as_worker.get("/projects/street"))


def test_an_inspector_sees_everybodys(as_worker, as_other_worker, as_inspector, session, project):
    practise(session, as_worker.person, project, True, True, True)
    practise(session, as_other_worker.person, project, False)

    everyone = words(as_inspector.get("/scores/people"))

    assert "Worker street practice 100 % 3 " in everyone
    assert "Other-worker street practice – 1 " in everyone
    assert "3 / 3" in words(as_inspector.get(f"/scores/people/{as_worker.person.id}"))


def test_simulated_people_are_nowhere(as_worker, as_inspector, session, project):
    simulated = make_user(session, "sim", simulated=True)
    practise(session, simulated, project, True, True, True)

    assert "Nobody has sent anything yet." in words(as_inspector.get("/scores/people"))
    answer = as_inspector.get(f"/scores/people/{simulated.id}")
    assert (answer.status_code, sentence(answer)) == (404, "There is no such person.")
    assert NOTHING_YET in words(as_worker.get("/scores"))


def test_deactivated_people_are_not_listed(as_inspector, session, project):
    practise(session, make_user(session, "gone", active=False), project, True)

    assert "Gone" not in words(as_inspector.get("/scores/people"))


def test_there_is_no_person_of_another_number(as_inspector):
    for number in (0, 999, 10**20):
        assert as_inspector.get(f"/scores/people/{number}").status_code == 404


@pytest.mark.parametrize("address", ["/", "/scores", "/projects/street"])
def test_a_page_asks_the_database_no_more_however_much_was_sent(as_worker, session, engine, project, address):
    practise(session, as_worker.person, project, True)
    with statements(engine) as few:
        as_worker.get(address)
    practise(session, as_worker.person, project, *[True] * 9)
    with statements(engine) as many:
        as_worker.get(address)

    assert len(many) == len(few)
