"""Disputes from the worker's chair: raised within a window, read, taken back, put away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, undefer

from labelkit.domain.audit import What
from labelkit.domain.dispute_states import DisputeState, Ruling
from labelkit.domain.dispute_subjects import (
    DISPUTABLE,
    LONGEST,
    MOST_OPEN,
    VERDICT,
    FindingSubject,
    is_over,
)
from labelkit.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from labelkit.domain.projects import Guide
from labelkit.domain.texts import N_
from labelkit.domain.workflow import State, opens
from labelkit.services import audit, dispute_ends, golds, practice, submissions, tallies
from labelkit.services.dispute_ends import Words
from labelkit.store.engine import add_unless_there
from labelkit.store.models import Assignment, Dispute, Item, Project, Review, Run, Submission, User
from labelkit.store.types import utc_now

SHOWN = 100  # of the newest, on one's own page
TWICE = N_("You have an open dispute about this already.")
SCORED_ANEW = N_("This result has been scored anew meanwhile. Look at it again.")


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody writes who disputes: the clause of the guide that speaks for it, and one sentence."""

    clause: str
    sentence: str

    def checked(self, guide: Guide) -> "Claim":
        """The same in one line; raises Invalid for a clause that is none, or for odd words."""
        if guide.clause(self.clause) is None:
            raise Invalid(N_("Choose a clause of this project's guide."))
        return Claim(self.clause, one_sentence(self.sentence))


def one_sentence(written: str) -> str:
    """What was written, in one line; raises Invalid for nothing, and for more than a sentence."""
    said = " ".join(written.split())
    if not said:
        raise Invalid(N_("Say why, in one sentence."))
    if len(said) > LONGEST:
        raise Invalid(N_("One sentence has at most %(most)d characters."), most=LONGEST)
    return said


@dataclass(frozen=True, slots=True)
class Disputed:
    """What may be disputed now: a verdict, or a `finding` as its score keeps it, made by `gold_version`.

    `against_id` is who gave the verdict or wrote the gold; `known_at`, since when its worker can know.
    """

    submission: Submission
    subject: str
    finding: dict[str, Any] | None
    gold_version: int | None
    against_id: int | None
    known_at: datetime

    def is_of(self, dispute: Dispute) -> bool:
        """True for a dispute of the very same."""
        if dispute.submission_id != self.submission.id or (dispute.finding is None) != (self.finding is None):
            return False
        return (dispute.finding, dispute.gold_version) == (self.finding, self.gold_version)


def disputed(
    session: Session, me: User, submission_id: int, subject: str, now: datetime | None = None
) -> Disputed:
    """What a subject names on a submission of mine; raises Conflict, with the reason, where it cannot be
    disputed now, and NotFound where there is no such thing among mine."""
    submission = _mine(session, me, submission_id)
    found = _verdict(submission) if subject == VERDICT else _finding(session, submission, subject)
    days = submission.project.review_rules.dispute_days
    if is_over(found.known_at, days, now or utc_now()):
        raise Conflict(N_("This could be disputed within %(days)d days. They are over."), days=days)
    _check_others(session, me, found)
    return found


@dataclass(frozen=True, slots=True)
class Windows:
    """Whether the verdict on a submission, and the findings of its score, may be disputed now."""

    verdict: bool
    findings: bool


def windows(session: Session, submission: Submission, now: datetime | None = None) -> Windows:
    """What a page may offer of a submission that it was given whole, as `submissions.find` does."""
    now, days = now or utc_now(), submission.project.review_rules.dispute_days
    review, score = submission.review, submission.score
    judged = submission.newest and review is not None and submission.state in DISPUTABLE
    verdict = review is not None and judged and not is_over(_told_at(submission, review), days, now)
    if score is None or not submission.opened:
        return Windows(verdict, findings=False)
    approved_at = golds.origin_of(session, submission.item_id, score.gold_version).approved_at
    known = max(submission.sent_at, approved_at)
    if is_over(known, days, now):  # only then it matters whether it was opened later than it was sent
        known = max(known, _opened_at(session, submission))
    return Windows(verdict, findings=not is_over(known, days, now))


def raise_dispute(
    session: Session, me: User, submission_id: int, subject: str, claim: Claim, now: datetime | None = None
) -> Dispute:
    """Claim that a verdict or a finding is wrong; refused as `disputed` does, and for odd words."""
    if me.simulated:
        raise NotAllowed(N_("Simulated people raise no disputes."))
    tallies.lock(session, [submissions.find_own(session, me, submission_id).project_id])
    found = disputed(session, me, submission_id, subject, now)
    submission = found.submission
    claim = claim.checked(submission.project.guide)
    dispute = Dispute(
        submission_id=submission.id,
        project_id=submission.project_id,
        item_id=submission.item_id,
        user_id=me.id,
        subject=subject,
        finding=found.finding,
        gold_version=found.gold_version,
        guide_version=submission.project.guide_version,
        clause=claim.clause,
        sentence=claim.sentence,
        against_id=found.against_id,
        raised_at=now or utc_now(),
    )
    if not add_unless_there(session, dispute):
        raise Conflict(TWICE)
    if found.finding is None:
        dispute_ends.stop_the_deadline(session, dispute)
    audit.note(session, me, What.DISPUTE_RAISED, dispute=dispute.id, submission=submission.id)
    session.flush()
    return dispute


def _mine(session: Session, me: User, submission_id: int) -> Submission:
    submissions.find_own(session, me, submission_id)
    whole = (joinedload(Submission.project).options(undefer(Project.guide)), joinedload(Submission.review))
    mine = select(Submission).where(Submission.id == submission_id).options(*whole)
    return session.scalars(mine, execution_options={"populate_existing": True}).one()


