"""Scores: made when an answer is sent, and made anew when gold or rules have changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from labelkit.domain.errors import Refused
from labelkit.domain.scores import Score as ScoreValue
from labelkit.services import golds
from labelkit.store.models import Gold, Project, Score, Submission
from labelkit.tasktypes import TASK_TYPES

SLICE = 500


def add(session: Session, submission: Submission, project: Project, answer: object) -> None:
    """Score a submission against its item's current gold, where there is one."""
    gold = golds.for_scoring(session, submission.item_id)
    if gold is None:
        return
    kind = TASK_TYPES[project.task_type]
    rules = kind.parse_rules(project.rules)
    session.add(_row(submission, gold, project, kind.score(answer, _accepted(project, gold), rules)))


def _accepted(project: Project, gold: Gold) -> Sequence[Any]:
    kind = TASK_TYPES[project.task_type]
    rules = kind.parse_rules(project.rules)
    return [kind.parse(raw, project.labels, rules, gold=True) for raw in gold.accepted]


def _row(submission: Submission, gold: Gold, project: Project, score: ScoreValue) -> Score:
    return Score(
        submission_id=submission.id,
        gold_version=gold.version,
        rules_version=project.rules_version,
        value=score.value,
        passed=TASK_TYPES[project.task_type].parse_rules(project.rules).passes(score.value),
        detail=score,
    )


def change_rules(session: Session, project: Project, raw: Any) -> None:  # noqa: ANN401
    """Change those rules of a project that `raw` names, as a new version; raises Invalid for what cannot be.

    The scores stay those of the old rules until `renew` has made them anew.
    """
    kind = TASK_TYPES[project.task_type]
    kind.parse_rules(raw)
    changed = project.rules | raw
    kind.parse_rules(changed)
    project.rules = changed
    project.rules_version += 1
    session.flush()


@dataclass(frozen=True, slots=True)
class Renewed:
    """One slice of submissions: how many have a new score, and the id at which the next slice begins.

    `unreadable` counts answers that today's labels or rules no longer admit; they keep their old score.
    """

    scored: int
    unreadable: int
    next_id: int | None


def count_outdated(session: Session, project: Project) -> int:
    """How many submissions have no score by the current gold and the current rules."""
    return session.scalar(select(func.count()).select_from(_outdated(project).subquery())) or 0


def renew(session: Session, project: Project, from_id: int = 0) -> Renewed:
    """Score the next slice of outdated submissions, in bulk; older scores stay, no longer current.

    Each slice is a whole of its own: whoever stops in between, or begins anew, loses and doubles nothing.
    """
    slice_ = _outdated(project).where(Submission.id >= from_id).order_by(Submission.id).limit(SLICE)
    rows = session.execute(slice_).all()
    answers = [_answer_or_none(project, submission) for submission, _ in rows]
    readable = [(pair, answer) for pair, answer in zip(rows, answers, strict=True) if answer is not None]
    kind = TASK_TYPES[project.task_type]
    scores = kind.score_many(
        [answer for _, answer in readable],
        [_accepted(project, gold) for (_, gold), _ in readable],
        kind.parse_rules(project.rules),
    )
    ids = [submission.id for (submission, _), _ in readable]
    session.execute(update(Score).where(Score.submission_id.in_(ids), Score.current).values(current=False))
    session.add_all(
        _row(submission, gold, project, score)
        for ((submission, gold), _), score in zip(readable, scores, strict=True)
    )
    session.flush()
    last = rows[-1][0].id + 1 if len(rows) == SLICE else None
    return Renewed(len(readable), len(rows) - len(readable), last)


def _outdated(project: Project) -> Select[Submission, Gold]:
    """Submissions with the current gold of their item, which have no score by it and by today's rules."""
    done = select(Score.id).where(
        Score.submission_id == Submission.id,
        Score.gold_version == Gold.version,
        Score.rules_version == project.rules_version,
    )
    return (
        select(Submission, Gold)
        .join(Gold, (Gold.item_id == Submission.item_id) & Gold.current)
        .where(Submission.project_id == project.id, ~done.exists())
    )


def _answer_or_none(project: Project, submission: Submission) -> Any:  # noqa: ANN401
    kind = TASK_TYPES[project.task_type]
    try:
        return kind.parse(submission.annotation, project.labels, kind.parse_rules(project.rules))
    except Refused:
        return None
