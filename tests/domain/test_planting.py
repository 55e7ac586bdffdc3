"""A planted error is found by the scoring engine under its own name, and nothing else is found."""

import os
import random
from collections import Counter
from contextlib import suppress

import pytest

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.errors import Invalid
from labelkit.domain.faults import RESHAPED
from labelkit.domain.hand import Setting
from labelkit.domain.planting import PLANTABLE, plant
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Severity
from labelkit.domain.scoring import best_score, score_boxes, score_many

SCENES = 10_000 if os.environ.get("LABELKIT_SOAK") else 1_000
RULES = BoxRules()
LABELS = ("bus", "car", "person", "sign", "truck")
SIZE = (640, 400)
LONE = Box("car", 200, 120, 90, 60, flags=frozenset({"occluded"}))


def scene(seed):
    """A made picture: its size and a gold with boxes of all sizes, some overlapping or set aside."""
    chance = random.Random(seed)
    width, height = chance.choice([(560, 360), (640, 400), (960, 1200), (1280, 800)])
    boxes = []
    for _ in range(chance.randint(1, 14)):
        w = min(10 * 20 ** chance.random(), width / 2)
        h = min(w * chance.uniform(0.5, 2), height / 2)
        x, y = chance.uniform(-10, width - w + 10), chance.uniform(-10, height - h + 10)
        x, y = round(min(max(x, 0), width - w)), round(min(max(y, 0), height - h))
        marks = {mark: chance.random() < 0.05 for mark in ("ignore", "optional", "crowd")}
        boxes.append(Box(chance.choice(LABELS), x, y, min(w, width - x), min(h, height - y), **marks))
    return (width, height), BoxAnnotation(tuple(boxes))


def told(findings):
    return Counter((finding.kind, finding.answer, finding.gold) for finding in findings)


def planted_scenes():
    """Made scenes with one or two errors of chance kinds: size, gold, kinds, and what was planted."""
    for seed in range(SCENES):
        chance = random.Random(f"plant {seed}")
        size, gold = scene(seed)
        kinds = chance.sample(PLANTABLE, chance.choice([1, 1, 2]))
        spread = chance.choice([0, 0.4])
        with suppress(Invalid):
            yield size, gold, kinds, plant(gold, chance, kinds, RULES, size, LABELS, spread=spread)


def test_every_plant_is_found_by_its_name_and_nothing_else_is():
    scenes = list(planted_scenes())
    scores = score_many([made.annotation for *_, made in scenes], [[gold] for _, gold, *_ in scenes], RULES)

    # No exceptions: what the engine would call otherwise is drawn again, and what no drawing can make
    # clear is refused. That is rare: a picture with ignored areas only, one box that fills its corner.
    assert len(scenes) > 0.95 * SCENES
    for number, (size, _, kinds, made) in enumerate(scenes):
        findings = scores.score(number).findings
        assert sorted(plant.kind for plant in made.plants) == sorted(kinds)
        assert told(findings) == told(made.plants)
        assert {finding.severity for finding in findings} == {Severity.FAIL}
        for box in made.annotation.regions:
            assert min(box.x, box.y) >= 0
            assert box.x + box.w <= size[0] + 1e-9
            assert box.y + box.h <= size[1] + 1e-9


