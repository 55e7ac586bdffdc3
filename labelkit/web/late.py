"""The page of a rework whose time is over: what happened, and the draft to be read."""

from typing import Any

from flask import Response

from labelkit.domain.errors import Invalid
from labelkit.services import lapses, practice, rework
from labelkit.store.models import Assignment, Submission, User
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.htmx import render
from labelkit.web.shown_plain import PlainAnswer
from labelkit.web.transaction import database
from labelkit.web.words import say


def _shown(assignment: Assignment, sent_back: Submission) -> PlainAnswer:
    """The draft, or what was sent back where there is none that can be read."""
    kind = TASK_TYPES[assignment.project.task_type]
    try:
        answer = kind.read(assignment.draft or sent_back.annotation)
    except Invalid:
        answer = kind.read(sent_back.annotation)
    return PlainAnswer.shown(assignment.item, answer=answer, own=True)


def page(assignment: Assignment, status: int = 200) -> Response:
    """The page of an assignment that `lapses.settle` has ended."""
    sent_back = rework.answered(database(), assignment)
    assert sent_back is not None
    return render(
        "work/late",
        status,
        result=_shown(assignment, sent_back),
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
