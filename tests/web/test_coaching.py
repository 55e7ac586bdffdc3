"""A statement of coaching has its sign and its clause, and leads to what it speaks of and to practice."""

from datetime import date

import pytest

from labelkit.domain.projects import Clause, ClauseGroup, Guide, Label
from labelkit.domain.sides import SIDES
from labelkit.domain.texts import Texts
from labelkit.store.models import Project
from labelkit.web.coaching import coach, headlines
from tests.web.reading import reading

GUIDE = Guide(
    version=1,
    purpose=Texts(),
    flow=Texts(),
    clauses=(Clause("G-03", ClauseGroup.TIGHT, Texts(en="Tight.")),),
    reasons=(),
    errors={"loose": "G-03", "wrong_label": "G-09"},
    changes=(),
)
LOOSE_LEFT = {
    "right": 40,
    "mistakes": 22,
    "fail/loose/car": 22,
    **{f"side/{side}/n": 62 for side in SIDES},
    "side/left/sum": 62 * 400,
    "side/left/squares": 62 * 160_400,
}
CONFUSED = {
    "right": 40,
    "mistakes": 10,
    "fail/wrong_label/car": 10,
    "confusion/car/van": 10,
    "confusion/car/car": 40,
}


@pytest.fixture(autouse=True)
def in_english():
    with reading():
        yield


def project(task_type="bbox", **values):
    label = Label("car", Texts(ko="승용차", en="Car"), 1)
    made = {"slug": "street", "title": Texts(en="Street"), "labels": [label], "guide": GUIDE, "rules": {}}
    return Project(task_type=task_type, **made | values)


def link(kind, label):
    return f"/scores?kind={kind}&label={label}"


def test_what_costs_points_leads_to_its_attempts_and_to_a_run_of_such():
    (leaning, *_) = coach(project(), LOOSE_LEFT, {}, link)

    assert leaning.sentence == "The left side is 4 px loose on average, over 62 boxes."
    assert (leaning.tone, leaning.sign) == ("wrong", "Costs points")
    assert leaning.clause.id == "G-03"
    assert leaning.attempts == "/scores?kind=loose&label=None"
    assert leaning.practise == {"kind": "weakness", "slug": "street", "error": "loose"}


def test_a_confusion_leads_to_its_label():
    (confused,) = coach(project(), CONFUSED, {}, link)

    assert confused.attempts == "/scores?kind=wrong_label&label=car"
    assert confused.practise["label"] == "car"
    assert confused.clause is None  # the guide names one that it does not have


def test_a_label_that_is_no_more_is_named_by_its_key_and_not_practised():
    (confused,) = coach(project(labels=[]), CONFUSED, {}, link)

    assert confused.sentence == "Car was marked as van in 10 of 50 cases."
    assert "label" not in confused.practise


def test_praise_leads_nowhere():
    (praise,) = coach(project(), {"right": 214}, {}, link)

    assert (praise.tone, praise.sign) == ("right", "Right")
    assert (praise.attempts, praise.practise, praise.clause) == (None, None, None)


def test_measures_that_are_somebody_elses_name_their_source():
    counts = {"size/small/golds": 40, "size/small/missed": 20, "size/large/golds": 90}
    counts |= {"right": 110, "mistakes": 20, "fail/missing/car": 20}

    (missed,) = coach(project(), counts, {}, link)

    assert missed.source == "COCO"


def test_a_habit_that_is_overcome_is_not_held_against_anybody():
    month = {date(2026, 3, day): {"n": 2, "right": 20} for day in range(1, 31)}

    (recent,) = coach(project(), LOOSE_LEFT, month, link)

    assert (recent.sentence, recent.days) == ("No mistake in 600 objects.", 30)


def test_of_a_few_days_nothing_can_be_said_so_all_attempts_are_spoken_of():
    week = {date(2026, 3, day): {"n": 1, "right": 7} for day in range(1, 8)}

    (leaning, *_) = coach(project(), LOOSE_LEFT, week, link)

    assert (leaning.tone, leaning.days) == ("wrong", None)


def test_an_archived_project_is_spoken_of_and_not_practised():
    (leaning, *_) = coach(project(archived=True), LOOSE_LEFT, {}, link)

    assert leaning.attempts
    assert leaning.practise is None


def test_nothing_counted_says_nothing():
    assert coach(project(), {}, {}, link) == []
    assert headlines([(project(), {})], lambda project: link) == []


def test_headlines_take_the_first_of_each_project_that_is_not_praise():
    places = [
        (project(title=Texts(en="Calm")), {"right": 214}),
        (project(title=Texts(en="Street")), LOOSE_LEFT),
        (project(title=Texts(en="Cars")), CONFUSED),
    ]

    found = headlines(places, lambda project: link)

    assert [one.project.en for one in found] == ["Street", "Cars"]
    assert [one.tone for one in found] == ["wrong", "wrong"]


def test_numbers_and_names_are_the_readers():
    with reading("ko"):
        (confused,) = coach(project(), CONFUSED, {}, link)

    assert "승용차" in confused.sentence
    assert "[" not in confused.sentence
