"""A worker disputes a finding or a verdict: when, how often, in which words, and who never."""

import pytest
from sqlalchemy import select

from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State, Verdict
from labelkit.services import disputes, golds, reviews, scores
from labelkit.services.disputes import Claim
from labelkit.services.reviews import Decision as Judged
from labelkit.store.models import Dispute, Item, Project
from tests.make import WRONG, make_project, make_submission, make_user
from tests.services.disputing import CLAIM, FIRST, TWO, again, judged, raised, scored
from tests.web.visits import nothing_changes


def test_a_finding_is_disputed_with_a_clause_and_a_sentence(session, worker, author):
    sent = scored(session, worker, author=author)

    dispute = raised(session, sent, claim=Claim("G-01", "  The second car\nstands there, too. "))

    assert (dispute.state, dispute.clause, dispute.sentence) == (DisputeState.OPEN, "G-01", CLAIM.sentence)
    assert (dispute.finding["kind"], dispute.gold_version, dispute.against_id) == ("extra", 1, author.id)
    assert (dispute.project_id, dispute.item_id, dispute.user_id) == (
        sent.project_id,
        sent.item_id,
        worker.id,
    )


def test_what_is_said_against_imported_gold_is_said_against_nobody(session, worker):
    assert raised(session, scored(session, worker)).against_id is None


@pytest.mark.parametrize("state", [State.REJECTED, State.FAILED, State.LAPSED, State.CORRECTED])
def test_a_verdict_is_disputed_against_its_inspector(session, worker, author, state):
    dispute = raised(session, judged(session, worker, author, state), "verdict")

    assert (dispute.finding, dispute.gold_version, dispute.against_id) == (None, None, author.id)


@pytest.mark.parametrize("state", [State.WAITING, State.ACCEPTED, State.UNSAMPLED])
def test_what_did_not_go_against_the_worker_is_no_verdict_to_dispute(session, worker, author, refused, state):
    sent = judged(session, worker, author, state)

    refused(sent, "verdict", Conflict, "no verdict here that can be disputed")


def test_without_inspection_there_is_no_verdict(session, worker, refused):
    refused(scored(session, worker), "verdict", Conflict, "no verdict here")


def test_others_work_is_as_good_as_none(session, worker, author):
    sent = scored(session, worker)
    session.commit()

    with nothing_changes(session):
        for somebody in (make_user(session, "other"), author):
            for number in (sent.id, 999):
                with pytest.raises(NotFound, match="no such submission among yours"):
                    disputes.raise_dispute(session, somebody, number, FIRST, CLAIM)
        session.rollback()


def test_simulated_people_raise_none(session, refused):
    sent = scored(session, make_user(session, "sim", simulated=True))

    refused(sent, FIRST, NotAllowed, "Simulated people raise no disputes")


@pytest.mark.parametrize(
    "subject",
    ["finding/1/1/1", "finding", "finding/0", "finding/0/1", "finding/-1/1/1", "finding/0/1/1/1", "verdicts",
     "finding/a/1/1", "finding/9999999999/1/1", "", "finding/٠/1/1"],
)  # fmt: skip
def test_there_must_be_such_a_finding(session, worker, refused, subject):
    refused(scored(session, worker), subject, NotFound, "no such finding in this result")


@pytest.mark.parametrize("subject", ["finding/0/2/1", "finding/0/1/2"])
def test_a_finding_of_another_score_is_none_of_this_one(session, worker, refused, subject):
    refused(scored(session, worker), subject, Conflict, "scored anew meanwhile")


def test_without_gold_in_force_there_is_no_finding_to_dispute(session, worker, refused):
    sent = scored(session, worker)
    golds.withdraw(session, session.get_one(Item, sent.item_id))

    refused(sent, FIRST, Conflict, "scored anew meanwhile")


def test_a_finding_that_is_not_told_yet_cannot_be_disputed(session, worker, author, refused):
    sent = judged(session, worker, author)

    refused(sent, FIRST, Conflict, "Its score is not open yet")


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Claim("G-99", CLAIM.sentence), "Choose a clause of this project's guide"),
        (Claim("", CLAIM.sentence), "Choose a clause of this project's guide"),
        (Claim("G-01", " \n "), "Say why, in one sentence"),
        (Claim("G-01", "x" * 501), "at most 500 characters"),
    ],
)
def test_odd_words_are_refused(session, worker, refused, claim, words):
    refused(scored(session, worker), FIRST, Invalid, words, claim)


