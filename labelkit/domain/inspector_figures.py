"""How good somebody is at inspecting, by what was planted in the results that he or she judged."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median

from labelkit.domain.evidence import wilson
from labelkit.domain.inspection import Outcome
from labelkit.domain.scores import ErrorKind
from labelkit.domain.standing import Standing, standing

LEAST = 5  # faulty or right results judged, before a sentence speaks of them
MOST_KINDS = 3  # sentences on what slips through
LEAST_OF_KIND = 3  # results with errors of a kind, before a sentence speaks of the kind


@dataclass(frozen=True, slots=True)
class Inspected:
    """One result that was judged: the kinds planted in it, those of them that lie somewhere, those that
    were pointed at, and how long it took."""

    outcome: Outcome
    kinds: tuple[ErrorKind, ...]
    placed: tuple[ErrorKind, ...]
    found: tuple[ErrorKind, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the true share lies with a confidence of 95 % (Wilson 1927)."""
        return wilson(self.part, self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class KindFigures:
    """Of the results with this kind planted: how many there were, and how many of them were accepted; and
    of those where it lies somewhere, in how many it was pointed at."""

    kind: ErrorKind
    planted: int
    let_through: int
    found: Share


@dataclass(frozen=True, slots=True)
class Figures:
    """`sensitivity`: faulty results that were sent back; `specificity`: right ones that were accepted."""

    n: int
    false_accepts: int
    false_rejects: int
    sensitivity: Share
    specificity: Share
    place: Share
    reason: Share
    seconds_median: float | None
    seconds_mean: float | None
    kinds: tuple[KindFigures, ...]
    standing: Standing


def figures(newest_first: Sequence[Inspected]) -> Figures:
    """All figures of one inspector, out of what was judged."""
    outcomes = [one.outcome for one in newest_first]
    seconds = [one.seconds for one in newest_first]
    false_accepts = sum(one.false_accept for one in outcomes)
    false_rejects = sum(one.false_reject for one in outcomes)
    faulty = sum(one.faulty for one in outcomes)
    right = len(outcomes) - faulty
    return Figures(
        n=len(outcomes),
        false_accepts=false_accepts,
        false_rejects=false_rejects,
        sensitivity=Share(faulty - false_accepts, faulty),
        specificity=Share(right - false_rejects, right),
        place=_share(one.place for one in outcomes),
        reason=_share(one.reason for one in outcomes),
        seconds_median=median(seconds) if seconds else None,
        seconds_mean=fmean(seconds) if seconds else None,
        kinds=_by_kind(newest_first),
        standing=standing([one.value for one in outcomes]),
    )


def _share(told: Iterable[bool | None]) -> Share:
    known = [one for one in told if one is not None]
    return Share(sum(known), len(known))


def _by_kind(inspected: Iterable[Inspected]) -> tuple[KindFigures, ...]:
    planted: Counter[ErrorKind] = Counter()
    let_through: Counter[ErrorKind] = Counter()
    placed: Counter[ErrorKind] = Counter()
    pointed_at: Counter[ErrorKind] = Counter()
    for one in inspected:
        planted.update(set(one.kinds))
        let_through.update(set(one.kinds) if one.outcome.accepted else ())
        placed.update(set(one.placed))
        pointed_at.update(set(one.found))
    return tuple(
        KindFigures(kind, planted[kind], let_through[kind], Share(pointed_at[kind], placed[kind]))
        for kind in ErrorKind
        if planted[kind]
    )


class Says(StrEnum):
    """What a sentence on an inspector may be about."""

    TOO_FEW = "too_few"
    FAULTLESS = "faultless"
    ALL_SENT_BACK = "all_sent_back"
    ALL_ACCEPTED = "all_accepted"
    LET_THROUGH = "let_through"
    LET_ANY_THROUGH = "let_any_through"
    NONE_LET_THROUGH = "none_let_through"
    SENT_BACK_RIGHT = "sent_back_right"
    NO_RIGHT_SENT_BACK = "no_right_sent_back"
    PLACE = "place"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Statement:
    """`part` of `whole` results; `kind` where it is about one kind of error."""

    says: Says
    part: int = 0
    whole: int = 0
    kind: ErrorKind | None = None


def statements(told: Figures) -> list[Statement]:
    """What the figures allow to say, what matters most first; too few are not spoken of."""
    faulty, right = told.sensitivity, told.specificity
    if min(faulty.whole, right.whole) < LEAST:
        return [Statement(Says.TOO_FEW, told.n, 2 * LEAST)]
    if faulty.part == faulty.whole and not right.part:
        return [Statement(Says.ALL_SENT_BACK, right.whole, told.n)]
    if right.part == right.whole and not faulty.part:
        return [Statement(Says.ALL_ACCEPTED, faulty.whole, told.n)]
    if not told.false_accepts and not told.false_rejects:
        return [Statement(Says.FAULTLESS, told.n, told.n), *_parts(told)]
    return [*_verdicts(told), *_parts(told)]


def _verdicts(told: Figures) -> list[Statement]:
    """What slips through, the kinds first for which that is surest; then what is sent back though right."""
    slips = [one for one in told.kinds if one.let_through and one.planted >= LEAST_OF_KIND]
    slips.sort(key=lambda one: wilson(one.let_through, one.planted)[0], reverse=True)
    says = Says.LET_ANY_THROUGH if told.false_accepts else Says.NONE_LET_THROUGH
    said = [Statement(says, told.false_accepts, told.sensitivity.whole)]
    said += [
        Statement(Says.LET_THROUGH, one.let_through, one.planted, one.kind) for one in slips[:MOST_KINDS]
    ]
    right = told.specificity
    says = Says.SENT_BACK_RIGHT if told.false_rejects else Says.NO_RIGHT_SENT_BACK
    return [*said, Statement(says, told.false_rejects, right.whole)]


def _parts(told: Figures) -> list[Statement]:
    parts = ((Says.PLACE, told.place), (Says.REASON, told.reason))
    return [
        Statement(says, share.part, share.whole)
        for says, share in parts
        if share.whole >= LEAST and share.part < share.whole
    ]
