"""The files of a pack, which is a folder or a zip of one. Nothing is ever unpacked to disk."""

import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from labelkit.domain.errors import Invalid, Refused, TooLarge
from labelkit.domain.texts import N_
from labelkit.formats.pack_errors import Faults

MOST_FILES = 20_000
MOST_BYTES = 64 * 2**20  # of one file
MOST_BYTES_IN_ALL = 2**31
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack; its bytes are read when asked for.

    `name` is relative to the pack, NFC, with "/" between parts. `path` is the file itself or, where
    `member` is given, the zip that holds it. `size` is what folder or zip say, in bytes.
    """

    name: str
    size: int
    path: Path
    member: str | None = None

    def read(self, most: int = MOST_BYTES) -> bytes:
        """The bytes. Raises TooLarge above `most` (whatever the zip promised), Invalid if damaged."""
        try:
            with self._open() as file:
                data = file.read(most + 1)
        except (OSError, EOFError, NotImplementedError, zipfile.BadZipFile, zlib.error) as problem:
            raise Invalid(N_("The file %(name)s cannot be read."), name=self.name) from problem
        if len(data) > most:
            raise TooLarge(
                N_("The file %(name)s is larger than %(most)d MB."), name=self.name, most=most // 2**20
            )
        return data

    @contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        if self.member is None:
            with self.path.open("rb") as file:
                yield file
        else:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
                yield file


def list_files(path: Path, faults: Faults) -> dict[str, PackFile]:
    """The files of the pack at `path` by name; what is unsafe or too much is noted and left out."""
    place = path.name or str(path)
    try:
        found = list(_in_folder(path) if path.is_dir() else _in_zip(path))
    except Refused as refusal:
        faults.add_refusal(place, refusal)
        return {}
    except OSError:
        faults.add(place, N_("This cannot be read."))
        return {}
    for file in found:
        if not _is_safe(file):
            faults.add(place, N_("The file name “%(name)s” leads out of the pack."), name=file.name)
    return _below_pack_json([file for file in found if _is_safe(file)])


def list_beside(path: Path, slug: str, faults: Faults) -> dict[str, PackFile]:
    """The files of the pack that lies as `slug` beside the folder `path`; raises Invalid where none does.

    `slug` is a key, so that it can lead nowhere but to that folder.
    """
    if not path.is_dir():
        raise Invalid(N_("Only a pack that is a folder can use the pictures of another."))
    folder = path.resolve().parent / slug
    if folder.is_symlink() or not (folder / "pack.json").is_file():
        raise Invalid(N_("There is no pack “%(slug)s” beside this one."), slug=slug)
    return list_files(folder, faults)


def _in_folder(root: Path) -> Iterator[PackFile]:
    for folder in (root, root / "items"):
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                if path.is_file():
                    name = path.relative_to(root).as_posix()
                    yield PackFile(_nfc(name), path.stat().st_size, path)


def _in_zip(path: Path) -> Iterator[PackFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except FileNotFoundError as problem:
        raise Invalid(N_("There is no such file or folder.")) from problem
    except (OSError, zipfile.BadZipFile) as problem:
        raise Invalid(N_("This is neither a folder nor a zip file.")) from problem
    _refuse_too_much(members)
    for member in members:
        yield PackFile(_nfc(member.filename), member.file_size, path, member.filename)


def _refuse_too_much(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise TooLarge(N_("The zip holds more than %(most)d files."), most=MOST_FILES)
    if sum(member.file_size for member in members) > MOST_BYTES_IN_ALL:
        raise TooLarge(N_("The zip unpacks to more than %(most)d MB."), most=MOST_BYTES_IN_ALL // 2**20)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise Invalid(N_("The zip is locked with a password."))


def _is_safe(file: PackFile) -> bool:
    """Whether a file lies inside its pack: no absolute name, no step upwards, no link out of the folder."""
    name = PurePosixPath(file.name)
    if name.is_absolute() or ".." in name.parts or set(file.name) & set("\\:\0"):
        return False
    if file.member is not None:
        return True
    root = file.path.parents[len(name.parts) - 1]
    return file.path.resolve().is_relative_to(root.resolve())


def _below_pack_json(files: Iterable[PackFile]) -> dict[str, PackFile]:
    """The files by name. A zip may hold the pack's folder itself: its name is then taken off."""
    by_name = {file.name: file for file in files}
    tops = [name for name in by_name if name.endswith("/pack.json") and name.count("/") == 1]
    if "pack.json" in by_name or len(tops) != 1:
        return by_name
    top = tops[0].removesuffix("pack.json")
    return {name.removeprefix(top): file for name, file in by_name.items() if name.startswith(top)}


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)
