"""A learner whose skill grows with practice, and the items of a real pack for the learner to practise.

The model takes its shapes from the sources named below. Its constants were settled while results were in
view, and so were those of the choice: take the figures for these packs and learners, not for people.

- A skill is a kind of mistake with what it depends on: missing an object with its size; a wrong label, a
  loose, cut or shifted box with its label; everything else with no more than the picture.
- Where a skill begins: the rates of somebody without skill (`domain.simulated`), for classes 0.45, at a level
  of the learner's own, its odds spread between skills by a lognormal of `uneven` (1 means that of three
  skills one begins with odds more than e times the middle, or less than 1/e).
- How it grows: power law of practice (Newell and Rosenbloom 1981; for odds of an error, Cen, Koedinger and
  Junker 2006): odds = first odds x (1 + n / before) ** -slope after n opportunities. `before` and `slope` are
  the learner's own, in ranges that take somebody from 65 % to 80 % right in some five opportunities
  (Koedinger et al. 2023 found seven). Many find single learners closer to an exponential law (Heathcote,
  Brown and Mewhort 2000), so the other law is odds = first odds x exp(-n / (4 x before)).
- What an opportunity is: an object of that label or size; as the word on a picture comes once for all of it,
  k of them in one picture count as the root of k. Nothing is forgotten, and no item is known by heart.

An answer is made of the item's gold by `SimulatedWorker` with the learner's rates for each object, and scored
by the task type as any answer is.
"""

import io
import math
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from random import Random
from statistics import pstdev
from typing import Any

from PIL import Image

from labelkit.domain.annotations import BoxAnnotation, LabelAnnotation
from labelkit.domain.box_counts import size_of
from labelkit.domain.choosing import Candidate
from labelkit.domain.faults import invent
from labelkit.domain.hand import Setting
from labelkit.domain.projects import Split
from labelkit.domain.scores import ErrorKind
from labelkit.domain.simulated import PER_OBJECT, UNSKILLED, SimulatedWorker
from labelkit.domain.tallies import Counts
from labelkit.formats.pack import read_pack
from labelkit.tasktypes import TASK_TYPES

PACKS = Path(__file__).parents[2] / "sample_data"
BY_LABEL = (ErrorKind.WRONG_LABEL, ErrorKind.LOOSE, ErrorKind.CUT, ErrorKind.SHIFTED)
UNSKILLED_CHOICE = {ErrorKind.WRONG_LABEL: 0.45, ErrorKind.MISSED_UNUSABLE: 0.4}
ANYWHERE = "any"
MOST = 0.95  # of the objects of one label and size go wrong at most


@dataclass(frozen=True)
class PackItem:
    key: str
    difficulty: float
    gold: Any
    features: Counts
    size: tuple[int, int] | None

    @cached_property
    def objects(self) -> Counter[tuple[str, str]]:
        """How many objects there are of each label and size; for classes, how many labels."""
        if isinstance(self.gold, LabelAnnotation):
            return Counter((label, "") for label in self.gold.labels or [""])
        counted = (box for box in self.gold.regions if not (box.ignore or box.optional))
        return Counter((box.label, size_of(box)) for box in counted)


class Project:
    """The practice items of a pack in plain order, the easiest first, as importing it puts them.

    Each stands there as often as it takes to have at least `items` of them, as if it were another picture, or
    text, of the same kind and about as hard: packs are small samples of what a project is. With 0, the pack
    stays as it is.
    """

    def __init__(self, slug: str, items: int) -> None:
        pack = read_pack(PACKS / slug)
        self.kind = TASK_TYPES[pack.task_type]
        self.rules = self.kind.parse_rules(pack.rules)
        self.labels = [label.key for label in pack.labels]
        golds = pack.current_gold()
        self.items = []
        for item in sorted(pack.items, key=lambda item: (item.difficulty, item.key)):
            if item.split is Split.PRACTICE:
                raw = golds[item.key].accepted[0]
                gold = self.kind.parse(raw, pack.labels, self.rules, gold=True)
                size = Image.open(io.BytesIO(item.read_picture())).size if item.picture else None
                features = self.kind.features(gold)
                self.items.append(PackItem(item.key, item.difficulty, gold, features, size))
        self.pool = self._more(math.ceil(items / len(self.items))) if items else self.items
        self.candidates = [Candidate(n, item.features, item.difficulty) for n, item in enumerate(self.pool)]

    def _more(self, times: int) -> list[PackItem]:
        """Each item so many times, its difficulty drawn around the first by half of what is usual here."""
        chance, usual = Random(0), pstdev(item.difficulty for item in self.items)
        more = [
            replace(item, difficulty=chance.gauss(item.difficulty, usual / 2))
            for item in self.items
            for _ in range(times)
        ]
        return sorted(more, key=lambda item: item.difficulty)


