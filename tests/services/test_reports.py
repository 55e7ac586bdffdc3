"""How good somebody is, in figures that were computed by hand."""

import pytest

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.standing import Standing
from labelkit.domain.workflow import Verdict
from labelkit.services import golds, practice, reports, reviews, submissions, users
from labelkit.services.reviews import Decision
from labelkit.services.submissions import Sent
from tests.make import RIGHT, WRONG, make_item, make_project, make_submission, make_user

TEXT = "text_class"


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def inspector(session):
    return make_user(session, "inspector", Role.INSPECTOR)


@pytest.fixture
def project(session):
    return make_project(session, task_type=TEXT, items=4)


@pytest.fixture
def reviewed(session):
    return make_project(session, task_type=TEXT, items=4, feedback=Feedback.AFTER_REVIEW)


def send(session, me, project, *right):
    """The next items of a project, answered right or wrong."""
    return [make_submission(session, me, project, (RIGHT if r else WRONG)[TEXT]) for r in right]


def try_again(session, me, submission, annotation):
    again = practice.issue_again(session, me, submission, from_mine=False)
    sent = Sent(annotation, again.revision, submit_key=f"again {again.id}")
    return submissions.submit(session, me, again.id, sent)


def judge(session, inspector, submission, verdict):
    reasons = ("missing",) if verdict is Verdict.REJECTED else ()
    return reviews.decide(session, inspector, submission.id, Decision(verdict, reasons))


def row(session, me):
    (found,) = reports.rows(session, [me])
    return found


def card(session, me, project):
    return next(card for card in reports.cards(session, me) if card.project is project)


def test_standing_is_shown_from_three_first_attempts_on(session, me, project):
    send(session, me, project, True, False)
    assert row(session, me).standing == Standing(None, 2)

    send(session, me, project, True)
    assert row(session, me).standing == Standing(pytest.approx(2 / 3), 3)


def test_retries_count_as_attempts_but_not_in_the_standing(session, me, project):
    wrong = send(session, me, project, True, True, False)[-1]

    try_again(session, me, wrong, RIGHT[TEXT])

    found = row(session, me)
    assert found.standing == Standing(pytest.approx(2 / 3), 3)
    assert (found.attempts, found.passed) == (4, 3)


def test_an_answer_after_seeing_the_gold_is_not_in_the_standing(session, me, project):
    opened = practice.issue_next(session, me, project)
    golds.hand_out(session, me, opened.item_id, golds.How.REVIEW)

    send(session, me, project, True, False, False, False)

    assert row(session, me).standing == Standing(0, 3)


def test_a_second_round_is_not_in_the_standing(session, me, project):
    send(session, me, project, False, False, False, False)
    send(session, me, project, True, True)

    found = row(session, me)
    assert found.standing == Standing(0, 4)
    assert (found.attempts, found.passed) == (6, 2)
    assert (card(session, me, project).round, card(session, me, project).done) == (2, 2)


def test_the_standing_is_of_the_newest_ten(session, me):
    project = make_project(session, task_type=TEXT, items=14)

    send(session, me, project, *[False] * 6, *[True] * 8)

    assert row(session, me).standing == Standing(pytest.approx(0.8), 10)


def test_each_project_has_a_standing_of_its_own(session, me, project):
    other = make_project(session, task_type=TEXT, items=3)
    send(session, me, project, True, True, True)
    send(session, me, other, False, False, False)

    found = {row.project: row.standing.value for row in reports.rows(session, [me])}

    assert found == {project: 1, other: 0}


def test_a_row_is_there_for_each_person_and_project_with_a_score(session, me, project):
    idle, busy = make_user(session), make_user(session)
    send(session, me, project, True)
    send(session, busy, project, False, True)

    found = {(row.user, row.attempts, row.passed) for row in reports.rows(session, [me, idle, busy])}

    assert found == {(me, 1, 1), (busy, 2, 1)}


