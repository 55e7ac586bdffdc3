"""Gold is drafted by one inspector and approved by another; those whose score moves are told."""

import pytest
from sqlalchemy import select

from labelkit.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from labelkit.domain.gold_states import GoldState, Made
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback, Split
from labelkit.domain.texts import Texts
from labelkit.services import gold_work, golds, notices, reports, users
from labelkit.store.models import Gold, GoldProposal, Item, Notice, Score
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission, make_user
from tests.services.tally_world import assert_right

WHY = "The car behind was missed."
SAID = Texts("다시 보았습니다.", "Looked at once more.")
TWO = boxes(box(), box(x=200))
OUTSIDE = boxes(box(x=900))


@pytest.fixture
def author(session):
    return make_user(session, "author", Role.INSPECTOR)


@pytest.fixture
def other(session):
    return make_user(session, "other", Role.INSPECTOR)


@pytest.fixture
def worker(session):
    return make_user(session, "worker")


@pytest.fixture
def project(session):
    return make_project(session, items=1)


@pytest.fixture
def item(session, project):
    return session.scalars(select(Item).where(Item.project_id == project.id)).one()


def draft(session, author, item, annotation=TWO):
    found = gold_work.start(session, author, gold_work.find_item(session, author, item.id))
    gold_work.save_answer(session, author, found.id, 0, annotation, found.revision)
    return found


def proposed(session, author, item, annotation=TWO):
    return gold_work.hand_in(session, author, draft(session, author, item, annotation).id, SAID, WHY)


def in_force(session, item):
    return session.scalar(select(Gold).where(Gold.item_id == item.id, Gold.current))


def test_a_draft_begins_with_the_gold_in_force_and_there_is_one_of_each_person(session, author, other, item):
    found = gold_work.find_item(session, author, item.id)
    mine = gold_work.start(session, author, found)

    assert (mine.accepted, mine.base_version, mine.state) == ([RIGHT["bbox"]], 1, GoldState.DRAFT)
    assert gold_work.start(session, author, found) is mine
    assert gold_work.start(session, other, found) is not mine
    assert golds.has_seen(session, author.id, item.id)


def test_whoever_drafts_gold_of_an_item_without_any_has_seen_it_too(session, author, project):
    item = make_item(session, project, gold=[])

    assert draft(session, author, item).base_version is None
    assert golds.has_seen(session, author.id, item.id)


def test_approved_gold_is_a_new_version_that_scores_all_and_keeps_the_old_scores(
    session, author, other, worker, project, item
):
    sent = make_submission(session, worker, project)

    proposal = gold_work.approve(session, other, proposed(session, author, item).id, 1)

    gold = in_force(session, item)
    assert (gold.version, gold.author_id, gold.approver_id) == (2, author.id, other.id)
    assert (proposal.state, proposal.version) == (GoldState.APPROVED, 2)
    of_sent = select(Score.gold_version, Score.value).where(Score.submission_id == sent.id)
    assert session.execute(of_sent.order_by(Score.id)).all() == [(1, 1.0), (2, 0.5)]
    assert_right(session)


def test_whose_score_moved_is_told_from_what_to_what_and_why(session, author, other, worker, project, item):
    sent = make_submission(session, worker, project)

    gold_work.approve(session, other, proposed(session, author, item).id, 1)

    (notice,) = notices.mine(session, worker)
    assert (notice.submission_id, notice.before, notice.after, notice.reason) == (sent.id, 1.0, 0.5, WHY)
    assert notices.mine(session, author) == []


def test_nobody_is_told_of_a_change_that_moved_no_score_of_theirs(
    session, author, other, worker, project, item
):
    make_submission(session, worker, project)
    make_submission(session, make_user(session, "sim", simulated=True), project, WRONG["bbox"])

    near = boxes(box(x=40.5))
    gold_work.approve(session, other, proposed(session, author, item, near).id, 1)

    assert session.scalars(select(Notice)).all() == []


def test_nobody_is_told_of_a_score_that_they_may_not_see_yet(session, author, other, worker):
    project = make_project(session, items=1, feedback=Feedback.AFTER_REVIEW)
    sent = make_submission(session, worker, project)

    item = session.get_one(Item, sent.item_id)
    gold_work.approve(session, other, proposed(session, author, item).id, 1)

    assert notices.mine(session, worker) == []


def test_a_notice_is_put_away_by_its_owner_alone(session, author, other, worker, project, item):
    make_submission(session, worker, project)
    gold_work.approve(session, other, proposed(session, author, item).id, 1)
    (notice,) = notices.mine(session, worker)

    with pytest.raises(NotFound):
        notices.put_away(session, author, notice.id)
    notices.put_away(session, worker, notice.id)
    assert notices.mine(session, worker) == []


def test_its_author_does_not_approve_it(session, author, other, item):
    proposal = proposed(session, author, item)

    with pytest.raises(NotAllowed):
        gold_work.approve(session, author, proposal.id, 1)
    assert in_force(session, item).version == 1


def test_an_admin_alone_approves_own_gold(session, item):
    admin = make_user(session, "admin", Role.ADMIN)

    gold_work.approve(session, admin, proposed(session, admin, item).id, 1)

    gold = in_force(session, item)
    assert gold.author_id == gold.approver_id == admin.id


