"""How often an answer was sent back in a row, and when that was the last time."""

import pytest

from labelkit.domain.rework import Rejections, in_a_row
from labelkit.domain.workflow import State

NO, YES = State.REJECTED, State.ACCEPTED


@pytest.mark.parametrize(
    ("states", "count"),
    [
        ((), 0),
        ((NO,), 1),
        ((NO, NO, NO), 3),
        ((NO, NO, YES), 0),
        ((NO, YES, NO), 1),
        ((NO, State.FAILED), 0),
        ((State.LAPSED, NO), 1),
        ((State.UNSAMPLED, NO, NO), 2),
    ],
)
def test_only_the_newest_rejections_without_a_break_count(states, count):
    assert in_a_row(states) == count


def test_the_last_one_is_reached_or_passed_and_never_comes_without_a_limit():
    assert [Rejections(used, 3).is_last for used in (1, 2, 3, 4)] == [False, False, True, True]
    assert not Rejections(99, None).is_last


def test_the_one_before_the_last_is_known_also_where_the_limit_was_lowered_since():
    assert [Rejections(used, 3).next_is_last for used in (1, 2, 3, 4)] == [False, True, True, True]
    assert not Rejections(99, None).next_is_last
