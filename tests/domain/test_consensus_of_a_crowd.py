"""Five simulated people answer thirty items of known truth: together they come nearer than one by one."""

from random import Random

from labelkit.domain.annotations import Box, BoxAnnotation, LabelAnnotation
from labelkit.domain.consensus import Said, likeliest
from labelkit.domain.rules import BoxRules
from labelkit.domain.scoring import score_boxes
from labelkit.domain.simulated import SimulatedWorker
from labelkit.tasktypes import TASK_TYPES

SKILLS = (0.9, 0.8, 0.7, 0.5, 0.3)
KEYS = ["car", "bus", "truck"]
SIZE = (640.0, 480.0)


def crowd(kind, answer, truths):
    """What five people of these skills say of items of known truth, and the consensus of each item."""
    rules = kind.parse_rules({})
    workers = [SimulatedWorker.of_skill(skill, seed) for seed, skill in enumerate(SKILLS)]
    given = [
        [answer(worker, truth, worker.random_for(str(n)), rules) for worker in workers]
        for n, truth in enumerate(truths)
    ]
    said = {
        n: Said(tuple(range(len(workers))), kind.units(answers, rules)) for n, answers in enumerate(given)
    }
    return given, [kind.consensus(given[n], likeliest(said, n), rules) for n in said]


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def test_a_consensus_of_labels_is_nearer_to_the_truth_than_the_mean_worker():
    chance = Random("labels")
    truths = [LabelAnnotation(frozenset({chance.choice(KEYS)})) for _ in range(30)]
    given, made = crowd(TASK_TYPES["image_class"], said_by_skill, truths)

    right = mean(one == truth for one, truth in zip(made, truths, strict=True))
    assert (
        right > mean(a == truth for answers, truth in zip(given, truths, strict=True) for a in answers) + 0.1
    )
    assert right >= 0.9


def said_by_skill(worker, truth, random, _rules):
    """A label of somebody who knows it as often as the skill says, and else guesses."""
    return (
        truth if random.random() < SKILLS[worker.seed] else LabelAnnotation(frozenset({random.choice(KEYS)}))
    )


def scene(chance):
    """Up to four objects in a row that do not touch."""
    return BoxAnnotation(tuple(
        Box(chance.choice(KEYS), 150.0 * n + chance.uniform(0, 20), chance.uniform(20, 200),
            chance.uniform(60, 110), chance.uniform(60, 200))
        for n in range(chance.randint(1, 4))
    ))  # fmt: skip


def side_error(answers, truths):
    """The mean error of a side of a hit, in pixels."""
    scores = [score_boxes(one, truth, BoxRules()) for one, truth in zip(answers, truths, strict=True)]
    return mean(score.mean_side_error for score in scores if score.mean_side_error is not None)


def test_a_consensus_of_boxes_is_nearer_to_the_truth_than_the_mean_worker():
    chance = Random("boxes")
    truths = [scene(chance) for _ in range(30)]
    given, made = crowd(
        TASK_TYPES["bbox"],
        lambda worker, truth, random, rules: worker.answer(truth, random, rules, SIZE, KEYS),
        truths,
    )

    of_workers = [list(answers) for answers in zip(*given, strict=True)]
    assert side_error(made, truths) < 0.7 * mean(side_error(answers, truths) for answers in of_workers)
    values = [score_boxes(one, truth, BoxRules()).value for one, truth in zip(made, truths, strict=True)]
    workers = [
        score_boxes(a, t, BoxRules()).value
        for answers in of_workers
        for a, t in zip(answers, truths, strict=True)
    ]
    assert mean(values) > mean(workers) + 0.1
