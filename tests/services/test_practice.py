"""Practising: which item comes, what is kept of a draft, and what skipping does."""

import pytest
from sqlalchemy import func, select

from labelkit.domain.errors import Conflict, NotFound, TooLarge
from labelkit.domain.projects import Feedback, Split
from labelkit.domain.workflow import State
from labelkit.services import practice
from labelkit.services.practice import DraftConflict
from labelkit.store.models import Assignment, Item
from tests.make import RIGHT, WRONG, make_item, make_project, make_submission, make_user

TEXT = "text_class"


@pytest.fixture
def project(session):
    return make_project(session, task_type=TEXT, items=3)


@pytest.fixture
def me(session):
    return make_user(session, "me")


def key_of(session, assignment):
    return session.get(Item, assignment.item_id).position


def send_all(session, me, project, n):
    return [make_submission(session, me, project) for _ in range(n)]


def test_items_come_in_their_order_and_none_twice(session, me, project):
    sent = send_all(session, me, project, 3)

    assert [key_of(session, submission) for submission in sent] == [0, 1, 2]


def test_when_all_are_done_the_next_round_begins(session, me, project):
    send_all(session, me, project, 3)

    again = practice.issue_next(session, me, project)

    assert (again.round, key_of(session, again)) == (2, 0)


def test_the_item_i_left_open_comes_back(session, me, project):
    assert practice.issue_next(session, me, project) is practice.issue_next(session, me, project)


def test_each_person_has_a_round_of_their_own(session, me, project):
    send_all(session, me, project, 2)

    assert key_of(session, practice.issue_next(session, make_user(session), project)) == 0


@pytest.mark.parametrize("split", [Split.INSPECT, Split.EXAM])
def test_only_practice_items_are_issued(session, me, split):
    project = make_project(session, task_type=TEXT, items=0)
    make_item(session, project, split=split)

    with pytest.raises(NotFound, match=r"^This project has no items to practise\.$"):
        practice.issue_next(session, me, project)


def test_without_gold_an_item_is_not_issued_where_feedback_comes_at_once(session, me):
    project = make_project(session, task_type=TEXT, items=0)
    make_item(session, project, gold=[])

    with pytest.raises(NotFound):
        practice.issue_next(session, me, project)


def test_without_gold_an_item_is_issued_where_an_inspector_judges(session, me):
    project = make_project(session, task_type=TEXT, items=0, feedback=Feedback.AFTER_REVIEW)
    make_item(session, project, gold=[])

    assert practice.issue_next(session, me, project).open


def test_simulated_people_begin_at_the_other_end_and_need_gold(session):
    project = make_project(session, task_type=TEXT, items=3, feedback=Feedback.AFTER_REVIEW)
    make_item(session, project, position=3, gold=[])

    issued = practice.issue_next(session, make_user(session, simulated=True), project)

    assert key_of(session, issued) == 2


def test_a_skipped_item_returns_after_the_others(session, me, project):
    practice.skip(session, me, practice.issue_next(session, me, project).id)

    assert [key_of(session, sent) for sent in send_all(session, me, project, 3)] == [1, 2, 0]


def test_skipping_twice_is_refused(session, me, project):
    skipped = practice.skip(session, me, practice.issue_next(session, me, project).id)

    with pytest.raises(Conflict):
        practice.skip(session, me, skipped.id)


def test_what_was_sent_cannot_be_skipped(session, me, project):
    sent = make_submission(session, me, project)

    with pytest.raises(Conflict, match=r"^This item has already been sent\.$"):
        practice.skip(session, me, sent.assignment_id)


def test_anothers_item_is_as_good_as_none(session, me, project):
    theirs = practice.issue_next(session, make_user(session), project)

    for act in (
        lambda: practice.find_mine(session, me, theirs.id),
        lambda: practice.skip(session, me, theirs.id),
        lambda: practice.save_draft(session, me, theirs.id, 0, {}),
    ):
        with pytest.raises(NotFound, match=r"^There is no such item among yours\.$"):
            act()


