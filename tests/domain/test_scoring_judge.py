"""The engine says what a slow and plain second telling of DESIGN section 4 says, on crowded random scenes."""

import random

import pytest

from labelkit.domain.rules import BoxRules
from labelkit.domain.scoring import score_boxes
from tests.domain.judge import Judge
from tests.domain.scenes import crowded, drawn_after, share

SCENES = share(5_000)
STRICT = BoxRules(match_iou=0.75, near_iou=0.4, tolerance_min=1, tolerance_share=0.05, fail_factor=1.5)
LENIENT = BoxRules(match_iou=0.3, near_iou=0.05, ignore_share=0.9, tolerance_max=4)


def scene(seed):
    chance = random.Random(seed)
    gold = crowded(chance, marks=True)
    return drawn_after(gold, chance), gold


def told(score):
    for finding in score.findings:
        doubled = finding.kind == "duplicate"
        yield str(finding.kind), str(finding.severity), finding.answer, None if doubled else finding.gold


def figures(judge):
    hits = sum(kind == "hit" for kind in judge.pairs.values())
    answers = len(judge.drawn) - len(judge.set_aside)
    golds = len(judge.pairs) + len(judge.missing)
    parts = ((hits, answers), (hits, golds), (2 * hits, answers + golds))
    return [part / whole if whole else None for part, whole in parts]


@pytest.mark.parametrize("rules", [BoxRules(), STRICT, LENIENT], ids=["default", "strict", "lenient"])
def test_every_box_has_the_same_place_and_every_finding_the_same_name(rules):
    for seed in range(SCENES // 3):
        answer, gold = scene(seed)
        judge, score = Judge(answer, gold, rules), score_boxes(answer, gold, rules)

        assert set(score.pairs) == set(judge.pairs), seed
        assert set(score.set_aside) == judge.set_aside, seed
        assert sorted(told(score), key=str) == sorted(judge.findings(), key=str), seed
        assert score.value == judge.value(), seed
        assert [score.precision, score.recall, score.f1] == figures(judge), seed
