"""What the pages of second looks are given to show."""

from dataclasses import dataclass, replace
from typing import Self

from labelkit.domain.marks import Mark
from labelkit.domain.second_looks import Compared, Opinion, Reasons, compare
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import State, Verdict
from labelkit.store.models import Review, SecondLook, Submission
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.shown import ShownResult, ShownReview
from labelkit.web.shown_marks import ShownMark, shown_mark


def unjudged(shown: ShownResult) -> ShownResult:
    """An answer as it was before anybody had judged it."""
    return replace(shown, review=None, state=State.WAITING)


@dataclass(frozen=True, slots=True)
class ShownOpinion:
    """One of the two verdicts."""

    name: str
    verdict: Verdict
    comment: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """What both said of one place (`mark` says which, with its number on the picture), or of the whole."""

    mark: ShownMark | None
    first: list[Texts]
    second: list[Texts]
    same: bool


@dataclass(frozen=True, slots=True)
class ShownComparison:
    """Two verdicts on one answer, side by side."""

    first: ShownOpinion
    second: ShownOpinion
    agree: bool
    rows: list[ShownRow]

    @classmethod
    def of(cls, look: SecondLook) -> Self:
        """A look that is done."""
        submission, review = look.submission, look.submission.review
        if review is None or look.inspector is None or look.verdict is None:
            raise ValueError(f"the second look at submission {look.submission_id} is not done")
        return cls(
            first=ShownOpinion(review.inspector.name, review.verdict, review.comment),
            second=ShownOpinion(look.inspector.name, look.verdict, look.comment),
            agree=(review.verdict is Verdict.ACCEPTED) == (look.verdict is Verdict.ACCEPTED),
            rows=_rows(submission, review, look),
        )


def _rows(submission: Submission, first: Review, second: SecondLook) -> list[ShownRow]:
    said = {reason["key"]: reason for reason in (*first.reasons, *second.reasons)}
    regions = getattr(TASK_TYPES[submission.project.task_type].read(submission.annotation), "regions", ())

    def texts(keys: Reasons) -> list[Texts]:
        return [Texts.from_json(said[key]["text"]) for key in keys]

    rows = []
    for number, row in enumerate(compare(_opinion(first), _opinion(second)), 1):
        mark = _mark(row)
        place = shown_mark(number, mark, said[mark.reason], regions, submission.project) if mark else None
        rows.append(ShownRow(place, texts(row.first), texts(row.second), row.same))
    return rows


def _opinion(said: Review | SecondLook) -> Opinion:
    marks = tuple(Mark.from_json(raw) for raw in said.marks)
    pointed_at = {mark.reason for mark in marks}
    return Opinion(marks, tuple(one["key"] for one in said.reasons if one["key"] not in pointed_at))


def _mark(row: Compared) -> Mark | None:
    """A mark at the place of a row; None where it is about the whole."""
    if row.region is None and row.at is None:
        return None
    return Mark((*row.first, *row.second)[0], row.region, row.at)


def compared(shown: ShownResult, both: ShownComparison) -> ShownResult:
    """An answer with the places on its picture that either inspector has pointed at."""
    marks = [row.mark for row in both.rows if row.mark]
    return replace(
        shown,
        review=ShownReview(
            both.second.verdict, [], marks, "", both.second.name, simulated=False, overturned=False
        ),
    )
