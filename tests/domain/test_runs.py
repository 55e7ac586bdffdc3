"""What a run takes, what comes next in it, and what its result says."""

from itertools import pairwise

import pytest

from labelkit.domain.runs import (
    Answered,
    Candidate,
    RunKind,
    draw,
    easier_half,
    minutes,
    next_item,
    of_each,
    result,
    weakest,
)
from labelkit.domain.scores import ErrorKind

SECONDS = {"bbox": 180.0, "image_class": 30.0, "text_class": 30.0}


def candidate(item, project=1, source="", task_type="bbox", difficulty=0.5):
    return Candidate(item, project, task_type, source or f"source-{item}", difficulty)


def answered(value=1.0, *mistakes, project="street", task_type="bbox", late=False, seconds=10.0):
    return Answered(
        task_type, project, value, value is not None and value >= 0.8, seconds, late, tuple(mistakes)
    )


def test_a_diagnosis_has_two_of_each_task_type_or_what_there_is():
    counts = of_each({"bbox": 40, "image_class": 2, "text_class": 1, "polygon": 0})

    assert counts == {"bbox": 2, "image_class": 2, "text_class": 1}


def test_its_minutes_are_those_of_its_items():
    assert minutes(of_each(dict.fromkeys(SECONDS, 9)), SECONDS) == 8
    assert minutes({"text_class": 1}, SECONDS) == 1
    assert minutes({}, SECONDS) == 0


def test_the_easier_half_is_taken_of_each_task_type_for_itself():
    boxes = [candidate(n, difficulty=n / 10) for n in range(5)]
    texts = [candidate(10 + n, task_type="text_class", difficulty=0.9 + n / 100) for n in range(4)]

    assert [one.item for one in easier_half(boxes + texts)] == [0, 1, 2, 10, 11]
    assert easier_half([]) == []


def test_the_same_seed_draws_the_same_items_whatever_their_order():
    group = [candidate(n, project=n % 3) for n in range(30)]

    assert draw([group], 10, "seed") == draw([group[::-1]], 10, "seed")
    assert draw([group], 10, "seed") != draw([group], 10, "another")


def test_an_earlier_group_is_used_up_before_a_later_one():
    first, second = [candidate(n) for n in range(3)], [candidate(n) for n in range(10, 20)]

    drawn = draw([first, second], 5, "seed")

    assert set(drawn[:3]) == {0, 1, 2}
    assert len(set(drawn)) == 5


def test_projects_take_turns():
    group = [candidate(n, project=1) for n in range(50)] + [candidate(n, project=2) for n in range(50, 55)]

    drawn = draw([group], 10, "seed")

    assert all((one < 50) != (other < 50) for one, other in pairwise(drawn))


def test_what_was_cut_from_one_picture_comes_twice_only_where_nothing_else_is_left():
    group = [candidate(n, source=f"street-{n % 3}") for n in range(6)]

    drawn = draw([group], 4, "seed")

    assert {item % 3 for item in drawn[:3]} == {0, 1, 2}
    assert len(set(drawn)) == 4


def test_less_is_drawn_where_there_is_less():
    assert draw([[candidate(1)], [candidate(1)]], 10, "seed") == [1]
    assert draw([], 10, "seed") == []


def test_items_come_in_their_order_and_skipped_ones_after_the_others():
    assert next_item([7, 5, 9], {5, 7, 9}, {}) == 7
    assert next_item([7, 5, 9], {5, 7, 9}, {7: 1}) == 5
    assert next_item([7, 5, 9], {7}, {7: 1}) == 7
    assert next_item([7, 5, 9], {5, 7}, {5: 1, 7: 1}) == 7
    assert next_item([7, 5, 9], (), {}) is None


@pytest.mark.parametrize("kind", RunKind)
def test_a_run_in_which_nothing_was_sent_has_no_figures(kind):
    found = result(kind, 6, [])

    assert (found.items, found.sent, found.n, found.value, found.passed) == (6, 0, 0, None, 0)
    assert (found.parts, found.weakest, found.seconds, found.late) == ((), None, 0, 0)


def test_a_diagnosis_is_told_by_task_type_and_another_run_by_project():
    answers = [
        answered(1.0, task_type="image_class", project="vehicles"),
        answered(0.5, ErrorKind.MISSING, project="street"),
        answered(1.0, project="parking"),
    ]

    parts = {
        kind: [(part.name, part.n, part.value, part.passed) for part in result(kind, 3, answers).parts]
        for kind in RunKind
    }

    assert parts[RunKind.DIAGNOSIS] == [("image_class", 1, 1.0, 1), ("bbox", 2, 0.75, 1)]
    assert parts[RunKind.SILENT] == [("vehicles", 1, 1.0, 1), ("street", 1, 0.5, 0), ("parking", 1, 1.0, 1)]
    assert parts[RunKind.WEAKNESS] == parts[RunKind.SILENT]


def test_an_answer_without_a_score_was_sent_and_counts_in_no_mean():
    answers = [answered(1.0), answered(None, project="comments", late=True)]
    found = result(RunKind.WEAKNESS, 10, answers)

    assert (found.sent, found.n, found.value, found.late, found.seconds) == (2, 1, 1.0, 1, 20.0)
    assert [part.name for part in found.parts] == ["street"]


def test_the_weakest_is_the_kind_with_the_most_mistakes_in_one_project():
    found = weakest(
        [
            answered(0.5, ErrorKind.LOOSE, ErrorKind.MISSING),
            answered(0.5, ErrorKind.LOOSE, ErrorKind.LOOSE),
            answered(0.0, ErrorKind.MISSING, ErrorKind.MISSING, project="parking"),
        ]
    )

    assert (found.kind, found.project, found.n, found.mistakes) == (ErrorKind.LOOSE, "street", 3, 6)
    assert found.clear


def test_the_weakest_lies_in_the_task_type_that_went_worst():
    found = weakest(
        [
            answered(0.7, *[ErrorKind.MISSING] * 4),
            answered(0.0, ErrorKind.WRONG_LABEL, project="inquiry", task_type="text_class"),
            answered(1.0, project="news", task_type="text_class"),
            answered(1.0, project="news", task_type="text_class"),
            answered(0.5, ErrorKind.WRONG_LABEL, project="vehicle", task_type="image_class"),
        ]
    )

    assert (found.kind, found.project, found.n, found.mistakes) == (ErrorKind.WRONG_LABEL, "vehicle", 1, 1)


def test_of_two_that_are_even_the_one_named_first_is_told():
    found = weakest(
        [
            answered(0.5, ErrorKind.SHIFTED, ErrorKind.EXTRA, project="parking"),
            answered(0.5, ErrorKind.EXTRA),
        ]
    )

    assert (found.kind, found.project, found.n) == (ErrorKind.EXTRA, "parking", 1)
    assert not found.clear


def test_the_kinds_of_mistakes_are_counted_over_all_projects_the_most_frequent_first():
    answers = [
        answered(0.5, ErrorKind.LOOSE, ErrorKind.LOOSE),
        answered(0.0, ErrorKind.EXTRA, ErrorKind.MISSING, project="parking"),
    ]

    kinds = result(RunKind.SILENT, 2, answers).kinds

    assert kinds == ((ErrorKind.LOOSE, 2), (ErrorKind.MISSING, 1), (ErrorKind.EXTRA, 1))


def test_without_a_mistake_nothing_is_weakest():
    assert weakest([answered(1.0), answered(None)]) is None
