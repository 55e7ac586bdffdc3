"""Scores: made when an answer is sent, and made anew when gold or rules have changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from labelkit.domain.audit import What
from labelkit.domain.errors import Refused
from labelkit.domain.scores import ErrorKind, Severity
from labelkit.domain.scores import Score as ScoreValue
from labelkit.services import audit, tallies
from labelkit.services.tallies import Held, Move
from labelkit.store.models import Gold, Item, Project, Review, Score, Submission
from labelkit.tasktypes import TASK_TYPES

SLICE = 250  # a slice keeps others from sending for about a third of a second


def add(session: Session, submission: Submission, project: Project, answer: object) -> Score | None:
    """Score a submission against its item's current gold; None where there is none.

    Its project is locked, so that gold and rules stand firm until the score is counted.
    """
    gold = _gold_by_now(session, submission.item_id, project)
    if gold is None:
        return None
    case = _Case(submission, gold, answer, _accepted(project, gold))
    kind = TASK_TYPES[project.task_type]
    score = case.row(project, kind.score(answer, case.accepted, kind.parse_rules(project.rules)))
    session.add(score)
    session.flush()
    return score


def _gold_by_now(session: Session, item_id: int, project: Project) -> Gold | None:
    """The current gold, and in `project` the rules as they are now that it is locked."""
    found = (
        select(Gold, Project.rules, Project.rules_version)
        .join(Item, Item.id == Gold.item_id)
        .join(Project, Project.id == Item.project_id)
        .where(Gold.item_id == item_id, Gold.current)
    )
    row = session.execute(found).first()
    if row is None:
        return None
    set_committed_value(project, "rules", row.rules)
    set_committed_value(project, "rules_version", row.rules_version)
    gold: Gold = row.Gold
    return gold


def _accepted(project: Project, gold: Gold) -> Sequence[Any]:
    """What a gold accepts; a label that the project has no more still stands for itself there."""
    return [TASK_TYPES[project.task_type].read(raw) for raw in gold.accepted]


@dataclass(frozen=True, slots=True)
class _Case:
    """What a score is made of: a submission with its answer, and a gold with its accepted Annotations."""

    submission: Submission
    gold: Gold
    answer: Any
    accepted: Sequence[Any]

    def row(self, project: Project, score: ScoreValue) -> Score:
        kind = TASK_TYPES[project.task_type]
        counts = kind.count(score, self.answer, self.accepted[score.accepted])
        return Score(
            submission_id=self.submission.id,
            gold_version=self.gold.version,
            rules_version=project.rules_version,
            value=score.value,
            passed=kind.parse_rules(project.rules).passes(score.value),
            detail=score,
            counts=counts | {"objects": kind.objects(self.answer)},
        )


def change_rules(session: Session, project: Project, raw: Any) -> None:  # noqa: ANN401
    """Change those rules of a project that `raw` names, as a new version; raises Invalid for what cannot be.

    The scores stay those of the old rules until `renew` has made them anew.
    """
    kind = TASK_TYPES[project.task_type]
    kind.parse_rules(raw)
    changed = project.rules | raw
    kind.parse_rules(changed)
    tallies.lock(session, [project.id])
    project.rules = changed
    project.rules_version += 1
    audit.note(session, None, What.RULES_CHANGED, project=project.id, version=project.rules_version)
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
    """Score the next slice of outdated submissions, in bulk; older scores stay, no longer current, and the
    tallies move along.

    Each slice is a whole of its own: whoever stops in between, or begins anew, loses and doubles nothing.
    """
    held = tallies.lock(session, [project.id])
    slice_ = _outdated(project).where(Submission.id >= from_id).order_by(Submission.id).limit(SLICE)
    rows = [(submission, gold) for submission, gold in session.execute(slice_)]
    scored = _renew(session, held, project, rows)
    last = rows[-1][0].id + 1 if len(rows) == SLICE else None
    return Renewed(scored, len(rows) - scored, last)


def renew_item(session: Session, project: Project, item_id: int) -> None:
    """Score all submissions of one item anew whose score is not by its current gold and today's rules."""
    held = tallies.lock(session, [project.id])
    of_item = _outdated(project).where(Submission.item_id == item_id).order_by(Submission.id)
    _renew(session, held, project, [(submission, gold) for submission, gold in session.execute(of_item)])


def mistakes_left(session: Session, review_ids: Select[int]) -> dict[int, frozenset[ErrorKind]]:
    """The kinds of mistakes that the corrections among these reviews still have by the gold in force, by the
    id of the submission; one question, and one more for the projects of those that there are."""
    corrected = (
        select(Submission.project_id, Submission.id, Review.correction, Gold.accepted)
        .join(Review, Review.submission_id == Submission.id)
        .join(Gold, (Gold.item_id == Submission.item_id) & Gold.current)
        .where(Review.id.in_(review_ids), Review.correction.is_not(None))
    )
    of_project = defaultdict(list)
    for project_id, *row in session.execute(corrected):
        of_project[project_id].append(row)
    if not of_project:
        return {}
    left: dict[int, frozenset[ErrorKind]] = {}
    for project in session.scalars(select(Project).where(Project.id.in_(of_project))):
        kind, rows = TASK_TYPES[project.task_type], of_project[project.id]
        answers = [kind.read(correction) for _, correction, _ in rows]
        accepted = [[kind.read(one) for one in golds] for *_, golds in rows]
        scored = kind.score_many(answers, accepted, kind.parse_rules(project.rules))
        for (submission_id, *_), score in zip(rows, scored, strict=True):
            left[submission_id] = frozenset(
                one.kind for one in score.findings if one.severity is Severity.FAIL
            )
    return left


def forget(session: Session, held: Held, submissions: Sequence[Submission]) -> None:
    """Let no score of these submissions hold any longer, and none count. Their projects are locked."""
    former = _put_away(session, submissions)
    moves = [Move(submission, former.get(submission.id), None) for submission in submissions]
    tallies.move(session, held, moves)


def _renew(session: Session, held: Held, project: Project, rows: Sequence[tuple[Submission, Gold]]) -> int:
    """Score these anew by today's gold and rules, and say how many of the answers could be read."""
    kind = TASK_TYPES[project.task_type]
    cases = [
        _Case(submission, gold, answer, _accepted(project, gold))
        for submission, gold in rows
        if (answer := _answer_or_none(project, submission)) is not None
    ]
    scores = kind.score_many(
        [case.answer for case in cases],
        [case.accepted for case in cases],
        kind.parse_rules(project.rules),
    )
    former = _put_away(session, [case.submission for case in cases])
    new = [case.row(project, score) for case, score in zip(cases, scores, strict=True)]
    session.add_all(new)
    session.flush()
    submissions = [case.submission for case in cases]
    moves = [Move(one, former.get(one.id), score) for one, score in zip(submissions, new, strict=True)]
    tallies.move(session, held, moves)
    return len(cases)


def _put_away(session: Session, submissions: Sequence[Submission]) -> dict[int, Score]:
    """Submission id to the score that held so far, and holds no longer."""
    former = tallies.current_scores(session, [submission.id for submission in submissions])
    for score in former.values():
        score.current = False
    session.flush()
    return former


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
        .options(joinedload(Submission.user))
    )


def _answer_or_none(project: Project, submission: Submission) -> Any:  # noqa: ANN401
    kind = TASK_TYPES[project.task_type]
    try:
        return kind.parse(submission.annotation, project.labels, kind.parse_rules(project.rules))
    except Refused:
        return None
