"""Where pycocotools' greedy pairing and ours have other hits, and whose total IoU is larger there."""

import numpy as np
from bench_data import IMAGES, Boxes, answer_set, gold_set
from bench_peers import greedy_pairs

from labelkit.domain.bulk import score_tables
from labelkit.domain.diagnosis import Place
from labelkit.domain.geometry import area, corners, intersection
from labelkit.domain.rules import BoxRules

Pairs = set[tuple[int, int]]
LISTED = 10


def compare_hits() -> None:
    """Print how many pictures have the same pairs, and list the first of the others."""
    gold = gold_set()
    answers = answer_set(gold)
    ours, theirs = our_pairs(gold, answers), greedy_pairs(gold, answers)
    differing = by_picture(answers, ours - theirs, theirs - ours)
    print(f"\nHits at IoU 0.5: ours {len(ours)}, pycocotools {len(theirs)}; all answers have the same score.")
    print(f"The same pairs in {IMAGES - len(differing)} pictures, others in {len(differing)}:")
    better = 0
    for number, (image, (mine, other)) in enumerate(sorted(differing.items())):
        best, greedy = total_iou(gold, answers, mine), total_iou(gold, answers, other)
        better += best > greedy + 1e-9 or (len(mine) == len(other) and best > greedy - 1e-9)
        if number < LISTED:
            said = f"{len(mine)} pairs of total IoU {best:.3f}, greedy {len(other)} of {greedy:.3f}"
            print(f"  picture {image}: where they differ, ours {said}")
    print(f"Ours has the larger total IoU, or an equal one, in {better} of {len(differing)}.")


def our_pairs(gold: Boxes, answers: Boxes) -> Pairs:
    """The pairs of rows (answer, gold) that we count as hits."""
    found = score_tables(answers.table(IMAGES), gold.table(IMAGES), BoxRules()).found
    hits = np.flatnonzero(found.answer_place == Place.HIT)
    drawn = answers.rows_of(found.answers, hits)
    meant = gold.rows_of(found.golds, found.partner[hits])
    return set(zip(drawn.tolist(), meant.tolist(), strict=True))


def by_picture(answers: Boxes, ours: Pairs, theirs: Pairs) -> dict[int, tuple[Pairs, Pairs]]:
    pictures: dict[int, tuple[Pairs, Pairs]] = {}
    for side, pairs in enumerate((ours, theirs)):
        for pair in pairs:
            pictures.setdefault(int(answers.image[pair[0]]), (set(), set()))[side].add(pair)
    return pictures


def total_iou(gold: Boxes, answers: Boxes, pairs: Pairs) -> float:
    rows = np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)
    drawn, meant = corners(answers.xywh[rows[:, 0]]), corners(gold.xywh[rows[:, 1]])
    common = intersection(drawn, meant)
    return float((common / (area(drawn) + area(meant) - common)).sum())
