"""What the pages of corrections are given to show."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from labelkit.domain.annotations import Box
from labelkit.domain.differences import Difference, between
from labelkit.services.corrections import Drawing
from labelkit.store.models import Item, Project, Submission, User
from labelkit.web.shown import ShownReview, editor_config
from labelkit.web.shown_golds import ShownPair, told
from labelkit.web.shown_marks import Form, Marking


def shown_correction(submission: Submission, viewer: User) -> ShownPair | None:
    """The answer as it was sent under the right one beside it; None where nobody corrected it."""
    review = submission.review
    if review is None or review.correction is None:
        return None
    pair = ShownPair.of(submission.item, [submission.annotation], [review.correction])
    found = between([pair.answer], [pair.gold])
    numbered = (ShownDifference.of(number, one, pair) for number, one in enumerate(found, 1))
    return replace(pair, own=submission.user_id == viewer.id, findings=tuple(numbered))


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """One thing that was corrected: its number, the sentence, where it lies as [x, y, w, h] in picture pixels
    (None where it concerns the whole), and which box of the answer and of the correction it is."""

    number: int
    sentence: str
    box: tuple[float, float, float, float] | None
    answer: int | None
    gold: int | None
    severity: str = "warning"  # how its number looks on the picture

    @classmethod
    def of(cls, number: int, difference: Difference, pair: ShownPair) -> Self:
        sides = ((pair.answer, difference.old), (pair.gold, difference.new))
        boxes = [annotation.regions[at] for annotation, at in sides if at is not None]
        return cls(number, told(pair.project, difference), _round(boxes), difference.old, difference.new)


def _round(boxes: Sequence[Box]) -> tuple[float, float, float, float] | None:
    """The smallest place that holds all of these boxes."""
    if not boxes:
        return None
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.w for box in boxes), max(box.y + box.h for box in boxes)
    return left, top, right - left, bottom - top


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
