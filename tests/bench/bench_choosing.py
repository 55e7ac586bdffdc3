"""How many items it takes to reach a standing of 0.9, in the order that teaches and in plain order.

`python -m tests.bench.bench_choosing`: a simulated learner (see `learner`) practises a project by the rules
of `issuing`, in three orders: plain, the easiest first; by chance; and as `choosing` picks by the tallies of
what was sent so far. Each order has the same learners, who meet the same luck with the same item.

There are two ways to tell that somebody stands at 0.9:

- true: the mean score to be expected over *all* items of the project is 0.9. It knows no luck, and depends on
  nothing but what was learnt. The ratios are of this one.
- shown: the mean of the newest ten first tries, as pages show it. It depends on which ten these are: plain
  order shows 0.9 over its easy beginning, an order that seeks what one fails shows less than one can do, and
  ten classes that are right or wrong show 0.9 by luck. Beside it stands the true standing at that moment.

What to make of it: against plain order most is saved by not beginning with all that is easy, as the order by
chance tells. The choice saves more than chance where an item shows one label and learners are uneven; a
picture full of objects practises a bit of everything, whichever it is.

In a pack as small as the samples every order has practised the same at the end of a round, so that there is
little to choose (`--items 0`).
"""

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean, median, stdev

from labelkit.domain import choosing
from labelkit.domain.issuing import first, next_item
from labelkit.domain.standing import NEWEST, standing
from labelkit.domain.tallies import Counts, moved
from tests.bench.learner import Learner, Project

SLUGS = ("street_basic", "street", "parking_basic", "shelf_basic", "vehicle_type", "inquiry_ko")
ORDERS = ("plain", "chance", "taught")
AIM = 0.9
HEADS = ("taught : plain", "taught : chance", "the first in minutes", "plain: never")
MOST = 400  # items that anybody does
SECONDS = (26.0, 9.0)  # of an item, its result read, and of each object in it


@dataclass
class Course:
    """What came of one learner in one order: items and seconds until the true standing, items until the shown
    one, and the true standing then. Who does not get there needs all items."""

    items: int = MOST
    seconds: float = 0.0
    shown: int = MOST
    true_when_shown: float = 0.0


def practise(project: Project, order: str, seed: int, law: str, uneven: float) -> Course:
    learner, course = Learner(project, seed, law, uneven), Course()
    pool = range(len(project.pool))
    counts: Counts = {}
    values: list[float] = []
    done: set[int] = set()
    number, seconds = 1, 0.0

    def pick(left: Sequence[int]) -> int:
        if order != "taught":
            return first(left) if order == "plain" else Random(f"{seed} {len(values)}").choice(left)
        now = standing(values[::-1]).value
        return choosing.pick([project.candidates[n] for n in left], counts, now, f"{seed} {len(values)}")

    while len(values) < MOST and (course.items == MOST or course.shown == MOST):
        following = next_item(pool, done, Counter(), number, pick)
        assert following
        if following.round > number:
            number, done = following.round, set()
        item = project.pool[following.item_id]
        answer = learner.answer(item, Random(f"{seed} {number} {following.item_id}"))
        score = project.kind.score(answer, [item.gold], project.rules)
        counts = moved(counts, project.kind.count(score, answer, item.gold), {})
        values.append(score.value)
        done.add(following.item_id)
        learner.practise(item)
        seconds += SECONDS[0] + SECONDS[1] * item.objects.total()
        note(course, seconds, values, learner.standing())
    course.seconds = course.seconds or seconds
    return course


def note(course: Course, seconds: float, values: list[float], true: float) -> None:
    n = len(values)
    if course.items == MOST and true >= AIM:
        course.items, course.seconds = n, seconds
    newest = values[-NEWEST:]
    if course.shown == MOST and len(newest) == NEWEST and fmean(newest) >= AIM - 1e-9:
        course.shown, course.true_when_shown = n, true


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """The geometric mean of the ratios learner by learner, with its interval of 95 %."""
    logs = [math.log(one / other) for one, other in zip(ours, theirs, strict=True)]
    middle, half = fmean(logs), 1.96 * stdev(logs) / math.sqrt(len(logs))
    return math.exp(middle), math.exp(middle - half), math.exp(middle + half)


def said(ours: Sequence[float], theirs: Sequence[float]) -> str:
    middle, low, high = ratio(ours, theirs)
    return f"{middle:5.2f} ({low:.2f} to {high:.2f})"


def report(asked: argparse.Namespace) -> None:
    there = f"of some {asked.items} items" if asked.items else "as the packs are, round after round"
    print(
        f"\n{asked.learners} learners, {asked.law} law, skills uneven by {asked.uneven:g}; projects {there}"
    )
    print(f"\nItems until the true standing is {AIM}: median, and mean ratio with its interval of 95 %")
    print(
        f"{'':14}" + "".join(f"{order:>8}" for order in ORDERS) + "".join(f"   {head:20}" for head in HEADS)
    )
    everything: dict[str, list[Course]] = {order: [] for order in ORDERS}
    shown = []
    for slug in asked.slugs:
        project = Project(slug, asked.items)
        courses = {
            order: [practise(project, order, seed, asked.law, asked.uneven) for seed in range(asked.learners)]
            for order in ORDERS
        }
        print(line(slug, courses), flush=True)
        shown.append(line_of_shown(slug, courses))
        for order in ORDERS:
            everything[order] += courses[order]
    print(line("all of them", everything))
    print(f"\nItems until {AIM} is shown for the newest ten, and the true standing at that moment")
    print("\n".join(shown))


def line(name: str, courses: dict[str, list[Course]]) -> str:
    items = {order: [float(one.items) for one in courses[order]] for order in ORDERS}
    medians = "".join(f"{median(items[order]):8.0f}" for order in ORDERS)
    minutes = said([one.seconds for one in courses["taught"]], [one.seconds for one in courses["plain"]])
    ratios = [said(items["taught"], items["plain"]), said(items["taught"], items["chance"]), minutes]
    late = sum(one.items == MOST for one in courses["plain"])
    return f"{name:14}{medians}   " + "   ".join(f"{one:20}" for one in ratios) + f"   {late}"


def line_of_shown(name: str, courses: dict[str, list[Course]]) -> str:
    figures = (
        f"{order} {median(one.shown for one in courses[order]):3.0f} at"
        f" {fmean(one.true_when_shown for one in courses[order]):.2f}"
        for order in ORDERS
    )
    shown = [[float(one.shown) for one in courses[order]] for order in ("taught", "plain")]
    return f"{name:14}   " + "   ".join(figures) + f"   taught : plain {said(*shown)}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("slugs", nargs="*", default=SLUGS, help="packs; otherwise six of them")
    parser.add_argument("--items", type=int, default=400, help="how many a project has; 0: the pack as it is")
    parser.add_argument("--learners", type=int, default=30)
    parser.add_argument("--law", choices=("power", "exponential"), default="power")
    parser.add_argument("--uneven", type=float, default=1.0, help="spread of the log odds between skills")
    asked = parser.parse_args()
    report(asked)


if __name__ == "__main__":
    main()
