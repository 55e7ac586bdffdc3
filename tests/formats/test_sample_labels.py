"""A label that is changed by mistake does not go unseen: gold of pictures is what was rendered."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from labelkit.domain.annotations import Box
from labelkit.formats.pack import Pack, read_pack
from labelkit.tasktypes import TASK_TYPES

FOLDER = Path(__file__).parents[2] / "sample_data"
# How often each label was rendered, ignored and optional objects among them.
RENDERED = {
    "street": "bench 25, bicycle 95, bus 34, car 708, dog 39, fire_hydrant 31, person 629, stop_sign 16, "
    "traffic_cone 20, traffic_light 78, truck 24",
    "street_basic": "bench 10, bicycle 37, bus 13, car 103, dog 13, fire_hydrant 25, person 202, "
    "stop_sign 4, traffic_cone 15, traffic_light 6, truck 6",
    "parking_basic": "bus 15, car 218, person 57, traffic_cone 7, truck 16",
    "shelf_basic": "bottle 45, can 40, cereal_box 42, jar 67, snack_bag 33",
    "parking": "bus 14, car 388, person 111, traffic_cone 12, truck 16",
    "shelf": "bottle 93, can 223, cereal_box 98, jar 209, snack_bag 77",
    "table": "apple 48, banana 33, bottle 26, bowl 18, fork 31, knife 31, lemon 39, mug 25, orange 41, "
    "pear 24, plate 31, spoon 27",
    "receipt": "barcode 12, date 12, item_name 91, price 91, shop_name 12, stamp 8, total 12",
}


def boxes(pack: Pack) -> dict[str, tuple[Box, ...]]:
    """The boxes of each item's gold, the ignored ones among them."""
    kind = TASK_TYPES[pack.task_type]
    rules = kind.parse_rules(pack.rules)
    return {
        key: kind.parse(entry.accepted[0], pack.labels, rules, gold=True).regions
        for key, entry in pack.current_gold().items()
    }


def uncut(pack: Pack) -> Iterator[tuple[str, Box]]:
    """The objects that a window shows as whole as its scene does, each with its scene."""
    found = boxes(pack)
    for item in pack.items:
        with Image.open(BytesIO(item.read_picture())) as image:
            width, height = image.size
        for box in found[item.key]:
            inside = box.x > 0 and box.y > 0 and box.x + box.w < width and box.y + box.h < height
            if inside and not box.ignore:
                yield item.source, box


@pytest.mark.parametrize("slug", RENDERED)
def test_gold_has_as_many_objects_of_each_label_as_were_rendered(slug):
    count = Counter(box.label for found in boxes(read_pack(FOLDER / slug)).values() for box in found)

    assert ", ".join(f"{label} {number}" for label, number in sorted(count.items())) == RENDERED[slug]


@pytest.mark.parametrize("slug", ["street", "parking", "shelf"])
def test_a_window_and_its_scene_give_an_object_the_same_label(slug):
    scenes = boxes(read_pack(FOLDER / slug))

    for source, box in uncut(read_pack(FOLDER / f"{slug}_basic")):
        assert box.label in {whole.label for whole in scenes[source] if (whole.w, whole.h) == (box.w, box.h)}


def test_the_explanation_of_a_vehicle_is_that_of_its_label():
    pack = read_pack(FOLDER / "vehicle_type")
    helps = {label.key: label.help for label in pack.labels}

    for entry in pack.gold:
        assert [helps[key] for answer in entry.accepted for key in answer["labels"]] == [entry.explanation]
