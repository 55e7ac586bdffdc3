"""Gold on the workbench: what only gold may say of a box goes through the editor as flags."""

import secrets
from dataclasses import dataclass, field
from typing import Any, Self

from labelkit.domain.errors import NotFound
from labelkit.domain.texts import N_
from labelkit.store.models import GoldProposal, Item, Project, User
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.shown import editor_config

MARKS = ("ignore", "optional")  # of a box of gold


def to_editor(annotation: dict[str, Any]) -> dict[str, Any]:
    """A gold in JSON form as the box editor knows it: its marks as flags."""
    if not isinstance(annotation.get("regions"), list):
        return annotation
    return annotation | {"regions": [_flagged(region) for region in annotation["regions"]]}


def _flagged(region: dict[str, Any]) -> dict[str, Any]:
    flags = [*region.get("flags", []), *(mark for mark in MARKS if region.get(mark))]
    rest = {key: value for key, value in region.items() if key not in (*MARKS, "flags")}
    return rest | ({"flags": flags} if flags else {})


def from_editor(annotation: dict[str, Any]) -> dict[str, Any]:
    """What the box editor sends, in the JSON form of gold."""
    if not isinstance(annotation.get("regions"), list):
        return annotation
    return annotation | {"regions": [_marked(region) for region in annotation["regions"]]}


def _marked(region: Any) -> Any:  # noqa: ANN401  (whatever came; the task type refuses what is no region)
    if not isinstance(region, dict) or not isinstance(region.get("flags"), list):
        return region
    flags = [flag for flag in region["flags"] if flag not in MARKS]
    marks = {mark: True for mark in MARKS if mark in region["flags"]}
    rest = {key: value for key, value in region.items() if key != "flags"}
    return rest | ({"flags": flags} if flags else {}) | marks


@dataclass(frozen=True, slots=True)
class ShownDrawing:
    """One accepted answer of a draft, on the workbench."""

    id: int
    item: Item
    project: Project
    annotation: dict[str, Any]
    revision: int
    place: int
    total: int
    config: dict[str, Any]
    copy: str
    sent_back: None = None
    submit_key: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    @classmethod
    def of(cls, draft: GoldProposal, place: int, me: User) -> Self:
        if not 0 <= place < len(draft.accepted):
            raise NotFound(N_("There is no such answer in this draft."))
        item, project = draft.item, draft.item.project
        config = editor_config(project, item)
        if TASK_TYPES[project.task_type].marks_regions:
            rules = config["rules"]
            config["rules"] = rules | {"flags": [*rules.get("flags", []), *MARKS]}
        return cls(
            id=draft.id,
            item=item,
            project=project,
            annotation=to_editor(draft.accepted[place]),
            revision=draft.revision,
            place=place,
            total=len(draft.accepted),
            config=config,
            copy=f"gold-{me.id}-{draft.id}-{len(draft.accepted)}-{place}",
        )
