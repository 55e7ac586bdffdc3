"""Which of many are inspected: a sample that is exact, fair to everybody, and not to be foreseen."""

from random import Random

BLOCK = 20  # of so many in a row exactly the asked share is drawn
STEP = 100 // BLOCK  # so percentages go in steps of 5


def is_drawn(percent: int, seed: str, stratum: int, number: int) -> bool:
    """Whether the `number`th (from 0) of a stratum, a worker's or an inspector's, is drawn.

    `percent` is a multiple of STEP from 0 to 100. Of each BLOCK in a row exactly that share is drawn, at
    places that `seed` decides: so every stratum has its share, and nobody can count until the next one. The
    same seed gives the same sample, and a larger percentage draws what the smaller one drew, and more.
    Raises ValueError for a percentage that is none of these.
    """
    if percent % STEP or not 0 <= percent <= 100:
        raise ValueError(f"a sample is a multiple of {STEP} from 0 to 100, not {percent}")
    block, place = divmod(number, BLOCK)
    order = Random(f"{seed} {stratum} {block}").sample(range(BLOCK), BLOCK)
    return order[place] < percent // STEP
