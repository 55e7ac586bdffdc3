"""Reading a pack: everything that is right in it, and everything that is wrong in one go."""

import pytest

from labelkit.domain.errors import Invalid
from labelkit.domain.projects import ClauseGroup, Feedback, Label, Split
from labelkit.domain.texts import Texts
from labelkit.formats.pack import PackErrors, read_pack
from tests.formats.packs import box_pack, text_pack, write


def faults(tmp_path, files) -> list[str]:
    with pytest.raises(PackErrors) as caught:
        read_pack(write(tmp_path / "pack", files))
    return [str(error) for error in caught.value.errors]


def test_a_pack_gives_what_its_files_say(tmp_path):
    pack = read_pack(write(tmp_path, box_pack()))

    assert (pack.slug, pack.task_type, pack.order, pack.cover) == ("kitchen", "bbox", 7, ("k-1",))
    assert pack.feedback is Feedback.AT_ONCE
    assert pack.title == Texts(ko="부엌", en="Kitchen")
    assert pack.labels[1] == Label("plate", Texts(en="Plate"), 2, Texts(en="Flat."))
    assert pack.rules == {"match_iou": 0.6}
    assert pack.guide.clauses[1].group is ClauseGroup.TIGHT
    assert pack.guide.clause_for("loose") == pack.guide.clauses[1]
    assert pack.guide.changes[0].date == "2026-11-23"


def test_an_item_says_where_it_comes_from_and_reads_its_picture_when_asked(tmp_path):
    first, second = read_pack(write(tmp_path, box_pack())).items

    assert (first.source, first.split, first.difficulty) == ("room", Split.PRACTICE, 0.3)
    assert first.attributes == {"light": "day"}
    assert (first.picture, first.read_picture()) == ("k-1.jpg", b"first")
    assert (second.picture, second.read_picture()) == ("부엌.jpg", b"second")


def test_what_an_item_leaves_out_has_a_default(tmp_path):
    second = read_pack(write(tmp_path, box_pack())).items[1]

    assert (second.source, second.difficulty, second.attributes) == ("k-2", 0.5, {})


def test_a_text_has_a_language_and_no_picture(tmp_path):
    pack = read_pack(write(tmp_path, text_pack()))

    assert (pack.items[0].text, pack.items[0].language, pack.items[0].picture) == (
        "컵이 깨졌어요",
        "ko",
        None,
    )
    assert pack.gold[0].accepted == ({"labels": ["cup"]}, {"labels": ["plate"]})
    with pytest.raises(ValueError, match="t-1 has no picture"):
        pack.items[0].read_picture()


def test_the_highest_version_of_gold_counts(tmp_path):
    files = box_pack()
    newer = {"item": "k-1", "version": 2, "accepted": [{"nothing": True}]}
    files["gold.json"]["gold"].insert(0, newer)

    current = read_pack(write(tmp_path, files)).current_gold()

    assert current["k-1"].version == 2
    assert current["k-2"].accepted == ({"nothing": True},)


def test_gold_may_mark_what_is_optional_or_ignored(tmp_path):
    files = box_pack()
    region = {"label": "cup", "box": [1, 2, 30, 40], "optional": True}
    files["gold.json"]["gold"][0]["accepted"] = [{"regions": [region, region | {"ignore": True}]}]

    assert read_pack(write(tmp_path, files)).gold[0].accepted[0]["regions"][0]["optional"] is True


