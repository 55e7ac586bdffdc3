"""A dispute is decided once, and by nobody who has a part in it."""

import itertools

import pytest

from labelkit.domain.dispute_states import DisputeState, Ruling, take
from labelkit.domain.errors import Conflict, NotAllowed
from labelkit.domain.people import Role

ENDS = {Ruling.UPHOLD: DisputeState.UPHELD, Ruling.DISMISS: DisputeState.DISMISSED}
# ruling, role, one's own dispute, a part in what is disputed
DECIDING = {(ruling, role, False, False) for ruling in ENDS for role in (Role.INSPECTOR, Role.ADMIN)}
TAKING_BACK = {(Ruling.WITHDRAW, role, True, party) for role in Role for party in (False, True)}
EVERYTHING = list(itertools.product(Ruling, Role, (False, True), (False, True)))


@pytest.mark.parametrize("move", sorted(DECIDING))
def test_an_inspector_without_a_part_in_it_decides(move):
    ruling, role, raiser, party = move

    assert take(DisputeState.OPEN, ruling, role, is_raiser=raiser, is_party=party) is ENDS[ruling]


@pytest.mark.parametrize("move", sorted(TAKING_BACK))
def test_whoever_raised_it_may_take_it_back(move):
    ruling, role, raiser, party = move
    end = take(DisputeState.OPEN, ruling, role, is_raiser=raiser, is_party=party)

    assert end is DisputeState.WITHDRAWN


@pytest.mark.parametrize("move", [one for one in EVERYTHING if one not in DECIDING | TAKING_BACK])
def test_nobody_else_moves_it(move):
    ruling, role, raiser, party = move
    with pytest.raises(NotAllowed):
        take(DisputeState.OPEN, ruling, role, is_raiser=raiser, is_party=party)


@pytest.mark.parametrize("state", [one for one in DisputeState if one is not DisputeState.OPEN])
@pytest.mark.parametrize("ruling", Ruling)
def test_what_is_decided_stays_decided(state, ruling):
    with pytest.raises(Conflict):
        take(state, ruling, Role.ADMIN, is_raiser=ruling is Ruling.WITHDRAW, is_party=False)
