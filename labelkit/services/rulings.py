"""Rulings: an inspector without a part in it upholds a dispute, or dismisses it with a clause."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from labelkit.domain.dispute_states import Ruling
from labelkit.domain.errors import Conflict, Invalid
from labelkit.domain.gold_states import GoldState, Made
from labelkit.domain.texts import N_, Texts
from labelkit.domain.workflow import Step, take
from labelkit.services import dispute_desk, dispute_ends, gold_work, golds, laid_down, reviews, tallies
from labelkit.services.dispute_ends import Words
from labelkit.services.disputes import one_sentence
from labelkit.store.models import Assignment, Dispute, GoldProposal, Submission, User
from labelkit.tasktypes import TASK_TYPES

MOVED_ON = N_(
    "The gold of this item changed meanwhile. Look at the dispute by the gold that is in force now."
)


class Way(StrEnum):
    """How a dispute of a finding is upheld: the answer is accepted beside the gold or in its place, the gold
    is drawn anew, or the one in force says so already."""

    ALSO = "also"
    INSTEAD = "instead"
    CORRECT = "correct"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an inspector decides: `way` only where a finding is upheld; `seen_version` is the gold in force
    that he or she looked at, None where there was none."""

    ruling: Ruling
    sentence: str
    clause: str = ""
    way: Way | None = None
    seen_version: int | None = None


def decide(session: Session, me: User, dispute_id: int, decision: Decision) -> Dispute:
    """Put a ruling on a dispute, and in force what follows from it, for everybody, in this transaction.

    A gold that is to be drawn anew leaves it open until another inspector approves that. Raises Conflict
    where somebody was first or the gold is another by now, NotAllowed where I have a part in it, Invalid for
    a ruling without sentence, or a dismissal without clause.
    """
    dispute = _locked(session, me, dispute_id)
    dispute_ends.check(session, me, dispute, decision.ruling)
    words = _words(dispute, decision)
    if dispute.finding is not None:
        if golds.version_in_force(session, dispute.item_id) != decision.seen_version:
            raise Conflict(MOVED_ON)
        if decision.ruling is Ruling.UPHOLD:
            return _uphold_finding(session, me, dispute, decision, words)
    elif decision.ruling is Ruling.UPHOLD:
        _overturn(session, me, dispute)
    dispute_ends.end(session, me, dispute, decision.ruling, words)
    return dispute


def _locked(session: Session, me: User, dispute_id: int) -> Dispute:
    """A dispute that nobody else decides, and whose rework nobody sends, meanwhile."""
    found = dispute_desk.find(session, me, dispute_id)
    # Whoever sends a rework holds the assignment before waiting for the tallies; so do we.
    mine = (Assignment.user_id == found.user_id) & (Assignment.item_id == found.item_id) & Assignment.open
    session.execute(select(Assignment.id).where(mine).order_by(Assignment.id).with_for_update())
    tallies.lock(session, [found.project_id])
    for row in (
        select(Submission.id).where(Submission.id == found.submission_id),
        select(Dispute.id).where(Dispute.id == dispute_id),
    ):
        session.execute(row.with_for_update(key_share=True))  # scores and notices may go on to refer to it
    return dispute_desk.find(session, me, dispute_id)


def _words(dispute: Dispute, decision: Decision) -> Words:
    sentence, guide = one_sentence(decision.sentence), dispute.project.guide
    if guide.clause(decision.clause) is None and (decision.clause or decision.ruling is Ruling.DISMISS):
        raise Invalid(N_("Choose the clause of the guide that the answer rests on."))
    return Words(sentence, decision.clause)


def _uphold_finding(
    session: Session, me: User, dispute: Dispute, decision: Decision, words: Words
) -> Dispute:
    match decision.way:
        case Way.CORRECT:
            dispute.proposal_id = _begin(session, me, dispute, words.sentence).id
            session.flush()
            return dispute
        case Way.ALREADY if decision.seen_version not in (None, dispute.gold_version):
            version: int | None = decision.seen_version
        case Way.ALSO | Way.INSTEAD:
            version = _take_for_gold(session, me, dispute, decision, words)
        case _:
            raise Invalid(N_("Choose how the dispute is upheld."))
    dispute_ends.end(session, me, dispute, Ruling.UPHOLD, words, version)
    return dispute


def _take_for_gold(
    session: Session, me: User, dispute: Dispute, decision: Decision, words: Words
) -> int | None:
    """Put the disputed answer in force as gold, by the way that every gold takes; its version."""
    item = gold_work.find_item(session, me, dispute.item_id)
    shown = golds.hand_out(session, me, item.id, golds.How.DISPUTE)
    submission = session.get_one(Submission, dispute.submission_id)
    held = shown.gold.accepted if shown else []
    kind = TASK_TYPES[item.project.task_type]
    if any(kind.is_same(accepted, submission.annotation) for accepted in held):
        raise Invalid(N_("The gold in force accepts this answer already."))
    accepted = [*(held if decision.way is Way.ALSO else []), submission.annotation]
    # What explained the gold that goes would tell something wrong of the one that comes.
    explanation = shown.gold.explanation if shown and decision.way is Way.ALSO else Texts()
    author = session.get_one(User, dispute.user_id)
    proposal = gold_work.propose(session, item, accepted, explanation, author, words.sentence, Made.DISPUTE)
    proposal.submission_id = submission.id
    gold_work.approve(session, me, proposal.id, decision.seen_version)
    dispute.proposal_id = proposal.id
    return proposal.version


def _begin(session: Session, me: User, dispute: Dispute, sentence: str) -> GoldProposal:
    """My draft of the gold that settles a dispute; raises Conflict where somebody else is at it."""
    present = session.get(GoldProposal, dispute.proposal_id) if dispute.proposal_id else None
    if present is not None and present.state in (GoldState.DRAFT, GoldState.PROPOSED):
        if present.author_id != me.id:
            name = session.get_one(User, present.author_id).name
            raise Conflict(N_("%(name)s is correcting the gold because of this dispute."), name=name)
        return present
    begun = gold_work.start(session, me, gold_work.find_item(session, me, dispute.item_id))
    begun.made, begun.reason = Made.DISPUTE, begun.reason or sentence
    return begun


def _overturn(session: Session, me: User, dispute: Dispute) -> None:
    """The verdict was wrong: the answer is accepted, and nobody asks for its rework any longer."""
    submission = dispute.submission
    submission.state = take(submission.state, Step.UPHOLD, me.role)
    if submission.review is not None:
        submission.review.overturned = True
    laid_down.lay_down(session, submission)
    reviews.open_attempts(session, submission)