SPOILED = [
    ("pack.json", ("format",), 2, "pack.json, format: This program reads packs of format 1."),
    ("pack.json", ("slug",), None, "pack.json, slug: This is missing."),
    (
        "pack.json",
        ("slug",),
        "부엌",
        "pack.json, slug: A key is 1 to 80 ASCII letters, digits, “_”, “-” and “.”.",
    ),
    (
        "pack.json",
        ("task_type",),
        "poem",
        "pack.json, task_type: This is none of: bbox, image_class, text_class, choice.",
    ),
    ("pack.json", ("title",), {}, "pack.json, title: This text is missing in Korean and in English."),
    ("pack.json", ("title",), {"fr": "Cuisine", "en": "x"}, "pack.json, title: The field “fr” is not known."),
    ("pack.json", ("order",), -1, "pack.json, order: This is not a whole number from 0 to 1000000."),
    ("pack.json", ("feedback",), "never", "pack.json, feedback: This is none of: at_once, after_review."),
    ("pack.json", ("cover",), ["k-2"], "pack.json, cover: The cover item “k-2” is not an item for practice."),
    ("pack.json", ("cover",), ["k-1"] * 5, "pack.json, cover: A cover has at most 4 items."),
    ("pack.json", ("colour",), 3, "pack.json: The field “colour” is not known."),
    ("pack.json", ("labels",), [], "pack.json, labels: A project needs at least one label."),
    ("pack.json", ("labels", 1, "key"), "접시", "pack.json, labels 2, key: A key is 1 to 80 ASCII"),
    ("pack.json", ("labels", 1, "key"), "cup", "pack.json, labels: “cup” stands twice in this list."),
    (
        "pack.json",
        ("labels", 0, "colour"),
        13,
        "pack.json, labels 1, colour: This is not a whole number from 1 to 12.",
    ),
    ("pack.json", ("rules",), [], "pack.json, rules: This is not an object with fields."),
    ("pack.json", ("rules",), {"match_iou": 7}, "pack.json, rules: "),
    ("pack.json", ("guide", "clauses", 1, "id"), "G-01", "pack.json, guide, clauses: “G-01” stands twice"),
    (
        "pack.json",
        ("guide", "clauses", 1, "group"),
        "how",
        "pack.json, guide, clauses 2, group: This is none of: what,",
    ),
    (
        "pack.json",
        ("guide", "reasons", 0, "clause"),
        "G-09",
        "reasons 1, clause: The guide has no clause “G-09”.",
    ),
    ("pack.json", ("guide", "errors", "loose"), "G-09", "errors, loose: The guide has no clause “G-09”."),
    ("pack.json", ("guide", "errors", "sloppy"), "G-01", "errors: The field “sloppy” is not known."),
    (
        "pack.json",
        ("guide", "changes", 0, "date"),
        "23.11.2026",
        "date: This is not a date such as 2026-11-23.",
    ),
    ("items/items.json", (), [], "items/items.json: A pack needs at least one item."),
    ("items/items.json", (), {"k-1": 1}, "items/items.json: This is not a list."),
    ("items/items.json", (0, "picture"), "k-9.jpg", "k-1, picture: The picture “k-9.jpg” is missing from"),
    ("items/items.json", (0, "picture"), "../pack.json", "The picture “../pack.json” is missing from"),
    ("items/items.json", (0, "text"), "Hello", "items/items.json 1: The field “text” is not known."),
    ("items/items.json", (1, "key"), "k-1", "items/items.json: “k-1” stands twice in this list."),
    ("items/items.json", (1, "split"), "test", "k-2, split: This is none of: practice, inspect, exam."),
    (
        "items/items.json",
        (1, "source"),
        "room",
        "k-2: The source “room” is in two splits, “practice” and “exam”.",
    ),
    ("items/items.json", (0, "difficulty"), 1.5, "k-1, difficulty: This is not a number from 0 to 1."),
    ("items/items.json", (0, "difficulty"), True, "k-1, difficulty: This is not a number from 0 to 1."),
    ("gold.json", ("format",), True, "gold.json, format: This program reads packs of format 1."),
    ("gold.json", ("gold", 1, "item"), "k-9", "gold.json, k-9: This gold belongs to no item of the pack."),
    ("gold.json", ("gold", 1, "item"), "k-1", "gold.json, gold: “k-1 1” stands twice in this list."),
    (
        "gold.json",
        ("gold", 1, "accepted"),
        [None],
        "gold.json, k-2, accepted 1: The answer could not be read.",
    ),
    ("gold.json", ("gold", 1, "accepted"), [{}], "gold.json, k-2, accepted 1: The answer could not be read."),
    ("gold.json", ("gold", 1, "accepted"), [], "gold.json, k-2: Gold needs at least one accepted answer."),
    (
        "gold.json",
        ("gold", 1, "accepted"),
        ["cup"],
        "gold.json, k-2, accepted 1: The answer could not be read.",
    ),
    (
        "gold.json",
        ("gold", 0, "accepted", 0, "regions", 0, "label"),
        "knife",
        "gold.json, k-1, accepted 1: Box 1 has a label that this project does not know.",
    ),
]


@pytest.mark.parametrize(("name", "where", "value", "expected"), SPOILED)
def test_a_fault_is_told_with_its_place(tmp_path, name, where, value, expected):
    files = box_pack()
    if where:
        *path, last = where
        parent = files[name]
        for step in path:
            parent = parent[step]
        parent[last] = value
    else:
        files[name] = value

    assert expected in faults(tmp_path, files)[0]


def test_all_faults_are_told_at_once(tmp_path):
    files = box_pack()
    files["pack.json"]["labels"][0]["key"] = "컵"
    files["pack.json"]["guide"]["reasons"][0]["clause"] = "G-77"
    files["items/items.json"][0]["picture"] = "lost.jpg"
    files["gold.json"]["gold"][1]["item"] = "k-3"

    told = "\n".join(faults(tmp_path, files))

    assert all(word in told for word in ("labels 1, key", "G-77", "lost.jpg", "k-3"))


def test_a_missing_file_is_one_fault_and_not_many(tmp_path):
    files = box_pack()
    del files["items/items.json"]

    assert faults(tmp_path, files) == ["items/items.json: This file is missing."]


def test_without_a_task_type_nothing_is_held_against_it(tmp_path):
    files = box_pack()
    del files["pack.json"]["task_type"]

    assert faults(tmp_path, files) == ["pack.json, task_type: This is missing."]


def test_what_is_neither_folder_nor_zip_is_refused_in_words(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"not a zip")

    for name, sentence in (
        ("photo.jpg", "photo.jpg: This is neither a folder nor a zip file."),
        ("nothing.zip", "nothing.zip: There is no such file or folder."),
        ("a" * 5000, "a: This cannot be read."),
    ):
        with pytest.raises(PackErrors, match="Errors found: 1") as caught:
            read_pack(tmp_path / name)
        assert str(caught.value).endswith(sentence)


def test_a_picture_that_goes_away_after_reading_is_refused_in_words(tmp_path):
    pack = read_pack(write(tmp_path, box_pack()))
    (tmp_path / "items" / "k-1.jpg").unlink()

    with pytest.raises(Invalid, match=r"items/k-1\.jpg cannot be read"):
        pack.items[0].read_picture()