@pytest.mark.parametrize("kind", RESHAPED)
def test_a_fault_on_a_lone_object_is_named_right_without_being_drawn_again(kind):
    named = Counter()
    for seed in range(SCENES // 10):
        chance = random.Random(f"{kind} {seed}")
        w, h = chance.uniform(18, 150), chance.uniform(18, 150)
        gold = Box("car", chance.uniform(150, 300), chance.uniform(100, 150), w, h)
        box = RESHAPED[kind](gold, gold, Setting(chance, RULES, SIZE, LABELS))
        findings = score_boxes(BoxAnnotation((box,)), BoxAnnotation((gold,)), RULES).findings
        named[tuple((finding.kind, finding.severity) for finding in findings)] += 1

    assert set(named) == {((kind, Severity.FAIL),)}


@pytest.mark.parametrize("kind", [ErrorKind.LOOSE, ErrorKind.CUT, ErrorKind.SHIFTED])
def test_sides_are_wrong_by_a_realistic_amount(kind):
    gold = Box("car", 200, 120, 200, 100)  # t is 6 px across and 3 px down, a fail begins at twice that

    for seed in range(50):
        planted = plant(BoxAnnotation((gold,)), random.Random(seed), [kind], RULES, SIZE, LABELS)
        (finding,) = score_boxes(planted.annotation, BoxAnnotation((gold,)), RULES).findings
        across = max(abs(finding.sides.left), abs(finding.sides.right)) / 12
        down = max(abs(finding.sides.top), abs(finding.sides.bottom)) / 6
        assert 1.15 <= max(across, down) <= 2


@pytest.mark.parametrize("kind", PLANTABLE)
def test_each_kind_says_what_was_planted_and_where(kind):
    gold = BoxAnnotation((LONE, Box("bus", 400, 200, 120, 90)))

    planted = plant(gold, random.Random(3), [kind], RULES, SIZE, LABELS)

    (plant_,) = planted.plants
    assert plant_.kind == kind
    assert (plant_.answer is None) == (kind is ErrorKind.MISSING)
    assert (plant_.gold is None) == (kind is ErrorKind.EXTRA)
    concerned = (
        gold.regions[plant_.gold] if plant_.answer is None else planted.annotation.regions[plant_.answer]
    )
    assert plant_.place == (concerned.x, concerned.y, concerned.w, concerned.h)


def test_no_kinds_give_a_right_answer_drawn_by_a_hand():
    for seed in range(SCENES // 10):
        size, gold = scene(seed)

        planted = plant(gold, random.Random(seed), [], RULES, size, LABELS, spread=0.4)

        assert planted.plants == ()
        assert score_boxes(planted.annotation, gold, RULES).findings == ()


def test_the_boxes_nobody_spoiled_are_inexact_too():
    gold = BoxAnnotation(tuple(Box("car", 20 + 120 * n, 40, 90, 60) for n in range(5)))

    planted = plant(gold, random.Random(1), [ErrorKind.CUT], RULES, SIZE, LABELS, spread=0.4)

    assert not set(planted.annotation.regions) & set(gold.regions)


def test_the_same_chance_gives_the_same_plants():
    _, gold = scene(8)

    one, other = (
        plant(
            gold,
            random.Random(9),
            [ErrorKind.EXTRA, ErrorKind.LOOSE],
            RULES,
            (1280, 1200),
            LABELS,
            spread=0.4,
        )
        for _ in range(2)
    )

    assert one == other


def test_an_extra_box_does_not_always_come_last():
    gold = BoxAnnotation(tuple(Box("car", 20 + 120 * n, 40, 60, 60) for n in range(5)))

    places = {
        plant(gold, random.Random(seed), [ErrorKind.EXTRA], RULES, SIZE, LABELS).plants[0].answer
        for seed in range(40)
    }

    assert places == set(range(6))


def test_areas_set_aside_are_neither_drawn_nor_spoiled_and_optional_objects_are_not_left_out():
    gold = BoxAnnotation(
        (
            LONE,
            Box("car", 400, 50, 90, 90, ignore=True),
            Box("car", 400, 200, 90, 90, optional=True),
            Box("car", 520, 200, 90, 90, crowd=True),
        )
    )

    for seed in range(20):
        planted = plant(gold, random.Random(seed), [ErrorKind.MISSING], RULES, SIZE, LABELS)
        assert [plant_.gold for plant_ in planted.plants] == [0]
        assert [(box.x, box.optional) for box in planted.annotation.regions] == [(400, False)]


def test_a_plant_is_wrong_by_every_accepted_gold():
    without = BoxAnnotation((Box("bus", 400, 200, 120, 90),))
    both = BoxAnnotation((LONE, *without.regions))

    for seed in range(20):
        planted = plant(
            both, random.Random(seed), [ErrorKind.MISSING], RULES, SIZE, LABELS, accepted=(without,)
        )
        assert planted.plants[0].gold == 1
        assert best_score(planted.annotation, (both, without), RULES).value < 1


def test_an_empty_picture_carries_an_extra_box_and_nothing_else():
    nothing = BoxAnnotation()

    planted = plant(nothing, random.Random(1), [ErrorKind.EXTRA], RULES, SIZE, LABELS)

    assert len(planted.annotation.regions) == 1
    for kind in set(PLANTABLE) - {ErrorKind.EXTRA}:
        with pytest.raises(Invalid):
            plant(nothing, random.Random(1), [kind], RULES, SIZE, LABELS)


@pytest.mark.parametrize(
    ("gold", "kind", "labels"),
    [
        (BoxAnnotation((LONE,)), ErrorKind.WRONG_LABEL, ("car",)),
        (BoxAnnotation((Box("car", 0, 0, *SIZE),)), ErrorKind.LOOSE, LABELS),
        (BoxAnnotation((Box("car", 0, 0, *SIZE),)), ErrorKind.EXTRA, LABELS),
        (BoxAnnotation((Box("car", 50, 50, 4, 4),)), ErrorKind.CUT, LABELS),
        (BoxAnnotation(unusable=True), ErrorKind.EXTRA, LABELS),
    ],
)
def test_what_cannot_be_carried_is_refused_with_a_sentence(gold, kind, labels):
    with pytest.raises(Invalid, match="cannot carry"):
        plant(gold, random.Random(2), [kind], RULES, SIZE, labels)


def test_what_is_no_fail_by_the_rules_is_never_planted():
    with pytest.raises(ValueError, match="wrong_attribute"):
        plant(BoxAnnotation((LONE,)), random.Random(2), [ErrorKind.WRONG_ATTRIBUTE], RULES, SIZE, LABELS)


def test_plants_follow_the_rules_of_the_project():
    strict = BoxRules(match_iou=0.75, near_iou=0.3, tolerance_share=0.01, tolerance_max=4, fail_factor=1.5)
    gold = BoxAnnotation((LONE, Box("bus", 400, 200, 120, 90)))

    for kind in PLANTABLE:
        planted = plant(gold, random.Random(4), [kind], strict, SIZE, LABELS, spread=0.4)
        assert [finding.kind for finding in score_boxes(planted.annotation, gold, strict).findings] == [kind]