def _verdict(submission: Submission) -> Disputed:
    review = submission.review
    if review is None or submission.state not in DISPUTABLE:
        raise Conflict(N_("There is no verdict here that can be disputed."))
    if not submission.newest:
        raise Conflict(
            N_("You have sent this item again. Only the verdict on the newest answer can be disputed.")
        )
    known = _told_at(submission, review)
    return Disputed(submission, VERDICT, None, None, review.inspector_id, known)


def _told_at(submission: Submission, review: Review) -> datetime:
    """When a verdict was given, or when the time for the rework had run out."""
    lapsed_at = review.due_at if submission.state is State.LAPSED else None
    return max(review.decided_at, lapsed_at or review.decided_at)


def _finding(session: Session, submission: Submission, subject: str) -> Disputed:
    wanted = FindingSubject.parse(subject)
    if not submission.opened:
        held = submission.state is State.SCORED
        raise Conflict(
            practice.HELD if held else N_("Its score is not open yet, so no finding can be disputed.")
        )
    score = tallies.current_scores(session, [submission.id]).get(submission.id)
    versions = (wanted.gold_version, wanted.rules_version)
    if score is None or (score.gold_version, score.rules_version) != versions:
        raise Conflict(SCORED_ANEW)
    findings = score.detail.to_json().get("findings", [])
    if wanted.position >= len(findings):
        raise NotFound(N_("There is no such finding in this result."))
    gold = golds.origin_of(session, submission.item_id, score.gold_version)
    known = max(_opened_at(session, submission), gold.approved_at)
    return Disputed(submission, subject, findings[wanted.position], gold.version, gold.author_id, known)


def _opened_at(session: Session, submission: Submission) -> datetime:
    """When its worker could first see score and gold: by this attempt, or by the first later one that was
    judged for good; not before its silent run had ended."""
    later = (
        select(Submission)
        .where(Submission.user_id == submission.user_id, Submission.item_id == submission.item_id)
        .where(Submission.attempt >= submission.attempt)
        .options(joinedload(Submission.review))
        .order_by(Submission.attempt)
    )
    opening = next((one for one in session.scalars(later) if opens(one.state)), submission)
    of_run = select(Run.ended_at).join(Assignment).where(Assignment.id == submission.assignment_id)
    upheld = select(func.max(Dispute.decided_at)).where(
        Dispute.submission_id == opening.id, Dispute.subject == VERDICT, Dispute.state == DisputeState.UPHELD
    )
    moments = [opening.sent_at, session.scalar(of_run), session.scalar(upheld)]
    if opening.review:
        moments.append(_told_at(opening, opening.review))
    return max(moment for moment in moments if moment is not None)


def _check_others(session: Session, me: User, found: Disputed) -> None:
    """Not twice about the same, not again after it was dismissed, and not too many at a time."""
    mine = select(Dispute).where(Dispute.user_id == me.id, Dispute.project_id == found.submission.project_id)
    standing = mine.where(Dispute.state.in_((DisputeState.OPEN, DisputeState.DISMISSED)))
    others = session.scalars(standing).all()
    same = {one.state for one in others if found.is_of(one)}
    if DisputeState.OPEN in same:
        raise Conflict(TWICE)
    if DisputeState.DISMISSED in same:
        raise Conflict(N_("This has been decided: your dispute of it was dismissed."))
    if sum(one.state is DisputeState.OPEN for one in others) >= MOST_OPEN:
        sentence = N_(
            "%(most)d of your disputes in this project are open. Wait for an answer, or take one back."
        )
        raise Conflict(sentence, most=MOST_OPEN)


def withdraw(session: Session, me: User, dispute_id: int) -> Dispute:
    """Take an open dispute of mine back."""
    dispute = _own(session, me, dispute_id)
    tallies.lock(session, [dispute.project_id])
    session.refresh(dispute, with_for_update={"key_share": True})
    dispute_ends.end(session, me, dispute, Ruling.WITHDRAW, Words())
    return dispute


def put_away(session: Session, me: User, dispute_id: int) -> None:
    """Let the answer to a dispute of mine be gone from my home."""
    _own(session, me, dispute_id).seen = True


def _own(session: Session, me: User, dispute_id: int) -> Dispute:
    dispute = session.get(Dispute, dispute_id)
    if dispute is None or dispute.user_id != me.id:
        raise NotFound(N_("There is no such dispute among yours."))
    return dispute


def mine(session: Session, me: User) -> Sequence[Dispute]:
    """My disputes, the newest first."""
    newest = select(Dispute).where(Dispute.user_id == me.id).order_by(Dispute.id.desc()).limit(SHOWN)
    return session.scalars(newest.options(*_told())).all()


def of_submission(session: Session, me: User, submission_id: int) -> Sequence[Dispute]:
    """My disputes about one answer, the newest first."""
    about = select(Dispute).where(Dispute.user_id == me.id, Dispute.submission_id == submission_id)
    return session.scalars(about.order_by(Dispute.id.desc()).options(*_told())).all()


def answered(session: Session, me: User) -> Sequence[Dispute]:
    """My disputes that somebody has decided, and whose answer I have not put away."""
    decided = Dispute.state.in_((DisputeState.UPHELD, DisputeState.DISMISSED)) & ~Dispute.seen
    told = select(Dispute).where(Dispute.user_id == me.id, decided).order_by(Dispute.id.desc()).limit(SHOWN)
    return session.scalars(told.options(*_told())).all()


def _told() -> tuple[Any, ...]:
    """What a page needs to tell of a dispute."""
    return (
        joinedload(Dispute.project).options(undefer(Project.guide)),
        joinedload(Dispute.item).joinedload(Item.picture),
        joinedload(Dispute.decided_by),
    )
