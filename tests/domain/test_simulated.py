"""Simulated workers err as often as they are told to, and in no other way."""

import random
from statistics import mean

import pytest

from labelkit.domain.annotations import Box, BoxAnnotation, LabelAnnotation
from labelkit.domain.classification import score_labels
from labelkit.domain.habits import Habits
from labelkit.domain.hand import Hand
from labelkit.domain.planting import PLANTABLE
from labelkit.domain.rules import BoxRules, ClassRules
from labelkit.domain.scores import ErrorKind, Sides
from labelkit.domain.scoring import score_boxes
from labelkit.domain.simulated import SimulatedWorker

RULES = BoxRules()
LABELS = ("bus", "car", "person")
SIZE = (1280, 800)
GOLD = BoxAnnotation(
    tuple(
        Box(LABELS[(row + column) % 3], 60 + 240 * column, 60 + 180 * row, 90, 70)
        for row in range(4)
        for column in range(5)
    )
)
UNUSABLE = BoxAnnotation(unusable=True)
STEADY = Hand(spread=0)


def findings(worker, gold=GOLD, rules=RULES, seed=0):
    answer = worker.answer(gold, random.Random(seed), rules, SIZE, LABELS)
    return score_boxes(answer, gold, rules).findings


def test_a_worker_without_errors_and_with_a_steady_hand_copies_gold():
    worker = SimulatedWorker(hand=STEADY)

    assert worker.answer(GOLD, random.Random(1), RULES, SIZE, LABELS) == GOLD
    assert worker.answer(UNUSABLE, random.Random(1), RULES, SIZE, LABELS) == UNUSABLE


@pytest.mark.parametrize("kind", PLANTABLE)
def test_a_rate_of_one_makes_that_error_and_no_other(kind):
    found = findings(SimulatedWorker({kind: 1.0}, STEADY))

    assert {finding.kind for finding in found} == {kind}
    assert len(found) == (1 if kind is ErrorKind.EXTRA else len(GOLD.regions))


def test_errors_come_as_often_as_their_rate():
    worker = SimulatedWorker({ErrorKind.MISSING: 0.3, ErrorKind.WRONG_LABEL: 0.2}, STEADY)

    kinds = [finding.kind for seed in range(50) for finding in findings(worker, seed=seed)]

    objects = 50 * len(GOLD.regions)
    assert kinds.count(ErrorKind.MISSING) / objects == pytest.approx(0.3, abs=0.05)
    assert kinds.count(ErrorKind.WRONG_LABEL) / objects == pytest.approx(0.2, abs=0.05)
    assert len(set(kinds)) == 2


def test_an_unsteady_hand_lands_beyond_tolerance_now_and_then():
    steady, shaky = (findings(SimulatedWorker(hand=Hand(spread))) for spread in (0.2, 1.2))

    assert steady == ()
    assert {finding.kind for finding in shaky} <= {ErrorKind.LOOSE, ErrorKind.CUT, ErrorKind.SHIFTED}
    assert len(shaky) > 5


def test_a_leaning_hand_errs_on_its_own_side():
    found = findings(SimulatedWorker(hand=Hand(0.1, Sides(0, 0, 0, 3))))

    assert {(finding.kind, finding.worst) for finding in found} == {(ErrorKind.LOOSE, "bottom")}
    assert len(found) == len(GOLD.regions)


def test_a_habit_of_missing_concerns_objects_of_that_size_only():
    gold = BoxAnnotation((*GOLD.regions, Box("car", 4, 4, 20, 20), Box("bus", 30, 4, 25, 25)))
    worker = SimulatedWorker(hand=STEADY, habits=Habits(misses={"small": 1.0}))

    answer = worker.answer(gold, random.Random(1), RULES, SIZE, LABELS)

    assert answer == GOLD


def test_a_habit_of_confusing_concerns_one_label_and_goes_one_way():
    worker = SimulatedWorker(hand=STEADY, habits=Habits(confuses={"car": {"bus": 0.5}}))

    found = [finding for seed in range(40) for finding in findings(worker, seed=seed)]

    cars = 40 * sum(box.label == "car" for box in GOLD.regions)
    assert {(f.kind, f.gold_labels, f.labels) for f in found} == {(ErrorKind.WRONG_LABEL, ("car",), ("bus",))}
    assert len(found) / cars == pytest.approx(0.5, abs=0.08)


def test_a_class_is_confused_by_the_same_habit():
    worker = SimulatedWorker(habits=Habits(confuses={"car": {"bus": 1.0}}))

    def answered(key):
        return worker.answer_label(LabelAnnotation(frozenset({key})), random.Random(1), LABELS).labels

    assert answered("car") == {"bus"}
    assert answered("bus") == {"bus"}


@pytest.mark.parametrize(
    "habits", [{"misses": {"small": 1.5}}, {"confuses": {"car": {"bus": 0.6, "dog": 0.6}}}]
)
def test_habits_are_probabilities(habits):
    with pytest.raises(ValueError, match="probabilities"):
        Habits(**habits)


