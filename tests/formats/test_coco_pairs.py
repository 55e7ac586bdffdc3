"""Two files side by side: what belongs together, what is clipped, and what is told of the rest."""

import random

import numpy as np
import pytest

from labelkit.domain.annotations import Box
from labelkit.domain.door import admit
from labelkit.domain.errors import Invalid
from labelkit.formats.coco_json import CocoError
from tests.formats.coco_files import answers, box, gold, image, results, scored


@pytest.fixture
def told(tmp_path):
    """How often each note holds when these two files are compared, and the names that it gives."""

    def notes(given, right=None):
        found = scored(tmp_path, gold() if right is None else right, given).notes
        return {note.key: (note.count, *note.names) for note in found}

    return notes


@pytest.fixture
def hits(tmp_path):
    """How many boxes of these answers hit gold."""
    return lambda given, right=None: scored(tmp_path, right or gold(), given).overall.hits


def test_files_that_leave_nothing_open_need_no_notes(told):
    assert told(answers()) == {}
    assert told(results()) == {}


def test_images_belong_together_by_file_name_whatever_their_ids(hits, told):
    given = answers()
    given["images"] = [image(30, "street-3.jpg"), image(20, "street-2.jpg"), image(10, "./거리-1.jpg")]

    assert hits(given) == 2
    assert told(given) == {}


def test_images_without_file_names_belong_together_by_id(hits, told):
    given = {"images": [{"id": 1}, {"id": 2}, {"id": 3}], "annotations": gold()["annotations"]}

    assert hits(given) == 3
    assert told(given) == {"images_matched_by_id": (3, "거리-1.jpg", "street-2.jpg", "street-3.jpg")}


def test_where_no_file_name_is_in_both_files_ids_decide(hits, told):
    given = gold() | {"images": [image(id, f"{id}.png") for id in (1, 2, 3)]}

    assert hits(given) == 3
    assert told(given)["images_matched_by_id"][0] == 3


def test_where_some_file_names_tell_ids_do_not_decide_against_the_others(told):
    given = gold() | {"images": [image(1, "거리-1.jpg"), image(2, "other.jpg"), image(3, "street-3.jpg")]}

    assert told(given) == {
        "images_only_in_answers": (1, "other.jpg"),
        "images_only_in_gold": (1, "street-2.jpg"),
        "answers_without_gold": (1,),
    }


def test_a_file_name_that_stands_twice_tells_nothing(hits, told):
    right = gold() | {"images": [image(1, "a.jpg"), image(2, "a.jpg"), image(3, "b.jpg")]}

    assert hits(right, right) == 3
    assert told(right, right) == {}


def test_answers_to_none_of_the_images_of_gold_are_refused(tmp_path):
    given = {"images": [image(7, "x.jpg")], "annotations": [], "categories": []}

    with pytest.raises(CocoError, match=r"answers\.json: Gold has none of its images"):
        scored(tmp_path, gold(), given)


def test_two_images_that_answer_the_same_one_of_gold_are_refused(tmp_path):
    given = {"images": [image(9, "street-2.jpg"), {"id": 2}], "annotations": [], "categories": []}

    with pytest.raises(CocoError, match=r"images 2 \(id 2\): Another image of this file belongs to the same"):
        scored(tmp_path, gold(), given)


def test_labels_that_gold_lacks_are_scored_and_told(told, hits):
    given = answers() | {"categories": [{"id": 5, "name": "사람"}, {"id": 4, "name": "car"}]}

    assert told(given) == {"labels_only_in_answers": (1, "사람")}
    assert hits(given) == 2


def test_categories_that_share_a_name_are_one_label(told, hits):
    given = answers() | {"categories": [{"id": 5, "name": "car"}, {"id": 4, "name": "car"}]}

    assert told(given) == {"labels_shared": (1, "car")}
    assert hits(given) == 2


