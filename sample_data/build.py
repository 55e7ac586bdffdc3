"""Makes items/ and gold.json of the picture packs out of the pictures' own annotations.

    python sample_data/build.py SOURCE

SOURCE is the folder of the rendered pictures: one folder a pack, with images/ and annotations.json
(COCO), or labels.csv for `vehicle_type`. What people write (pack.json, all of the text packs) is left
alone. The same SOURCE gives the same files to the byte.
"""

import sys
from pathlib import Path

from build_boxes import LIMITS, box_scenes
from build_classes import street_scenes, vehicle_scenes
from build_files import read_coco, write
from build_splits import follow, share_out

# Packs that are cut from the same pictures share their splits.
FAMILIES = (
    ("street", "street_basic"),
    ("parking", "parking_basic"),
    ("shelf", "shelf_basic"),
    ("table",),
    ("receipt",),
)


def main(source: Path) -> None:
    packs = {pack: box_scenes(source, pack) for pack in LIMITS}
    packs["street_scene"] = street_scenes(read_coco(source / "street"), source / "street")
    packs["vehicle_type"] = vehicle_scenes(source / "vehicle_type")
    for family in (*FAMILIES, ("vehicle_type",)):
        share_out({pack: packs[pack] for pack in family})
    for pack in ("street_amodal", "street_scene"):
        follow(packs["street"], packs[pack])
    for pack, scenes in packs.items():
        write(pack, scenes)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
