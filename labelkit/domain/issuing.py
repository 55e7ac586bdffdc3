"""Which item comes next, by the rules of the game; pure, so that it can be tested move by move."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

MOST_RETURNS = 2


@dataclass(frozen=True, slots=True)
class Next:
    """The item to issue, and the round it belongs to."""

    item_id: int
    round: int


def next_item(
    pool: Sequence[int], done: Collection[int], skips: Counter[int], round_number: int
) -> Next | None:
    """The item to issue next, or None where the pool is empty.

    `pool` holds the items in their order, `done` those answered in this round, `skips` how often each
    was skipped in it. No item comes twice until the pool is used up; then the next round begins. A
    skipped item returns after the others, at most twice, and then stays out of the round.
    """
    left = [item for item in pool if item not in done and skips[item] <= MOST_RETURNS]
    if left:
        item = min(left, key=lambda item: skips[item])  # the first of those skipped least
        return Next(item, round_number)
    return Next(pool[0], round_number + 1) if pool else None
