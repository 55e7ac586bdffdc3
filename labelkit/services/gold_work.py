"""Work on gold: draft, propose, send back, approve, withdraw. What is in force is `golds`' to say."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from labelkit.domain.audit import What
from labelkit.domain.dispute_states import Ruling
from labelkit.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from labelkit.domain.gold_states import GoldState, Made, Step, take
from labelkit.domain.people import Role
from labelkit.domain.projects import Split
from labelkit.domain.texts import N_, Texts
from labelkit.services import audit, dispute_ends, golds, notices, submissions, tallies
from labelkit.services.dispute_ends import Words
from labelkit.services.golds import How
from labelkit.store.models import GoldProposal, Item, Project, Submission, User
from labelkit.tasktypes import TASK_TYPES

LONGEST = 1000  # characters of a sentence


def find_item(session: Session, me: User, item_id: int) -> Item:
    """An item on whose gold this person may work; those of examinations are an admin's alone."""
    found = select(Item).where(Item.id == item_id).options(joinedload(Item.project), joinedload(Item.picture))
    item = session.scalar(found)
    if item is None or me.role is Role.WORKER or (item.split is Split.EXAM and me.role is not Role.ADMIN):
        raise NotFound(N_("There is no such item."))
    return item


def find(session: Session, me: User, proposal_id: int, *, to_change: bool = False) -> GoldProposal:
    """A proposal, or one of my own drafts; seeing it is seeing gold, and is written down."""
    proposal = session.get(GoldProposal, proposal_id, with_for_update=to_change, populate_existing=to_change)
    if proposal is None or (proposal.state is GoldState.DRAFT and proposal.author_id != me.id):
        raise NotFound(N_("There is no such gold among what you may see."))
    set_committed_value(proposal, "item", find_item(session, me, proposal.item_id))
    golds.note_seen(session, me, proposal.item_id, How.GOLD)
    return proposal


def start(session: Session, me: User, item: Item) -> GoldProposal:
    """My draft of an item's gold: the one that I have, or one that begins with the gold in force."""
    mine = select(GoldProposal).where(
        GoldProposal.item_id == item.id,
        GoldProposal.author_id == me.id,
        GoldProposal.state == GoldState.DRAFT,
    )
    draft = session.scalar(mine.order_by(GoldProposal.id.desc()).limit(1))
    if draft is not None:
        return draft
    shown = golds.hand_out(session, me, item.id, How.GOLD)
    blank = TASK_TYPES[item.project.task_type].blank()
    accepted = list(shown.gold.accepted) if shown else [blank]
    explanation = shown.gold.explanation if shown else Texts()
    return _new(session, item, GoldState.DRAFT, Made.DRAWN, accepted, explanation, me)


def promote(session: Session, me: User, submission_id: int) -> GoldProposal:
    """A draft of mine that takes somebody's answer for gold. Another inspector has to approve it."""
    submission = submissions.find(session, me, submission_id)
    if submission.user_id == me.id:
        raise NotAllowed(N_("Nobody makes gold of their own answer."))
    item = find_item(session, me, submission.item_id)
    explanation = Texts()
    if shown := golds.hand_out(session, me, item.id, How.GOLD):
        explanation = shown.gold.explanation
    answer = [submission.annotation]
    return _new(session, item, GoldState.DRAFT, Made.PROMOTED, answer, explanation, me, submission)


def propose(
    session: Session,
    item: Item,
    accepted: Sequence[Any],
    explanation: Texts,
    author: User | None,
    reason: str,
    made: Made,
) -> GoldProposal:
    """Lay a gold before the inspectors, as agreement and disputes do; raises Invalid for what is none."""
    _check(session, item, accepted)
    proposal = _new(session, item, GoldState.PROPOSED, made, list(accepted), explanation, author)
    proposal.reason = _sentence(reason)
    return proposal


def _new(
    session: Session,
    item: Item,
    state: GoldState,
    made: Made,
    accepted: list[Any],
    explanation: Texts,
    author: User | None,
    submission: Submission | None = None,
) -> GoldProposal:
    if author is not None and author.simulated:
        raise NotAllowed(N_("Simulated people write no gold."))
    proposal = GoldProposal(
        item_id=item.id,
        state=state,
        made=made,
        accepted=accepted,
        explanation=explanation,
        base_version=golds.version_in_force(session, item.id),
        author_id=author.id if author else None,
        submission_id=submission.id if submission else None,
    )
    session.add(proposal)
    session.flush()
    if author is not None:
        golds.note_seen(session, author, item.id, How.GOLD)
    return proposal


def save_answer(
    session: Session, me: User, proposal_id: int, place: int, annotation: dict[str, Any], revision: int
) -> int:
    """Keep one accepted answer of my draft as it is drawn; the new revision.

    Raises Conflict where another tab saved a newer one.
    """
    draft = _step(session, me, proposal_id, Step.SAVE)
    if revision != draft.revision:
        raise Conflict(N_("This draft was changed in another tab. Load the page again."))
    if not 0 <= place < len(draft.accepted):
        raise NotFound(N_("There is no such answer in this draft."))
    item = find_item(session, me, draft.item_id)
    TASK_TYPES[item.project.task_type].read(annotation)
    draft.accepted = [*draft.accepted[:place], annotation, *draft.accepted[place + 1 :]]
    draft.revision += 1
    return draft.revision


def add_answer(session: Session, me: User, proposal_id: int) -> int:
    """A further accepted answer in my draft, empty so far; its place."""
    draft = _step(session, me, proposal_id, Step.SAVE)
    item = find_item(session, me, draft.item_id)
    draft.accepted = [*draft.accepted, TASK_TYPES[item.project.task_type].blank()]
    draft.revision += 1
    return len(draft.accepted) - 1


