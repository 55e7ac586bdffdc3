"""What the pages of work, result and inspection are given to show."""

import secrets
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy.orm import Session

from labelkit.domain.praise import exact, faultless
from labelkit.domain.projects import Clause
from labelkit.domain.scores import Score
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import State
from labelkit.services import practice, reviews, runs
from labelkit.services.submissions import Result
from labelkit.store.images import preview_width
from labelkit.store.models import Assignment, Item, Project, Review, Submission, User
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.filters import text
from labelkit.web.findings import ShownFinding, shown_findings
from labelkit.web.pictures import picture_url, preview_url
from labelkit.web.shown_marks import ShownMark, shown_marks
from labelkit.web.shown_runs import ShownRun


def shown_picture(item: Item) -> dict[str, Any] | None:
    """Where the picture of an item is, and how large it is; None for a text or a question."""
    picture = item.picture
    if picture is None:
        return None
    small = preview_url(picture)
    return {
        "url": picture_url(picture),
        "width": picture.width,
        "height": picture.height,
        "preview": small and {"url": small, "width": preview_width(picture.width, picture.height)},
    }


def excerpt(item: Item) -> str:
    """What stands for an item in a list that shows no picture: its text, or its question."""
    return text(item.question.text) if item.question else item.text or ""


@dataclass(frozen=True, slots=True)
class ShownWork:
    """An item to label. Nothing here depends on whether the item has gold, or on what it says."""

    id: int
    item: Item
    project: Project
    annotation: Any
    revision: int
    attempt: int
    round: int
    position: int
    total: int
    skippable: bool
    run: ShownRun | None
    sent_back: "ShownReview | None"
    config: dict[str, Any]
    copy: str  # names the copies on the person's device: never the same for two people or two databases
    submit_key: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    @classmethod
    def of(cls, session: Session, assignment: Assignment, kept: Any = None) -> Self:  # noqa: ANN401
        """The page of an assignment: with its draft, or with the answer `kept` from a refused sending."""
        project, item = assignment.project, assignment.item
        kind = TASK_TYPES[project.task_type]
        position, total = practice.position(session, assignment)
        run = runs.of_assignment(session, assignment)
        return cls(
            id=assignment.id,
            item=item,
            project=project,
            annotation=kept or assignment.draft or kind.blank(),
            revision=assignment.revision,
            attempt=practice.attempt(session, assignment),
            round=assignment.round,
            position=position,
            total=total,
            skippable=assignment.purpose == "first" or run is not None,
            run=ShownRun.of(run, runs.count_sent(session, run) + 1) if run else None,
            sent_back=_sent_back(session, assignment),
            config=editor_config(project, item),
            copy=f"{assignment.user_id}-{assignment.id}-{assignment.issued_at.timestamp():.6f}",
        )


def _sent_back(session: Session, assignment: Assignment) -> "ShownReview | None":
    """The rejection that an assignment answers."""
    rejected = reviews.answered_by(session, assignment)
    return ShownReview.of(rejected, rejected.review) if rejected and rejected.review else None


def editor_config(project: Project, item: Item) -> dict[str, Any]:
    """What an editor is told: labels, picture or text, rules. Never gold."""
    kind = TASK_TYPES[project.task_type]
    return {
        "labels": [
            {"key": label.key, "name": text(label.name), "colour": label.colour, "help": text(label.help)}
            for label in kind.offer(project.labels, item.question)
        ],
        "picture": shown_picture(item),
        "text": {"text": item.text, "language": item.language} if item.text else None,
        "rules": kind.parse_rules(project.rules).to_json(),
    }


@dataclass(frozen=True, slots=True)
class Praise:
    """What was right: positions of the regions without a finding, how many objects of which label (by its
    key), and, where sides were measured, how many lie exactly out of how many that counted."""

    faultless: tuple[int, ...]
    labels: list[tuple[str, int]]
    exact: tuple[int, int] | None

    @classmethod
    def of(cls, project: Project, score: Score, answer: Any) -> Self:  # noqa: ANN401
        order = [label.key for label in project.labels]
        right = [(one.label, one.right) for one in score.labels if one.right]
        counted = TASK_TYPES[project.task_type].objects(answer) - len(score.set_aside)
        return cls(
            faultless=faultless(score),
            labels=sorted(right, key=lambda one: order.index(one[0]) if one[0] in order else len(order)),
            exact=None if score.exact_share is None else (exact(score), counted),
        )


@dataclass(frozen=True, slots=True)
class ShownReview:
    """A verdict as its worker sees it: the marks with their reasons, and the reasons for the whole."""

    verdict: str
    reasons: list[dict[str, Any]]
    marks: list[ShownMark]
    comment: str
    inspector: str
    simulated: bool
    overturned: bool

    @classmethod
    def of(cls, submission: Submission, review: Review) -> Self:
        project, marks = submission.project, shown_marks(review, submission)
        pointed_at = {mark["reason"] for mark in review.marks}
        reasons = [
            {"text": Texts.from_json(reason["text"]), "clause": project.guide.clause(reason["clause"])}
            for reason in review.reasons
            if reason["key"] not in pointed_at
        ]
        inspector = review.inspector
        by = (inspector.name, inspector.simulated)
        return cls(review.verdict, reasons, marks, review.comment, *by, review.overturned)


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A submission as somebody may see it now."""

    id: int
    own: bool
    worker_name: str
    simulated: bool
    item: Item
    item_key: str
    project: Project
    state: State
    opened: bool
    attempt: int
    newest: bool
    several: bool  # its worker has sent other attempts at the item too
    first_try: bool
    seconds: float
    pass_score: float
    score: Any
    passed: bool | None
    picture: dict[str, Any] | None
    text: str | None
    language: str | None
    answer: Any
    gold: Any
    accepted_golds: tuple[Any, ...]
    explanation: Texts
    findings: list[ShownFinding]
    praise: Praise | None
    review: ShownReview | None
    clauses: tuple[Clause, ...]
    guide_version: int

    @classmethod
    def of(cls, result: Result, viewer: User) -> Self:
        submission = result.submission
        project, item, score = submission.project, submission.item, result.score
        return cls(
            id=submission.id,
            own=submission.user_id == viewer.id,
            worker_name=submission.user.name,
            simulated=submission.user.simulated,
            item=item,
            item_key=item.key,
            project=project,
            state=submission.state,
            opened=submission.opened,
            attempt=submission.attempt,
            newest=submission.newest,
            several=submission.attempt > 1 or not submission.newest,
            first_try=submission.first_try,
            seconds=submission.seconds,
            pass_score=TASK_TYPES[project.task_type].parse_rules(project.rules).pass_score,
            score=score.detail if score else None,
            passed=score.passed if score else None,
            picture=shown_picture(item),
            text=item.text,
            language=item.language,
            answer=result.answer,
            gold=result.gold,
            accepted_golds=result.accepted,
            explanation=result.explanation,
            findings=shown_findings(result),
            praise=Praise.of(project, score.detail, result.answer) if score else None,
            review=ShownReview.of(submission, submission.review) if submission.review else None,
            clauses=project.guide.clauses,
            guide_version=submission.guide_version,
        )