def test_a_worker_gets_at_nothing_of_it(session, author, worker, item):
    proposal = proposed(session, author, item)

    for call in (
        lambda: gold_work.find_item(session, worker, item.id),
        lambda: gold_work.find(session, worker, proposal.id),
        lambda: gold_work.approve(session, worker, proposal.id, 1),
    ):
        with pytest.raises(NotFound):
            call()


def test_gold_of_an_examination_is_an_admins_alone(session, author, project):
    exam = make_item(session, project, split=Split.EXAM)

    with pytest.raises(NotFound):
        gold_work.find_item(session, author, exam.id)
    assert gold_work.find_item(session, make_user(session, "admin", Role.ADMIN), exam.id) is exam


def test_a_draft_is_its_authors_alone(session, author, other, item):
    with pytest.raises(NotFound):
        gold_work.find(session, other, draft(session, author, item).id)


@pytest.mark.parametrize("annotation", [OUTSIDE, {"regions": []}], ids=["outside", "undecided"])
def test_what_is_no_answer_is_not_proposed(session, author, item, annotation):
    with pytest.raises(Invalid):
        proposed(session, author, item, annotation)


def test_a_proposal_says_why(session, author, item):
    found = draft(session, author, item)

    with pytest.raises(Invalid):
        gold_work.hand_in(session, author, found.id, SAID, "  ")
    assert found.state is GoldState.DRAFT


def test_gold_keeps_at_least_one_accepted_answer(session, author, item):
    found = draft(session, author, item)
    assert gold_work.add_answer(session, author, found.id) == 1
    gold_work.remove_answer(session, author, found.id, 0)

    with pytest.raises(Invalid):
        gold_work.remove_answer(session, author, found.id, 0)
    with pytest.raises(Invalid):
        gold_work.propose(session, item, [], SAID, author, WHY, Made.DISPUTE)


def test_a_draft_that_another_tab_saved_is_not_overwritten(session, author, item):
    found = draft(session, author, item)

    with pytest.raises(Conflict):
        gold_work.save_answer(session, author, found.id, 0, TWO, 0)


def test_what_was_compared_with_an_older_gold_is_not_approved(session, author, other, item):
    late = proposed(session, author, item)
    third = make_user(session, "third", Role.INSPECTOR)
    gold_work.approve(session, other, proposed(session, third, item, boxes(box(x=60))).id, 1)

    with pytest.raises(Conflict):
        gold_work.approve(session, other, late.id, 1)
    assert gold_work.approve(session, other, late.id, 2).version == 3


def test_what_was_sent_back_is_its_authors_draft_again(session, author, other, item):
    proposal = proposed(session, author, item)
    gold_work.send_back(session, other, proposal.id, "The left side is loose.")

    assert (proposal.state, proposal.remark_by_id) == (GoldState.DRAFT, other.id)
    with pytest.raises(NotFound):
        gold_work.approve(session, other, proposal.id, 1)


def test_a_proposal_without_author_becomes_the_draft_of_who_takes_it(session, author, other, item):
    proposal = gold_work.propose(session, item, [TWO], SAID, None, "Three of four say so.", Made.CONSENSUS)
    gold_work.send_back(session, author, proposal.id, "I shall draw it tighter.")

    assert proposal.author_id == author.id
    gold_work.hand_in(session, author, proposal.id, SAID, WHY)
    with pytest.raises(NotAllowed):
        gold_work.approve(session, author, proposal.id, 1)


def test_an_answer_is_promoted_by_one_inspector_and_approved_by_another_but_not_by_its_worker(
    session, author, other, project, item
):
    inspector = make_user(session, "inspector", Role.INSPECTOR)
    sent = make_submission(session, inspector, project, TWO)
    with pytest.raises(NotAllowed):
        gold_work.promote(session, inspector, sent.id)

    found = gold_work.promote(session, author, sent.id)
    assert (found.accepted, found.made, found.author_id) == ([TWO], Made.PROMOTED, author.id)
    gold_work.hand_in(session, author, found.id, SAID, WHY)
    for person in (inspector, author):
        with pytest.raises(NotAllowed):
            gold_work.approve(session, person, found.id, 1)
    assert gold_work.approve(session, other, found.id, 1).version == 2


def test_simulated_people_write_no_gold(session, item):
    simulated = make_user(session, "sim", Role.INSPECTOR, simulated=True)

    with pytest.raises(NotAllowed):
        draft(session, simulated, item)


def test_withdrawn_gold_says_why_and_scores_nothing_any_longer(session, author, worker, project, item):
    make_submission(session, worker, project)

    gold_work.withdraw(session, author, item.id, "The picture is another one.", 1)

    assert in_force(session, item) is None
    record = session.scalars(select(GoldProposal)).one()
    assert (record.state, record.version, record.made) == (GoldState.WITHDRAWN, 1, Made.IMPORTED)
    assert reports.cards(session, worker)[0].standing.n == 0
    assert_right(session)
    with pytest.raises(Conflict):
        gold_work.withdraw(session, author, item.id, "Once more.", 1)


def test_a_person_who_is_erased_leaves_no_notice(session, author, other, worker, project, item):
    sent = make_submission(session, worker, project)
    promoted = gold_work.promote(session, author, sent.id)
    gold_work.approve(session, other, proposed(session, author, item).id, 1)

    users.erase(session, worker)

    session.refresh(promoted)
    assert promoted.submission_id is None
    assert session.scalars(select(Notice)).all() == []
