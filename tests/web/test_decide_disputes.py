"""An inspector looks at a dispute over the gold, and decides; what somebody else did meanwhile is shown."""

import pytest
from sqlalchemy import select

from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.projects import Split
from labelkit.domain.texts import Texts
from labelkit.services import golds, rulings
from labelkit.services.golds import How
from labelkit.store.models import Gold, GoldView, Item, Project
from tests.make import RIGHT, box, boxes, make_submission, make_user
from tests.services.disputing import (
    ALSO,
    CLAIM,
    CORRECT,
    DISMISS,
    NOT_SO,
    TWO,
    WHY,
    inspector,
    judged,
    make_dispute,
    raised,
    scored,
)
from tests.web.visits import follow, nothing_changes, sentence, words

UPHOLD = {"ruling": "uphold", "way": "also", "sentence": WHY, "version": "1"}
DISMISSED = {"ruling": "dismiss", "clause": "G-02", "sentence": NOT_SO, "version": "1"}


@pytest.fixture
def worker(session):
    return make_user(session, "minji")


@pytest.fixture
def dispute(session, worker, as_author_inspector):
    return raised(session, scored(session, worker, author=as_author_inspector.person))


@pytest.fixture
def of_verdict(session, worker, as_author_inspector):
    return raised(session, judged(session, worker, as_author_inspector.person), "verdict")


def desk(dispute):
    return f"/inspect/disputes/{dispute.id}"


def test_the_queue_shows_all_and_says_what_is_not_mine_to_decide(
    as_author_inspector, as_inspector, session, dispute, of_verdict
):
    own = make_dispute(session, as_author_inspector.person)

    page = words(as_author_inspector.get("/inspect/disputes"))
    other = as_inspector.get("/inspect/disputes")

    assert page.count(CLAIM.sentence) == 3
    for why in ("You wrote the gold", "You gave the verdict", "You raised it"):
        assert f"{why}, so another inspector decides." in page
    assert "Look at the oldest" not in page
    assert "There is no other inspector" not in page
    assert "another inspector decides" not in words(other)
    assert f'class="button filled" href="{desk(dispute)}"' in other.text
    assert f'href="{desk(own)}"' in other.text


def test_alone_it_stays_as_an_open_note(as_author_inspector, session, dispute):
    for address in ("/inspect/disputes", desk(dispute)):
        assert "There is no other inspector, so it stays as an open note." in words(
            as_author_inspector.get(address)
        )


def test_without_any_the_queue_leads_on(as_inspector):
    assert "Nobody disputes anything." in words(as_inspector.get("/inspect/disputes"))


def test_home_counts_what_is_open(as_inspector, session, dispute):
    assert "1 dispute is open." in words(as_inspector.get("/"))


def test_the_gold_is_handed_out_with_the_dispute_and_the_ledger_says_so(as_inspector, session, dispute):
    page = as_inspector.get(desk(dispute))

    assert "data-gold" in page.text
    assert "What Minji says" in words(page)
    assert "Disputes against Author so far: 1, of which 0 upheld and 0 dismissed." in words(page)
    mine = select(GoldView.how).where(GoldView.user_id == as_inspector.person.id)
    assert session.scalars(mine).all() == [How.DISPUTE]


def test_that_the_answer_has_other_findings_is_said_before_it_becomes_gold(as_inspector, session, worker):
    sent = scored(session, worker, answer=boxes(box(x=30, w=120), box(x=200, w=60)))
    alone = raised(session, scored(session, worker))

    said = "The answer has 1 other finding, which would be right then, too."
    assert said in words(as_inspector.get(desk(raised(session, sent))))
    assert "other finding" not in words(as_inspector.get(desk(alone)))


def test_who_may_not_decide_sees_why_and_no_form(as_author_inspector, session, dispute):
    page = as_author_inspector.get(desk(dispute))

    assert "You wrote the gold, so another inspector decides." in words(page)
    assert 'id="ruling"' not in page.text
    with nothing_changes(session):
        assert as_author_inspector.post(desk(dispute), data=UPHOLD).status_code == 403


def test_whoever_disputes_a_verdict_is_not_shown_the_gold_on_the_desk(as_inspector, session):
    own = judged(session, as_inspector.person, inspector(session, "second"))

    page = as_inspector.get(desk(raised(session, own, "verdict")))

    assert page.status_code == 200
    assert "data-gold" not in page.text
    assert session.scalars(select(GoldView).where(GoldView.user_id == as_inspector.person.id)).all() == []


def test_it_is_dismissed(as_inspector, session, dispute):
    assert follow(as_inspector.post(desk(dispute), data=DISMISSED)) == "/inspect/disputes"

    session.refresh(dispute)
    assert (dispute.state, dispute.ruling_clause) == (DisputeState.DISMISSED, "G-02")
    page = words(as_inspector.get(desk(dispute)))
    assert "Ruling Dismissed Decided by Inspector" in page
    assert f"G-02 Fit to what is visible. {NOT_SO}" in page


