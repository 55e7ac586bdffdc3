"""Attempts as lists show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from labelkit.domain.texts import Texts
from labelkit.domain.workflow import State
from labelkit.services import mine
from labelkit.store.models import Score, Submission
from labelkit.web.pictures import picture_url, preview_url
from labelkit.web.shown import excerpt


@dataclass(frozen=True, slots=True)
class ShownAttempt:
    """One attempt in a list; its value only when its time has come.

    `outcome` is "passed" or "failed"; else why there is no score: "waiting" for an inspector, "rejected",
    "closed" until its run ends, or "withdrawn", as the gold was. `fails` and `warnings` count what was
    searched for.
    """

    url: str
    title: Texts
    item_key: str
    thumbnail: str | None
    excerpt: str | None
    value: float | None
    passed: bool | None
    state: State
    outcome: str
    attempt: int
    first_try: bool
    seconds: float
    at: datetime
    fails: int = 0
    warnings: int = 0


def shown_attempt(submission: Submission, kind: str | None = None, label: str | None = None) -> ShownAttempt:
    """An attempt, and how often the mistakes of a kind and with a label (None: any) occur in it."""
    score = submission.score if submission.opened else None
    item = submission.item
    picture = item.picture
    counts: Mapping[str, int] = score.counts if score else {}
    fails, warnings = mine.faults(counts, kind, label)
    return ShownAttempt(
        url=url_for("work.result", submission_id=submission.id),
        title=submission.project.title,
        item_key=item.key,
        thumbnail=(preview_url(picture) or picture_url(picture)) if picture else None,
        excerpt=excerpt(item) or None,
        value=score.value if score else None,
        passed=score.passed if score else None,
        state=submission.state,
        outcome=_outcome(submission, score),
        attempt=submission.attempt,
        first_try=submission.first_try,
        seconds=submission.seconds,
        at=submission.sent_at,
        fails=fails,
        warnings=warnings,
    )


def _outcome(submission: Submission, score: Score | None) -> str:
    if score is not None:
        return "passed" if score.passed else "failed"
    if submission.state in {State.WAITING, State.REJECTED}:
        return str(submission.state.value)
    return "withdrawn" if submission.opened else "closed"
