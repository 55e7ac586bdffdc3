"""COCO files are read as they are, or refused with one sentence that says what is wrong, and where."""

import json
import unicodedata
from pathlib import Path

import pytest

from labelkit.formats.coco import read_answers, read_gold
from labelkit.formats.coco_json import CocoError
from tests.formats.coco_files import answers, box, gold, image, results, write

NO_COCO = "answers.json: This is neither a COCO results list nor an object with annotations."


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Reads an answers file beside a gold file, which hold these."""
    monkeypatch.chdir(tmp_path)

    def both(given, right=None, flags=()):
        held = read_gold(write(Path("gold.json"), gold() if right is None else right), flags)
        return read_answers(write(Path("answers.json"), given), held, flags)

    return both


@pytest.fixture
def refused(read):
    """Tells where these files are refused, and why."""

    def sentence(*files):
        with pytest.raises(CocoError) as caught:
            read(*files)
        return str(caught.value)

    return sentence


def test_an_annotation_file_is_read_as_columns(read):
    file = read(answers())

    assert file.images.names == ["street-3.jpg", "street-2.jpg", "거리-1.jpg"]
    assert file.images.sizes.tolist() == [[640, 480]] * 3
    assert [file.labels[label] for label in file.boxes.label] == ["보행자", "car", "car", "car"]
    assert file.boxes.image.tolist() == [0, 2, 1, 2]
    assert file.boxes.ids == [91, 92, 93, 94]
    assert file.boxes.xywh[2].tolist() == [14, 10, 100, 100]


def test_a_results_list_takes_images_and_categories_from_gold(read):
    file = read(results())

    assert file.images.names == ["거리-1.jpg", "street-2.jpg", "street-3.jpg"]
    assert file.boxes.image.tolist() == [2, 0, 1, 0]
    assert [file.labels[label] for label in file.boxes.label] == ["보행자", "car", "car", "car"]


def test_a_results_list_may_name_images_by_file_name(read):
    assert read([results()[0] | {"image_id": "street-2.jpg"}]).boxes.image.tolist() == [1]


def test_answers_may_leave_their_images_or_their_categories_to_gold(read):
    bare = {"annotations": gold()["annotations"]}

    assert read(bare).boxes.image.tolist() == [0, 0, 1]
    assert read(bare | {"categories": [{"id": 1, "name": "bus"}, {"id": 2, "name": "dog"}]}).labels == [
        "bus",
        "dog",
    ]


@pytest.mark.parametrize(
    "empty", [[], {"annotations": []}, {"images": [], "annotations": [], "categories": []}]
)
def test_no_answers_at_all_are_answers_too(read, empty):
    assert len(read(empty).boxes) == 0


def test_marks_are_read_as_numbers_or_as_words(read, tmp_path):
    marked = gold()
    marked["annotations"] = [
        box(1, 1, 1, 0, 0, 9, 9, iscrowd=1),
        box(2, 1, 1, 0, 0, 9, 9, ignore=True),
        box(3, 1, 1, 0, 0, 9, 9, optional=1, iscrowd=0, ignore=False),
    ]
    marked["images"][2]["unusable"] = True
    file = read_gold(write(tmp_path / "gold.json", marked))

    assert file.boxes.crowd.tolist() == [True, False, False]
    assert file.boxes.ignore.tolist() == [False, True, False]
    assert file.boxes.optional.tolist() == [False, False, True]
    assert file.images.unusable.tolist() == [False, False, True]


def test_what_gold_says_of_an_image_is_not_said_by_a_results_list(read):
    right = gold()
    right["images"][2]["unusable"] = True

    assert not read([], right).images.unusable.any()


def test_flags_asked_for_are_read_in_our_way_and_in_that_of_cvat(read):
    first, second, third, fourth = results()
    said = [
        first | {"flags": ["truncated", "blurred"]},
        second | {"attributes": {"occluded": True, "truncated": False}},
        third | {"flags": ["occluded"], "attributes": {"truncated": True}},
        fourth,
    ]

    assert read(said, flags=("occluded", "truncated")).boxes.flags.tolist() == [0b10, 0b01, 0b11, 0]
    assert not read(said).boxes.flags.any()


def test_names_are_the_same_however_they_are_written(read):
    file = read(
        answers()
        | {
            "images": [
                image(30, ".\\날\\a.jpg"),
                image(20, unicodedata.normalize("NFD", "각")),
                image(10, "b"),
            ]
        }
    )

    assert file.images.names == ["날/a.jpg", "각", "b"]


@pytest.mark.parametrize("nothing", [{}, {"width": None, "height": None}, {"width": 0, "height": 0}])
def test_an_image_of_unknown_size_ends_nowhere(read, nothing):
    images = [{"id": 1, "file_name": "a.jpg"} | nothing]

    assert read({"images": images, "annotations": [], "categories": []}).images.sizes.tolist() == [
        [float("inf")] * 2
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"7", NO_COCO),
        ({"images": []}, NO_COCO),
        ({"annotations": {}}, "answers.json, annotations: This is not a list."),
        ([[]], "answers.json, results 1: This is not an object with fields."),
        (
            answers() | {"images": [image(10, "a.jpg"), image(20, "b.jpg"), image(10, "c.jpg")]},
            "answers.json, images 3 (id 10): Another one has the same id.",
        ),
        (
            answers() | {"images": [{"file_name": "a.jpg"}]},
            "answers.json, images 1: “id” is missing.",
        ),
        (
            answers() | {"images": [image(30, 4)]},
            "answers.json, images 1 (id 30): “file_name” is not a text.",
        ),
        (
            answers() | {"images": [image(30, "a.jpg", width="640")]},
            "answers.json, images 1 (id 30): “width” is not a number.",
        ),
        (
            answers() | {"images": [image(30, "a.jpg", height=-480)]},
            "answers.json, images 1 (id 30): “height” is no size that a picture can have.",
        ),
        (
            answers() | {"categories": [{"id": 4}]},
            "answers.json, categories 1 (id 4): “name” is missing.",
        ),
        (
            answers() | {"images": [image(30, "a.jpg", unusable=True), image(20, "b"), image(10, "c")]},
            "answers.json, annotations 1 (id 91): "
            "Its image says that it cannot be labelled, and yet here is a box.",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(refused, content, said):
    assert refused(content) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"image_id": 77}, "There is no image with the id 77."),
        ({"image_id": "street-9.jpg"}, "There is no image with the id \"street-9.jpg\"."),
        ({"image_id": True}, "“image_id” is neither a whole number nor a text."),
        ({"image_id": None}, "“image_id” is missing."),
        ({"category_id": 3}, "There is no category with the id 3."),
        ({"category_id": [1]}, "“category_id” is neither a whole number nor a text."),
        ({"bbox": None}, "“bbox” is missing."),
        ({"bbox": "1,2,3,4"}, "The bbox is not a list of four numbers."),
        ({"bbox": [1, 2, 3]}, "The bbox is not a list of four numbers."),
        ({"bbox": [1, 2, 3, "4"]}, "The bbox holds \"4\", which is not a number."),
        ({"bbox": [1, 2, 3, [4]]}, "The bbox holds …, which is not a number."),
        ({"bbox": [1, 2, True, 4]}, "The bbox holds true, which is not a number."),
        ({"bbox": [1, 2, -3, 4]}, "The bbox has no area."),
        ({"bbox": [1, 2, 3, 0]}, "The bbox has no area."),
        ({"bbox": [1, 2, 10**400, 4]}, "The bbox reaches farther than any picture."),
        ({"ignore": 2}, "“ignore” is neither 0 nor 1."),
        ({"iscrowd": "no"}, "“iscrowd” is neither 0 nor 1."),
        ({"id": 1.5}, "“id” is neither a whole number nor a text."),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_meant_is_refused_by_its_place(refused, change, said):
    spoiled = [results()[0], {"id": 8} | results()[1] | change]
    own = 1.5 if "id" in change else 8

    assert refused(spoiled) == f"answers.json, results 2 (id {own}): {said}"


def test_a_number_too_large_to_write_in_digits_is_refused(refused):
    text = json.dumps(results()).replace("50", "1e999", 1).encode()

    assert refused(text) == "answers.json, results 1: The bbox reaches farther than any picture."


@pytest.mark.parametrize("missing", ["images", "annotations", "categories"])
def test_gold_must_be_whole(refused, missing):
    right = gold()
    del right[missing]

    assert refused([], right) == (
        "gold.json: This is no COCO annotation file: an object with images, annotations and categories."
    )


def test_gold_is_no_results_list_and_not_without_images(refused):
    assert refused([], results()).startswith("gold.json: This is no COCO annotation file")
    assert (
        refused([], {"images": [], "annotations": [], "categories": []})
        == "gold.json: There are no images in it."
    )
