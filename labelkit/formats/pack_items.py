"""Items and gold of a pack: items/items.json and gold.json."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from labelkit.domain.errors import Refused
from labelkit.domain.projects import Split
from labelkit.domain.texts import N_, Texts
from labelkit.formats.pack_files import PackFile
from labelkit.formats.pack_guide import refuse_repeats
from labelkit.formats.pack_json import Node

_MIDDLE = 0.5
_MOST_VERSIONS = 10_000


@dataclass(frozen=True, slots=True)
class PackItem:
    """One picture or one text of a pack.

    `source` names the picture that it was cut from: what has one source has one split, in all packs.
    `difficulty` is 0 (easy) to 1 (hard). `picture` is a file name in the folder items.
    """

    key: str
    source: str
    split: Split
    difficulty: float
    attributes: dict[str, Any]
    picture: str | None = None
    text: str | None = None
    language: str | None = None
    file: PackFile | None = None

    def read_picture(self) -> bytes:
        """The picture's bytes, as they lie in the pack; whether it opens, the store will find."""
        if self.file is None:
            raise ValueError(f"{self.key} is a text")
        return self.file.read()


@dataclass(frozen=True, slots=True)
class PackGold:
    """One version of the accepted Annotations of an item, in their JSON form."""

    item: str
    version: int
    accepted: tuple[dict[str, Any], ...]
    explanation: Texts


def read_items(node: Node, files: Mapping[str, PackFile] | None, *, pictures: bool) -> tuple[PackItem, ...]:
    """The items, which hold pictures of the folder items/, or else texts.

    `files` are those of the pack, None where it could not be told in which folder the pictures lie.
    """
    items = tuple(_item(entry, files, pictures) for entry in node.each())
    if node.value == []:
        node.fault(N_("A pack needs at least one item."))
    refuse_repeats(node, (item.key for item in items))
    _refuse_split_sources(node, items)
    return items


def _item(node: Node, files: Mapping[str, PackFile] | None, pictures: bool) -> PackItem:
    content = ("picture",) if pictures else ("text", "language")
    node = node.fields("key", "source", "split", "difficulty", "attributes", *content)
    key = node["key"].key()
    node = node.named(key)
    picture = _picture(node["picture"], files) if pictures else None
    return PackItem(
        key=key,
        source=node["source"].key(default=key),
        split=node["split"].one_of(Split),
        difficulty=node["difficulty"].share(default=_MIDDLE),
        attributes=node["attributes"].raw(),
        picture=picture,
        text=None if pictures else node["text"].text(),
        language=None if pictures else node["language"].key(default="ko"),
        file=(files or {}).get(f"items/{picture}"),
    )


def _picture(node: Node, files: Mapping[str, PackFile] | None) -> str:
    name = unicodedata.normalize("NFC", node.text())
    if name and files is not None and f"items/{name}" not in files:
        node.fault(N_("The picture “%(name)s” is missing from the folder items."), name=name)
    return name


def _refuse_split_sources(node: Node, items: tuple[PackItem, ...]) -> None:
    splits: dict[str, Split] = {}
    for item in items:
        first = splits.setdefault(item.source, item.split)
        if item.source and first != item.split:
            node.named(item.key).fault(
                N_("The source “%(source)s” is in two splits, “%(first)s” and “%(second)s”."),
                source=item.source,
                first=first,
                second=item.split,
            )


def read_gold(node: Node, keys: set[str], parse: Callable[[object], object] | None) -> tuple[PackGold, ...]:
    """All versions of all gold.

    `keys` are those of the items, none where the items could not be read; `parse` is the task
    type's, or None where the project is at fault: then there is nothing to hold the gold against.
    """
    gold = tuple(_gold(entry, keys, parse) for entry in node.each())
    refuse_repeats(node, (f"{entry.item} {entry.version}" for entry in gold if entry.item))
    return gold


def _gold(node: Node, keys: set[str], parse: Callable[[object], object] | None) -> PackGold:
    node = node.fields("item", "version", "accepted", "explanation")
    item = node["item"].key()
    node = node.named(item)
    if item and keys and item not in keys:
        node.fault(N_("This gold belongs to no item of the pack."))
    accepted = tuple(_accepted(entry, parse) for entry in node["accepted"].each())
    if node["accepted"].value == []:
        node.fault(N_("Gold needs at least one accepted answer."))
    return PackGold(
        item=item,
        version=node["version"].whole(1, _MOST_VERSIONS, default=1),
        accepted=accepted,
        explanation=node["explanation"].texts(required=False),
    )


def _accepted(node: Node, parse: Callable[[object], object] | None) -> dict[str, Any]:
    if parse is not None:
        try:
            parse(node.value)
        except Refused as refusal:
            node.faults.add_refusal(node.place, refusal)
    return node.value if isinstance(node.value, dict) else {}
