"""A pack as a zip: read as it lies, never unpacked, and refused where it is unsafe."""

import unicodedata
import zipfile

import pytest

from labelkit.domain.errors import Invalid, TooLarge
from labelkit.formats import pack_files
from labelkit.formats.pack import PackErrors, read_pack
from tests.formats.packs import as_bytes, box_pack, write


def zipped(path, files, below=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, entry in files.items():
            archive.writestr(below + name, as_bytes(entry))
    return path


def fault(path) -> str:
    with pytest.raises(PackErrors) as caught:
        read_pack(path)
    return str(caught.value.errors[0])


@pytest.mark.parametrize("below", ["", "kitchen/"])
def test_a_zip_of_the_files_or_of_their_folder_reads_like_the_folder(tmp_path, below):
    pack = read_pack(zipped(tmp_path / "pack.zip", box_pack(), below))

    assert [item.read_picture() for item in pack.items] == [b"first", b"second"]
    assert pack.labels == read_pack(write(tmp_path / "folder", box_pack())).labels


def test_names_are_the_same_however_the_archive_spells_hangul(tmp_path):
    files = {unicodedata.normalize("NFD", name): entry for name, entry in box_pack().items()}

    assert read_pack(zipped(tmp_path / "pack.zip", files)).items[1].read_picture() == b"second"


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil", "items/../../evil", "C:evil", "items\\evil"])
def test_a_name_that_leads_out_of_the_pack_is_refused(tmp_path, name):
    path = zipped(tmp_path / "pack.zip", box_pack() | {name: b"x"})

    assert fault(path) == f"pack.zip: The file name “{name}” leads out of the pack."


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    folder = write(tmp_path / "pack", box_pack())
    (folder / "items" / "k-1.jpg").unlink()
    (folder / "items" / "k-1.jpg").symlink_to(tmp_path / "secret.jpg")

    assert fault(folder) == "pack: The file name “items/k-1.jpg” leads out of the pack."


def test_a_file_larger_than_allowed_is_refused_whatever_the_zip_says(tmp_path):
    pack = read_pack(zipped(tmp_path / "pack.zip", box_pack() | {"items/k-1.jpg": bytes(3 * 2**20)}))

    with pytest.raises(TooLarge, match=r"items/k-1\.jpg is larger than 2 MB"):
        pack.items[0].file.read(most=2 * 2**20)


def test_a_zip_with_too_many_or_too_large_files_is_refused(tmp_path, monkeypatch):
    path = zipped(tmp_path / "pack.zip", box_pack())

    monkeypatch.setattr(pack_files, "MOST_BYTES_IN_ALL", 2**10)
    assert "unpacks to more than" in fault(path)
    monkeypatch.setattr(pack_files, "MOST_FILES", 3)
    assert fault(path) == "pack.zip: The zip holds more than 3 files."


def test_a_zip_with_a_password_is_refused(tmp_path):
    path = zipped(tmp_path / "pack.zip", box_pack())
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")  # the first entry of the directory; its flags lie 8 bytes on
    data[at + 8] |= 1
    path.write_bytes(data)

    assert fault(path) == "pack.zip: The zip is locked with a password."


def test_a_damaged_picture_in_a_zip_is_refused_in_words(tmp_path):
    path = zipped(tmp_path / "pack.zip", box_pack())
    data = bytearray(path.read_bytes())
    at = data.index(b"items/k-1.jpg") + len("items/k-1.jpg")
    data[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(data)

    with pytest.raises(Invalid, match=r"items/k-1\.jpg cannot be read"):
        read_pack(path).items[0].read_picture()


def borrower(**head) -> dict:
    """The files of a pack without pictures of its own, which uses those of the pack “kitchen”."""
    files = {name: entry for name, entry in box_pack().items() if not name.endswith(".jpg")}
    files["pack.json"] |= {"slug": "kitchen_again", "pictures": "kitchen", **head}
    return files


def test_a_pack_can_use_the_pictures_of_the_pack_beside_it(tmp_path):
    write(tmp_path / "kitchen", box_pack())

    pack = read_pack(write(tmp_path / "kitchen_again", borrower()))

    assert [item.read_picture() for item in pack.items] == [b"first", b"second"]


def test_a_pack_that_is_not_there_lends_no_pictures(tmp_path):
    folder = write(tmp_path / "kitchen_again", borrower())

    assert fault(folder) == "pack.json, pictures: There is no pack “kitchen” beside this one."


@pytest.mark.parametrize("name", ["../kitchen", "..", ".", "/etc", "kitchen/items", ""])
def test_pictures_are_borrowed_by_the_name_of_a_pack_alone(tmp_path, name):
    write(tmp_path / "kitchen", box_pack())
    folder = write(tmp_path / "kitchen_again", borrower(pictures=name))

    assert fault(folder).startswith("pack.json, pictures: A key is")


def test_a_link_to_another_folder_lends_no_pictures(tmp_path):
    write(tmp_path / "elsewhere" / "kitchen", box_pack())
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "kitchen").symlink_to(tmp_path / "elsewhere" / "kitchen")
    folder = write(tmp_path / "packs" / "kitchen_again", borrower())

    assert fault(folder) == "pack.json, pictures: There is no pack “kitchen” beside this one."


def test_a_zip_holds_its_own_pictures(tmp_path):
    path = zipped(tmp_path / "pack.zip", borrower())

    assert fault(path) == "pack.json, pictures: Only a pack that is a folder can use the pictures of another."
