"""The triple of a finding: what gold and the answer mark at its place, and a view that holds both."""

import pytest

from labelkit.domain.annotations import BoxAnnotation
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind
from labelkit.domain.scoring import best_score
from labelkit.domain.triples import triple
from tests.make import box

SIZE = (640.0, 480.0)
GOLD = BoxAnnotation((box(x=80, y=90, w=120, h=90), box("person", x=330, y=200, w=60, h=140)))
CAR, PERSON = GOLD.regions


def triples(*regions, unusable=False):
    """Kind of error to the triple of its finding, for an answer with these boxes."""
    answer = BoxAnnotation(regions, unusable)
    score = best_score(answer, [GOLD], BoxRules())
    return {one.kind: triple(one, score, answer, GOLD, SIZE) for one in score.findings}


def test_where_an_object_is_missing_nothing_was_marked():
    found = triples(CAR)[ErrorKind.MISSING]

    assert (found.right.regions, found.wrong.regions) == ((PERSON,), ())


def test_where_one_is_too_many_nothing_is_right():
    extra = box(x=500, y=400, w=40, h=40)

    found = triples(CAR, PERSON, extra)[ErrorKind.EXTRA]

    assert (found.right.regions, found.wrong.regions) == ((), (extra,))


def test_a_duplicate_shows_the_box_that_it_doubles():
    again = box(x=84, y=94, w=110, h=80)

    found = triples(again, CAR, PERSON)[ErrorKind.DUPLICATE]

    assert (found.right.regions, found.wrong.regions) == ((CAR,), (CAR, again))


def test_a_loose_box_stands_against_its_gold_and_both_lie_in_view():
    loose = box(x=40, y=90, w=160, h=90)

    found = triples(loose, PERSON)[ErrorKind.LOOSE]

    assert (found.right.regions, found.wrong.regions) == ((CAR,), (loose,))
    x, y, w, h = found.view
    assert x <= 40 < 200 <= x + w <= 640.1
    assert y <= 90 < 180 <= y + h <= 480.1


def test_an_object_taller_than_a_view_of_its_picture_is_shown_whole():
    tall = BoxAnnotation((box(x=300, y=100, w=200, h=1500),))
    score = best_score(BoxAnnotation(), [tall], BoxRules())

    found = triple(score.findings[0], score, BoxAnnotation(), tall, (720.0, 1800.0))

    x, y, w, h = found.view
    assert y < 100 < 1600 < y + h
    assert x < 0 < 720 < x + w  # beyond the picture on both sides alike
    assert x + w - 720 == pytest.approx(-x, abs=0.2)


def test_a_finding_on_the_whole_picture_has_none():
    assert triples(unusable=True) == {ErrorKind.FALSE_UNUSABLE: None}


def test_a_finding_of_another_day_that_points_at_nothing_has_none():
    answer = BoxAnnotation((CAR,))
    score = best_score(answer, [GOLD], BoxRules())

    assert triple(score.findings[0], score, BoxAnnotation(), BoxAnnotation(), SIZE) is None