class Learner:
    def __init__(self, project: Project, seed: int, law: str, uneven: float) -> None:
        chance = Random(f"learner {seed}")
        self.project, self.law = project, law
        self.before, self.slope = chance.uniform(2, 5), chance.uniform(0.7, 1.1)
        level = chance.uniform(0.6, 1.0)
        choice = issubclass(type(project.items[0].gold), LabelAnnotation)
        rates = UNSKILLED_CHOICE if choice else UNSKILLED
        self.starts = {kind: level * rate for kind, rate in rates.items()}
        self.seed, self.uneven = seed, uneven
        self.spread: dict[tuple[ErrorKind, str], float] = {}
        self.practised: Counter[str] = Counter()

    def rate(self, kind: ErrorKind, what: str) -> float:
        """How often this mistake is made now, where it has a chance."""
        if (kind, what) not in self.spread:
            chance = Random(f"learner {self.seed} {kind} {what}")
            self.spread[kind, what] = chance.lognormvariate(-(self.uneven**2) / 2, self.uneven)
        n = self.practised[what]
        grown = (
            (1 + n / self.before) ** -self.slope if self.law == "power" else math.exp(-n / 4 / self.before)
        )
        start = self.starts[kind]
        odds = start / (1 - start) * self.spread[kind, what] * grown
        return odds / (1 + odds)

    def rates(self, label: str, size: str) -> dict[ErrorKind, float]:
        """The rates of all mistakes with an object."""
        whats = dict.fromkeys(BY_LABEL, f"label/{label}") | {ErrorKind.MISSING: f"size/{size}"}
        found = {kind: self.rate(kind, whats.get(kind, ANYWHERE)) for kind in PER_OBJECT}
        scale = min(1.0, MOST / sum(found.values()))
        return {kind: scale * rate for kind, rate in found.items()}

    def wrong_class(self, label: str) -> float:
        kind = ErrorKind.WRONG_LABEL if label else ErrorKind.MISSED_UNUSABLE
        return self.rate(kind, f"label/{label}")

    def answer(self, item: PackItem, chance: Random) -> BoxAnnotation | LabelAnnotation:
        if isinstance(item.gold, LabelAnnotation):
            wrong = max(self.wrong_class(label) for label, _ in item.objects)
            kind = ErrorKind.MISSED_UNUSABLE if item.gold.unusable else ErrorKind.WRONG_LABEL
            worker = SimulatedWorker({kind: wrong})
            multiple = self.project.rules.multiple
            return worker.answer_label(item.gold, chance, self.project.labels, multiple=multiple)
        return self._boxes(item, chance)

    def _boxes(self, item: PackItem, chance: Random) -> BoxAnnotation:
        assert item.size
        rules, labels = self.project.rules, self.project.labels
        drawn: list[Any] = []
        for box in item.gold.regions:
            if not box.ignore:
                worker = SimulatedWorker(self.rates(box.label, size_of(box)))
                one = BoxAnnotation((box,))
                drawn += worker.answer(one, chance, rules, item.size, labels).regions
        if chance.random() < self.rate(ErrorKind.EXTRA, ANYWHERE):
            stray = invent([*item.gold.regions, *drawn], Setting(chance, rules, item.size, labels))
            drawn += [stray] if stray else []
        return BoxAnnotation(tuple(drawn))

    def practise(self, item: PackItem) -> None:
        for path, n in item.features.items():
            self.practised[path] += math.sqrt(n)
        self.practised[ANYWHERE] += math.sqrt(item.objects.total())

    def standing(self) -> float:
        """The mean score to be expected now over all items of the project: a standing without luck."""
        return sum(self._expected(item) for item in self.project.items) / len(self.project.items)

    def _expected(self, item: PackItem) -> float:
        if isinstance(item.gold, LabelAnnotation):
            return 1 - max(self.wrong_class(label) for label, _ in item.objects)
        extra = self.rate(ErrorKind.EXTRA, ANYWHERE)
        wrong = sum(n * sum(self.rates(*what).values()) for what, n in item.objects.items())
        return 1 - (wrong + extra) / (item.objects.total() + extra)
