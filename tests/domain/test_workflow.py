"""Every change of state, move by move and role by role."""

import itertools

import pytest

from labelkit.domain.errors import Conflict, NotAllowed
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import MOVES, State, Step, Verdict, first_state, judge, opens, take

# All that may happen, by an inspector or an admin; whatever is not here is refused.
BY_INSPECTORS = {
    (State.WAITING, Step.ACCEPT): State.ACCEPTED,
    (State.WAITING, Step.REJECT): State.REJECTED,
    (State.WAITING, Step.REJECT_LAST): State.FAILED,
    (State.WAITING, Step.CORRECT): State.CORRECTED,
    (State.REJECTED, Step.UPHOLD): State.ACCEPTED,
    (State.FAILED, Step.UPHOLD): State.ACCEPTED,
    (State.LAPSED, Step.UPHOLD): State.ACCEPTED,
    (State.CORRECTED, Step.UPHOLD): State.ACCEPTED,
}
ALLOWED = {
    (*move, role): end for move, end in BY_INSPECTORS.items() for role in (Role.INSPECTOR, Role.ADMIN)
} | {(State.REJECTED, Step.LAPSE, None): State.LAPSED}
EVERYTHING = list(itertools.product(State, Step, (*Role, None)))


@pytest.mark.parametrize(("state", "step", "role"), ALLOWED)
def test_what_is_in_the_table_happens(state, step, role):
    assert take(state, step, role) is ALLOWED[state, step, role]


@pytest.mark.parametrize(("state", "step", "role"), [move for move in EVERYTHING if move not in ALLOWED])
def test_no_other_move_is_possible(state, step, role):
    with pytest.raises((Conflict, NotAllowed)):
        take(state, step, role)


@pytest.mark.parametrize(
    ("verdict", "last", "end"),
    [
        (Verdict.ACCEPTED, False, State.ACCEPTED),
        (Verdict.ACCEPTED, True, State.ACCEPTED),
        (Verdict.REJECTED, False, State.REJECTED),
        (Verdict.REJECTED, True, State.FAILED),
        (Verdict.CORRECTED, False, State.CORRECTED),
        (Verdict.CORRECTED, True, State.CORRECTED),
    ],
)
def test_a_verdict_moves_a_waiting_submission(verdict, last, end):
    assert judge(State.WAITING, verdict, Role.INSPECTOR, last=last) is end


def test_a_worker_is_told_that_judging_is_for_inspectors():
    with pytest.raises(NotAllowed):
        judge(State.WAITING, Verdict.ACCEPTED, Role.WORKER)


def test_a_judged_submission_says_that_it_was_judged():
    with pytest.raises(Conflict, match=r"^This submission has already been judged\.$"):
        judge(State.ACCEPTED, Verdict.REJECTED, Role.INSPECTOR)


def test_nothing_moves_out_of_a_state_that_is_final():
    assert not {move.start for move in MOVES} & {State.SCORED, State.ACCEPTED, State.UNSAMPLED}


def test_only_a_dispute_moves_what_is_done():
    done = {move.step for move in MOVES if opens(move.start)}

    assert done == {Step.UPHOLD}


def test_a_project_that_answers_at_once_begins_scored_and_is_never_queued():
    assert first_state(Feedback.AT_ONCE) is State.SCORED
    assert first_state(Feedback.AT_ONCE, drawn=False) is State.SCORED


def test_a_project_that_answers_after_review_begins_waiting():
    assert first_state(Feedback.AFTER_REVIEW) is State.WAITING


def test_what_is_not_drawn_is_done_without_inspection():
    assert first_state(Feedback.AFTER_REVIEW, drawn=False) is State.UNSAMPLED


def test_what_waits_or_was_sent_back_shows_neither_score_nor_gold():
    assert {state for state in State if not opens(state)} == {State.WAITING, State.REJECTED}
