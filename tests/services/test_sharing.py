"""Each item goes to k people: in turn, at once, and when somebody leaves one lying."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit.domain.errors import NotFound
from labelkit.domain.sharing import PLACE_KEPT
from labelkit.services import drills, practice, users
from labelkit.services.sharing import NothingLeft
from labelkit.store.models import Assignment, Item, Project, Submission, User
from labelkit.store.types import utc_now
from tests.make import make_contrast, make_project, make_submission, make_user
from tests.services.crowd import at_once, of_kind

TEXT = "text_class"


def shared(session, k, items=3, task_type=TEXT):
    project = make_project(session, task_type=task_type, items=items)
    project.review_rules = replace(project.review_rules, overlap=k)
    session.flush()
    return project


def positions(session, assignments):
    return [session.get_one(Item, one.item_id).position for one in assignments]


def issue(session, project, **person):
    return practice.issue_next(session, make_user(session, **person), project)


def test_an_item_goes_to_two_people_before_the_next_is_begun(session):
    project = shared(session, 2)

    assert positions(session, [issue(session, project) for _ in range(6)]) == [0, 0, 1, 1, 2, 2]
    with pytest.raises(NothingLeft):
        issue(session, project)


def test_without_the_rule_everybody_works_on_everything(session):
    project = make_project(session, task_type=TEXT, items=1)

    assert positions(session, [issue(session, project) for _ in range(4)]) == [0] * 4


def test_whoever_has_done_all_there_is_hears_so_and_no_second_round_begins(session):
    project, me = shared(session, 3, items=2), make_user(session)
    for _ in range(2):
        make_submission(session, me, project)

    with pytest.raises(NothingLeft):
        practice.issue_next(session, me, project)


def test_an_empty_project_is_no_finished_one(session):
    project = shared(session, 3, items=0)

    with pytest.raises(NotFound) as refused:
        issue(session, project)
    assert not isinstance(refused.value, NothingLeft)


def test_my_open_item_stays_mine_however_many_have_it(session):
    project, me = shared(session, 2, items=1), make_user(session)
    mine = practice.issue_next(session, me, project)
    mine.issued_at = utc_now() - 2 * PLACE_KEPT
    issue(session, project)
    issue(session, project)

    assert practice.issue_next(session, me, project) is mine


def test_a_place_that_nobody_uses_comes_free_after_a_day(session):
    project = shared(session, 2, items=1)
    issue(session, project)
    left_lying = issue(session, project)
    with pytest.raises(NothingLeft):
        issue(session, project)

    left_lying.issued_at = utc_now() - PLACE_KEPT - timedelta(minutes=1)

    assert positions(session, [issue(session, project)]) == [0]


def test_an_answer_keeps_its_place_and_a_skip_does_not(session):
    project, me = shared(session, 2, items=1), make_user(session)
    make_submission(session, make_user(session), project)
    long_ago = utc_now() - 30 * PLACE_KEPT
    session.scalars(select(Assignment)).one().issued_at = long_ago
    practice.skip(session, me, practice.issue_next(session, me, project).id)

    issue(session, project)

    with pytest.raises(NothingLeft):
        issue(session, project)


def test_simulated_people_take_no_place_and_find_none_taken(session):
    project = shared(session, 2, items=1)
    for _ in range(3):
        issue(session, project, simulated=True)

    issue(session, project)
    issue(session, project)

    issue(session, project, simulated=True)
    with pytest.raises(NothingLeft):
        issue(session, project)


def test_what_is_issued_ahead_takes_a_place_too(session):
    project, me = shared(session, 2, items=2), make_user(session)
    first = practice.issue_next(session, me, project)
    issue(session, project)

    ahead = practice.issue_ahead(session, me, first.id)

    assert positions(session, [ahead]) == [1]
    assert positions(session, [issue(session, project)]) == [1]
    with pytest.raises(NothingLeft):
        issue(session, project)


def test_a_drill_is_in_turn_and_another_try_is_not(session):
    project, other = shared(session, 2, items=1, task_type="bbox"), make_user(session)
    make_contrast(session, project)
    drills.start(session, make_user(session), project)
    sent = make_submission(session, other, project)

    practice.issue_again(session, other, sent, from_mine=True)

    assert len(session.scalars(select(Assignment)).all()) == 3
    with pytest.raises(NothingLeft):
        issue(session, project)


@pytest.mark.parametrize("k", [2, 3])
def test_eight_who_ask_at_once_never_make_one_too_many(engine, session, k):
    project = shared(session, k, items=2)
    people = [make_user(session).id for _ in range(8)]
    session.commit()

    def ask(session, number):
        me = session.get_one(User, people[number])
        return practice.issue_next(session, me, session.get_one(Project, project.id)).item_id

    issued = at_once(engine, 8, ask)

    got = Counter(of_kind(issued, int))
    assert list(got.values()) == [k, k]
    assert len(of_kind(issued, NothingLeft)) == 8 - 2 * k


def test_eight_who_work_through_a_project_at_once_bring_three_answers_to_each_item(engine, session):
    project = shared(session, 3, items=6)
    people = [make_user(session, plain_order=number % 2 == 0).id for number in range(8)]
    session.commit()

    def work(session, number):
        me, here = session.get_one(User, people[number]), session.get_one(Project, project.id)
        try:
            while True:
                make_submission(session, me, here)
                session.commit()
        except NothingLeft:
            session.rollback()
        return number

    assert at_once(engine, 8, work) == list(range(8))

    session.rollback()
    answered = Counter(session.scalars(select(Submission.item_id)))
    assert sorted(answered.values()) == [3] * 6


def test_somebody_can_be_erased_while_an_item_is_given_to_them(engine, session):
    project, me = shared(session, 2, items=4), make_user(session)
    make_submission(session, me, project)
    session.commit()

    def ask_or_erase(session, number):
        mine = session.get_one(User, me.id)
        if number == 3:
            users.erase(session, mine)
            return 0
        return practice.issue_next(session, mine, session.get_one(Project, project.id)).id

    assert len(of_kind(at_once(engine, 6, ask_or_erase), int)) == 6
