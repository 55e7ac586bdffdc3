"""What the pages of corrections are given to show."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self

from labelkit.services.corrections import Drawing
from labelkit.store.models import Item, Project, Submission, User
from labelkit.web.shown import ShownReview, editor_config
from labelkit.web.shown_golds import ShownPair
from labelkit.web.shown_marks import Form, Marking


def shown_correction(submission: Submission, viewer: User) -> ShownPair | None:
    """The answer as it was sent under the right one beside it; None where nobody corrected it."""
    review = submission.review
    if review is None or review.correction is None:
        return None
    pair = ShownPair.of(submission.item, [submission.annotation], [review.correction])
    return replace(pair, own=submission.user_id == viewer.id)


@dataclass(frozen=True, slots=True)
class ShownDrawing:
    """A correction on the workbench. `judged` is the verdict that came first, where one did; `chosen` are the
    reasons ticked so far, those of what was marked on the page of the inspection among them."""

    id: int
    item: Item
    project: Project
    worker_name: str
    simulated: bool
    attempt: int
    annotation: Any
    revision: int
    config: dict[str, Any]
    copy: str
    judged: ShownReview | None
    chosen: frozenset[str]
    comment: str
    sent_back: None = None
    submit_key: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    @classmethod
    def of(cls, drawing: Drawing, viewer: User, form: Form, kept: Any = None) -> Self:  # noqa: ANN401
        """The page of a drawing: as the server has it, or as `kept` from a refused sending."""
        submission = drawing.submission
        project, item, worker = submission.project, submission.item, submission.user
        return cls(
            id=submission.id,
            item=item,
            project=project,
            worker_name=worker.name,
            simulated=worker.simulated,
            attempt=submission.attempt,
            annotation=kept or drawing.annotation,
            revision=drawing.revision,
            config=editor_config(project, item),
            copy=f"correction-{viewer.id}-{submission.id}-{submission.sent_at.timestamp():.6f}",
            judged=ShownReview.of(submission, submission.review) if submission.review else None,
            chosen=frozenset(_reasons(form, submission)),
            comment=form.get("comment", ""),
        )


def _reasons(form: Form, submission: Submission) -> Iterable[str]:
    marking = Marking.of(form, submission.project.guide)
    yield from form.getlist("reason")
    yield from marking.regions.values()
    yield from (reason for _, _, reason in marking.places)
