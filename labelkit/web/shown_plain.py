"""What the templates of task types show an item by, before anything is said of an answer to it."""

from dataclasses import dataclass
from typing import Any, Self

from labelkit.store.models import Item, Project
from labelkit.web.shown import shown_picture


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainItem:
    """An item with its picture or text."""

    item: Item
    item_key: str
    project: Project
    picture: dict[str, Any] | None
    text: str | None
    language: str | None

    @classmethod
    def shown(cls, item: Item, **more: Any) -> Self:  # noqa: ANN401
        """The item, with what a kind of it has beside."""
        return cls(
            item=item,
            item_key=item.key,
            project=item.project,
            picture=shown_picture(item),
            text=item.text,
            language=item.language,
            **more,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainAnswer(PlainItem):
    """An item and an answer to it, in the shape in which the task types compare: without gold, score and
    verdict, unless a kind of it brings them."""

    answer: Any
    own: bool = False
    gold: Any = None
    accepted_golds: tuple[Any, ...] = ()
    score: Any = None
    passed: bool | None = None
    praise: None = None
    review: None = None
    findings: tuple[Any, ...] = ()
