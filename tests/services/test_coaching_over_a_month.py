"""Thirty days of simulated people with known faults, scored and counted as everybody is: coaching says
exactly that about each of them, and nothing false about anybody."""

import pytest

from labelkit.domain.coaching import statements
from labelkit.domain.coaching_statements import (
    AllRight,
    Broken,
    Confused,
    Leaning,
    NoneConfused,
    NoneMissed,
    NoneTooMany,
    SizeMissed,
    Tempo,
    Tone,
    Trend,
    TrueHand,
)
from labelkit.domain.habits import Habits
from labelkit.domain.hand import Hand
from labelkit.domain.scores import ErrorKind, Sides
from labelkit.domain.simulated import SimulatedWorker
from labelkit.domain.tallies import total
from labelkit.tasktypes import TASK_TYPES
from tests.month import month, pack

SEEDS = range(3)


def said(slug, worker, learning=None):
    """What coaching says of a worker after a month."""
    days, of = month(slug, worker, learning), pack(slug)
    rules = TASK_TYPES[of.task_type].parse_rules(of.rules)
    counts = total(days.values())
    return statements(counts, clauses=of.guide.errors, days=days, pass_score=rules.pass_score)


def split(found):
    """What is wrong or worth a look, and the sorts of praise."""
    right = {type(one) for one in found if one.tone is Tone.RIGHT}
    return [one for one in found if one.tone is not Tone.RIGHT], right


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("slug", ["street", "street_basic", "table"])
def test_somebody_without_faults_is_praised_and_nothing_else(slug, seed):
    wrong, praise = split(said(slug, SimulatedWorker(seed=seed)))

    assert wrong == []
    assert praise >= {TrueHand, Tempo}
    assert AllRight in praise or {NoneConfused, NoneMissed} & praise


@pytest.mark.parametrize("seed", SEEDS)
def test_whose_left_side_is_loose_hears_just_that(seed):
    wrong, praise = split(said("street", SimulatedWorker(hand=Hand(bias=Sides(1.6, 0, 0, 0)), seed=seed)))

    (leaning,) = wrong
    assert isinstance(leaning, Leaning)
    assert (leaning.sides, leaning.lean, leaning.tone) == (("left",), "loose", Tone.WRONG)
    assert 3 < leaning.pixels < 5
    assert (leaning.error, leaning.clause) == (ErrorKind.LOOSE, pack("street").guide.errors["loose"])
    assert praise >= {NoneConfused, NoneTooMany}
    assert not praise & {AllRight, TrueHand}


@pytest.mark.parametrize("seed", SEEDS)
def test_who_misses_small_objects_hears_just_that(seed):
    worker = SimulatedWorker(habits=Habits(misses={"small": 0.5}), seed=seed)

    wrong, praise = split(said("street", worker))

    (missed,) = wrong
    assert isinstance(missed, SizeMissed)
    assert (missed.size, missed.error) == ("small", ErrorKind.MISSING)
    assert missed.missed / missed.n == pytest.approx(0.5, abs=0.12)
    assert missed.others_missed <= 2
    assert praise >= {NoneConfused, TrueHand}
    assert not praise & {AllRight, NoneMissed}


@pytest.mark.parametrize("seed", SEEDS)
def test_who_confuses_two_labels_hears_just_that(seed):
    habits = Habits(confuses={"car": {"truck": 0.12}, "truck": {"car": 0.35}})

    wrong, praise = split(said("street", SimulatedWorker(habits=habits, seed=seed)))

    (confused,) = wrong
    assert isinstance(confused, Confused)
    assert (confused.gold, confused.answer, confused.error) == ("car", "truck", ErrorKind.WRONG_LABEL)
    assert confused.count / confused.n == pytest.approx(0.12, abs=0.04)
    assert confused.back / confused.back_n == pytest.approx(0.35, abs=0.2)
    assert praise >= {TrueHand}
    assert not praise & {AllRight, NoneConfused}


@pytest.mark.parametrize("seed", SEEDS)
def test_who_doubles_boxes_hears_just_that(seed):
    worker = SimulatedWorker({ErrorKind.DUPLICATE: 0.1}, seed=seed)

    wrong, praise = split(said("street", worker))

    (doubled,) = wrong
    assert isinstance(doubled, Broken)
    assert [kind for kind, _ in doubled.kinds] == [ErrorKind.DUPLICATE]
    assert doubled.label is None
    assert praise >= {TrueHand}
    assert not praise & {AllRight, NoneTooMany}


@pytest.mark.parametrize("seed", SEEDS)
def test_who_confuses_two_classes_hears_just_that(seed):
    habits = Habits(confuses={"van": {"suv": 0.5}, "suv": {"van": 0.5}})

    wrong, praise = split(said("vehicle_type", SimulatedWorker(habits=habits, seed=seed)))

    (confused,) = wrong
    assert isinstance(confused, Confused)
    assert {confused.gold, confused.answer} == {"van", "suv"}
    assert confused.back > 0
    assert not praise & {AllRight, NoneConfused}


@pytest.mark.parametrize("slug", ["vehicle_type", "inquiry_ko", "theory_ko", "street_scene"])
def test_a_faultless_choice_of_labels_is_praised_and_nothing_else(slug):
    wrong, praise = split(said(slug, SimulatedWorker(seed=1)))

    assert wrong == []
    assert AllRight in praise


def test_who_learns_through_the_month_hears_of_the_rise():
    worker = SimulatedWorker(seed=5)

    found = said("inquiry_ko", worker, lambda day: SimulatedWorker({ErrorKind.WRONG_LABEL: 0.7 - day / 45}))

    (trend,) = [one for one in found if isinstance(one, Trend)]
    assert trend.tone is Tone.RIGHT
    assert trend.end - trend.start == pytest.approx(0.65, abs=0.2)
