"""Scoring boxes: pure functions of (answer, gold, rules), by the ten rules of DESIGN section 4.

    1-4  hits, wrong labels, set aside, the rest     diagnosis.py  (pairing: matching.py, assignment.py)
    5    sides                                       sides.py, findings.py
    6-7  numbers, nothing to find                    figures.py
    8    cannot be labelled, flags                   findings.py, bulk.py
    9    what is refused at the door                 door.py
    10   passing                                     rules.py

The order of boxes never matters: both sides are sorted first (tables.py). Positions in findings and
pairs are those of the lists as the caller gave them.
"""

from collections.abc import Sequence

import numpy as np

from labelkit.domain.annotations import BoxAnnotation
from labelkit.domain.bulk import BulkScores, score_tables
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import Score
from labelkit.domain.tables import tables_of


def score_boxes(answer: BoxAnnotation, gold: BoxAnnotation, rules: BoxRules) -> Score:
    """How close `answer` is to `gold`: a value from 0 to 1, and every single difference."""
    return score_tables(*tables_of([answer], [gold], rules.flags), rules).score(0)


def best_score(answer: BoxAnnotation, accepted: Sequence[BoxAnnotation], rules: BoxRules) -> Score:
    """The best score of `answer` against several accepted golds (ties: the first); `accepted` says which.

    Raises ValueError when there is no gold.
    """
    return score_many([answer], [accepted], rules).score(0)


def score_many(
    answers: Sequence[BoxAnnotation], accepted: Sequence[Sequence[BoxAnnotation]], rules: BoxRules
) -> BulkScores:
    """Score answers (n) each against its own accepted golds; each counts with its best score.

    Raises ValueError when the two are not equally long or an answer has no gold.
    """
    chosen = [0] * len(answers)
    several = [n for n, golds in enumerate(accepted) if len(golds) != 1]
    if several:
        for n, best in zip(several, _best_of(answers, accepted, several, rules), strict=True):
            chosen[n] = best
    golds = [own[best] for own, best in zip(accepted, chosen, strict=True)]
    tables = tables_of(answers, golds, rules.flags)
    return score_tables(*tables, rules, np.array(chosen, dtype=np.intp))


def _best_of(
    answers: Sequence[BoxAnnotation],
    accepted: Sequence[Sequence[BoxAnnotation]],
    several: Sequence[int],
    rules: BoxRules,
) -> list[int]:
    """The number of the best accepted gold of each of the answers named in `several`."""
    if any(len(accepted[n]) == 0 for n in several):
        raise ValueError("every answer needs at least one accepted gold")
    drawn = [answers[n] for n in several for _ in accepted[n]]
    golds = [gold for n in several for gold in accepted[n]]
    values = score_tables(*tables_of(drawn, golds, rules.flags), rules).figures.value
    ends = np.cumsum([len(accepted[n]) for n in several])
    return [int(own.argmax()) for own in np.split(values, ends[:-1])]
