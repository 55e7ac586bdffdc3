"""A consensus is proposed, edited or not, and approved; then all who answered are scored by it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from labelkit.domain.errors import Conflict, NotAllowed, NotFound
from labelkit.domain.gold_states import GoldState, Made
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import Verdict
from labelkit.services import agreement, consensus, gold_work, golds, practice, reviews, submissions
from labelkit.services.reviews import Decision
from labelkit.services.sharing import NothingLeft
from labelkit.store.models import Gold, GoldProposal, Item, Submission, User
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission, make_user
from tests.services.crowd import at_once, of_kind
from tests.services.tally_world import assert_right

CAR = boxes(box("car", 40, 40, 100, 80))
WIDE = boxes(box("car", 42, 40, 104, 80), box("person", 200, 50, 40, 90))
TALL = boxes(box("car", 38, 36, 100, 84), box("person", 202, 50, 40, 92))
NOTHING, UNUSABLE = {"nothing": True}, {"unusable": True}
TEXT = "text_class"


@pytest.fixture
def inspector(session):
    return make_user(session, "inspector", Role.INSPECTOR)


@pytest.fixture
def other(session):
    return make_user(session, "other", Role.INSPECTOR)


def academy(session, task_type="bbox", items=1, overlap=3):
    """A project of an academy: no gold yet, inspected, three people on each item."""
    project = make_project(session, task_type=task_type, items=0, feedback=Feedback.AFTER_REVIEW)
    project.review_rules = replace(project.review_rules, overlap=overlap)
    for position in range(items):
        make_item(session, project, position=position, gold=[])
    session.flush()
    return project


def only_item(session, project):
    return session.scalars(select(Item).where(Item.project_id == project.id)).one()


def answered(session, project, *answers):
    """The one item of the project, answered by as many people."""
    for answer in answers:
        make_submission(session, make_user(session), project, answer)
    return only_item(session, project)


def propose(session, me, item):
    return consensus.propose(session, me, item.id, say=repr)


def test_an_academy_makes_its_own_gold_and_all_three_are_scored(session, inspector):
    project = academy(session)
    workers = [make_user(session, name) for name in ("minji", "sora", "juho")]
    sent = [
        make_submission(session, worker, project, answer)
        for worker, answer in zip(workers, (CAR, WIDE, TALL), strict=True)
    ]
    with pytest.raises(NothingLeft):
        practice.issue_next(session, make_user(session), project)
    item = only_item(session, project)
    report = agreement.report(session, project)
    assert (report.figures.answers, report.figures.compared) == (3, 2)
    assert [one.agreement for one in report.queue] == pytest.approx([(2 / 3 + 2 / 3 + 1) / 3])

    proposal = propose(session, inspector, item)
    gold_work.approve(session, inspector, proposal.id, None)

    made = session.scalars(select(Gold).where(Gold.item_id == item.id)).one()
    # Sides of the car: left 40, 42, 38; top 40, 40, 36; right 140, 146, 138; bottom 120 each.
    assert made.accepted == [
        boxes(box("car", 40, 40, 100, 80), box("person", 201, 50, 40, 91)),
    ]
    assert (made.version, made.author_id, made.approver_id) == (1, None, inspector.id)
    for one in sent:
        reviews.decide(session, inspector, one.id, Decision(Verdict.ACCEPTED))
    session.expire_all()
    told = [submissions.result(session, worker, one.id) for worker, one in zip(workers, sent, strict=True)]
    assert [one.score.value for one in told] == [0.5, 1.0, 1.0]
    assert_right(session)


def test_the_proposal_says_how_it_came_to_be(session, inspector):
    item = answered(session, academy(session), CAR, WIDE, TALL)

    proposal = propose(session, inspector, item)

    assert (proposal.state, proposal.made, proposal.author_id) == (GoldState.PROPOSED, Made.CONSENSUS, None)
    assert proposal.reason == "Origin(answers=3, alike=0, objects=2, kept=2, unusable=False)"


@pytest.mark.parametrize(
    ("answers", "accepted", "said"),
    [
        ((CAR, CAR, NOTHING), CAR, "alike=2, objects=1, kept=1, unusable=False"),
        ((CAR, NOTHING, NOTHING), NOTHING, "alike=2, objects=1, kept=0, unusable=False"),
        ((UNUSABLE, UNUSABLE, CAR), UNUSABLE, "alike=2, objects=1, kept=0, unusable=True"),
    ],
)
def test_what_most_say_is_the_consensus(session, inspector, answers, accepted, said):
    proposal = propose(session, inspector, answered(session, academy(session), *answers))

    assert proposal.accepted == [accepted]
    assert said in proposal.reason


def test_a_label_goes_by_what_is_known_of_the_people(session, inspector):
    """Two who agree on eight items are believed against two of whom one says the other label each time."""
    project = academy(session, TEXT, items=9, overlap=20)
    right, wrong = RIGHT[TEXT], WRONG[TEXT]
    good, fine, bad = (make_user(session) for _ in range(3))
    for position in range(8):
        answer, opposite = (right, wrong) if position % 2 else (wrong, right)
        for person, said in ((good, answer), (fine, answer), (bad, opposite)):
            make_submission(session, person, project, said)
    make_submission(session, good, project, right)
    sent = make_submission(session, bad, project, wrong)

    proposal = propose(session, inspector, session.get_one(Item, sent.item_id))

    assert proposal.accepted == [right]


def test_one_answer_makes_no_consensus_and_neither_do_simulated_people(session, inspector):
    project = academy(session)
    item = answered(session, project, CAR)
    make_item(session, project, position=5)
    make_submission(session, make_user(session, simulated=True), project, CAR)

    with pytest.raises(Conflict, match="two people"):
        propose(session, inspector, item)


def test_a_second_consensus_waits_for_the_first(session, inspector, other):
    item = answered(session, academy(session), CAR, WIDE)
    proposal = propose(session, inspector, item)

    with pytest.raises(Conflict, match="waits for approval"):
        propose(session, other, item)
    gold_work.approve(session, other, proposal.id, None)
    assert propose(session, other, item).base_version == 1


def test_of_eight_inspectors_who_ask_at_once_one_makes_the_proposal(engine, session):
    item = answered(session, academy(session), CAR, WIDE)
    ids = [make_user(session, role=Role.INSPECTOR).id for _ in range(8)]
    session.commit()

    def ask(session, number):
        return consensus.propose(session, session.get_one(User, ids[number]), item.id, say=repr).id

    asked = at_once(engine, 8, ask)

    assert (len(of_kind(asked, int)), len(of_kind(asked, Conflict))) == (1, 7)


def test_an_inspector_makes_it_a_draft_edits_it_and_another_approves(session, inspector, other):
    item = answered(session, academy(session), CAR, WIDE, TALL)
    proposal = propose(session, inspector, item)

    draft = gold_work.send_back(session, inspector, proposal.id, "The person is cut.")
    gold_work.save_answer(session, inspector, draft.id, 0, WIDE, draft.revision)
    gold_work.hand_in(session, inspector, draft.id, Texts("", "Looked again."), "The person is whole now.")

    with pytest.raises(NotAllowed):
        gold_work.approve(session, inspector, draft.id, None)
    approved = gold_work.approve(session, other, draft.id, None)
    gold = session.scalars(select(Gold).where(Gold.item_id == item.id)).one()
    assert (gold.accepted, gold.author_id, gold.approver_id) == ([WIDE], inspector.id, other.id)
    assert approved.made is Made.CONSENSUS


def test_whoever_answered_may_ask_for_it_and_approve_it(session, inspector):
    project = academy(session)
    make_submission(session, inspector, project, CAR)
    item = answered(session, project, CAR)

    proposal = propose(session, inspector, item)

    assert gold_work.approve(session, inspector, proposal.id, None).version == 1


def test_what_explained_the_gold_in_force_does_not_explain_it_and_the_ledger_knows(session, inspector):
    project = make_project(session, items=1)
    item = answered(session, project, CAR, WIDE)

    proposal = propose(session, inspector, item)

    assert proposal.explanation == Texts()
    gold_work.find(session, inspector, proposal.id)
    assert golds.has_seen(session, inspector.id, item.id)


def test_a_worker_makes_no_proposal(session):
    project = academy(session)
    item = answered(session, project, CAR, WIDE)

    with pytest.raises(NotFound):
        propose(session, make_user(session), item)
    assert session.scalars(select(GoldProposal)).all() == []


def test_an_answer_older_than_all_that_is_looked_at_still_counts_on_its_item(session, inspector, monkeypatch):
    project = academy(session, items=3)
    monkeypatch.setattr(agreement, "MOST", 2)
    for _ in range(3):
        person = make_user(session)
        for answer in (CAR, NOTHING):
            make_submission(session, person, project, answer)
    first = session.scalars(select(Submission).order_by(Submission.id)).first()

    assert propose(session, inspector, session.get_one(Item, first.item_id)).accepted == [CAR]