def test_flags_are_mistaken_where_the_project_asks_for_them():
    worker = SimulatedWorker({ErrorKind.WRONG_ATTRIBUTE: 1.0}, STEADY)

    assert findings(worker) == ()
    asked = findings(worker, rules=BoxRules(flags=("occluded",)))
    assert {finding.kind for finding in asked} == {ErrorKind.WRONG_ATTRIBUTE}


def test_a_picture_is_taken_for_unusable_or_not_seen_to_be():
    worker = SimulatedWorker({ErrorKind.FALSE_UNUSABLE: 1.0, ErrorKind.MISSED_UNUSABLE: 1.0})

    assert [finding.kind for finding in findings(worker)] == [ErrorKind.FALSE_UNUSABLE]
    assert [finding.kind for finding in findings(worker, UNUSABLE)] == [ErrorKind.MISSED_UNUSABLE]


def test_ignored_areas_are_left_alone_and_optional_objects_drawn_half_the_time():
    gold = BoxAnnotation(
        (
            Box("car", 10, 10, 60, 60, ignore=True),
            Box("car", 100, 10, 60, 60, crowd=True),
            Box("car", 200, 10, 60, 60, optional=True),
        )
    )
    worker = SimulatedWorker(hand=STEADY)
    answers = [worker.answer(gold, random.Random(seed), RULES, SIZE, LABELS) for seed in range(100)]

    assert {box for answer in answers for box in answer.regions} == {Box("car", 200, 10, 60, 60)}
    assert 30 < sum(len(answer.regions) for answer in answers) < 70


def test_the_more_skill_the_better_the_scores():
    def mean_score(skill):
        workers = [SimulatedWorker.of_skill(skill, seed) for seed in range(15)]
        answers = [w.answer(GOLD, w.random_for("x"), RULES, SIZE, LABELS) for w in workers]
        return mean(score_boxes(answer, GOLD, RULES).value for answer in answers)

    scores = [mean_score(skill) for skill in (0, 0.5, 0.8, 1)]

    assert scores == sorted(scores)
    assert scores[0] < 0.5
    assert scores[2] > 0.75
    assert scores[3] > 0.99


def test_the_same_worker_answers_the_same_item_the_same_way():
    one, other = (SimulatedWorker.of_skill(0.4, seed=7) for _ in range(2))
    answer = one.answer(GOLD, one.random_for("sb-001"), RULES, SIZE, LABELS)

    assert one == other
    assert answer == other.answer(GOLD, other.random_for("sb-001"), RULES, SIZE, LABELS)
    assert answer != one.answer(GOLD, one.random_for("sb-002"), RULES, SIZE, LABELS)
    assert SimulatedWorker.of_skill(0.4, seed=8) != one


def test_class_items_are_mistaken_at_the_rate_of_wrong_labels():
    worker = SimulatedWorker({ErrorKind.WRONG_LABEL: 0.25})
    gold = LabelAnnotation(frozenset({"bus"}))
    answers = [
        worker.answer_label(gold, random.Random(seed), LABELS, {"bus": ["car"]}) for seed in range(400)
    ]

    wrong = [answer for answer in answers if answer != gold]
    assert len(wrong) / 400 == pytest.approx(0.25, abs=0.06)
    assert {score_labels(answer, [gold], ClassRules()).value for answer in wrong} == {0}
    assert {tuple(answer.labels) for answer in wrong} == {("car",)}


def test_class_items_may_be_unusable():
    gold, unusable = LabelAnnotation(frozenset({"bus"})), LabelAnnotation(unusable=True)
    sure = SimulatedWorker()
    unsure = SimulatedWorker({ErrorKind.FALSE_UNUSABLE: 1.0, ErrorKind.MISSED_UNUSABLE: 1.0})

    assert sure.answer_label(unusable, random.Random(1), LABELS) == unusable
    assert unsure.answer_label(gold, random.Random(1), LABELS) == unusable
    assert len(unsure.answer_label(unusable, random.Random(1), LABELS).labels) == 1


def test_time_grows_with_the_boxes_and_varies_from_item_to_item():
    worker = SimulatedWorker(seconds_per_item=5, seconds_per_box=10)
    times = [worker.seconds(random.Random(seed), boxes=4) for seed in range(300)]

    assert mean(times) == pytest.approx(45, rel=0.1)
    assert min(times) > 0
    assert len(set(times)) == 300
    assert mean(worker.seconds(random.Random(seed)) for seed in range(300)) == pytest.approx(5, rel=0.1)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: SimulatedWorker({ErrorKind.MISSING: 1.2}),
        lambda: SimulatedWorker({ErrorKind.MISSING: 0.7, ErrorKind.LOOSE: 0.7}),
        lambda: SimulatedWorker.of_skill(1.5),
    ],
)
def test_rates_that_are_no_probabilities_are_refused(wrong):
    with pytest.raises(ValueError, match=r"rate|skill"):
        wrong()
