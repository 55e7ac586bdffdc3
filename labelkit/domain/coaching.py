"""Coaching over many answers: what somebody's tally says, as statements, the most useful first.

Some forty things are asked of the same counts at once. A statement of a difference is therefore made only
where chance alone would make it in fewer than about one case in a thousand, and only where the difference
is worth a sentence; each part says its test, its threshold and its minimum. What is below a minimum is not
mentioned at all. A tally of somebody without faults gives praise and nothing else.
"""

from collections.abc import Mapping
from datetime import date

from labelkit.domain.coaching_hand import explained, leanings, true_hand
from labelkit.domain.coaching_labels import broken, confusions, sizes_missed, wrong_attributes
from labelkit.domain.coaching_statements import (
    AllRight,
    Confused,
    NoneConfused,
    NoneMissed,
    NoneTooMany,
    SizeMissed,
    Statement,
    Tone,
)
from labelkit.domain.coaching_tables import fails
from labelkit.domain.coaching_time import hurried, retried, tempo, trend
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import Counts, below

ENOUGH = 50  # objects without a mistake: the rate is below 6 in 100 then, with a confidence of 95 %
_TONES = (Tone.WRONG, Tone.WATCH, Tone.RIGHT)
_LABEL_MISTAKES = (ErrorKind.WRONG_LABEL, ErrorKind.MISPLACED_WRONG_LABEL)


def statements(
    counts: Mapping[str, int],
    *,
    clauses: Mapping[str, str] | None = None,
    days: Mapping[date, Counts] | None = None,
    pass_score: float = 0.8,
) -> list[Statement]:
    """All that the counts of one person in one project allow to say.

    What costs points comes first, by the number of mistakes it accounts for; then what is worth a look;
    then praise. A mistake is told once: the kinds that a habit explains (a leaning side explains loose
    boxes) are not told again as kinds. `clauses` maps an error kind to the guide's clause that it breaks,
    `days` a day to its own counts, for the trend; `pass_score` is the project's.
    """
    clauses = clauses or {}
    hand = leanings(counts, clauses)
    confused, missed = confusions(counts, clauses), sizes_missed(counts, clauses)
    told = set().union(*map(explained, hand)) | _told(counts, confused, missed)
    found: list[Statement] = [
        *hand,
        *confused,
        *missed,
        *broken(counts, clauses, told),
        *wrong_attributes(counts, clauses),
        *trend(days or {}),
        *hurried(counts, pass_score),
        *retried(counts),
        *praise(counts),
        *true_hand(counts),
        *tempo(counts, pass_score),
    ]
    return sorted(found, key=lambda one: (_TONES.index(one.tone), -one.weight))


def praise(counts: Mapping[str, int]) -> list[Statement]:
    """What never went wrong in at least 50 objects: everything, or labels, or finding, or drawing once."""
    n = counts.get("right", 0) + counts.get("mistakes", 0)
    if n >= ENOUGH and not counts.get("mistakes", 0):
        return [AllRight(n=n, tone=Tone.RIGHT)]
    found: list[Statement] = []
    if (paired := _never_confused(counts)) >= ENOUGH:
        found.append(NoneConfused(n=paired, tone=Tone.RIGHT))
    sized = {path: count for path, count in below(counts, "size").items() if path[1] == "golds"}
    if (golds := sum(sized.values())) >= ENOUGH and not fails(counts, ErrorKind.MISSING):
        found.append(NoneMissed(n=golds, tone=Tone.RIGHT))
    if golds and not fails(counts, ErrorKind.EXTRA, ErrorKind.DUPLICATE):
        boxes = sum(count for path, count in below(counts, "label").items() if path[1] == "answers")
        if boxes >= ENOUGH:
            found.append(NoneTooMany(n=boxes, tone=Tone.RIGHT))
    return found


def _never_confused(counts: Mapping[str, int]) -> int:
    """How many objects were paired, 0 if one of them under a wrong label or if there was one label only."""
    cells = {path: count for path, count in below(counts, "confusion").items() if path[0] and path[1]}
    if any(gold != answer for gold, answer in cells) or len(cells) < 2:
        return 0
    return sum(cells.values())


def _told(counts: Mapping[str, int], confused: list[Confused], missed: list[SizeMissed]) -> set[ErrorKind]:
    """The kinds of which at least half is already told by label or by size."""
    told: set[ErrorKind] = set()
    if 2 * sum(one.weight for one in confused) >= fails(counts, *_LABEL_MISTAKES) > 0:
        told |= set(_LABEL_MISTAKES)
    if 2 * sum(one.weight for one in missed) >= fails(counts, ErrorKind.MISSING) > 0:
        told.add(ErrorKind.MISSING)
    return told
