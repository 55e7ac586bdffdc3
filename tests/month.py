"""Thirty days of a simulated worker at a pack of the sample data, scored and counted as everybody is."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from labelkit.domain.tallies import Sent, contribution, total
from labelkit.formats.pack import read_pack
from labelkit.tasktypes import TASK_TYPES

PACKS = Path(__file__).parents[1] / "sample_data"
A_DAY = 3


@cache
def pack(slug):
    return read_pack(PACKS / slug)


@cache
def golds(slug):
    """The accepted annotations of each item of a pack, and the size of its picture, by item key."""
    of, kind = pack(slug), TASK_TYPES[pack(slug).task_type]
    rules, current = kind.parse_rules(of.rules), of.current_gold()
    sizes = {item.key: item.picture and Image.open(BytesIO(item.read_picture())).size for item in of.items}
    return {
        key: (
            [kind.parse(raw, of.labels, rules, size=sizes[key], gold=True) for raw in gold.accepted],
            sizes[key],
        )
        for key, gold in current.items()
    }


def plan(slug, seed, first):
    """Item keys for each day, one after the other until all are used up, and whether it is the first time."""
    order, seen, left = Random(f"order {seed}"), set(), []
    for day in range(30):
        for _ in range(A_DAY):
            left = left or order.sample(sorted(golds(slug)), len(golds(slug)))
            key = left.pop()
            yield first + timedelta(day), key, key not in seen
            seen.add(key)


def month(slug, worker, learning=None, first_day=date(2026, 2, 10)):
    """The counts of each day of a worker's 30 days; `learning` makes the worker of each day."""
    of, kind = pack(slug), TASK_TYPES[pack(slug).task_type]
    rules, work = kind.parse_rules(of.rules), list(plan(slug, worker.seed, first_day))
    answers, seconds = [], []
    for number, (day, key, _) in enumerate(work):
        accepted, size = golds(slug)[key]
        chance = Random(f"{worker.seed} {number}")
        today = learning((day - first_day).days) if learning else worker
        answers.append(kind.simulate(today, accepted[0], chance, of.labels, rules, size=size))
        seconds.append(today.seconds(chance, kind.objects(answers[-1]) if size else 0))
    scores = kind.score_many(answers, [golds(slug)[key][0] for _, key, _ in work], rules)
    days = defaultdict(list)
    for (day, key, first), answer, took, score in zip(work, answers, seconds, scores, strict=True):
        counts = kind.count(score, answer, golds(slug)[key][0][score.accepted])
        sent = Sent(first, took, kind.objects(answer))
        days[day].append(contribution(sent, score.value, score.value >= rules.pass_score, counts))
    return {day: total(counts) for day, counts in days.items()}
