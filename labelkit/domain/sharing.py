"""Which item comes next where each goes to so many people and no more; pure, as `issuing` is."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from labelkit.domain.issuing import Next, Pick, first, next_item

# How long an item that somebody opened is kept for that person: a place that nobody uses comes free.
PLACE_KEPT = timedelta(hours=24)


def next_shared(
    pool: Sequence[int],
    done: Collection[int],
    skips: Counter[int],
    taken: Mapping[int, int],
    most: int,
    round_number: int,
    pick: Pick = first,
) -> Next | None:
    """The item to issue next where each goes to `most` people; None where nothing is left for this person.

    `taken` says how many other people have an item, `done` holds what this person ever answered in turn;
    the rest is as in `next_item`. An item that some have, but too few, comes before one that nobody has, so
    that items get complete. There is no second round: it would bring nothing that is needed.
    """
    free = [item for item in pool if taken.get(item, 0) < most]

    def pick_begun(left: Sequence[int]) -> int:
        return pick([item for item in left if taken.get(item, 0)] or left)

    found = next_item(free, done, skips, round_number, pick_begun)
    return found if found and found.round == round_number else None
