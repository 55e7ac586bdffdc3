"""Two tabs, two inspectors, or a rework and a ruling in the same moment: one of them wins, and it is told."""

from sqlalchemy import func, select

from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.errors import Conflict
from labelkit.domain.workflow import State
from labelkit.services import disputes, gold_work, practice, rulings, submissions, tallies
from labelkit.services.submissions import Sent
from labelkit.store.models import Assignment, Dispute, Gold, Submission, User
from tests.make import RIGHT, make_project, make_submission
from tests.services.crowd import at_once, of_kind
from tests.services.disputing import (
    ALSO,
    CLAIM,
    CORRECT,
    DISMISS,
    FIRST,
    INSTEAD,
    OVERTURN,
    TWO,
    inspector,
    judged,
    raised,
    scored,
)


def test_two_tabs_raise_one_dispute(engine, session, worker):
    sent = scored(session, worker)
    session.commit()

    def act(session, _number):
        return disputes.raise_dispute(session, session.get(User, worker.id), sent.id, FIRST, CLAIM).id

    done = at_once(engine, 4, act)

    assert len(of_kind(done, Conflict)) == 3
    assert session.scalar(select(func.count()).select_from(Dispute)) == 1


def test_many_tabs_raise_no_more_than_three(engine, session, worker):
    project = make_project(session, items=6)
    sent = [make_submission(session, worker, project, TWO).id for _ in range(6)]
    session.commit()

    def act(session, number):
        return disputes.raise_dispute(session, session.get(User, worker.id), sent[number], FIRST, CLAIM).id

    done = at_once(engine, 6, act)

    assert len(of_kind(done, Conflict)) == 3
    assert session.scalar(select(func.count()).select_from(Dispute)) == 3


def test_one_of_several_inspectors_decides(engine, session, worker):
    dispute = raised(session, scored(session, worker))
    people = [inspector(session, f"inspector-{number}").id for number in range(4)]
    session.commit()

    def act(session, number):
        decision = (ALSO, INSTEAD, DISMISS, CORRECT)[number]
        return rulings.decide(session, session.get(User, people[number]), dispute.id, decision).state

    done = at_once(engine, 4, act)

    session.expire_all()
    ruled = [one for one in done if one in (DisputeState.UPHELD, DisputeState.DISMISSED)]
    assert ruled == [session.get_one(Dispute, dispute.id).state]
    assert len(of_kind(done, Conflict)) >= 2  # whoever only began to draw may have come before
    assert session.scalar(select(func.count()).select_from(Gold)) == 1 + (ruled == [DisputeState.UPHELD])
    assert tallies.recount(session) == []


def test_a_rework_and_a_ruling_do_not_both_win(engine, session, worker):
    sent = judged(session, worker, inspector(session, "author"))
    dispute = raised(session, sent, "verdict")
    rework = practice.issue_again(session, worker, sent, from_mine=True)
    second = inspector(session, "second")
    session.commit()

    def act(session, number):
        if number:
            return rulings.decide(session, session.get(User, second.id), dispute.id, OVERTURN).state
        mine = session.get(User, worker.id)
        return submissions.submit(session, mine, rework.id, Sent(RIGHT["bbox"], 0, "rework")).state

    reworked, ruled = at_once(engine, 2, act)

    session.expire_all()
    state = session.get_one(Dispute, dispute.id).state
    if isinstance(ruled, Conflict):
        assert (reworked, state) == (State.WAITING, DisputeState.WITHDRAWN)
        assert session.get_one(Submission, sent.id).state is State.REJECTED
    else:
        assert isinstance(reworked, Conflict)
        assert (ruled, state) == (DisputeState.UPHELD, DisputeState.UPHELD)
        assert session.get_one(Submission, sent.id).state is State.ACCEPTED
    assert not session.scalars(select(Assignment).where(Assignment.open)).all()
    assert tallies.recount(session) == []


def test_a_ruling_and_the_approval_of_a_drawn_gold_do_not_both_win(engine, session, worker):
    dispute = raised(session, scored(session, worker))
    second, third = inspector(session, "second"), inspector(session, "third")
    rulings.decide(session, second, dispute.id, CORRECT)
    gold_work.save_answer(session, second, dispute.proposal_id, 0, TWO, 0)
    proposal = gold_work.hand_in(
        session, second, dispute.proposal_id, session.get_one(Gold, 1).explanation, "Missed."
    )
    session.commit()

    def act(session, number):
        if number:
            return gold_work.approve(session, session.get(User, third.id), proposal.id, 1).state
        return rulings.decide(session, session.get(User, third.id), dispute.id, DISMISS).state

    at_once(engine, 2, act)

    session.expire_all()
    found, versions = (
        session.get_one(Dispute, dispute.id),
        session.scalar(select(func.count()).select_from(Gold)),
    )
    assert (found.state, found.new_version) in [(DisputeState.UPHELD, 2), (DisputeState.DISMISSED, None)]
    assert found.decided_by_id == third.id
    assert versions == 2  # where it was dismissed first, the gold that was drawn is still a better one
    assert tallies.recount(session) == []


def test_taking_it_back_and_a_ruling_do_not_both_win(engine, session, worker):
    dispute = raised(session, scored(session, worker))
    second = inspector(session, "second")
    session.commit()

    def act(session, number):
        if number:
            return rulings.decide(session, session.get(User, second.id), dispute.id, ALSO).state
        return disputes.withdraw(session, session.get(User, worker.id), dispute.id).state

    done = at_once(engine, 2, act)

    session.expire_all()
    assert len(of_kind(done, Conflict)) == 1
    assert session.get_one(Dispute, dispute.id).state in done