def test_the_clock_starts_when_an_item_is_shown_first(session, me, project):
    assignment = practice.issue_next(session, me, project)
    assert assignment.shown_at is None

    first = practice.show(assignment).shown_at

    assert practice.show(assignment).shown_at is first


def test_a_draft_is_kept_and_its_revision_rises(session, me, project):
    assignment = practice.issue_next(session, me, project)

    assert practice.save_draft(session, me, assignment.id, 0, {"labels": []}) == 1
    assert practice.save_draft(session, me, assignment.id, 1, {"labels": ["refund"]}) == 2
    assert assignment.draft == {"labels": ["refund"]}


def test_a_draft_may_be_undecided_or_wrong(session, me, project):
    assignment = practice.issue_next(session, me, project)

    assert practice.save_draft(session, me, assignment.id, 0, {"labels": ["no such label"]}) == 1


@pytest.mark.parametrize("revision", [0, 2, -1, 10**30])
def test_a_draft_on_another_revision_gets_the_servers_draft(session, me, project, revision):
    assignment = practice.issue_next(session, me, project)
    practice.save_draft(session, me, assignment.id, 0, {"labels": ["refund"]})

    with pytest.raises(DraftConflict) as caught:
        practice.save_draft(session, me, assignment.id, revision, {"labels": ["delivery"]})

    assert (caught.value.revision, caught.value.annotation) == (1, {"labels": ["refund"]})
    assert assignment.draft == {"labels": ["refund"]}


def test_after_sending_a_draft_is_refused(session, me, project):
    sent = make_submission(session, me, project)

    with pytest.raises(Conflict, match=r"^This item has already been sent\.$"):
        practice.save_draft(session, me, sent.assignment_id, 0, {"labels": []})


def test_a_draft_that_is_too_large_is_refused(session, me, project):
    assignment = practice.issue_next(session, me, project)

    with pytest.raises(TooLarge, match=r"^This answer is too large to keep\.$"):
        practice.save_draft(session, me, assignment.id, 0, {"labels": ["x" * 1_000_001]})

    assert (assignment.draft, assignment.revision) == (None, 0)


def test_another_try_begins_empty_or_from_my_answer(session, me, project):
    first, second = send_all(session, me, project, 2)

    empty = practice.issue_again(session, me, first, from_mine=False)
    mine = practice.issue_again(session, me, second, from_mine=True)

    assert (empty.draft, mine.draft) == (None, RIGHT[TEXT])
    assert (empty.purpose, mine.purpose) == ("again", "again")
    assert practice.attempt(session, empty) == 2


def test_an_answer_to_a_rejection_is_rework(session, me, project):
    sent = make_submission(session, me, project, WRONG[TEXT])
    sent.state = State.REJECTED

    assert practice.issue_again(session, me, sent, from_mine=True).purpose == "rework"


def test_another_try_is_open_once(session, me, project):
    sent = make_submission(session, me, project)

    opened = practice.issue_again(session, me, sent, from_mine=True)

    assert practice.issue_again(session, me, sent, from_mine=False) is opened


def test_another_try_takes_no_place_in_the_round(session, me, project):
    sent = make_submission(session, me, project)
    practice.issue_again(session, me, sent, from_mine=False)

    assert key_of(session, practice.issue_next(session, me, project)) == 1


def test_another_try_that_is_open_when_a_round_begins_comes_first(session, me, project):
    sent = send_all(session, me, project, 3)
    opened = practice.issue_again(session, me, sent[0], from_mine=False)

    assert practice.issue_next(session, me, project) is opened
    assert session.scalar(select(func.count()).select_from(Assignment)) == 4


def test_the_place_in_the_round_counts_what_was_answered(session, me, project):
    practice.skip(session, me, practice.issue_next(session, me, project).id)
    make_submission(session, me, project)

    assignment = practice.find_mine(session, me, practice.issue_next(session, me, project).id)

    assert practice.position(session, assignment) == (2, 3)
    assert practice.attempt(session, assignment) == 1
