"""How far people agree in a project, and where they do not: whose answers count, and which are looked at."""

import pytest
from sqlalchemy import select

from labelkit.domain.projects import Feedback, Split
from labelkit.services import agreement, practice, submissions
from labelkit.services.submissions import Sent
from labelkit.store.models import Item, Submission
from tests.make import (
    RIGHT,
    WRONG,
    box,
    boxes,
    make_item,
    make_project,
    make_proposal,
    make_submission,
    make_user,
)
from tests.web.visits import on_sqlite_alone, statements

TEXT = "text_class"
REFUND, DELIVERY = RIGHT[TEXT], WRONG[TEXT]


@pytest.fixture
def project(session):
    return make_project(session, task_type=TEXT, items=3, feedback=Feedback.AFTER_REVIEW)


def answer_all(session, project, *columns):
    """One person for each column, who answers the items in their order."""
    people = [make_user(session) for _ in columns]
    for person, answers in zip(people, columns, strict=True):
        for answer in answers:
            make_submission(session, person, project, answer)
    return people


def positions(report):
    return [one.item.position for one in report.queue]


def test_first_attempts_of_real_people_are_compared(session, project):
    answer_all(session, project, [REFUND, REFUND], [REFUND, DELIVERY], [REFUND])

    figures = agreement.report(session, project).figures

    assert (figures.items, figures.people, figures.answers, figures.couples) == (2, 3, 5, 4)
    # 3 of 3 couples agree on the first item (6 ordered pairs), 0 of 1 on the second (2 ordered pairs).
    assert figures.percent == pytest.approx(6 / 8)
    # 4 refund, 1 delivery; observed 2, expected 2 * 4 * 1 / 4.
    assert figures.alpha == pytest.approx(0)


def test_simulated_people_and_later_attempts_count_nowhere(session):
    project = make_project(session, task_type=TEXT, items=1)
    me, _ = answer_all(session, project, [REFUND], [REFUND])
    make_submission(session, make_user(session, simulated=True), project, DELIVERY)
    mine = session.scalars(select(Submission).where(Submission.user_id == me.id)).one()
    again = practice.issue_again(session, me, mine, from_mine=False)
    submissions.submit(session, me, again.id, Sent(DELIVERY, 0, "again"))

    figures = agreement.report(session, project).figures

    assert (figures.answers, figures.percent) == (2, 1)


def test_items_of_an_exam_are_in_no_figure(session, project):
    answer_all(session, project, [REFUND], [REFUND])
    session.scalars(select(Item).order_by(Item.position)).first().split = Split.EXAM

    assert agreement.report(session, project).figures.items == 0


def test_the_queue_begins_where_people_agree_least(session):
    project = make_project(session, items=3)
    car, twice = boxes(box()), boxes(box(), box(x=200))
    answer_all(session, project, [car, car, car], [car, twice, WRONG["bbox"]], [car, car])

    report = agreement.report(session, project)

    assert positions(report) == [2, 1, 0]
    assert [one.agreement for one in report.queue] == pytest.approx([0, (2 / 3 + 1 + 2 / 3) / 3, 1])
    assert [one.answers for one in report.queue] == [2, 3, 3]


def test_the_queue_says_what_has_gold_and_what_is_proposed(session, project):
    answer_all(session, project, [REFUND, REFUND], [REFUND, DELIVERY])
    item = make_item(session, project, position=9, gold=[])
    for person in (make_user(session), make_user(session)):
        issued = practice.issue_on(session, person, item, "first")
        submissions.submit(session, person, issued.id, Sent(REFUND, 0, f"key {person.id}"))
    make_proposal(session, item, None)

    told = {
        one.item.position: (one.has_gold, one.has_proposal)
        for one in agreement.report(session, project).queue
    }

    assert told == {0: (True, False), 1: (True, False), 9: (False, True)}


def test_only_the_newest_answers_are_read_and_of_an_item_no_more_than_are_compared(session, monkeypatch):
    project = make_project(session, task_type=TEXT, items=1)
    answer_all(session, project, [DELIVERY], [DELIVERY], [REFUND], [REFUND], [REFUND])

    monkeypatch.setattr(agreement, "MOST", 3)
    report = agreement.report(session, project)
    assert (report.read, report.is_all, report.figures.percent) == (3, False, 1)

    monkeypatch.setattr(agreement, "MOST", 9)
    monkeypatch.setattr(agreement, "MOST_OF_ITEM", 4)
    report = agreement.report(session, project)
    assert (report.read, report.is_all, report.figures.answers) == (5, True, 4)


def test_a_project_in_which_nobody_shares_an_item_has_no_figures(session, project):
    answer_all(session, project, [REFUND])

    report = agreement.report(session, project)

    assert (report.figures.alpha, report.figures.likeness, report.queue, report.queued) == (None, None, [], 0)


@on_sqlite_alone
def test_no_more_is_asked_the_more_is_answered(session, engine, project):
    def asked():
        session.commit()
        with statements(engine) as seen:
            agreement.report(session, project)
        return len(seen)

    answer_all(session, project, [REFUND], [REFUND])
    few = asked()
    answer_all(session, project, [REFUND] * 3, [REFUND] * 3)

    assert asked() == few
