"""Simulated people (모의): workers who err at known rates, for demo data, load, practice and tests."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from labelkit.domain.annotations import Box, BoxAnnotation, LabelAnnotation
from labelkit.domain.faults import RESHAPED, draw_again, invent
from labelkit.domain.habits import NO_HABITS, Habits
from labelkit.domain.hand import ORDINARY, Hand, Setting, drawn
from labelkit.domain.planting import plant_label, right_answer
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Sides

PER_OBJECT = (ErrorKind.MISSING, ErrorKind.DUPLICATE, *RESHAPED)

# How often somebody without any skill errs: per object; extra and the last two per picture.
UNSKILLED = {
    ErrorKind.MISSING: 0.22,
    ErrorKind.WRONG_LABEL: 0.14,
    ErrorKind.LOOSE: 0.14,
    ErrorKind.CUT: 0.08,
    ErrorKind.SHIFTED: 0.06,
    ErrorKind.MISPLACED: 0.05,
    ErrorKind.MISPLACED_WRONG_LABEL: 0.02,
    ErrorKind.DUPLICATE: 0.03,
    ErrorKind.EXTRA: 0.6,
    ErrorKind.WRONG_ATTRIBUTE: 0.2,
    ErrorKind.FALSE_UNUSABLE: 0.02,
    ErrorKind.MISSED_UNUSABLE: 0.6,
}


@dataclass(frozen=True, slots=True)
class SimulatedWorker:
    """How well somebody works. The same worker gives the same answers to the same state of `random`.

    `rates`: probability of each kind. Missing, duplicate and the kinds of a misdrawn or mislabelled box
    are per object, of which each gets one at most, so those sum to 1 at most; `wrong_attribute` is per
    object and flag, `extra` per picture, `false_unusable` and `missed_unusable` per picture that is,
    or is not, usable. `hand` draws every box. Class items err at the rate of `wrong_label`.
    `habits` are faults with some sizes and labels only, beside those rates.
    """

    rates: Mapping[ErrorKind, float] = field(default_factory=dict)
    hand: Hand = ORDINARY
    seconds_per_item: float = 6.0
    seconds_per_box: float = 9.0
    seed: int = 0
    habits: Habits = NO_HABITS

    def __post_init__(self) -> None:
        if any(not 0 <= rate <= 1 for rate in self.rates.values()):
            raise ValueError("a rate is a probability from 0 to 1")
        if sum(self.rates.get(kind, 0) for kind in PER_OBJECT) > 1 + 1e-9:
            raise ValueError("the rates of errors of one object sum to 1 at most")

    @classmethod
    def of_skill(cls, skill: float, seed: int = 0) -> "SimulatedWorker":
        """A worker of this skill, from 0 (errs with most objects) to 1 (never errs).

        The seed makes a person: which kinds come easy and which do not, where the hand leans, how fast.
        """
        if not 0 <= skill <= 1:
            raise ValueError(f"skill is from 0 to 1, not {skill}")
        person = random.Random(f"person {seed}")
        lack = 1 - skill
        return cls(
            rates={kind: lack * rate * person.uniform(0.6, 1.3) for kind, rate in UNSKILLED.items()},
            hand=Hand(0.2 + 0.5 * lack, Sides(*(lack * person.uniform(-0.3, 0.6) for _ in range(4)))),
            seconds_per_item=6 * person.uniform(0.7, 1.5),
            seconds_per_box=(7 + 6 * lack) * person.uniform(0.7, 1.4),
            seed=seed,
        )

    def random_for(self, item: str) -> random.Random:
        """The chance that this worker has with an item: the same each time, in each process."""
        return random.Random(f"worker {self.seed} item {item}")

    def errs(self, kind: ErrorKind, random: random.Random) -> bool:
        return random.random() < self.rates.get(kind, 0)

    def answer(
        self,
        gold: BoxAnnotation,
        random: random.Random,
        rules: BoxRules,
        size: tuple[float, float],
        labels: Sequence[str],
    ) -> BoxAnnotation:
        """This worker's answer to a picture of `size` (width, height) pixels whose gold is known.

        An error that an object cannot carry (see `faults`) is not made.
        """
        if gold.unusable:
            return BoxAnnotation(unusable=not self.errs(ErrorKind.MISSED_UNUSABLE, random))
        if self.errs(ErrorKind.FALSE_UNUSABLE, random):
            return BoxAnnotation(unusable=True)
        setting = Setting(random, rules, size, labels)
        boxes: list[Box] = []
        for position, box in right_answer(gold):
            if not (gold.regions[position].optional and random.random() < 0.5):
                boxes += self._drawings(box, setting)
        if self.errs(ErrorKind.EXTRA, random):
            stray = invent([*gold.regions, *boxes], setting)
            boxes += [stray] if stray else []
        return BoxAnnotation(tuple(self._with_flags(box, setting) for box in boxes))

    def answer_label(
        self,
        gold: LabelAnnotation,
        random: random.Random,
        labels: Sequence[str],
        confusable: Mapping[str, Sequence[str]] | None = None,
        *,
        multiple: bool = False,
    ) -> LabelAnnotation:
        """This worker's answer to a class item whose gold is known (see `plant_label`)."""
        if gold.unusable:
            if not self.errs(ErrorKind.MISSED_UNUSABLE, random):
                return gold
            return LabelAnnotation(frozenset({random.choice(labels)}))
        if self.errs(ErrorKind.FALSE_UNUSABLE, random):
            return LabelAnnotation(unusable=True)
        if self.habits.confuses:
            taken = frozenset(self.habits.label_for(key, random) for key in sorted(gold.labels))
            if taken != gold.labels:
                return LabelAnnotation(taken)
        if len(labels) > 1 and self.errs(ErrorKind.WRONG_LABEL, random):
            return plant_label(gold, random, labels, confusable, multiple=multiple).annotation
        return gold

    def seconds(self, random: random.Random, boxes: int = 0) -> float:
        """Active seconds for an item with so many boxes drawn, none for a class item; above 0."""
        usual = self.seconds_per_item + self.seconds_per_box * boxes
        return usual * random.lognormvariate(0, 0.25)

    def _drawings(self, box: Box, setting: Setting) -> list[Box]:
        """What this worker draws for one object: one box as a rule, none or two by error."""
        if self.habits.leaves_out(box, setting.random):
            return []
        kind = self._error(setting.random)
        mine = drawn(box, setting, self.hand)
        mine = replace(mine, label=self.habits.label_for(box.label, setting.random))
        if kind is ErrorKind.MISSING:
            return []
        if kind is ErrorKind.DUPLICATE:
            second = draw_again(box, mine, setting)
            return [mine, second] if second else [mine]
        faulty = RESHAPED[kind](box, mine, setting) if kind else None
        return [faulty or mine]

    def _error(self, random: random.Random) -> ErrorKind | None:
        """The error made with one object, if any."""
        point = random.random()
        for kind in PER_OBJECT:
            point -= self.rates.get(kind, 0)
            if point < 0:
                return kind
        return None

    def _with_flags(self, box: Box, setting: Setting) -> Box:
        """The box with those flags flipped that this worker gets wrong, of those the project asks for."""
        wrong = {f for f in setting.rules.flags if self.errs(ErrorKind.WRONG_ATTRIBUTE, setting.random)}
        return replace(box, flags=box.flags ^ wrong) if wrong else box
