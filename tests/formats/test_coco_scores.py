"""Two files are scored as each of their pictures would be alone, and said in full as JSON and as CSV."""

import csv
import json
import random
from contextlib import suppress
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelkit.domain.annotations import BoxAnnotation
from labelkit.domain.errors import Refused
from labelkit.domain.rules import FLAGS, BoxRules
from labelkit.domain.scoring import score_boxes
from labelkit.formats.coco_scores import to_csv, to_json
from labelkit.score_report import report
from labelkit.text_table import width
from tests.domain.scenes import crowded, drawn_after, moved, tried
from tests.formats.coco_files import answers, as_coco, box, gold, results, scored


@pytest.fixture
def said(tmp_path):
    """What the JSON says of these two files."""

    def read(right, given, rules=None):
        return json.loads(to_json(scored(tmp_path, right, given, rules)))

    return read


def test_figures_are_those_worked_out_by_hand(said):
    overall = said(gold(), answers())["overall"]
    iou = (1 + 96 / 104) / 2

    assert overall == {
        "score": 2 / 4,
        "right": 2,
        "mistakes": 2,
        "hits": 2,
        "answers": 4,
        "golds": 3,
        "precision": 2 / 4,
        "recall": 2 / 3,
        "f1": 4 / 7,
        "mean_iou": pytest.approx(iou),
        "panoptic_quality": pytest.approx(iou * 4 / 7),
        "mean_side_error": pytest.approx((4 + 4) / 8),
        "exact_share": 1 / 2,
    }


def test_a_results_list_scores_as_the_annotation_file_does(said):
    assert said(gold(), results())["overall"] == said(gold(), answers())["overall"]


def test_findings_name_boxes_by_index_and_id(said):
    raw = said(gold(), answers())
    nothing = {"sides": None, "worst": None, "flag": None}

    assert [
        (each["file_name"], each["image_id"], each["score"], each["passed"]) for each in raw["images"]
    ] == [
        ("거리-1.jpg", 1, 0.5, False),
        ("street-2.jpg", 2, 1.0, True),
        ("street-3.jpg", 3, 0.0, False),
    ]
    first, second, third = (each["findings"] for each in raw["images"])
    assert first == [
        {"kind": "wrong_label", "severity": "fail", "answer": 1, "answer_id": 92, "label": "car"}
        | {"gold": 1, "gold_id": 12, "gold_label": "보행자", "iou": 1.0}
        | nothing
    ]
    assert second == [
        {"kind": "shifted", "severity": "warning", "answer": 2, "answer_id": 93, "label": "car"}
        | {"gold": 2, "gold_id": 13, "gold_label": "car", "iou": pytest.approx(96 / 104), "flag": None}
        | {"sides": {"left": -4.0, "top": 0.0, "right": 4.0, "bottom": 0.0}, "worst": "left"}
    ]
    assert third == [
        {"kind": "extra", "severity": "fail", "answer": 0, "answer_id": 91, "label": "보행자"}
        | {"gold": None, "gold_id": None, "gold_label": None, "iou": None}
        | nothing
    ]
    assert sorted(raw["images"][0]["pairs"]) == [[1, 1], [3, 0]]


def test_the_whole_is_said_by_kind_by_label_and_as_confusion(said):
    raw = said(gold(), answers())

    assert (raw["images_scored"], raw["images_passed"]) == (3, 1)
    assert raw["findings"] == [
        {"kind": "extra", "mistakes": 1, "warnings": 0},
        {"kind": "wrong_label", "mistakes": 1, "warnings": 0},
        {"kind": "shifted", "mistakes": 0, "warnings": 1},
    ]
    assert raw["confusion"] == [
        {"gold": "car", "answer": "car", "count": 2},
        {"gold": "보행자", "answer": "car", "count": 1},
        {"gold": None, "answer": "보행자", "count": 1},
    ]
    car, walker = raw["labels"]
    assert (car["label"], car["golds"], car["hits"], car["score"]) == ("car", 2, 2, 1.0)
    assert (walker["label"], walker["golds"], walker["hits"], walker["score"]) == ("보행자", 1, 0, 0.0)
    assert raw["rules"]["match_iou"] == 0.5


def test_no_answers_at_all_score_nothing_but_the_empty_picture(said):
    raw = said(gold(), [])

    assert [each["score"] for each in raw["images"]] == [0, 0, 1]
    assert raw["overall"]["score"] == 0
    assert raw["overall"]["precision"] is None


def test_what_cannot_be_labelled_is_an_answer(said):
    right, given = gold(), answers()
    right["images"][2]["unusable"] = True
    given["annotations"] = given["annotations"][1:]

    assert [each["kind"] for each in said(right, given)["images"][2]["findings"]] == ["missed_unusable"]
    given["images"][0]["unusable"] = True
    assert said(right, given)["images"][2]["score"] == 1


