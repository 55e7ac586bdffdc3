"""An inspector without a part in it decides a dispute, and what follows is true for everybody."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.errors import Conflict, Invalid, NotAllowed
from labelkit.domain.gold_states import GoldState, Made
from labelkit.domain.texts import Texts
from labelkit.services import (
    dispute_desk,
    gold_work,
    golds,
    notices,
    rulings,
)
from labelkit.store.models import GoldProposal, Item, Project, Score
from tests.make import RIGHT, make_submission, make_user
from tests.services.disputing import (
    ALREADY,
    ALSO,
    CORRECT,
    DISMISS,
    INSTEAD,
    NOT_SO,
    TWO,
    WHY,
    in_force,
    inspector,
)
from tests.services.tally_world import assert_right
from tests.web.visits import nothing_changes


def values(session, submission):
    of_it = select(Score.gold_version, Score.value, Score.current).where(Score.submission_id == submission.id)
    return [tuple(row) for row in session.execute(of_it.order_by(Score.id))]


def test_it_is_dismissed_with_a_clause_and_a_sentence(session, second, dispute):
    rulings.decide(session, second, dispute.id, DISMISS)

    assert (dispute.state, dispute.ruling, dispute.ruling_clause) == (DisputeState.DISMISSED, NOT_SO, "G-02")
    assert (dispute.decided_by_id, dispute.new_version) == (second.id, None)
    assert in_force(session, dispute.item_id).version == 1


def test_an_answer_that_is_accepted_too_makes_a_version_that_everybody_is_scored_by(
    session, worker, author, second, dispute
):
    project = session.get_one(Project, dispute.project_id)
    other = make_submission(session, make_user(session, "other"), project)

    rulings.decide(session, second, dispute.id, ALSO)

    gold = in_force(session, dispute.item_id)
    assert (gold.version, gold.accepted) == (2, [RIGHT["bbox"], TWO])
    assert (gold.author_id, gold.approver_id, gold.explanation) == (
        worker.id,
        second.id,
        Texts("가이드를 보세요.", "See the guide."),
    )
    assert values(session, dispute.submission) == [(1, 0.5, False), (2, 1.0, True)]
    assert values(session, other) == [(1, 1.0, False), (2, 1.0, True)]
    assert (dispute.state, dispute.new_version, dispute.ruling) == (DisputeState.UPHELD, 2, WHY)
    made = session.get_one(GoldProposal, dispute.proposal_id)
    assert (made.made, made.state, made.version, made.reason) == (Made.DISPUTE, GoldState.APPROVED, 2, WHY)
    assert (made.author_id, made.submission_id) == (worker.id, dispute.submission_id)
    assert_right(session)


def test_the_answer_in_the_place_of_the_gold_moves_the_scores_of_the_others_and_they_are_told(
    session, worker, second, dispute
):
    project, other = session.get_one(Project, dispute.project_id), make_user(session, "other")
    sent = make_submission(session, other, project)

    rulings.decide(session, second, dispute.id, INSTEAD)

    assert in_force(session, dispute.item_id).accepted == [TWO]
    assert values(session, sent) == [(1, 1.0, False), (2, 0.5, True)]
    told = [
        (one.before, one.after, one.reason)
        for person in (worker, other)
        for one in notices.mine(session, person)
    ]
    assert told == [(0.5, 1.0, WHY), (1.0, 0.5, WHY)]
    assert_right(session)


def test_a_gold_that_is_drawn_anew_settles_it_only_when_another_inspector_approves(
    session, worker, second, dispute
):
    rulings.decide(session, second, dispute.id, CORRECT)
    draft = session.get_one(GoldProposal, dispute.proposal_id)
    assert (draft.state, draft.made, draft.accepted, draft.reason) == (
        GoldState.DRAFT,
        Made.DISPUTE,
        [RIGHT["bbox"]],
        WHY,
    )
    assert dispute.state is DisputeState.OPEN
    assert dispute_desk.correctors(session, [dispute]) == {dispute.id: "Second"}
    gold_work.save_answer(session, second, draft.id, 0, TWO, 0)
    gold_work.hand_in(session, second, draft.id, Texts(), "The car at the right was missed.")
    third = inspector(session, "third")
    with pytest.raises(NotAllowed):
        gold_work.approve(session, second, draft.id, 1)

    gold_work.approve(session, third, draft.id, 1)

    assert (dispute.state, dispute.decided_by_id, dispute.new_version) == (DisputeState.UPHELD, third.id, 2)
    assert dispute.ruling == "The car at the right was missed."
    assert values(session, dispute.submission)[-1] == (2, 1.0, True)
    assert dispute_desk.correctors(session, [dispute]) == {}
    assert_right(session)


def test_who_wrote_the_disputed_gold_does_not_approve_the_one_that_replaces_it(
    session, author, second, dispute
):
    rulings.decide(session, second, dispute.id, CORRECT)
    gold_work.hand_in(session, second, dispute.proposal_id, Texts(), WHY)
    session.commit()

    with nothing_changes(session):
        with pytest.raises(NotAllowed, match="own gold or verdict"):
            gold_work.approve(session, author, dispute.proposal_id, 1)
        session.rollback()


def test_a_draft_that_is_thrown_away_or_sent_back_leaves_it_open(session, second, dispute):
    rulings.decide(session, second, dispute.id, CORRECT)
    gold_work.hand_in(session, second, dispute.proposal_id, Texts(), WHY)
    gold_work.send_back(session, inspector(session, "third"), dispute.proposal_id, "The left side is loose.")
    assert dispute_desk.correctors(session, [dispute]) == {dispute.id: "Second"}

    gold_work.discard(session, second, dispute.proposal_id)
    session.flush()
    session.refresh(dispute)

    assert (dispute.state, dispute.proposal_id) == (DisputeState.OPEN, None)
    rulings.decide(session, second, dispute.id, DISMISS)
    assert dispute.state is DisputeState.DISMISSED


def test_one_person_at_a_time_corrects_the_gold(session, second, dispute):
    rulings.decide(session, second, dispute.id, CORRECT)
    draft = dispute.proposal_id
    rulings.decide(session, second, dispute.id, CORRECT)
    assert dispute.proposal_id == draft

    with pytest.raises(Conflict, match="Second is correcting the gold"):
        rulings.decide(session, inspector(session, "third"), dispute.id, CORRECT)


def test_a_draft_that_i_have_already_is_the_one_that_settles_it(session, second, dispute):
    mine = gold_work.start(session, second, gold_work.find_item(session, second, dispute.item_id))

    rulings.decide(session, second, dispute.id, CORRECT)

    assert (dispute.proposal_id, mine.made) == (mine.id, Made.DISPUTE)


def test_a_gold_that_changed_meanwhile_is_looked_at_first(session, author, second, dispute):
    golds.approve(session, session.get_one(Item, dispute.item_id), [TWO], Texts(), None, author)
    session.commit()

    for decision in (ALSO, INSTEAD, CORRECT, DISMISS):
        with nothing_changes(session):
            with pytest.raises(Conflict, match="changed meanwhile"):
                rulings.decide(session, second, dispute.id, decision)
            session.rollback()

    rulings.decide(session, second, dispute.id, replace(ALREADY, seen_version=2))
    assert (dispute.state, dispute.new_version) == (DisputeState.UPHELD, 2)
    assert in_force(session, dispute.item_id).version == 2


def test_after_the_gold_was_withdrawn_the_answer_may_still_become_it(session, second, dispute):
    golds.withdraw(session, session.get_one(Item, dispute.item_id))

    rulings.decide(session, second, dispute.id, replace(ALSO, seen_version=None))

    assert in_force(session, dispute.item_id).accepted == [TWO]
    assert (dispute.state, dispute.new_version) == (DisputeState.UPHELD, 2)
    assert_right(session)


def test_an_answer_that_is_accepted_already_makes_no_version(session, second, dispute):
    item = session.get_one(Item, dispute.item_id)
    golds.approve(session, item, [RIGHT["bbox"], TWO], Texts(), None, second)

    for decision in (ALSO, INSTEAD):
        with pytest.raises(Invalid, match="accepts this answer already"):
            rulings.decide(session, second, dispute.id, replace(decision, seen_version=2))


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (replace(DISMISS, clause=""), "Choose the clause of the guide"),
        (replace(DISMISS, clause="G-99"), "Choose the clause of the guide"),
        (replace(ALSO, clause="G-99"), "Choose the clause of the guide"),
        (replace(DISMISS, sentence=" "), "Say why, in one sentence"),
        (replace(ALSO, sentence=""), "Say why, in one sentence"),
        (replace(ALSO, sentence="x" * 501), "at most 500 characters"),
        (replace(ALSO, way=None), "Choose how the dispute is upheld"),
        (ALREADY, "Choose how the dispute is upheld"),
    ],
)
def test_an_odd_ruling_is_refused_and_nothing_changes(session, second, dispute, decision, words):
    session.commit()

    with nothing_changes(session):
        with pytest.raises(Invalid, match=words):
            rulings.decide(session, second, dispute.id, decision)
        session.rollback()


def test_what_is_decided_stays_decided(session, second, dispute):
    rulings.decide(session, second, dispute.id, DISMISS)
    session.commit()

    with nothing_changes(session):
        for decision in (ALSO, DISMISS, CORRECT):
            with pytest.raises(Conflict, match="decided meanwhile"):
                rulings.decide(session, second, dispute.id, decision)
            session.rollback()
