"""Every difference between answers and golds as columns: what rule 5 adds to the places of rules 1 to 4."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from labelkit.domain.arrays import Bools, Floats, Ints
from labelkit.domain.diagnosis import Diagnosis, Place
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind
from labelkit.domain.sides import KINDS as SIDE_KINDS
from labelkit.domain.sides import side_errors

KINDS = tuple(ErrorKind)
CODE = {kind: code for code, kind in enumerate(KINDS)}
NO_FINDING = -1

_KIND_OF_SIDES = np.array([CODE[kind] for kind in SIDE_KINDS])
_KIND_OF_PLACE = np.full(Place.NOT_TAKEN + 1, NO_FINDING)
for _place, _kind in (
    (Place.WRONG_LABEL, ErrorKind.WRONG_LABEL),
    (Place.MISPLACED, ErrorKind.MISPLACED),
    (Place.MISPLACED_WRONG_LABEL, ErrorKind.MISPLACED_WRONG_LABEL),
    (Place.DUPLICATE, ErrorKind.DUPLICATE),
    (Place.EXTRA, ErrorKind.EXTRA),
):
    _KIND_OF_PLACE[_place] = CODE[_kind]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said of each answer (n,): `kind` is an index in KINDS or NO_FINDING, `fail` a mistake.

    `sided` says which answers had their sides measured: `sides` (n, 4) are their signed errors in pixels
    (NaN elsewhere), `exact` those with all sides within tolerance, `worst` the number of the worst side.
    """

    kind: Ints
    fail: Bools
    sided: Bools
    exact: Bools
    sides: Floats
    worst: Ints


def judge(found: Diagnosis, rules: BoxRules) -> Judgement:
    """Rule 5: measure the sides of hits and misplaced boxes, and settle what counts as a mistake."""
    place = found.answer_place
    sided = (place == Place.HIT) | (place == Place.MISPLACED)
    rows = sided.nonzero()[0]
    measured = side_errors(found.answers.corners_of(rows), found.golds.corners_of(found.partner[rows]), rules)
    kind = _KIND_OF_PLACE[place]
    by_sides = ~measured.fails | (place[rows] == Place.HIT)
    kind[rows[by_sides]] = np.where(measured.exact, NO_FINDING, _KIND_OF_SIDES[measured.kind])[by_sides]
    fail = kind != NO_FINDING
    fail[rows] = measured.fails
    exact, worst = np.zeros(len(place), dtype=np.bool_), np.full(len(place), -1)
    exact[rows], worst[rows] = measured.exact, measured.worst
    sides = np.full((4, len(place)), np.nan).T
    sides[rows] = measured.error
    return Judgement(kind, fail, sided, exact, sides, worst)


@dataclass(frozen=True, slots=True)
class FindingTable:
    """All findings (f,) by scene; in each the fails come first, then by ErrorKind, then by row.

    `kind` is an index in KINDS; `answer` and `gold` are rows of the tables, `flag` the number of a flag
    asked for; each -1 where there is none.
    """

    scene: Ints
    kind: Ints
    fail: Bools
    answer: Ints
    gold: Ints
    flag: Ints

    def __len__(self) -> int:
        return len(self.scene)


def finding_table(found: Diagnosis, judged: Judgement, rules: BoxRules) -> FindingTable:
    """Put all findings of all scenes in one table."""
    parts = [_faulty(found, judged), _missing(found), *_flags(found, rules), *_unusable(found)]
    table = FindingTable(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    order = ((table.scene * 2 + ~table.fail) * len(KINDS) + table.kind).argsort(kind="stable")
    return FindingTable(*(getattr(table, name)[order] for name in FindingTable.__slots__))


Part = tuple[Ints | Bools, ...]


def _part(scene: Ints, *columns: Ints | Bools | int) -> Part:
    """Columns of findings, each as long as `scene`."""
    filled = (column if isinstance(column, np.ndarray) else np.full(len(scene), column) for column in columns)
    return scene, *filled


def _faulty(found: Diagnosis, judged: Judgement) -> Part:
    rows = (judged.kind != NO_FINDING).nonzero()[0]
    kind, fail, partner = judged.kind[rows], judged.fail[rows], found.partner[rows]
    return _part(found.answers.scene[rows], kind, fail, rows, partner, -1)


def _missing(found: Diagnosis) -> Part:
    rows = (found.gold_place == Place.MISSING).nonzero()[0]
    return _part(found.golds.scene[rows], CODE[ErrorKind.MISSING], True, -1, rows, -1)


def _flags(found: Diagnosis, rules: BoxRules) -> Iterator[Part]:
    """Rule 8: one warning for each pair and flag that the project asks for and the answer has otherwise."""
    if not rules.flags:
        return
    answer = found.paired()
    gold = found.partner[answer]
    differ = found.answers.flags[answer] ^ found.golds.flags[gold]
    for number in range(len(rules.flags)):
        rows = (differ >> number & 1).nonzero()[0]
        code = CODE[ErrorKind.WRONG_ATTRIBUTE]
        yield _part(found.answers.scene[answer[rows]], code, False, answer[rows], gold[rows], number)


def _unusable(found: Diagnosis) -> Iterator[Part]:
    """Rule 8: one finding for a scene in which only one side says "cannot be labelled"."""
    answer, gold = found.answers.unusable, found.golds.unusable
    for rows, kind in (
        (answer & ~gold, ErrorKind.FALSE_UNUSABLE),
        (gold & ~answer, ErrorKind.MISSED_UNUSABLE),
    ):
        if rows.any():
            yield _part(rows.nonzero()[0], CODE[kind], True, -1, -1, -1)
