"""The pictures to practise on are marked as their guides say: numbers, borders, flags, hidden parts."""

import json
from collections import defaultdict
from io import BytesIO
from pathlib import Path
from statistics import fmean

import pytest
from PIL import Image

from labelkit.domain.annotations import Box
from labelkit.domain.projects import ClauseGroup, Feedback
from labelkit.formats.pack import Pack, PackItem, read_pack
from labelkit.tasktypes import TASK_TYPES

FOLDER = Path(__file__).parents[2] / "sample_data"
# The numbers that the guide of each pack must state in both languages.
STATED = {
    "street_basic": ("60 %", "16 px", "120", "85 %", "40"),
    "street": ("60 %", "12 px", "8 px", "60", "85 %", "10 %", "40"),
    "street_amodal": ("50 %", "12 px", "8 px", "60", "85 %", "10 %", "3 px", "16 px"),
    "parking_basic": ("60 %", "20 px", "16 px", "120", "85 %", "40"),
    "parking": ("50 %", "12 px", "8 px", "60", "85 %", "25 %", "40"),
    "shelf_basic": ("60 %", "20 px", "16 px", "120", "85 %"),
    "shelf": ("60 %", "48 px", "8 px", "60", "85 %"),
    "table": ("60 %", "16 px", "60", "85 %"),
    "receipt": (),
}
PACKS = {slug: read_pack(FOLDER / slug) for slug in STATED}
MOST_WORK = 60  # boxes: ten minutes at ten seconds each

every_box_pack = pytest.mark.parametrize("pack", list(PACKS.values()), ids=list(PACKS))


def size(item: PackItem) -> tuple[int, int]:
    with Image.open(BytesIO(item.read_picture())) as image:
        return image.size


def boxes(pack: Pack) -> dict[str, tuple[Box, ...]]:
    """The boxes of each item's gold, the ignored ones among them."""
    kind = TASK_TYPES[pack.task_type]
    rules = kind.parse_rules(pack.rules)
    return {
        key: kind.parse(entry.accepted[0], pack.labels, rules, gold=True).regions
        for key, entry in pack.current_gold().items()
    }


def required(found: tuple[Box, ...]) -> list[Box]:
    return [box for box in found if not (box.ignore or box.optional)]


def meets_border(box: Box, width: int, height: int) -> bool:
    return box.x <= 0 or box.y <= 0 or box.x + box.w >= width or box.y + box.h >= height


def pairs_of_guides() -> list[tuple[Box, Box]]:
    """Each object of the street as it is boxed by what is visible, and as it is boxed whole."""
    street, whole = boxes(PACKS["street"]), boxes(PACKS["street_amodal"])
    return [
        pair
        for key, found in street.items()
        for pair in zip(found, whole[key.replace("street", "amodal")], strict=True)
    ]


def lies_in(inner: Box, outer: Box) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and outer.x + outer.w >= inner.x + inner.w
        and outer.y + outer.h >= inner.y + inner.h
    )


def test_all_box_packs_are_looked_at_here():
    heads = [json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*/pack.json")]

    assert {head["slug"] for head in heads if head["task_type"] == "bbox"} == PACKS.keys()


@every_box_pack
def test_every_box_lies_inside_its_picture(pack):
    found = boxes(pack)
    for item in pack.items:
        width, height = size(item)
        for box in found[item.key]:
            assert 0 <= box.x < box.x + box.w <= width, item.key
            assert 0 <= box.y < box.y + box.h <= height, item.key


@every_box_pack
def test_an_item_asks_for_something_and_for_no_more_than_ten_minutes_work(pack):
    for key, found in boxes(pack).items():
        assert 0 < len(required(found)) <= MOST_WORK, key


@every_box_pack
def test_the_guide_has_clauses_in_all_five_groups(pack):
    assert {clause.group for clause in pack.guide.clauses} == set(ClauseGroup)


@every_box_pack
def test_the_guide_states_the_numbers_that_the_gold_keeps(pack):
    for language in ("ko", "en"):
        said = " ".join(clause.text.pick(language) for clause in pack.guide.clauses)
        assert [number for number in STATED[pack.slug] if number not in said] == []


@every_box_pack
def test_what_is_smaller_than_the_guide_asks_for_is_not_required(pack):
    least = pack.rules.get("min_side", 0)
    sides = [min(box.w, box.h) for found in boxes(pack).values() for box in required(found)]

    assert min(sides) >= least
    assert f"{least} px" in STATED[pack.slug] or not least


def test_every_field_of_a_receipt_counts():
    assert not any(box.ignore or box.optional for found in boxes(PACKS["receipt"]).values() for box in found)


@every_box_pack
def test_truncated_is_what_meets_the_border(pack):
    if "truncated" in pack.rules.get("flags", []):
        found = boxes(pack)
        for item in pack.items:
            for box in found[item.key]:
                assert box.ignore or ("truncated" in box.flags) == meets_border(box, *size(item)), item.key


def test_on_whole_shelves_what_the_border_cuts_or_all_but_cuts_is_ignored():
    pack = PACKS["shelf"]
    found = boxes(pack)
    for item in pack.items:
        width, height = size(item)
        for box in found[item.key]:
            gap = min(box.x, box.y, width - box.x - box.w, height - box.y - box.h)
            assert box.ignore or gap > 2, item.key


def test_the_box_of_a_whole_object_holds_the_box_of_what_is_visible():
    pairs = pairs_of_guides()

    for seen, box in pairs:
        assert lies_in(seen, box), (seen, box)
        assert box.label == seen.label
        assert box.ignore or box.optional or not seen.optional, box


def test_two_guides_ask_for_other_boxes_where_something_is_hidden_and_for_the_same_elsewhere():
    pairs = [(seen, box) for seen, box in pairs_of_guides() if required((box,)) and not seen.ignore]

    larger = {True: 0, False: 0}
    for seen, box in pairs:
        larger["occluded" in seen.flags] += box.w * box.h > 1.1 * seen.w * seen.h
    clear = sum("occluded" not in seen.flags for seen, _ in pairs)
    assert larger[True] >= 140
    assert larger[False] <= 0.05 * clear  # a wheel or a foot behind a kerb


def test_two_guides_for_the_same_pictures_use_the_same_splits():
    street, whole = PACKS["street"], PACKS["street_amodal"]

    assert [(item.picture, item.split) for item in street.items] == [
        (item.picture, item.split) for item in whole.items
    ]


def test_projects_stand_in_the_order_of_their_measured_difficulty():
    packs = sorted(PACKS.values(), key=lambda pack: pack.order)
    measured = [fmean(item.difficulty for item in pack.items) for pack in packs]

    print("\n" + ", ".join(f"{pack.slug} {mean:.3f}" for pack, mean in zip(packs, measured, strict=True)))
    assert len({pack.order for pack in packs}) == len(packs)
    assert measured == sorted(measured)


def test_windows_come_from_pictures_of_the_whole_scene_pack():
    for slug in ("street", "parking", "shelf"):
        wholes = {item.key for item in PACKS[slug].items}
        by_source = defaultdict(int)
        for item in PACKS[f"{slug}_basic"].items:
            by_source[item.source] += 1
        assert by_source.keys() <= wholes


def test_answers_come_at_once_but_in_two_projects():
    assert {slug for slug, pack in PACKS.items() if pack.feedback is Feedback.AFTER_REVIEW} == {
        "street",
        "receipt",
    }