def remove_answer(session: Session, me: User, proposal_id: int, place: int) -> None:
    """Take one accepted answer out of my draft; raises Invalid for the last one."""
    draft = _step(session, me, proposal_id, Step.SAVE)
    if len(draft.accepted) < 2 or not 0 <= place < len(draft.accepted):
        raise Invalid(N_("Gold needs at least one accepted answer."))
    draft.accepted = [*draft.accepted[:place], *draft.accepted[place + 1 :]]
    draft.revision += 1


def hand_in(session: Session, me: User, proposal_id: int, explanation: Texts, reason: str) -> GoldProposal:
    """Lay my draft before another inspector, with one sentence that says why."""
    draft = _step(session, me, proposal_id, Step.PROPOSE)
    item = find_item(session, me, draft.item_id)
    _check(session, item, draft.accepted)
    draft.explanation, draft.reason, draft.remark = explanation, _sentence(reason), ""
    draft.state = GoldState.PROPOSED
    return draft


def discard(session: Session, me: User, proposal_id: int) -> None:
    """Throw a draft of mine away; a dispute because of which it was drawn stays open."""
    item = find_item(session, me, find(session, me, proposal_id).item_id)
    tallies.lock(session, [item.project_id])
    session.delete(_step(session, me, proposal_id, Step.SAVE))


def send_back(session: Session, me: User, proposal_id: int, remark: str) -> GoldProposal:
    """Give a proposal back to its author with a sentence. One of one's own is taken back without, and one
    without author becomes one's own draft."""
    proposal = _step(session, me, proposal_id, Step.SEND_BACK)
    by_another = proposal.author_id not in (None, me.id)
    proposal.remark, proposal.remark_by_id = (_sentence(remark) if by_another else ""), me.id
    proposal.state = GoldState.DRAFT
    if proposal.author_id is None:
        proposal.author_id = me.id
    return proposal


def approve(session: Session, me: User, proposal_id: int, seen_version: int | None) -> GoldProposal:
    """Put a proposal in force: all answers are scored anew, and whose score moved is told.

    `seen_version` is the gold in force that the approver compared it with. Raises Conflict where
    another was approved, or it was withdrawn, meanwhile.
    """
    item = find_item(session, me, find(session, me, proposal_id).item_id)
    tallies.lock(session, [item.project_id])
    proposal = _step(session, me, proposal_id, Step.APPROVE)
    if golds.version_in_force(session, item.id) != seen_version:
        raise Conflict(N_("The gold of this item changed meanwhile. Compare again, then decide."))
    if proposal.submission_id and session.get_one(Submission, proposal.submission_id).user_id == me.id:
        raise NotAllowed(N_("Nobody approves gold that was made of their own answer."))
    author = session.get(User, proposal.author_id) if proposal.author_id else None
    disputes = dispute_ends.waiting_for(session, me, proposal)
    before = notices.scores_before(session, item)
    _end(session, item, seen_version, Step.SUPERSEDE, me)
    gold = golds.approve(session, item, proposal.accepted, proposal.explanation, author, me)
    proposal.accepted, proposal.state, proposal.version = gold.accepted, GoldState.APPROVED, gold.version
    session.flush()
    notices.tell(session, item, gold.version, proposal.reason, before)
    for one in disputes:
        dispute_ends.end(session, me, one, Ruling.UPHOLD, Words(proposal.reason), gold.version)
    return proposal


def withdraw(session: Session, me: User, item_id: int, reason: str, seen_version: int | None) -> None:
    """Take an item's gold out of force, with a sentence; whose score is gone with it is told."""
    item = find_item(session, me, item_id)
    tallies.lock(session, [item.project_id])
    if golds.version_in_force(session, item.id) != seen_version:
        raise Conflict(N_("The gold of this item changed meanwhile. Compare again, then decide."))
    remark = _sentence(reason)
    shown = golds.hand_out(session, me, item.id, How.GOLD)
    before = notices.scores_before(session, item)
    golds.withdraw(session, item)
    audit.note(session, me, What.GOLD_WITHDRAWN, item=item.id)
    ended = _end(session, item, seen_version, Step.WITHDRAW, me)
    if ended is None and shown is not None:
        gold = shown.gold
        ended = _new(session, item, GoldState.WITHDRAWN, Made.IMPORTED, gold.accepted, gold.explanation, None)
        ended.version = gold.version
    if ended is not None:
        ended.remark, ended.remark_by_id = remark, me.id
    session.flush()
    notices.tell_withdrawn(session, item, seen_version or 0, remark, before)


def _end(session: Session, item: Item, version: int | None, step: Step, me: User) -> GoldProposal | None:
    """The proposal that a version in force came from, moved on; None for one that was imported."""
    of_version = (GoldProposal.item_id == item.id) & (GoldProposal.version == version)
    former = session.scalar(select(GoldProposal).where(of_version)) if version else None
    if former is not None:
        former.state = take(former.state, step, me.role, is_author=False)
        session.flush()
    return former


def _step(session: Session, me: User, proposal_id: int, step: Step) -> GoldProposal:
    proposal = find(session, me, proposal_id, to_change=True)
    take(proposal.state, step, me.role, is_author=proposal.author_id == me.id)
    return proposal


def _check(session: Session, item: Item, accepted: Sequence[Any]) -> None:
    golds.parse(session, session.get_one(Project, item.project_id), item, accepted)


def _sentence(words: str) -> str:
    said = " ".join(words.split())
    if not said:
        raise Invalid(N_("Say why, in one sentence."))
    return said[:LONGEST]