def test_what_waits_or_was_sent_back_is_in_no_figure(session, me, inspector, reviewed):
    _, rejected, accepted = send(session, me, reviewed, True, False, True)
    judge(session, inspector, rejected, Verdict.REJECTED)
    assert reports.rows(session, [me]) == []

    judge(session, inspector, accepted, Verdict.ACCEPTED)

    found = row(session, me)
    assert (found.attempts, found.passed, found.standing) == (1, 1, Standing(None, 1))


def test_simulated_people_are_in_no_figure(session, me, project):
    simulated = make_user(session, simulated=True)
    send(session, simulated, project, True, True, True)

    assert reports.rows(session, [me, simulated]) == []
    assert simulated not in reports.people(session)


def test_people_are_listed_by_name_without_those_who_left(session):
    names = ["c-user", "a-user", "b-user"]
    people = {name: make_user(session, name) for name in names}
    users.deactivate(session, "b-user")

    assert reports.people(session) == [people["a-user"], people["c-user"]]


def test_a_card_shows_where_i_stand_in_a_project(session, me, inspector, reviewed):
    make_item(session, reviewed, position=9, cover=True, gold=[])
    first, second, _ = send(session, me, reviewed, False, True, True)
    judge(session, inspector, first, Verdict.REJECTED)
    judge(session, inspector, second, Verdict.ACCEPTED)

    found = card(session, me, reviewed)

    assert (found.done, found.total, found.round) == (3, 5, 1)
    assert (found.waiting, found.rejected) == (1, 1)
    assert [item.position for item in found.covers] == [9]
    assert found.standing == Standing(None, 1)


def test_a_card_of_an_untouched_project_begins_at_nothing(session, me, project):
    found = card(session, me, project)

    assert (found.done, found.total, found.round) == (0, 4, 1)
    assert (found.waiting, found.rejected, found.standing) == (0, 0, Standing(None, 0))


def test_an_item_without_gold_is_not_in_the_pool_of_a_project_that_answers_at_once(session, me, project):
    make_item(session, project, gold=[])

    assert card(session, me, project).total == 4


def test_cards_come_in_the_order_of_the_projects(session, me):
    later, sooner = make_project(session, items=0), make_project(session, items=0)
    later.position, sooner.position = 20, 10

    assert [card.project for card in reports.cards(session, me)] == [sooner, later]


def test_a_rejection_that_was_answered_no_longer_waits_for_me(session, me, inspector, reviewed):
    sent = send(session, me, reviewed, False)[0]
    judge(session, inspector, sent, Verdict.REJECTED)
    assert reports.returned(session, me) == [sent]

    try_again(session, me, sent, RIGHT[TEXT])

    found = card(session, me, reviewed)
    assert (found.waiting, found.rejected) == (1, 0)
    assert reports.returned(session, me) == []


def test_progress_tells_of_the_present_round(session, me, project):
    practice.skip(session, me, practice.issue_next(session, me, project).id)
    send(session, me, project, True)
    opened = practice.issue_next(session, me, project)

    found = reports.progress(session, me, project)

    assert (found.done, found.total, found.round, found.skipped) == (1, 4, 1, 1)
    assert found.open is opened


def test_progress_of_an_untouched_project_begins_at_nothing(session, me, project):
    found = reports.progress(session, me, project)

    assert (found.done, found.total, found.round, found.skipped, found.open) == (0, 4, 1, 0, None)


def test_work_goes_on_with_the_item_that_was_shown_last(session, me, project):
    assert reports.resume(session, me) is None

    opened = practice.issue_next(session, me, project)
    assert reports.resume(session, me) is None

    practice.show(opened)
    session.flush()
    assert reports.resume(session, me) is opened


def test_my_history_holds_my_newest_attempts_first(session, me, project):
    mine = send(session, me, project, True, False, True)
    send(session, make_user(session), project, True)

    assert reports.history(session, me, project) == mine[::-1]