def test_five_hundred_characters_are_one_sentence(session, worker):
    assert raised(session, scored(session, worker), claim=Claim("G-01", "가" * 500))


def test_only_the_verdict_on_the_newest_answer_is_disputed(session, worker, author, refused):
    sent = judged(session, worker, author, State.FAILED)
    again(session, worker, sent)

    refused(sent, "verdict", Conflict, "Only the verdict on the newest answer")


def test_nothing_is_disputed_twice_at_a_time(session, worker, author, refused):
    for sent, subject in ((scored(session, worker), FIRST), (judged(session, worker, author), "verdict")):
        raised(session, sent, subject)

        refused(sent, subject, Conflict, "an open dispute about this already")


def test_a_finding_stays_the_same_one_when_rules_change(session, worker, refused):
    sent = scored(session, worker)
    raised(session, sent)
    project = session.get_one(Project, sent.project_id)
    scores.change_rules(session, project, {"pass_score": 0.9})
    scores.renew(session, project)

    refused(sent, "finding/0/1/2", Conflict, "an open dispute about this already")


def test_what_was_taken_back_may_be_raised_again_and_what_was_dismissed_may_not(session, worker, refused):
    sent = scored(session, worker)
    dispute = raised(session, sent)
    disputes.withdraw(session, worker, dispute.id)
    second = raised(session, sent)

    second.state = DisputeState.DISMISSED
    refused(sent, FIRST, Conflict, "has been decided")


def test_three_are_open_in_a_project_and_no_more(session, worker, refused):
    project = make_project(session, items=4)
    sent = [make_submission(session, worker, project, TWO) for _ in range(4)]
    first, *_ = [raised(session, one) for one in sent[:3]]

    refused(sent[3], FIRST, Conflict, "3 of your disputes in this project are open")
    assert raised(session, scored(session, worker))  # in another project
    disputes.withdraw(session, worker, first.id)
    assert raised(session, sent[3])


def test_it_is_taken_back_by_its_owner_alone_and_once(session, worker, author):
    dispute = raised(session, scored(session, worker))
    for somebody in (author, make_user(session, "other")):
        with pytest.raises(NotFound, match="no such dispute among yours"):
            disputes.withdraw(session, somebody, dispute.id)

    disputes.withdraw(session, worker, dispute.id)

    assert dispute.state is DisputeState.WITHDRAWN
    with pytest.raises(Conflict):
        disputes.withdraw(session, worker, dispute.id)


def test_sending_the_rework_gives_the_dispute_of_its_rejection_up(session, worker, author):
    sent = judged(session, worker, author)
    dispute = raised(session, sent, "verdict")
    with pytest.raises(Invalid, match="the answer that was sent back"):
        again(session, worker, sent, WRONG["bbox"])
    assert dispute.state is DisputeState.OPEN
    assert sent.newest

    again(session, worker, sent)

    assert (dispute.state, dispute.decided_by_id) == (DisputeState.WITHDRAWN, worker.id)


def test_another_try_gives_nothing_up(session, worker):
    sent = scored(session, worker)
    dispute = raised(session, sent)

    again(session, worker, sent)

    assert dispute.state is DisputeState.OPEN


def test_my_disputes_are_mine_alone_and_an_answer_is_put_away_by_me(session, worker):
    sent = scored(session, worker)
    dispute, other = raised(session, sent), make_user(session, "other")
    assert list(disputes.mine(session, worker)) == list(disputes.of_submission(session, worker, sent.id))
    assert list(disputes.mine(session, other)) == list(disputes.of_submission(session, other, sent.id)) == []
    assert list(disputes.answered(session, worker)) == []
    dispute.state = DisputeState.DISMISSED
    assert list(disputes.answered(session, worker)) == [dispute]

    with pytest.raises(NotFound):
        disputes.put_away(session, other, dispute.id)
    disputes.put_away(session, worker, dispute.id)

    assert list(disputes.answered(session, worker)) == []
    assert session.scalars(select(Dispute)).all() == [dispute]


def test_an_answer_after_review_that_was_accepted_may_be_disputed(session, worker, author):
    project = make_project(session, items=1, feedback=Feedback.AFTER_REVIEW)
    sent = make_submission(session, worker, project, TWO)
    reviews.decide(session, author, sent.id, Judged(Verdict.ACCEPTED))

    assert raised(session, sent).finding["kind"] == "extra"
