"""What coaching may say: one type for each sentence, with the figures that the sentence names."""

from dataclasses import dataclass
from enum import StrEnum

from labelkit.domain.scores import ErrorKind


class Tone(StrEnum):
    """The sign before a sentence: right as it is, worth a look, costs points."""

    RIGHT = "right"
    WATCH = "warning"
    WRONG = "wrong"


class Lean(StrEnum):
    """Where sides lie: outside the object, inside it, or one outside and the opposite one inside."""

    LOOSE = "loose"
    CUT = "cut"
    SHIFTED = "shifted"


class Mark(StrEnum):
    """Seconds for one object against the literature's marks: below 7 (four extreme points clicked), up to
    25, 25 to 35 (drawn with care; Papadopoulos et al. 2017), above."""

    EXTREME = "extreme"
    BETWEEN = "between"
    DRAWN = "drawn"
    SLOW = "slow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What all have: what was counted (`n`), the tone, and how many mistakes it accounts for (`weight`).

    `error` and `label` say which attempts it speaks of and what to practise, `clause` the guide's rule
    (its id); None where it speaks of no such thing.
    """

    n: int
    tone: Tone
    weight: int = 0
    error: ErrorKind | None = None
    label: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning(Statement):
    """A systematic hand: these sides lie so many pixels off on average, over `n` boxes.

    `pixels` is signed: + loose, - cut; of a shift, + to the right or down. All four sides mean that boxes
    are too large or too small all round, two that they are so on one axis.
    """

    sides: tuple[str, ...]
    lean: Lean
    pixels: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Confused(Statement):
    """`count` of the `n` objects of the label `gold` that were paired at all were given the label `answer`,
    and `back` of the `back_n` the other way round (0 where that is no habit)."""

    gold: str
    answer: str
    count: int
    back: int = 0
    back_n: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeMissed(Statement):
    """`missed` of `n` objects of this size were left out, but only `others_missed` of `others`."""

    size: str
    missed: int
    others_missed: int
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken(Statement):
    """Kinds of mistake that break one clause (or none that is named), and how often each did: `count` in
    all, in `n` objects; `label_count` of them with `label`, where one label stands out."""

    kinds: tuple[tuple[ErrorKind, int], ...]
    count: int
    label_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurried(Statement):
    """Below so many seconds for an object, `n` first tries score `fast` on average; from there on `slow_n`
    score `slow`. Its tone says whether hurrying costs."""

    seconds: int
    fast: float
    slow: float
    slow_n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo(Statement):
    """Mean seconds for an object, over the `n` objects of first tries, beside their mean score."""

    seconds: float
    mark: Mark
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Statement):
    """The line through the daily means of `n` first tries: from `start` to `end` within so many days."""

    start: float
    end: float
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retried(Statement):
    """`n` first tries score `first` on average, `retry_n` retries `retry`."""

    first: float
    retry: float
    retry_n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllRight(Statement):
    """Not one mistake among `n` objects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneConfused(Statement):
    """No label taken for another in `n` objects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneMissed(Statement):
    """None of `n` objects left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneTooMany(Statement):
    """None of `n` boxes drawn twice or round nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueHand(Statement):
    """No side lies off by more than `pixels` on average, over `n` boxes: the 95 % interval of each of the
    four means ends within it."""

    pixels: float
