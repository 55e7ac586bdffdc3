"""Many answers at once are scored as each would be alone, to the last bit."""

import random
from dataclasses import replace

import numpy as np
import pytest

from labelkit.domain.annotations import BoxAnnotation
from labelkit.domain.bulk import score_tables
from labelkit.domain.rules import FLAGS, BoxRules
from labelkit.domain.scores import Severity
from labelkit.domain.scoring import best_score, score_boxes, score_many
from labelkit.domain.tables import box_table, tables_of
from tests.domain.scenes import annotation, crowded, drawn_after, share

RULES = BoxRules(flags=FLAGS)
UNUSABLE = BoxAnnotation(unusable=True)


def answers_and_golds(count, seed=7):
    chance = random.Random(seed)
    golds = [crowded(chance, most=chance.choice((3, 10, 25)), marks=True) for _ in range(count)]
    answers = [drawn_after(gold, chance) for gold in golds]
    for side in (answers, golds):
        for n in chance.sample(range(count), count // 20):
            side[n] = UNUSABLE
    return answers, golds


def test_each_score_in_bulk_is_the_score_alone_to_the_last_bit():
    answers, golds = answers_and_golds(share(2_000))
    bulk = score_many(answers, [[gold] for gold in golds], RULES)

    assert len(bulk) == len(answers)
    for n, (answer, gold) in enumerate(zip(answers, golds, strict=True)):
        alone = score_boxes(answer, gold, RULES)
        assert bulk.score(n) == alone
        assert repr(bulk.score(n)) == repr(alone)
        assert bulk.figures.value[n] == alone.value
        assert (bulk.figures.right[n], bulk.figures.mistakes[n]) == (alone.right, alone.mistakes)


@pytest.mark.parametrize(("name", "pairs"), [("SLICE", 10), ("CROWDED", 1), ("CROWDED", 40)])
def test_how_pairs_are_looked_at_does_not_show_in_the_result(monkeypatch, name, pairs):
    answers, golds = answers_and_golds(60)
    whole = score_many(answers, [[gold] for gold in golds], RULES)
    monkeypatch.setattr(f"labelkit.domain.overlaps.{name}", pairs)
    sliced = score_many(answers, [[gold] for gold in golds], RULES)

    assert [sliced.score(n) for n in range(60)] == [whole.score(n) for n in range(60)]


def test_the_whole_adds_up_what_the_single_scores_say():
    answers, golds = answers_and_golds(100)
    bulk = score_many(answers, [[gold] for gold in golds], RULES)
    each, overall = [bulk.score(n) for n in range(100)], bulk.overall()

    for name in ("right", "mistakes", "hits"):
        assert getattr(overall, name) == sum(getattr(score, name) for score in each)
    assert overall.value == overall.right / (overall.right + overall.mistakes)
    counted = sum(count for score in each for _, _, count in score.confusion)
    assert sum(count for _, _, count in overall.confusion) == counted
    cars = [figures for score in each for figures in score.labels if figures.label == "car"]
    car = next(figures for figures in overall.labels if figures.label == "car")
    assert (car.right, car.mistakes) == (sum(f.right for f in cars), sum(f.mistakes for f in cars))
    assert car.recall == sum(f.hits for f in cars) / sum(f.golds for f in cars)


def test_findings_stand_by_scene_with_the_fails_first():
    answers, golds = answers_and_golds(80)
    bulk = score_many(answers, [[gold] for gold in golds], RULES)

    assert np.all(np.diff(bulk.findings.scene) >= 0)
    for n in range(80):
        severities = [finding.severity for finding in bulk.score(n).findings]
        assert severities == sorted(severities, key=[Severity.FAIL, Severity.WARNING].index)
    assert len(bulk.findings) == sum(len(bulk.score(n).findings) for n in range(80))


def test_each_answer_counts_with_the_best_of_its_own_accepted_golds():
    chance = random.Random(3)
    answers, golds = answers_and_golds(60)
    accepted = [
        [*(crowded(chance) for _ in range(chance.randint(0, 2))), gold, *chance.choice(([], [UNUSABLE]))]
        for gold in golds
    ]
    bulk = score_many(answers, accepted, RULES)

    for n in range(60):
        assert bulk.score(n) == best_score(answers[n], accepted[n], RULES)
        assert bulk.score(n) == replace(
            score_boxes(answers[n], accepted[n][bulk.accepted[n]], RULES), accepted=int(bulk.accepted[n])
        )


def test_columns_may_come_in_any_order():
    answers, golds = answers_and_golds(30)
    tables = tables_of(answers, golds, RULES.flags)
    mixed = [_mixed(table) for table in tables]

    assert score_tables(*mixed, RULES).overall() == score_tables(*tables, RULES).overall()


def _mixed(table):
    rows = np.random.default_rng(1).permutation(len(table))
    x1, y1, x2, y2 = table.corners[rows].T
    marks = [column[rows] for column in (table.flags, table.ignore, table.optional, table.crowd)]
    boxes = np.stack((x1, y1, x2 - x1, y2 - y1), axis=1)
    sizes = (table.scene[rows], table.label[rows], boxes, table.position[rows])
    return box_table(table.labels, table.unusable, *sizes, *marks)


def test_no_answers_at_all_make_an_empty_result():
    bulk = score_many([], [], RULES)

    assert len(bulk) == 0
    assert bulk.overall().value == 1


def test_an_answer_without_gold_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="accepted gold"):
        best_score(annotation(), [], RULES)
    with pytest.raises(ValueError, match="longer"):
        score_many([annotation()], [], RULES)


def test_tables_that_do_not_belong_together_are_refused():
    answers, golds = tables_of([annotation()], [annotation()], ())
    with pytest.raises(ValueError, match="share their labels"):
        score_tables(answers, replace(golds, labels=("car",)), RULES)
