"""What a tally holds can be read off as tables, and an empty tally gives empty ones."""

import pytest

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.box_counts import count_boxes
from labelkit.domain.coaching_tables import (
    confusion,
    heat,
    mean_seconds,
    pace,
    retries,
    side_bias,
    sizes,
)
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind
from labelkit.domain.scoring import score_boxes
from labelkit.domain.tallies import Sent, contribution, counts_of, total

GOLD = (Box("car", 100, 100, 80, 60), Box("van", 300, 100, 120, 100), Box("dog", 500, 100, 20, 20))


def counts(*boxes, gold=GOLD):
    score = score_boxes(BoxAnnotation(boxes), BoxAnnotation(gold), BoxRules())
    return counts_of(score) | count_boxes(score, boxes, gold)


def test_an_empty_tally_gives_tables_without_figures():
    assert side_bias({}) == sizes({}) == []
    assert confusion({}).total == heat({}).most == 0
    assert heat({}).rows == ()
    assert [(row.n, row.mean) for row in pace({})] == [(0, None)] * 6
    assert retries({}) == (0, None)
    assert mean_seconds({}, "first") is None


def test_sides_are_told_in_pixels_with_their_interval():
    one = counts(Box("car", 96, 100, 84, 60))
    two = counts(Box("car", 94, 101, 86, 59))

    left, top, right, bottom = side_bias(total([one, two]))

    assert (left.side, left.n, left.mean) == ("left", 2, 5.0)
    assert left.low < 4 < 6 < left.high
    assert top.mean == -0.5
    assert (right.mean, bottom.mean) == (0, 0)
    assert side_bias(one)[0].low is None


def test_a_confusion_table_keeps_the_projects_order_and_what_it_no_longer_has():
    found = confusion(
        counts(Box("van", 100, 100, 80, 60), Box("van", 700, 10, 50, 50)), ["van", "car", "bus"]
    )

    assert found.labels == ("van", "car", "dog", "")
    assert found.beside("car", "van") == 1
    assert found.beside("", "van") == 1
    assert found.beside("dog", "") == found.beside("van", "") == 1
    assert found.beside("bus", "car") == 0
    assert found.total == 4


def test_a_heat_table_has_the_kinds_that_occurred_and_every_label_that_did():
    found = heat(counts(Box("car", 100, 100, 80, 60), Box("van", 300, 100, 120, 112)), ["van", "car"])

    assert found.kinds == (ErrorKind.MISSING, ErrorKind.LOOSE)
    assert [(row.label, row.golds, row.mistakes) for row in found.rows] == [
        ("van", 1, (0, 1)),
        ("car", 1, (0, 0)),
        ("dog", 1, (1, 0)),
    ]
    assert found.most == 1


def test_mistakes_that_concern_no_label_have_a_row_at_the_end():
    found = heat({"fail/false_unusable/": 2, "fail/missing/car": 1, "label/car/golds": 4}, ["car"])

    assert [row.label for row in found.rows] == ["car", ""]
    assert found.rows[-1].mistakes == (0, 2)


def test_paces_run_from_one_mark_to_the_next():
    sent = [contribution(Sent(True, seconds, 2), 0.5, False, {}) for seconds in (10, 20, 300)]

    rows = pace(total(sent))

    assert [(row.start, row.end) for row in rows][-2:] == [(35, 60), (60, None)]
    assert [row.n for row in rows] == [1, 1, 0, 0, 0, 1]
    assert rows[0].mean == 0.5
    assert rows[0].objects == 2


def test_sizes_tell_how_many_of_them_were_missed():
    found = sizes(counts(Box("car", 100, 100, 80, 60)))

    assert [(row.size, row.golds, row.missed) for row in found] == [
        ("small", 1, 1),
        ("medium", 1, 0),
        ("large", 1, 1),
    ]
    assert found[0].low < found[0].share == 1.0
    assert found[0].high == pytest.approx(1)


def test_retries_are_what_is_no_first_try():
    first = contribution(Sent(True, 40, 1), 0.4, False, {})
    again = contribution(Sent(False, 20, 1), 0.9, True, {})

    assert retries(total([first, again, again])) == (2, pytest.approx(0.9))
    assert mean_seconds(total([first, again]), "") == 30
    assert mean_seconds(total([first, again]), "first") == 40
