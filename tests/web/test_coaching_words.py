"""Each statement of coaching is one sentence that names its figures."""

import pytest

from labelkit.domain.coaching_statements import (
    AllRight,
    Broken,
    Confused,
    Hurried,
    Lean,
    Leaning,
    Mark,
    NoneConfused,
    NoneMissed,
    NoneTooMany,
    Retried,
    SizeMissed,
    Statement,
    Tempo,
    Tone,
    Trend,
    TrueHand,
)
from labelkit.domain.scores import ErrorKind
from labelkit.domain.sides import SIDES
from labelkit.web.coaching_words import sentence
from tests.web.reading import reading

NAMES = {"car": "Car", "van": "Van"}


@pytest.fixture(autouse=True)
def in_english():
    with reading():
        yield


def wrong(of, **values):
    return of(tone=Tone.WRONG, **values)


SAID = [
    (
        wrong(Leaning, n=62, sides=("left",), lean=Lean.LOOSE, pixels=4.2),
        "The left side is 4 px loose on average, over 62 boxes.",
    ),
    (
        wrong(Leaning, n=1062, sides=("bottom",), lean=Lean.CUT, pixels=-1.54),
        "The bottom side is 1.5 px cut on average, over 1,062 boxes.",
    ),
    (
        wrong(Leaning, n=62, sides=SIDES, lean=Lean.LOOSE, pixels=2),
        "Boxes are 2 px too large on each side on average, over 62 boxes.",
    ),
    (
        wrong(Leaning, n=62, sides=("top", "bottom"), lean=Lean.CUT, pixels=-3.4),
        "Boxes are too low: top and bottom are 3 px cut on average, over 62 boxes.",
    ),
    (
        wrong(Leaning, n=62, sides=("left", "right"), lean=Lean.SHIFTED, pixels=-3),
        "Boxes lie 3 px too far left on average, over 62 boxes.",
    ),
    (
        wrong(Confused, n=80, gold="car", answer="van", count=9),
        "Car was marked as Van in 9 of 80 cases.",
    ),
    (
        wrong(Confused, n=80, gold="car", answer="bygone", count=9, back=4, back_n=20),
        "Car and bygone are confused: Car marked as bygone in 9 of 80 cases, bygone as Car in 4 of 20.",
    ),
    (
        wrong(SizeMissed, n=30, size="small", missed=9, others=300, others_missed=4),
        "9 of 30 small objects (below 32 × 32 px) were missed, against 4 of 300 others.",
    ),
    (
        wrong(Broken, n=434, kinds=((ErrorKind.DUPLICATE, 37),), count=37),
        "Duplicate: 37 times in 434 objects.",
    ),
    (
        wrong(
            Broken,
            n=434,
            kinds=((ErrorKind.LOOSE, 8), (ErrorKind.CUT, 6)),
            count=14,
            label="van",
            label_count=11,
        ),
        "Loose 8, cut 6: 14 times in 434 objects, 11 times with Van.",
    ),
    (
        Broken(
            n=90,
            tone=Tone.WATCH,
            error=ErrorKind.WRONG_ATTRIBUTE,
            kinds=((ErrorKind.WRONG_ATTRIBUTE, 12),),
            count=12,
        ),
        "A mark was set wrongly 12 times in 90 objects. It costs no points.",
    ),
    (
        Hurried(n=34, tone=Tone.WATCH, seconds=15, fast=0.71, slow=0.88, slow_n=60),
        "Hurrying costs points: below 15 s for one object, first tries score 71 % (n = 34), "
        "from there on 88 % (n = 60).",
    ),
    (
        Tempo(n=300, tone=Tone.RIGHT, seconds=12.4, mark=Mark.BETWEEN, score=0.91),
        "One object takes 12 s, at a score of 91 %: faster than careful drawing (25 to 35 s), "
        "over 300 objects.",
    ),
    (
        Trend(n=90, tone=Tone.RIGHT, start=0.62, end=0.81, days=30),
        "First tries rose from about 62 % to 81 % within 30 days (n = 90).",
    ),
    (
        Retried(n=40, tone=Tone.RIGHT, first=0.6, retry=0.95, retry_n=25),
        "Retries put it right: first tries score 60 % (n = 40), retries 95 % (n = 25).",
    ),
    (AllRight(n=214, tone=Tone.RIGHT), "No mistake in 214 objects."),
    (NoneConfused(n=214, tone=Tone.RIGHT), "No label was confused in 214 objects."),
    (NoneMissed(n=214, tone=Tone.RIGHT), "Nothing was missed among 214 objects."),
    (NoneTooMany(n=214, tone=Tone.RIGHT), "None of 214 boxes was one too many."),
    (
        TrueHand(n=214, tone=Tone.RIGHT, pixels=1.0),
        "Boxes lean to no side: within 1 px on average, over 214 boxes.",
    ),
]


@pytest.mark.parametrize(("statement", "words"), SAID, ids=lambda value: type(value).__name__)
def test_a_statement_is_one_sentence_with_its_figures(statement, words):
    assert sentence(statement, NAMES, drawn=True) == words


def test_every_sort_of_statement_has_a_sentence():
    sorts = {sort.__name__ for sort in Statement.__subclasses__()}

    assert {type(statement).__name__ for statement, _ in SAID} == sorts


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("mark", Mark)
def test_every_pace_that_coaching_speaks_of_has_words(mark, tone):
    spoken_of = tone is Tone.WATCH if mark is Mark.SLOW else tone is Tone.RIGHT
    if spoken_of or (mark, tone) == (Mark.EXTREME, Tone.WATCH):
        said = sentence(Tempo(n=300, tone=tone, seconds=6.5, mark=mark, score=0.5), {}, drawn=True)
        assert said.startswith("One object takes 6.5 s")
        assert "300 objects" in said


@pytest.mark.parametrize("lean", [Lean.LOOSE, Lean.CUT])
@pytest.mark.parametrize("sides", [*((side,) for side in SIDES), ("left", "right"), ("top", "bottom"), SIDES])
def test_every_lean_has_words(sides, lean):
    said = sentence(wrong(Leaning, n=62, sides=sides, lean=lean, pixels=2.0), {}, drawn=True)

    assert "2 px" in said
    assert "62 boxes" in said


@pytest.mark.parametrize(
    ("sides", "ways"), [(("left", "right"), "left right"), (("top", "bottom"), "up down")]
)
def test_every_shift_has_words(sides, ways):
    for pixels, way in zip((-2, 2), ways.split(), strict=True):
        said = sentence(wrong(Leaning, n=62, sides=sides, lean=Lean.SHIFTED, pixels=pixels), {}, drawn=True)
        assert f"2 px too far {way}" in said


def test_where_labels_are_chosen_there_are_choices_and_no_objects():
    chosen = [AllRight(n=90, tone=Tone.RIGHT), NoneConfused(n=90, tone=Tone.RIGHT)]
    kinds = ((ErrorKind.WRONG_LABEL, 12),)
    chosen += [wrong(Broken, n=90, kinds=kinds, count=12, label=label) for label in (None, "car")]

    assert all("90 choices" in sentence(one, NAMES, drawn=False) for one in chosen)
