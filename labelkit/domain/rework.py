"""Rework: how often an answer was sent back, and how often that may be."""

from collections.abc import Sequence
from dataclasses import dataclass

from labelkit.domain.workflow import State


@dataclass(frozen=True, slots=True)
class Rejections:
    """How often the answers of one worker to one item were rejected in a row, with the one at hand;
    `limit` is how often the project does that now, None where it never ends. It may be a smaller number than
    it was, so that more are used than it says."""

    used: int
    limit: int | None

    @property
    def is_last(self) -> bool:
        """True where no rework follows this rejection."""
        return self.limit is not None and self.used >= self.limit

    @property
    def next_is_last(self) -> bool:
        """True where no rework follows the rejection after this one."""
        return self.limit is not None and self.used + 1 >= self.limit


def in_a_row(states: Sequence[State]) -> int:
    """How many of the newest attempts, one after the other, were rejected; `states` has the oldest first.

    What was accepted, failed or lapsed begins anew.
    """
    count = 0
    for state in reversed(states):
        if state is not State.REJECTED:
            break
        count += 1
    return count
