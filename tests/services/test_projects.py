"""A pack becomes a project: all of it or nothing."""

import io
import json

import pytest
from PIL import Image
from sqlalchemy import func, select

from labelkit.domain.audit import What
from labelkit.domain.errors import Conflict, Invalid, NotFound, TooLarge
from labelkit.domain.projects import Feedback, Split
from labelkit.domain.texts import Texts
from labelkit.formats.pack import PackErrors, read_pack
from labelkit.services import projects
from labelkit.store.engine import writing
from labelkit.store.images import Pictures
from labelkit.store.models import Audit, Gold, Item, Picture, Project
from tests.formats.packs import box_pack, text_pack, write
from tests.make import picture_bytes


@pytest.fixture
def data_dir(tmp_path):
    """One of its own for each test, which counts what came into it."""
    return tmp_path / "data"


@pytest.fixture
def kitchen():
    """The files of a pack of two pictures that open."""
    return box_pack() | {"items/k-1.jpg": picture_bytes(), "items/부엌.jpg": picture_bytes(kind="JPEG")}


@pytest.fixture
def add(session, pictures, tmp_path):
    """Writes a pack to a folder of its own, reads it and adds it."""

    def add_files(files, name="pack"):
        return projects.add_pack(session, pictures, read_pack(write(tmp_path / name, files)))

    return add_files


def items_of(session, project):
    return session.scalars(select(Item).where(Item.project_id == project.id).order_by(Item.position)).all()


def counts(engine):
    with writing(engine) as session:
        return [
            session.scalar(select(func.count()).select_from(kind)) for kind in (Project, Item, Picture, Gold)
        ]


def stored_files(pictures):
    return [path for path in pictures.folder.rglob("*") if path.is_file()]


def test_a_pack_becomes_a_project(session, add, kitchen):
    project = add(kitchen)

    assert projects.find(session, "kitchen") is project
    assert (project.title, project.task_type, project.position) == (Texts("부엌", "Kitchen"), "bbox", 7)
    assert (project.feedback, project.rules) == (Feedback.AT_ONCE, {"match_iou": 0.6})
    assert [label.key for label in project.labels] == ["cup", "plate"]
    assert (project.guide_version, project.guide.clause("G-02").id) == (1, "G-02")


def test_items_come_with_their_pictures_the_easiest_first(session, add, kitchen):
    easy, middling = items_of(session, add(kitchen))

    assert (easy.key, easy.difficulty, easy.split, easy.cover) == ("k-1", 0.3, Split.PRACTICE, True)
    assert (easy.source, easy.attributes) == ("room", {"light": "day"})
    assert (middling.key, middling.split, middling.cover) == ("k-2", Split.EXAM, False)
    picture = session.get(Picture, easy.picture_id)
    assert (picture.width, picture.height) == (320, 240)


def test_gold_comes_with_every_version_and_the_highest_in_force(session, add, kitchen):
    first = kitchen["gold.json"]["gold"][0]
    newer = first | {"version": 5, "accepted": [{"nothing": True}]}
    kitchen["gold.json"]["gold"].insert(0, newer)

    item = items_of(session, add(kitchen))[0]

    golds = session.scalars(select(Gold).where(Gold.item_id == item.id).order_by(Gold.version)).all()
    assert [(gold.version, gold.current) for gold in golds] == [(1, False), (5, True)]
    assert golds[1].accepted == [{"nothing": True}]
    assert golds[0].explanation == Texts(ko="컵이 하나예요.")


def test_an_item_counts_what_the_gold_in_force_holds(session, add, kitchen):
    first = kitchen["gold.json"]["gold"][0]
    plates = {"regions": [{"label": "plate", "box": [9, 9, side, side]} for side in (20, 100)]}
    kitchen["gold.json"]["gold"].insert(0, first | {"version": 2, "accepted": [plates]})

    counted, without_gold = items_of(session, add(kitchen))

    assert counted.features == {"label/plate": 2, "size/small": 1, "size/large": 1}
    assert without_gold.features == {}


def test_gold_that_overhangs_its_picture_is_clipped(session, add, kitchen):
    kitchen["gold.json"]["gold"][0]["accepted"] = [{"regions": [{"label": "cup", "box": [300, 200, 90, 90]}]}]

    item = items_of(session, add(kitchen))[0]

    gold = session.scalar(select(Gold).where(Gold.item_id == item.id))
    assert gold.accepted == [{"regions": [{"label": "cup", "box": [300, 200, 20, 40]}]}]


def test_a_pack_of_texts_becomes_a_project(session, add):
    (item,) = items_of(session, add(text_pack()))

    assert (item.text, item.picture_id) == ("컵이 깨졌어요", None)
    assert len(session.scalar(select(Gold)).accepted) == 2


def test_a_taken_slug_is_refused(add, kitchen):
    add(kitchen, "one")

    with pytest.raises(Conflict, match=r"^A project named kitchen is already here\.$"):
        add(kitchen, "two")


