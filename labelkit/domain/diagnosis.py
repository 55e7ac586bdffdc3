"""Where every box of an answer and of its gold belongs: rules 1 to 4 of DESIGN section 4, in their order."""

from dataclasses import dataclass

import numpy as np

from labelkit.domain.arrays import Bools, Codes, Floats, Ints
from labelkit.domain.matching import best_pairing
from labelkit.domain.overlaps import Overlaps, overlaps
from labelkit.domain.rules import SLACK, BoxRules
from labelkit.domain.tables import BoxTable


class Place:
    """What became of one box; each box has exactly one place. Plain numbers, for arrays."""

    FREE = 0
    HIT = 1
    WRONG_LABEL = 2
    MISPLACED = 3
    MISPLACED_WRONG_LABEL = 4
    DUPLICATE = 5
    EXTRA = 6
    MISSING = 7
    SET_ASIDE = 8
    NOT_TAKEN = 9  # optional gold that nobody drew


@dataclass(slots=True)
class Diagnosis:
    """The places of all boxes of all scenes.

    `answer_place` (n,) and `gold_place` (m,) hold a Place. `partner` (n,) is the row of the gold that an
    answer is paired with or doubles, else -1; `iou` (n,) their IoU, else NaN.
    """

    answers: BoxTable
    golds: BoxTable
    answer_place: Codes
    gold_place: Codes
    partner: Ints
    iou: Floats

    @classmethod
    def of(cls, answers: BoxTable, golds: BoxTable) -> "Diagnosis":
        """The beginning, with every box free."""
        return cls(
            answers,
            golds,
            answer_place=np.full(len(answers), Place.FREE, dtype=np.int8),
            gold_place=np.full(len(golds), Place.FREE, dtype=np.int8),
            partner=np.full(len(answers), -1, dtype=np.intp),
            iou=np.full(len(answers), np.nan),
        )

    def paired(self) -> Ints:
        """Rows (k,) of the answers that are half of a pair, right or wrong."""
        place = self.answer_place
        return ((place >= Place.HIT) & (place <= Place.MISPLACED_WRONG_LABEL)).nonzero()[0]

    def pair(self, near: Overlaps, candidates: Bools, place: int) -> None:
        """Give the best one-to-one pairing of the free boxes among the `candidates` (k,) their place."""
        free = (self.answer_place[near.answer] == Place.FREE) & (self.gold_place[near.gold] == Place.FREE)
        rows = (candidates & free).nonzero()[0]
        if not len(rows):
            return
        rows = rows[best_pairing(near.answer[rows], near.gold[rows], near.iou[rows])]
        self.put(near, rows, place)
        self.gold_place[near.gold[rows]] = place

    def double(self, near: Overlaps, candidates: Bools) -> None:
        """Free answers among the `candidates` (k,) with a gold already paired double the one nearest."""
        free = self.answer_place[near.answer] == Place.FREE
        taken = self.gold_place[near.gold] != Place.FREE
        rows = (candidates & free & taken).nonzero()[0]
        closest_last = np.lexsort((-near.gold[rows], np.rint(near.iou[rows] / SLACK), near.answer[rows]))
        self.put(near, rows[closest_last], Place.DUPLICATE)

    def put(self, near: Overlaps, rows: Ints, place: int) -> None:
        """Give the answers of these overlaps (rows of `near`) a place and a partner; the last one holds."""
        answer = near.answer[rows]
        self.answer_place[answer] = place
        self.partner[answer] = near.gold[rows]
        self.iou[answer] = near.iou[rows]


def diagnose(answers: BoxTable, golds: BoxTable, rules: BoxRules) -> Diagnosis:
    """Give every box of the answers and of the golds beside them its one place."""
    found = Diagnosis.of(answers, golds)
    near = overlaps(answers, golds, rules)
    match = near.iou >= rules.match_iou - SLACK
    found.gold_place[golds.ignore | golds.crowd] = Place.SET_ASIDE

    found.pair(near, match & near.alike, Place.HIT)  # rule 1
    found.pair(near, match, Place.WRONG_LABEL)  # rule 2
    found.answer_place[near.aside & (found.answer_place == Place.FREE)] = Place.SET_ASIDE  # rule 3
    found.double(near, match)  # rule 4, and all below
    found.pair(near, near.alike, Place.MISPLACED)
    found.pair(near, ~near.alike, Place.MISPLACED_WRONG_LABEL)
    found.answer_place[found.answer_place == Place.FREE] = Place.EXTRA
    free = found.gold_place == Place.FREE
    found.gold_place[free] = np.where(golds.optional[free], Place.NOT_TAKEN, Place.MISSING)
    return found
