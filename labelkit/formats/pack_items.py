"""Items and gold of a pack: items/items.json and gold.json."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from labelkit.domain.errors import Refused
from labelkit.domain.projects import Label, Split
from labelkit.domain.questions import Question
from labelkit.domain.texts import N_, Texts
from labelkit.formats.pack_files import PackFile
from labelkit.formats.pack_guide import refuse_repeats
from labelkit.formats.pack_json import Node
from labelkit.formats.pack_questions import read_question
from labelkit.tasktypes.base import TaskType

Parse = Callable[[object, Question | None], object]

_MIDDLE = 0.5
_MOST_VERSIONS = 10_000


@dataclass(frozen=True, slots=True)
class PackItem:
    """One picture, one text or one question of a pack.

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
    question: Question | None = None
    file: PackFile | None = None

    def read_picture(self) -> bytes:
        """The picture's bytes, as they lie in the pack; whether it opens, the store will find."""
        if self.file is None:
            raise ValueError(f"{self.key} has no picture")
        return self.file.read()


@dataclass(frozen=True, slots=True)
class PackGold:
    """One version of the accepted Annotations of an item, in their JSON form."""

    item: str
    version: int
    accepted: tuple[dict[str, Any], ...]
    explanation: Texts


@dataclass(frozen=True, slots=True)
class Content:
    """What every item of a project holds: the names of its fields, and what reads them for a PackItem."""

    fields: tuple[str, ...]
    read: Callable[[Node], dict[str, Any]]


def content_of(
    kind: TaskType[Any, Any], labels: Sequence[Label], files: Mapping[str, PackFile] | None
) -> Content:
    """Pictures of the folder items/, questions with choices under these labels, or else texts.

    `files` are those of the pack, None where it could not be told in which folder the pictures lie.
    """
    if kind.needs_picture:
        return Content(("picture",), partial(_picture, files=files))
    if kind.needs_question:
        return Content(("question", "choices"), lambda node: {"question": read_question(node, labels)})
    return Content(("text", "language"), _text)


def read_items(node: Node, content: Content) -> tuple[PackItem, ...]:
    items = tuple(_item(entry, content) for entry in node.each())
    if node.value == []:
        node.fault(N_("A pack needs at least one item."))
    refuse_repeats(node, (item.key for item in items))
    _refuse_split_sources(node, items)
    return items


def _item(node: Node, content: Content) -> PackItem:
    node = node.fields("key", "source", "split", "difficulty", "attributes", *content.fields)
    key = node["key"].key()
    node = node.named(key)
    return PackItem(
        key=key,
        source=node["source"].key(default=key),
        split=node["split"].one_of(Split),
        difficulty=node["difficulty"].share(default=_MIDDLE),
        attributes=node["attributes"].raw(),
        **content.read(node),
    )


def _picture(node: Node, files: Mapping[str, PackFile] | None) -> dict[str, Any]:
    node = node["picture"]
    name = unicodedata.normalize("NFC", node.text())
    if name and files is not None and f"items/{name}" not in files:
        node.fault(N_("The picture “%(name)s” is missing from the folder items."), name=name)
    return {"picture": name, "file": (files or {}).get(f"items/{name}")}


def _text(node: Node) -> dict[str, Any]:
    return {"text": node["text"].text(), "language": node["language"].key(default="ko")}


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


def read_gold(node: Node, items: Iterable[PackItem], parse: Parse | None) -> tuple[PackGold, ...]:
    """All versions of all gold.

    `items` are none where they could not be read; `parse` reads an accepted answer, and is None where
    the project is at fault: then there is nothing to hold the gold against.
    """
    questions = {item.key: item.question for item in items}
    gold = tuple(_gold(entry, questions, parse) for entry in node.each())
    refuse_repeats(node, (f"{entry.item} {entry.version}" for entry in gold if entry.item))
    return gold


def _gold(node: Node, questions: Mapping[str, Question | None], parse: Parse | None) -> PackGold:
    node = node.fields("item", "version", "accepted", "explanation")
    item = node["item"].key()
    node = node.named(item)
    if item and questions and item not in questions:
        node.fault(N_("This gold belongs to no item of the pack."))
    accepted = tuple(_accepted(entry, questions.get(item), parse) for entry in node["accepted"].each())
    if node["accepted"].value == []:
        node.fault(N_("Gold needs at least one accepted answer."))
    return PackGold(
        item=item,
        version=node["version"].whole(1, _MOST_VERSIONS, default=1),
        accepted=accepted,
        explanation=node["explanation"].texts(required=False),
    )


def _accepted(node: Node, question: Question | None, parse: Parse | None) -> dict[str, Any]:
    if parse is not None:
        try:
            parse(node.value, question)
        except Refused as refusal:
            node.faults.add_refusal(node.place, refusal)
    return node.value if isinstance(node.value, dict) else {}
