"""The page of a rework whose time is over: what happened, and the draft to be read."""

from dataclasses import dataclass
from typing import Any, Self

from flask import Response

from labelkit.domain.errors import Invalid
from labelkit.services import lapses, practice, rework
from labelkit.store.models import Assignment, Item, Project, Submission, User
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.htmx import render
from labelkit.web.shown import shown_picture
from labelkit.web.transaction import database
from labelkit.web.words import say


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """A draft in the shape in which the task types show an answer. Nothing of gold."""

    item: Item
    item_key: str
    project: Project
    picture: dict[str, Any] | None
    text: str | None
    language: str | None
    answer: Any
    own: bool = True
    gold: None = None
    score: None = None
    passed: None = None
    praise: None = None
    review: None = None
    accepted_golds: tuple[()] = ()
    findings: tuple[()] = ()

    @classmethod
    def of(cls, assignment: Assignment, sent_back: Submission) -> Self:
        """The draft, or what was sent back where there is none that can be read."""
        item, project = assignment.item, assignment.project
        kind = TASK_TYPES[project.task_type]
        try:
            answer = kind.read(assignment.draft or sent_back.annotation)
        except Invalid:
            answer = kind.read(sent_back.annotation)
        picture = shown_picture(item)
        return cls(item, item.key, project, picture, item.text, item.language, answer)


def page(assignment: Assignment, status: int = 200) -> Response:
    """The page of an assignment that `lapses.settle` has ended."""
    sent_back = rework.answered(database(), assignment)
    assert sent_back is not None
    return render(
        "work/late",
        status,
        result=ShownDraft.of(assignment, sent_back),
        sentence=say(rework.OVER),
        submission_id=sent_back.id,
    )


def refused(me: User, assignment_id: int, annotation: Any) -> Response | None:  # noqa: ANN401
    """The same for an answer that was just sent too late, which is kept; None where it was in time."""
    assignment = practice.find_mine(database(), me, assignment_id)
    if not lapses.settle(database(), assignment):
        return None
    lapses.keep_late(assignment, annotation)
    answer = page(assignment, 409)
    database().commit()  # whatever the status says: its time is over, and the answer is kept
    return answer
