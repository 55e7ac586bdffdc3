"""Every change of state, move by move and role by role."""

import itertools

import pytest

from labelkit.domain.errors import Conflict, NotAllowed
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import MOVES, State, Verdict, first_state, judge, opens

# All that may happen; whatever is not here is refused.
ALLOWED = {
    (State.WAITING, Verdict.ACCEPTED, Role.INSPECTOR): State.ACCEPTED,
    (State.WAITING, Verdict.ACCEPTED, Role.ADMIN): State.ACCEPTED,
    (State.WAITING, Verdict.REJECTED, Role.INSPECTOR): State.REJECTED,
    (State.WAITING, Verdict.REJECTED, Role.ADMIN): State.REJECTED,
}
EVERYTHING = list(itertools.product(State, Verdict, Role))


@pytest.mark.parametrize(("state", "verdict", "role"), ALLOWED)
def test_a_verdict_moves_a_waiting_submission(state, verdict, role):
    assert judge(state, verdict, role) is ALLOWED[state, verdict, role]


@pytest.mark.parametrize(("state", "verdict", "role"), [move for move in EVERYTHING if move not in ALLOWED])
def test_no_other_move_is_possible(state, verdict, role):
    with pytest.raises((Conflict, NotAllowed)):
        judge(state, verdict, role)


def test_a_worker_is_told_that_judging_is_for_inspectors():
    with pytest.raises(NotAllowed):
        judge(State.WAITING, Verdict.ACCEPTED, Role.WORKER)


def test_a_judged_submission_says_that_it_was_judged():
    with pytest.raises(Conflict, match=r"^This submission has already been judged\.$"):
        judge(State.ACCEPTED, Verdict.REJECTED, Role.INSPECTOR)


def test_nothing_moves_out_of_a_state_that_is_final():
    assert not {move.start for move in MOVES} & {State.SCORED, State.ACCEPTED, State.REJECTED}


def test_a_project_that_answers_at_once_begins_scored_and_is_never_queued():
    assert first_state(Feedback.AT_ONCE) is State.SCORED


def test_a_project_that_answers_after_review_begins_waiting():
    assert first_state(Feedback.AFTER_REVIEW) is State.WAITING


def test_what_waits_or_was_sent_back_shows_neither_score_nor_gold():
    assert {state for state in State if opens(state)} == {State.SCORED, State.ACCEPTED}
