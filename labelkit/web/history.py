"""A worker's attempts at one item, beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Self

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.differences import between
from labelkit.domain.texts import Texts
from labelkit.services import history
from labelkit.services.submissions import Result
from labelkit.store.models import Submission, User
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.access import me
from labelkit.web.blind import second_look_first
from labelkit.web.htmx import render
from labelkit.web.shown import ShownResult
from labelkit.web.shown_corrections import shown_correction
from labelkit.web.shown_golds import ShownPair, told
from labelkit.web.transaction import database

bp = Blueprint("history", __name__)


@dataclass(frozen=True, slots=True)
class ShownTry:
    """One attempt beside the others: the answer and the verdict, never gold; the score where it is one's own
    and open. `since` is the attempt before it, and `differences` what changed from that one to this."""

    result: ShownResult
    url: str
    at: datetime
    value: float | None
    passed: bool | None
    correction: ShownPair | None
    since: int | None
    differences: list[str]

    @classmethod
    def of(cls, submission: Submission, before: Submission | None, viewer: User) -> Self:
        answer = TASK_TYPES[submission.project.task_type].read(submission.annotation)
        shown = ShownResult.of(Result(submission, answer, None, None, (), Texts()), viewer)
        score = submission.score if shown.own and submission.opened else None
        return cls(
            result=shown,
            url=_address(shown.own, submission.id),
            at=submission.sent_at,
            value=score.value if score else None,
            passed=score.passed if score else None,
            correction=shown_correction(submission, viewer),
            since=before.attempt if before else None,
            differences=_differences(before, submission) if before else [],
        )


def _differences(before: Submission, after: Submission) -> list[str]:
    kind = TASK_TYPES[after.project.task_type]
    found = between([kind.read(before.annotation)], [kind.read(after.annotation)])
    return [told(after.project, one) for one in found]


def _address(own: bool, submission_id: int) -> str:
    return url_for("work.result" if own else "inspect.submission", submission_id=submission_id)


@bp.get("/results/<int:submission_id>/attempts")
def attempts(submission_id: int) -> AnyResponse:
    """All attempts at the item of a submission by its worker, for that worker and for inspectors."""
    return second_look_first(submission_id) or _attempts(submission_id)


def _attempts(submission_id: int) -> Response:
    found = history.of(database(), me(), submission_id)
    own = found.asked.user_id == me().id
    befores: Sequence[Submission | None] = (found.before, *found.shown)
    tries = [ShownTry.of(one, before, me()) for before, one in pairwise(befores) if one]
    return render(
        "history/attempts",
        asked=found.asked,
        own=own,
        tries=tries,
        older=[(row, _address(own, row.id)) for row in found.older],
        back=_address(own, submission_id),
    )
