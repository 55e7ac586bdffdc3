"""Which item comes next, by the rules of the game; pure, so that it can be tested move by move."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

MOST_RETURNS = 2
Pick = Callable[[Sequence[int]], int]


def first(items: Sequence[int]) -> int:
    """Plain order."""
    return items[0]


@dataclass(frozen=True, slots=True)
class Next:
    """The item to issue, and the round it belongs to."""

    item_id: int
    round: int


def next_item(
    pool: Sequence[int],
    done: Collection[int],
    skips: Counter[int],
    round_number: int,
    pick: Pick = first,
) -> Next | None:
    """The item to issue next, or None where the pool is empty.

    `pool` holds the items in their order, `done` those answered in this round, `skips` how often each
    was skipped in it. No item comes twice until the pool is used up; then the next round begins. A
    skipped item returns after the others, at most twice, and then stays out of the round. Where these rules
    leave several items, `pick` takes one of them: the first, unless told otherwise.
    """
    left = [item for item in pool if item not in done and skips[item] <= MOST_RETURNS]
    if left:
        least = min(skips[item] for item in left)
        return Next(pick([item for item in left if skips[item] == least]), round_number)
    return Next(pick(pool), round_number + 1) if pool else None