@pytest.mark.parametrize(("way", "accepted"), [("also", [RIGHT["bbox"], TWO]), ("instead", [TWO])])
def test_it_is_upheld_at_once(as_inspector, session, dispute, way, accepted):
    follow(as_inspector.post(desk(dispute), data=UPHOLD | {"way": way}))

    gold = session.scalars(select(Gold).where(Gold.item_id == dispute.item_id, Gold.current)).one()
    assert (gold.version, gold.accepted) == (2, accepted)
    history = words(as_inspector.get(f"/gold/items/{dispute.item_id}"))
    assert "after a dispute · written by Minji · approved by Inspector" in history


def test_correcting_the_gold_leads_to_the_workbench_and_on_the_proposal_stands_why(
    as_inspector, as_author_inspector, session, dispute
):
    draw = follow(as_inspector.post(desk(dispute), data=UPHOLD | {"way": "correct"}))
    assert as_inspector.get(draw).status_code == 200
    session.refresh(dispute)
    proposal = f"/gold/proposals/{dispute.proposal_id}"
    as_inspector.post(proposal, data={"action": "propose", "reason": WHY})

    page = as_author_inspector.get(proposal)

    assert f"Because of a dispute by Minji : {CLAIM.sentence}" in words(page)
    assert "You have a part in that dispute, so another inspector approves." in words(page)
    assert 'value="approve"' not in page.text
    assert "The gold is being corrected · Inspector" in words(as_author_inspector.get("/inspect/disputes"))


def test_a_verdict_is_overturned(as_inspector, session, of_verdict):
    page = as_inspector.get(desk(of_verdict))
    assert "An object is missing." in words(page)
    assert 'name="way"' not in page.text

    follow(as_inspector.post(desk(of_verdict), data={"ruling": "uphold", "sentence": WHY}))

    session.refresh(of_verdict)
    assert of_verdict.state is DisputeState.UPHELD
    result = words(as_inspector.get(f"/results/{of_verdict.submission_id}"))
    assert "Rejected Accepted A dispute of this verdict was upheld." in result


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ruling": "x"}, "Choose: uphold or dismiss."),
        ({"ruling": "withdraw"}, "Choose: uphold or dismiss."),
        ({"ruling": "dismiss"}, "Choose the clause of the guide that the answer rests on."),
        ({"sentence": ""}, "Say why, in one sentence."),
        ({"way": "x"}, "Choose how the dispute is upheld."),
        ({"way": "already"}, "Choose how the dispute is upheld."),
    ],
)
def test_an_odd_ruling_is_refused_and_keeps_what_was_written(as_inspector, session, dispute, changed, said):
    as_inspector.get(desk(dispute))

    with nothing_changes(session):
        page = as_inspector.post(desk(dispute), data=UPHOLD | changed)

    assert (page.status_code, sentence(page)) == (422, said)
    assert f">{(UPHOLD | changed)['sentence']}</textarea>" in page.text


def test_what_somebody_else_decided_meanwhile_is_shown(as_inspector, session, dispute):
    rulings.decide(session, inspector(session, "second"), dispute.id, DISMISS)

    page = as_inspector.post(desk(dispute), data=UPHOLD)

    assert (page.status_code, sentence(page)) == (409, "This dispute has been decided meanwhile.")
    assert "Decided by Second" in words(page)
    assert NOT_SO in words(page)


def test_a_gold_that_changed_meanwhile_is_shown_and_decided_by(as_inspector, session, dispute):
    item = session.get_one(Item, dispute.item_id)
    golds.approve(
        session, item, [RIGHT["bbox"], {"nothing": True}], Texts(), None, inspector(session, "second")
    )

    page = as_inspector.post(desk(dispute), data=UPHOLD)

    assert page.status_code == 409
    assert "changed meanwhile" in sentence(page)
    assert "The gold is version 2 by now" in words(page)
    assert 'name="version" value="2"' in page.text
    follow(as_inspector.post(desk(dispute), data=UPHOLD | {"version": "2"}))
    assert golds.version_in_force(session, item.id) == 3


def test_of_a_finding_that_is_gone_the_words_are_left(as_inspector, session, dispute):
    other = raised_by_another(session, dispute)
    rulings.decide(session, inspector(session, "second"), dispute.id, ALSO)

    page = as_inspector.get(desk(other))
    assert "The present score has no such finding." in words(page)
    follow(as_inspector.post(desk(other), data=UPHOLD | {"way": "already", "version": "2"}))

    session.refresh(other)
    assert (other.state, other.new_version) == (DisputeState.UPHELD, 2)


def raised_by_another(session, dispute):
    other = make_user(session, "other")
    return raised(session, make_submission(session, other, session.get_one(Project, dispute.project_id), TWO))


def test_a_second_person_does_not_correct_what_somebody_corrects(as_inspector, session, dispute):
    rulings.decide(session, inspector(session, "second"), dispute.id, CORRECT)

    page = as_inspector.post(desk(dispute), data=UPHOLD | {"way": "correct"})

    assert page.status_code == 409
    assert sentence(page) == "Second is correcting the gold because of this dispute."


def test_a_dispute_of_an_examination_is_an_admins_alone(as_inspector, as_admin, session, dispute):
    session.get_one(Item, dispute.item_id).split = Split.EXAM

    assert as_inspector.get(desk(dispute)).status_code == 404
    assert as_inspector.post(desk(dispute), data=UPHOLD).status_code == 404
    assert CLAIM.sentence not in as_inspector.get("/inspect/disputes").text
    assert CLAIM.sentence in words(as_admin.get(desk(dispute)))