def test_a_crowd_takes_answers_of_its_own_label_and_an_ignored_region_those_of_any(said):
    right = gold()
    right["annotations"] = [
        box(1, 1, 1, 100, 100, 200, 200, iscrowd=1, segmentation={"counts": "", "size": [480, 640]}),
        box(2, 2, 1, 100, 100, 200, 200, ignore=1),
    ]
    drawn = [
        {"image_id": picture, "category_id": label, "bbox": [150, 150, 20, 20]}
        for picture in (1, 2)
        for label in (1, 2)
    ]
    first, second, _ = said(right, drawn)["images"]

    assert (first["set_aside"], [each["answer"] for each in first["findings"]]) == ([0], [1])
    assert (second["set_aside"], second["findings"], second["score"]) == ([2, 3], [], 1)


def test_500_pictures_are_scored_as_each_would_be_alone(tmp_path):
    chance, rules = random.Random(11), BoxRules(flags=FLAGS)
    golds = [inside(crowded(chance, most=12, marks=True)) for _ in range(500)]
    drawn = [drawn_after(each, chance) for each in golds]
    for side in (golds, drawn):
        for n in chance.sample(range(500), 20):
            side[n] = BoxAnnotation(unusable=True)
    together = scored(tmp_path, as_coco(golds), as_coco(drawn), rules)

    alone = [score_boxes(answer, right, rules) for answer, right in zip(drawn, golds, strict=True)]
    assert [together.scores.score(n) for n in range(500)] == alone
    assert together.overall.mistakes == sum(score.mistakes for score in alone)
    assert sum(together.passed) == sum(score.value >= 0.8 for score in alone)


def inside(annotation):
    """The same boxes far enough from the border that none drawn after them hangs over it."""
    return BoxAnnotation(tuple(moved(one, x=500, y=500) for one in annotation.regions))


def test_csv_has_a_line_for_each_image_and_leaves_with_a_bom(tmp_path):
    data = to_csv(scored(tmp_path, gold(), answers()))
    assert data.startswith(b"\xef\xbb\xbf")

    lines = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [line["file_name"] for line in lines] == ["거리-1.jpg", "street-2.jpg", "street-3.jpg"]
    assert [float(line["score"]) for line in lines] == [0.5, 1, 0]
    assert [line["passed"] for line in lines] == ["0", "1", "0"]
    assert [line["recall"] for line in lines] == ["0.5", "1.0", ""]
    assert [line["wrong_label"] for line in lines] == ["1", "0", "0"]
    assert [line["shifted"] for line in lines] == ["0", "1", "0"]


def test_half_a_character_in_a_name_does_not_keep_scores_from_being_written(tmp_path):
    right = gold()
    right["images"][0]["file_name"] = right["categories"][0]["name"] = "\ud800"
    shown = scored(tmp_path, right, results())

    assert json.loads(to_json(shown))["images"][0]["file_name"] == "?"
    assert to_csv(shown).decode("utf-8-sig")
    assert report(shown, 10).encode()


odd_numbers = st.sampled_from((True, -1, 0, 1, 3, 1e300, 10**400, float("nan"), float("inf")))
odd_values = odd_numbers | st.sampled_from((None, "", "1", "\ud800", [], [[]], {}, [1, 2, 3, 4]))


@st.composite
def spoiled(draw, files):
    """One of the files with up to three of its values replaced, left out or put twice, or its text cut."""
    raw = json.loads(json.dumps(draw(st.sampled_from(files))))
    for _ in range(draw(st.integers(1, 3))):
        place = raw
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and draw(st.booleans()):
                place = place[key]
                continue
            change = draw(st.sampled_from(("replace", "leave out", "twice")))
            if change == "replace":
                place[key] = deepcopy(draw(odd_values))
            elif change == "leave out":
                del place[key]
            elif isinstance(place, list):
                place.append(place[key])
            break
    data = json.dumps(raw).encode()
    return data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 9)) == 0 else data


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("spoiled")


@given(
    spoiled([gold()]),
    spoiled([answers(), results(), answers() | {"annotations": [box(1, 20, 4, 1, 2, 3, 4)]}]),
)
@tried(1_500)
def test_nothing_but_a_sentence_comes_of_spoiled_files(folder, right, drawn):
    for files in ((right, results()), (gold(), drawn), (right, drawn)):
        with suppress(Refused):
            shown = scored(folder, *files)
            json.loads(to_json(shown), parse_constant=pytest.fail)
            assert to_csv(shown)
            assert all(width(line) <= 100 for line in report(shown, 10).splitlines())