def test_a_project_that_is_not_there_is_not_found(session):
    with pytest.raises(NotFound, match=r"^There is no such project\.$"):
        projects.find(session, "kitchen")


def test_one_picture_in_two_packs_is_stored_once(session, add, kitchen, pictures):
    first = items_of(session, add(kitchen, "one"))
    other = kitchen | {"pack.json": kitchen["pack.json"] | {"slug": "pantry"}}
    second = items_of(session, add(other, "two"))

    assert [item.picture_id for item in first] == [item.picture_id for item in second]
    assert session.scalar(select(func.count()).select_from(Picture)) == 2
    assert len(stored_files(pictures)) == 2


def test_one_picture_for_two_items_is_stored_once(session, add, kitchen, pictures):
    kitchen["items/부엌.jpg"] = kitchen["items/k-1.jpg"]

    first, second = items_of(session, add(kitchen))

    assert first.picture_id == second.picture_id
    assert len(stored_files(pictures)) == 1


def refused(engine, pictures, path, kind, sentence):
    """Adding this pack fails with this sentence, and the database is as empty as before."""
    with (
        pytest.raises(kind, match=sentence),
        writing(engine) as session,
        session.begin(),
    ):
        projects.add_pack(session, pictures, read_pack(path))

    assert counts(engine) == [0, 0, 0, 0]


def test_a_missing_picture_lets_nothing_in(engine, pictures, tmp_path, kitchen):
    del kitchen["items/부엌.jpg"]

    refused(engine, pictures, write(tmp_path / "pack", kitchen), PackErrors, "부엌.jpg")


def test_a_picture_that_vanishes_while_it_is_read_lets_nothing_in(engine, pictures, tmp_path, kitchen):
    path = write(tmp_path / "pack", kitchen)
    pack = read_pack(path)
    (path / "items" / "부엌.jpg").unlink()

    with (
        pytest.raises(Invalid, match=r"^The file items/부엌\.jpg cannot be read\.$"),
        writing(engine) as session,
        session.begin(),
    ):
        projects.add_pack(session, pictures, pack)

    assert counts(engine) == [0, 0, 0, 0]


def test_a_picture_that_is_a_text_lets_nothing_in(engine, pictures, tmp_path, kitchen):
    kitchen["items/부엌.jpg"] = b"this is a text"

    path = write(tmp_path / "pack", kitchen)
    refused(engine, pictures, path, Invalid, r"^The file 부엌\.jpg is not a picture that can be opened\.$")


def test_a_picture_of_too_many_pixels_lets_nothing_in(engine, tmp_path, kitchen):
    out = io.BytesIO()
    Image.new("1", (400, 300)).save(out, "PNG")
    kitchen["items/부엌.jpg"] = out.getvalue()
    small = Pictures(tmp_path, max_pixels=100_000)

    path = write(tmp_path / "pack", kitchen)
    refused(engine, small, path, TooLarge, r"^The picture 부엌\.jpg has more than 100000 pixels\.$")


@pytest.mark.parametrize(
    ("region", "problem"),
    [
        ({"label": "cup", "box": [400, 10, 30, 30]}, "Box 1 lies wholly outside the picture."),
        ({"label": "cup", "box": [10, 10, 0, 30]}, "Box 1 has no area."),
    ],
)
def test_gold_that_does_not_fit_its_picture_lets_nothing_in(
    engine, pictures, tmp_path, kitchen, region, problem
):
    kitchen["gold.json"]["gold"][0]["accepted"] = [{"regions": [region]}]

    path = write(tmp_path / "pack", kitchen)
    refused(engine, pictures, path, Invalid, f"^The gold of k-1 is not valid: {problem}$")


def test_what_a_refused_pack_had_stored_already_does_no_harm(session, engine, pictures, tmp_path, kitchen):
    broken = kitchen | {"items/부엌.jpg": b"this is a text"}
    refused(engine, pictures, write(tmp_path / "broken", broken), Invalid, "not a picture")

    project = projects.add_pack(session, pictures, read_pack(write(tmp_path / "whole", kitchen)))

    assert len(items_of(session, project)) == 2
    assert len(stored_files(pictures)) == 2


def test_an_import_is_written_down(session, add, kitchen):
    project = add(kitchen)

    (line,) = session.scalars(select(Audit)).all()
    assert (line.what, line.who_id, line.of) == (What.PROJECT_IMPORTED, None, {"project": project.id})


def test_a_pack_may_be_large(session, add, kitchen):
    entry = json.loads(json.dumps(kitchen["items/items.json"][0]))
    more = [entry | {"key": f"k-{n:03}"} for n in range(100, 150)]
    kitchen["items/items.json"] += more

    assert [item.position for item in items_of(session, add(kitchen))] == list(range(52))
