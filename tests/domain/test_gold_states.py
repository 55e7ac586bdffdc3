"""Gold goes from draft to approved and on, step by step, and only by those who may."""

import pytest

from labelkit.domain.errors import Conflict, NotAllowed
from labelkit.domain.gold_states import MOVES, GoldState, Step, may_approve, take
from labelkit.domain.people import Role


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.start}-{move.step}")
@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.ADMIN])
def test_each_move_leads_where_the_table_says(move, role):
    assert take(move.start, move.step, role, is_author=True) is move.end


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.start}-{move.step}")
def test_a_worker_moves_no_gold(move):
    with pytest.raises(NotAllowed):
        take(move.start, move.step, Role.WORKER, is_author=True)


def test_only_its_author_saves_and_proposes_a_draft():
    for step in (Step.SAVE, Step.PROPOSE):
        with pytest.raises(NotAllowed):
            take(GoldState.DRAFT, step, Role.ADMIN, is_author=False)


def test_what_is_not_in_the_table_is_a_conflict():
    known = {(move.start, move.step) for move in MOVES}
    for state in GoldState:
        for step in Step:
            if (state, step) not in known:
                with pytest.raises(Conflict):
                    take(state, step, Role.ADMIN, is_author=True)


@pytest.mark.parametrize(
    ("role", "is_author", "inspectors", "may"),
    [
        (Role.INSPECTOR, False, 2, True),
        (Role.INSPECTOR, True, 1, False),
        (Role.ADMIN, True, 1, True),
        (Role.ADMIN, True, 2, False),
        (Role.ADMIN, False, 2, True),
    ],
)
def test_an_author_approves_only_as_an_admin_who_is_nearly_alone(role, is_author, inspectors, may):
    assert may_approve(role, is_author=is_author, inspectors=inspectors) is may