def test_boxes_are_clipped_as_at_the_door_of_a_project(tmp_path):
    chance = random.Random(5)
    drawn = [
        Box("car", *(chance.choice((0, 90, chance.uniform(-60, 120))) for _ in "xywh")) for _ in range(2_000)
    ]
    kept, inside = [], []
    for one in drawn:
        try:
            inside += admit([one], 100, 80, 1).boxes
            kept.append(one)
        except Invalid:
            continue
    right = {
        "images": [image(1, "a.jpg", width=100, height=80)],
        "categories": [{"id": 1, "name": "car"}],
        "annotations": [box(n, 1, 1, one.x, one.y, one.w, one.h) for n, one in enumerate(kept)],
    }
    compared = scored(tmp_path, right, []).compared

    table = compared.gold.table
    corners = table.corners[table.position.argsort()]
    assert corners.tolist() == [[one.x, one.y, one.x + one.w, one.y + one.h] for one in inside]
    assert (
        compared.gold.clipped == sum(one is not other for one, other in zip(kept, inside, strict=True)) > 100
    )


def test_clipped_boxes_are_counted_for_each_file(told):
    right, given = gold(), answers()
    right["annotations"][2]["bbox"] = [-5, 10, 100, 100]
    given["annotations"][0]["bbox"] = [630, 470, 20, 20]
    given["annotations"][1]["bbox"] = [300, 100, 40, 400]

    assert told(given, right) == {"gold_clipped": (1,), "answers_clipped": (2,)}


def test_a_box_wholly_outside_its_picture_is_refused(tmp_path):
    given = answers()
    given["annotations"][2]["bbox"] = [640, 10, 20, 20]

    with pytest.raises(
        CocoError, match=r"annotations 3 \(id 93\): The box lies wholly outside its picture\.$"
    ):
        scored(tmp_path, gold(), given)


def test_answers_are_clipped_to_the_size_that_gold_gives(told):
    given = results()
    given[0]["bbox"] = [630, 470, 20, 20]

    assert told(given) == {"answers_clipped": (1,)}


def test_gold_is_clipped_to_the_size_that_only_the_answers_give(told):
    right = gold()
    for each in right["images"]:
        del each["width"], each["height"]
    right["annotations"][0]["bbox"] = [600, 100, 100, 80]

    assert told(answers(), right) == {"gold_clipped": (1,)}
    assert told(results(), right) == {
        "images_without_size": (3, "거리-1.jpg", "street-2.jpg", "street-3.jpg")
    }


def test_images_of_two_sizes_are_told(told):
    given = answers()
    given["images"][1] |= {"width": 1280, "height": 960}

    assert told(given) == {"images_of_other_size": (1, "street-2.jpg")}


def test_what_only_gold_can_say_counts_for_nothing_in_answers(told, hits):
    given = results()
    given[0]["ignore"] = given[1]["optional"] = given[3]["iscrowd"] = 1

    assert told(given) == {"answers_marked": (3,)}
    assert hits(given) == 2


def test_confidences_are_told_and_not_used(told, hits):
    given = results()
    given[0]["score"], given[3]["score"] = 0.2, 0.9

    assert told(given) == {"confidences": (2,)}
    assert hits(given) == 2


def test_what_scoring_sets_aside_is_told(told):
    right = gold()
    right["annotations"] += [
        box(14, 3, 2, 40, 40, 100, 100, ignore=1),
        box(15, 3, 1, 300, 300, 50, 50, iscrowd=1),
        box(16, 3, 1, 400, 300, 50, 50, optional=1),
    ]

    assert told(answers(), right) == {
        "gold_set_aside": (2,),
        "answers_set_aside": (1,),
        "optional_left_out": (1,),
    }


def test_boxes_keep_the_row_that_they_have_in_their_file(tmp_path):
    compared = scored(tmp_path, gold(), answers()).compared

    assert [compared.answers.row(0, position) for position in (0, 1)] == [1, 3]
    assert compared.answers.row(2, 0) == 0
    assert np.array_equal(compared.scene, [2, 1, 0])
