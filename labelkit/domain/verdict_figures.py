"""How good somebody is at inspecting real work, by the gold of what he or she judged and by other inspectors.

Gold is what is in force now, so a later version may judge a verdict otherwise than the one of its day.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from labelkit.domain.agreement import cohen_kappa, cross_tally
from labelkit.domain.evidence import wilson
from labelkit.domain.inspector_figures import Share
from labelkit.domain.scores import ErrorKind
from labelkit.domain.workflow import Verdict

HOUR = 3600.0  # seconds
LEAST = (
    10  # answers with gold that were accepted or corrected, or sent back, before a sentence speaks of them
)
LEAST_OF_KIND = 3  # of these with one kind of mistake, before a sentence speaks of the kind
MOST_KINDS = 3  # sentences on what slips through


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict on what somebody sent. `seconds`: how long it took, None where nobody saw. `passed` and
    `kinds` (of its mistakes) are what its current score says; `passed` is None where it has none. `left`:
    the kinds that a correction still has."""

    submission_id: int
    verdict: Verdict
    seconds: float | None
    overturned: bool
    passed: bool | None
    kinds: frozenset[ErrorKind]
    left: frozenset[ErrorKind] = frozenset()

    @property
    def let_through(self) -> frozenset[ErrorKind]:
        """The kinds of mistakes that stand in what this verdict took as right."""
        match self.verdict:
            case Verdict.ACCEPTED:
                return self.kinds
            case Verdict.CORRECTED:
                return self.left
            case _:
                return frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two inspectors on one answer: whether each of them accepted it as it was."""

    mine: bool
    other: bool


@dataclass(frozen=True, slots=True)
class Slips:
    """How many answers had this kind of mistake, by the worker or by the correction, and in how many of them
    the verdict let it stand."""

    kind: ErrorKind
    held: int
    let_through: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a second inspector came to the same verdict, and Cohen's kappa of it, -1 to 1; None where
    there was nothing that chance could have got wrong."""

    same: Share
    kappa: float | None


@dataclass(frozen=True, slots=True)
class RealFigures:
    """Figures of real inspection.

    `slipped`: of the answers accepted or corrected, those that then hold a mistake by gold; `refused`: of
    those sent back, the ones that pass by gold, `refused_right` the ones without any mistake. Only answers
    with a score count there. `per_hour`: verdicts in an hour at the page, of the `timed` whose time is known
    (in seconds).
    """

    n: int
    verdicts: dict[Verdict, int]
    timed: int
    seconds_median: float | None
    per_hour: float | None
    slipped: Share
    refused: Share
    refused_right: Share
    kinds: tuple[Slips, ...]
    overturned: int
    agreement: Agreement

    @property
    def accepted(self) -> Share:
        return Share(self.verdicts[Verdict.ACCEPTED], self.n)


def real_figures(judged: Sequence[Judged], pairs: Sequence[Pair]) -> RealFigures:
    """All figures of one inspector, out of what was judged and what a second one said of it."""
    seconds = [one.seconds for one in judged if one.seconds is not None]
    rejected = [one for one in _scored(judged) if one.verdict is Verdict.REJECTED]
    return RealFigures(
        n=len(judged),
        verdicts={verdict: sum(one.verdict is verdict for one in judged) for verdict in Verdict},
        timed=len(seconds),
        seconds_median=median(seconds) if seconds else None,
        per_hour=HOUR * len(seconds) / sum(seconds) if sum(seconds) else None,
        slipped=Share(len(slipping(judged)), len(_scored(judged)) - len(rejected)),
        refused=Share(len(refused(judged)), len(rejected)),
        refused_right=Share(sum(not one.kinds for one in rejected), len(rejected)),
        kinds=_by_kind(judged),
        overturned=sum(one.overturned for one in judged),
        agreement=agreement(pairs),
    )


def slipping(judged: Iterable[Judged]) -> list[Judged]:
    """What was accepted, or corrected, and then holds a mistake by gold."""
    return [one for one in _scored(judged) if one.let_through]


def refused(judged: Iterable[Judged]) -> list[Judged]:
    """What was sent back though it passes by gold."""
    return [one for one in _scored(judged) if one.verdict is Verdict.REJECTED and one.passed]


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """How far one inspector agrees with all others together."""
    table = cross_tally([int(pair.mine) for pair in pairs], [int(pair.other) for pair in pairs])
    return Agreement(Share(sum(pair.mine is pair.other for pair in pairs), len(pairs)), cohen_kappa(table))


def _scored(judged: Iterable[Judged]) -> list[Judged]:
    return [one for one in judged if one.passed is not None]


def _by_kind(judged: Iterable[Judged]) -> tuple[Slips, ...]:
    held: Counter[ErrorKind] = Counter()
    let_through: Counter[ErrorKind] = Counter()
    for one in _scored(judged):
        held.update(one.kinds | one.let_through)
        let_through.update(one.let_through)
    return tuple(Slips(kind, held[kind], let_through[kind]) for kind in ErrorKind if held[kind])


class Says(StrEnum):
    """What a sentence on real inspection may be about."""

    TOO_FEW = "too_few"
    ALL_SENT_BACK = "all_sent_back"
    SLIPPED = "slipped"
    KIND_SLIPPED = "kind_slipped"
    NONE_SLIPPED = "none_slipped"
    REFUSED = "refused"
    NONE_REFUSED = "none_refused"


@dataclass(frozen=True, slots=True)
class Statement:
    """`part` of `whole` answers; `kind` where it is about one kind of mistake."""

    says: Says
    part: int
    whole: int
    kind: ErrorKind | None = None


def statements(told: RealFigures) -> list[Statement]:
    """What the figures allow to say, what matters most first; too few are not spoken of."""
    taken, rejected = told.slipped.whole, told.refused.whole
    if max(taken, rejected) < LEAST:
        return [Statement(Says.TOO_FEW, taken + rejected, LEAST)] if told.n else []
    if (
        not told.verdicts[Verdict.ACCEPTED]
        and told.verdicts[Verdict.REJECTED] == told.n
        and told.refused.part
    ):
        return [Statement(Says.ALL_SENT_BACK, told.refused.part, told.n)]
    return [*_on_taken(told), *_on_rejected(told)]


def _on_taken(told: RealFigures) -> list[Statement]:
    """What slips through, the kinds first that do so most often and surest."""
    part, whole = told.slipped.part, told.slipped.whole
    if whole < LEAST:
        return []
    slips = [one for one in told.kinds if one.let_through >= LEAST_OF_KIND]
    slips.sort(key=lambda one: wilson(one.let_through, one.held)[0], reverse=True)
    said = [Statement(Says.SLIPPED if part else Says.NONE_SLIPPED, part, whole)]
    return said + [
        Statement(Says.KIND_SLIPPED, one.let_through, whole, one.kind) for one in slips[:MOST_KINDS]
    ]


def _on_rejected(told: RealFigures) -> list[Statement]:
    part, whole = told.refused.part, told.refused.whole
    if whole < LEAST:
        return []
    return [Statement(Says.REFUSED if part else Says.NONE_REFUSED, part, whole)]
