"""What the pages of gold are given to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from labelkit.domain.differences import Change, Difference, between
from labelkit.domain.gold_states import GoldState, Made
from labelkit.domain.texts import N_, Texts
from labelkit.store.models import Gold, GoldProposal, Item, Project
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.filters import text
from labelkit.web.shown_plain import PlainAnswer
from labelkit.web.words import say

_SENTENCES = {
    Change.ADDED: N_("Added: %(label)s."),
    Change.REMOVED: N_("Removed: %(label)s."),
    Change.MOVED: N_("%(label)s moved: %(sides)s."),
    Change.RELABELLED: N_("%(was)s became %(label)s."),
    Change.MARKED: N_("%(label)s: %(marks)s."),
    Change.NOW_UNUSABLE: N_("Now it cannot be labelled."),
    Change.NOW_USABLE: N_("Now it can be labelled."),
    Change.ANSWER_ADDED: N_("Accepted answer %(number)s came to it."),
    Change.ANSWER_REMOVED: N_("Accepted answer %(number)s is gone."),
}
_SIDES = (N_("left %(px)s px"), N_("top %(px)s px"), N_("right %(px)s px"), N_("bottom %(px)s px"))
_MARKS = {
    "ignore": N_("counts nowhere"),
    "optional": N_("optional"),
    "occluded": N_("occluded"),
    "truncated": N_("truncated"),
    "crowd": N_("a crowd"),
}


def _name(project: Project, key: str | None) -> str:
    return next((text(label.name) for label in project.labels if label.key == key), key or "")


def _mark(change: str) -> str:
    word = say(_MARKS[change[1:]]) if change[1:] in _MARKS else change[1:]
    return say(N_("now %(mark)s") if change[0] == "+" else N_("no longer %(mark)s"), mark=word)


def told(project: Project, difference: Difference) -> str:
    """A difference in one sentence."""
    sides = zip(_SIDES, difference.sides or (), strict=False)
    return say(
        _SENTENCES[difference.change],
        label=_name(project, difference.label),
        was=_name(project, difference.was),
        sides=", ".join(say(side, px=f"{value:+.1f}") for side, value in sides if abs(value) >= 0.05),
        marks=", ".join(_mark(mark) for mark in difference.marks),
        number=difference.answer,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPair(PlainAnswer):
    """A gold over the one before it, in the shape in which the task types compare: gold over an answer."""

    is_first: bool
    differences: list[str]

    @classmethod
    def of(cls, item: Item, before: Sequence[Any] | None, after: Sequence[Any]) -> Self:
        """`before` and `after` are accepted answers in JSON form; shown are the first that differ."""
        kind = TASK_TYPES[item.project.task_type]
        old, new = [[kind.read(raw) for raw in some or ()] for some in (before, after)]
        found = between(old, new) if before else []
        place = min((one.answer for one in found), default=1) - 1
        return cls.shown(
            item,
            answer=old[min(place, len(old) - 1)] if old else new[0],
            gold=new[min(place, len(new) - 1)],
            accepted_golds=tuple(new),
            is_first=not old,
            differences=[told(item.project, one) for one in found],
        )


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version in the history of an item's gold."""

    version: int
    state: GoldState
    made: Made
    at: datetime
    author: str | None
    approver: str | None
    self_approved: bool
    reason: str
    remark: str
    remark_by: str | None
    explanation: Texts
    differences: list[str]

    @classmethod
    def of(
        cls,
        item: Item,
        gold: Gold,
        former: Gold | None,
        proposal: GoldProposal | None,
        names: dict[int, str],
    ) -> Self:
        state = GoldState.APPROVED if gold.current else GoldState.SUPERSEDED
        if proposal is not None and proposal.state is GoldState.WITHDRAWN:
            state = GoldState.WITHDRAWN
        return cls(
            version=gold.version,
            state=state,
            made=proposal.made if proposal else Made.IMPORTED,
            at=gold.approved_at,
            author=names.get(gold.author_id or 0),
            approver=names.get(gold.approver_id or 0),
            self_approved=gold.author_id is not None and gold.author_id == gold.approver_id,
            reason=proposal.reason if proposal else "",
            remark=proposal.remark if proposal else "",
            remark_by=proposal.remark_by.name if proposal and proposal.remark_by else None,
            explanation=gold.explanation,
            differences=ShownPair.of(item, former.accepted, gold.accepted).differences if former else [],
        )
