"""Which labels are confused, which sizes are missed, and which kinds of mistake come again and again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from labelkit.domain.coaching_statements import Broken, Confused, SizeMissed, Tone
from labelkit.domain.coaching_tables import fails, sizes
from labelkit.domain.evidence import chance_of_more, wilson
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import below

CHANCE = 0.001  # of a difference where there is none
MOST = 3  # statements of one sort

LEAST_CONFUSED, LEAST_PAIRED = 3, 5
LEAST_MISSED, LEAST_OF_SIZE = 3, 10
LEAST_MISSED_SHARE = 0.05
LEAST_BROKEN, LEAST_OBJECTS = 5, 30
LEAST_SHARE = 0.02  # of confusions and of mistakes: the low end of their 95 % interval

_DRAWN_TOO_MANY = (ErrorKind.EXTRA, ErrorKind.DUPLICATE)


def confusions(counts: Mapping[str, int], clauses: Mapping[str, str]) -> list[Confused]:
    """Labels taken for another, the most frequent first, three at most; both directions in one statement.

    At least 3 of at least 5 paired objects of a label, and a share whose 95 % interval (Wilson) begins
    above 2 in 100. `n` is how many objects of the label were paired with an answer, right or wrong.
    """
    cells = {(path[0], path[1]): count for path, count in below(counts, "confusion").items()}
    paired: dict[str, int] = defaultdict(int)
    for (gold, answer), count in cells.items():
        paired[gold] += count if gold and answer else 0
    habits = {
        (gold, answer): count
        for (gold, answer), count in cells.items()
        if gold and answer and gold != answer and _is_habit(count, paired[gold])
    }
    clause = clauses.get(ErrorKind.WRONG_LABEL)
    found = [
        _confused(gold, answer, habits, paired, clause)
        for gold, answer in sorted(habits, key=lambda pair: (-habits[pair], pair))
        if (answer, gold) not in habits or (habits[gold, answer], answer) >= (habits[answer, gold], gold)
    ]
    return sorted(found, key=lambda one: -one.weight)[:MOST]


def _is_habit(count: int, whole: int) -> bool:
    return count >= LEAST_CONFUSED and whole >= LEAST_PAIRED and wilson(count, whole)[0] > LEAST_SHARE


def _confused(
    gold: str,
    answer: str,
    habits: Mapping[tuple[str, str], int],
    paired: Mapping[str, int],
    clause: str | None,
) -> Confused:
    count, back = habits[gold, answer], habits.get((answer, gold), 0)
    return Confused(
        n=paired[gold],
        tone=Tone.WRONG,
        weight=count + back,
        error=ErrorKind.WRONG_LABEL,
        label=gold,
        clause=clause,
        gold=gold,
        answer=answer,
        count=count,
        back=back,
        back_n=paired[answer] if back else 0,
    )


def sizes_missed(counts: Mapping[str, int], clauses: Mapping[str, str]) -> list[SizeMissed]:
    """Sizes of objects that are left out clearly more often than the others together.

    At least 3 of at least 10, at least 5 in 100, twice as often as the others, and by Fisher's exact test
    a difference that chance makes in fewer than 1 of 1,000.
    """
    rows = sizes(counts)
    golds, missed = sum(row.golds for row in rows), sum(row.missed for row in rows)
    found = []
    for row in rows:
        others, others_missed = golds - row.golds, missed - row.missed
        if (
            row.missed >= LEAST_MISSED
            and row.golds >= LEAST_OF_SIZE
            and row.share >= max(LEAST_MISSED_SHARE, 2 * others_missed / max(others, 1))
            and chance_of_more(row.missed, row.golds, others_missed, others) < CHANCE
        ):
            found.append(
                SizeMissed(
                    n=row.golds,
                    tone=Tone.WRONG,
                    weight=row.missed,
                    error=ErrorKind.MISSING,
                    clause=clauses.get(ErrorKind.MISSING),
                    size=row.size,
                    missed=row.missed,
                    others_missed=others_missed,
                    others=others,
                )
            )
    return found


def broken(
    counts: Mapping[str, int], clauses: Mapping[str, str], explained: Collection[ErrorKind] = ()
) -> list[Broken]:
    """The clauses broken most, by mistakes, three at most; kinds already `explained` are left out.

    At least 5 mistakes in at least 30 objects, and a share whose 95 % interval (Wilson) begins above 2 in
    100. Kinds that break the same clause are told together, one without a clause alone.
    """
    n = counts.get("right", 0) + counts.get("mistakes", 0)
    by_clause: dict[str, dict[ErrorKind, int]] = defaultdict(dict)
    for kind in ErrorKind:
        if kind not in explained and (count := fails(counts, kind)):
            by_clause[clauses.get(kind, kind)][kind] = count
    found = [_broken(kinds, n, counts, clauses) for kinds in by_clause.values() if _is_often(kinds, n)]
    return sorted(found, key=lambda one: -one.weight)[:MOST]


def wrong_attributes(counts: Mapping[str, int], clauses: Mapping[str, str]) -> list[Broken]:
    """Marks such as "occluded" set wrongly, which cost nothing: as often as `broken` asks, in `n` hits."""
    hits = sum(count for path, count in below(counts, "label").items() if path[1] == "hits")
    kinds = {ErrorKind.WRONG_ATTRIBUTE: sum(below(counts, "warning/wrong_attribute").values())}
    if not _is_often(kinds, hits):
        return []
    return [replace(_broken(kinds, hits, counts, clauses, "warning"), tone=Tone.WATCH, weight=0)]


def _is_often(kinds: Mapping[ErrorKind, int], n: int) -> bool:
    count = sum(kinds.values())
    return count >= LEAST_BROKEN and n >= LEAST_OBJECTS and wilson(min(count, n), n)[0] > LEAST_SHARE


def _broken(
    kinds: Mapping[ErrorKind, int],
    n: int,
    counts: Mapping[str, int],
    clauses: Mapping[str, str],
    severity: str = "fail",
) -> Broken:
    ordered = sorted(kinds.items(), key=lambda item: -item[1])
    error, count = ordered[0][0], sum(kinds.values())
    label, label_count = _outstanding(counts, severity, kinds)
    return Broken(
        n=n,
        tone=Tone.WRONG,
        weight=count,
        error=error,
        label=label,
        clause=clauses.get(error),
        kinds=tuple(ordered),
        count=count,
        label_count=label_count,
    )


def _outstanding(
    counts: Mapping[str, int], severity: str, kinds: Iterable[ErrorKind]
) -> tuple[str | None, int]:
    """The label that has at least 5 and half of these mistakes, and more for its objects than chance gives
    it (Fisher, 1 in 1,000); else None."""
    found: dict[str, int] = defaultdict(int)
    for kind in kinds:
        for (label,), count in below(counts, f"{severity}/{kind}").items():
            found[label] += count
    label, most = max(found.items(), key=lambda item: item[1], default=("", 0))
    total = sum(found.values())
    if not label or most < LEAST_BROKEN or 2 * most < total:
        return None, 0
    what = "answers" if all(kind in _DRAWN_TOO_MANY for kind in kinds) else "golds"
    there = {path[0]: count for path, count in below(counts, "label").items() if path[1] == what}
    mine, others = there.get(label, 0), sum(there.values()) - there.get(label, 0)
    if chance_of_more(min(most, mine), mine, min(total - most, others), others) >= CHANCE:
        return None, 0
    return label, most
