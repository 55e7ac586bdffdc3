"""A pack is the on-disk form of a Project: a folder, or a zip of it, with pack.json, items/ and gold.json."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labelkit.domain.errors import Refused
from labelkit.domain.projects import Feedback, Guide, Label, Split
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.texts import N_, Texts
from labelkit.formats.pack_errors import Faults, PackError, PackErrors
from labelkit.formats.pack_files import PackFile, list_beside, list_files
from labelkit.formats.pack_guide import read_guide, read_labels
from labelkit.formats.pack_items import PackGold, PackItem, Parse, content_of, read_gold, read_items
from labelkit.formats.pack_json import Node, read_json
from labelkit.formats.pack_review import read_review
from labelkit.tasktypes import TASK_TYPES
from labelkit.tasktypes.base import TaskType

__all__ = ["FORMAT", "Pack", "PackError", "PackErrors", "PackGold", "PackItem", "read_pack"]

FORMAT = 1
_HEAD = (
    "format", "slug", "task_type", "title", "summary", "order",
    "feedback", "cover", "labels", "rules", "review", "guide", "pictures",
)  # fmt: skip
_MOST_COVER = 4
_MOST_ORDER = 1_000_000


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole project: what people wrote, its items, and all versions of their gold.

    `rules` and accepted answers are raw JSON that the task type has already read without fault.
    `cover` holds keys of practice items that stand for the project on its card.
    """

    slug: str
    task_type: str
    title: Texts
    summary: Texts
    order: int
    feedback: Feedback
    cover: tuple[str, ...]
    labels: tuple[Label, ...]
    rules: dict[str, Any]
    review: ReviewRules
    guide: Guide
    items: tuple[PackItem, ...]
    gold: tuple[PackGold, ...]

    def current_gold(self) -> dict[str, PackGold]:
        """The gold in force, by item key: of each item the highest version."""
        return {entry.item: entry for entry in sorted(self.gold, key=lambda entry: entry.version)}


def read_pack(path: Path) -> Pack:
    """The pack in a folder or zip. Raises PackErrors, which lists every fault, so that none is half read.

    Its pictures lie in its folder items, or in that of the pack beside it which `pictures` names.
    """
    faults = Faults()
    files = list_files(path, faults)
    faults.raise_if_any()
    head = read_json(files, "pack.json", faults)
    if head.value is not None:
        pack = _read(head.fields(*_HEAD), files, path)
    faults.raise_if_any()
    return pack


def _read(head: Node, files: dict[str, PackFile], path: Path) -> Pack:
    _check_format(head["format"])
    task_type = _task_type(head["task_type"])
    labels, rules = read_labels(head["labels"]), head["rules"].raw()
    items: tuple[PackItem, ...] = ()
    listed = read_json(files, "items/items.json", head.faults)
    if task_type is not None:
        items = read_items(listed, content_of(task_type, labels, _pictures(head["pictures"], files, path)))
    return Pack(
        slug=head["slug"].key(),
        task_type=task_type.key if task_type else "",
        title=head["title"].texts(),
        summary=head["summary"].texts(),
        order=head["order"].whole(0, _MOST_ORDER, default=0),
        feedback=head["feedback"].one_of(Feedback),
        cover=_cover(head["cover"], items),
        labels=labels,
        rules=rules,
        review=read_review(head["review"]),
        guide=read_guide(head["guide"]),
        items=items,
        gold=_read_gold(files, items, _parser(task_type, labels, rules, head), head.faults),
    )


def _check_format(node: Node) -> None:
    if node.value != FORMAT or isinstance(node.value, bool):
        node.fault(N_("This program reads packs of format %(format)d."), format=FORMAT)


def _task_type(node: Node) -> TaskType[Any, Any] | None:
    key = node.key()
    if key and key not in TASK_TYPES:
        node.fault(N_("This is none of: %(words)s."), words=", ".join(TASK_TYPES))
    return TASK_TYPES.get(key)


def _parser(
    task_type: TaskType[Any, Any] | None, labels: tuple[Label, ...], rules: dict[str, Any], head: Node
) -> Parse | None:
    """What reads an accepted answer of this project; None where the project is too much at fault for that."""
    if task_type is None or not labels:
        return None
    try:
        parsed = task_type.parse_rules(rules)
    except Refused as refusal:
        head.faults.add_refusal(head["rules"].place, refusal)
        return None
    return lambda raw, question: task_type.parse(raw, task_type.offer(labels, question), parsed, gold=True)


def _pictures(node: Node, files: dict[str, PackFile], path: Path) -> dict[str, PackFile] | None:
    """The files that the pictures are among: the pack's own, or those of the pack beside it."""
    if node.value is None:
        return files
    try:
        return list_beside(path, slug, node.faults) if (slug := node.key()) else None
    except Refused as refusal:
        node.faults.add_refusal(node.place, refusal)
        return None


def _read_gold(
    files: dict[str, PackFile], items: tuple[PackItem, ...], parse: Parse | None, faults: Faults
) -> tuple[PackGold, ...]:
    node = read_json(files, "gold.json", faults)
    node = node.fields("format", "gold")
    _check_format(node["format"])
    return read_gold(node["gold"], items, parse)


def _cover(node: Node, items: tuple[PackItem, ...]) -> tuple[str, ...]:
    practice = {item.key for item in items if item.split is Split.PRACTICE}
    cover = tuple(entry.key() for entry in node.each(required=False))
    if len(cover) > _MOST_COVER:
        node.fault(N_("A cover has at most %(most)d items."), most=_MOST_COVER)
    for key in cover:
        if key and items and key not in practice:
            node.fault(N_("The cover item “%(key)s” is not an item for practice."), key=key)
    return cover
