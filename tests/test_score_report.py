"""The scores of two files as one page of text."""

import json
from pathlib import Path

import pytest

from labelkit.score_report import report
from labelkit.text_table import width
from tests.formats.coco_files import answers, box, gold, image, results, scored

PAGE = """\
answers.json against gold.json

Overall
  score           0.500    precision            0.500
  right               2    recall               0.667
  mistakes            2    F1                   0.571
  images passed  1 of 3    mean IoU             0.962
  gold boxes          3    panoptic quality     0.549
  answers             4    mean |side error|  1.00 px
  exact share     0.500    IoU of a hit           0.5

Labels, those with most mistakes first
  label   gold  answers  right  mistakes  score  precision  recall     F1  mean IoU
  보행자     1        1      0         2  0.000      0.000   0.000  0.000         –
  car        2        3      2         0  1.000      0.667   1.000  0.800     0.962

Findings by kind
  kind         mistakes  warnings
  extra               1         0
  wrong_label         1         0
  shifted             0         1

Confusion of gold with answers
  gold       car  보행자  (nothing)
  car          2       0          0
  보행자       1       0          0
  (nothing)    0       1          0

Worst images
  image         score  right  mistakes
  street-3.jpg  0.000      0         1  extra 1
  거리-1.jpg    0.500      1         1  wrong_label 1"""


@pytest.fixture
def page_on(tmp_path, monkeypatch):
    """The page on two files that hold these."""
    monkeypatch.chdir(tmp_path)
    return lambda right, given, worst=10: report(scored(Path(), right, given), worst)


def test_one_page_says_all_that_matters(page_on):
    assert page_on(gold(), answers()) == PAGE
    assert page_on(gold(), results()) == PAGE


def test_what_was_set_aside_stands_at_the_end(page_on):
    given = answers()
    given["images"].append(image(40, "other.jpg"))
    given["annotations"] += [box(95, 40, 4, 1, 1, 9, 9), box(96, 30, 4, 600, 400, 80, 50)]

    assert page_on(gold(), given).endswith("""
Good to know
  1  images that gold lacks: not scored
       other.jpg
  1  answers clipped to their image
  1  answers in images that gold lacks: counted nowhere""")


def test_no_line_is_wider_than_100_columns(page_on):
    right, drawn = gold(), answers()
    right["categories"] += [{"id": 10 + n, "name": f"아주 긴 이름의 라벨 {n} " * 3} for n in range(150)]
    right["images"][0]["file_name"] = drawn["images"][2]["file_name"] = "아주/긴/폴더/" * 20 + "1.jpg"
    right["annotations"] += [box(100 + n, 1, 10 + n, 4 * n, 2 * n, 3, 3) for n in range(150)]
    text = page_on(right, drawn)

    assert max(map(width, text.splitlines())) <= 100
    assert "… and 52 more: --json has them all" in text


def test_many_labels_are_told_apart_by_what_they_were_taken_for(page_on):
    right = gold()
    right["categories"] += [{"id": 10 + n, "name": f"라벨 {n}"} for n in range(20)]
    right["annotations"] += [box(100 + n, 2, 10 + n, 200 + 10 * n, 200, 8, 8) for n in range(20)]
    drawn = json.loads(json.dumps(right))
    drawn["annotations"][4]["category_id"] = drawn["annotations"][5]["category_id"] = 10

    assert """
  gold    taken for  boxes
  라벨 1  라벨 0         1
  라벨 2  라벨 0         1
""" in page_on(right, drawn)


@pytest.mark.parametrize(("worst", "named"), [(0, 0), (1, 1), (7, 2)])
def test_as_many_of_the_worst_images_are_named_as_asked_for(page_on, worst, named):
    assert page_on(gold(), answers(), worst).count(".jpg") == named


def test_perfect_answers_have_nothing_to_show_but_figures(page_on):
    text = page_on(gold(), gold())

    assert "score           1.000" in text
    assert "Findings" not in text
    assert "Worst" not in text


def test_a_picture_with_many_kinds_of_mistakes_names_those_that_fit(page_on):
    right, drawn = gold(), answers()
    right["annotations"] = [box(n, 1, 1, 100 * n, 10, 50, 50) for n in range(1, 6)]
    drawn["annotations"] = [
        box(1, 10, 4, 100, 10, 50, 50),
        box(2, 10, 4, 100, 10, 50, 49),
        box(3, 10, 5, 200, 10, 50, 50),
        box(4, 10, 4, 320, 10, 50, 50),
        box(5, 10, 4, 10, 300, 50, 50),
    ]

    assert "6  missing 2, extra 1, duplicate 1, …" in page_on(right, drawn)
