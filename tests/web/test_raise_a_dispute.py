"""A worker raises a dispute from the result, reads what came of it, and puts the answer away."""

import pytest
from sqlalchemy import select

from labelkit.domain.dispute_states import DisputeState
from labelkit.services import rulings
from labelkit.store.models import Dispute, Score
from tests.make import WRONG, make_project, make_submission
from tests.services.disputing import (
    ALSO,
    CLAIM,
    CORRECT,
    DISMISS,
    FIRST,
    OVERTURN,
    inspector,
    judged,
    make_dispute,
    raised,
    scored,
)
from tests.web.visits import follow, nothing_changes, sentence, words

SENT = {"clause": "G-01", "sentence": CLAIM.sentence}


@pytest.fixture
def sent(session, as_worker):
    """An answer with one finding."""
    return scored(session, as_worker.person)


@pytest.fixture
def rejected(session, as_worker):
    return judged(session, as_worker.person, inspector(session, "author"))


def result(submission):
    return f"/results/{submission.id}"


def form(submission, subject=FIRST):
    return f"{result(submission)}/disputes/{subject}"


def test_beside_a_finding_stands_the_way_to_dispute_it(as_worker, session, sent):
    assert f'href="{form(sent)}"' in as_worker.get(result(sent)).text

    page = as_worker.get(form(sent))

    assert "What you dispute" in words(page)
    assert "extra" in words(page)
    assert follow(as_worker.post(form(sent), data=SENT)) == result(sent)
    told = as_worker.get(result(sent))
    assert f"Dispute Open G-01 {CLAIM.sentence} Take back" in words(told)
    assert f'href="{form(sent)}"' not in told.text


def test_a_verdict_is_disputed_without_any_gold_being_shown(as_worker, session, rejected):
    assert f'href="{form(rejected, "verdict")}"' in as_worker.get(result(rejected)).text

    page = as_worker.get(form(rejected, "verdict"))

    assert "An object is missing." in words(page)
    assert "data-gold" not in page.text
    follow(as_worker.post(form(rejected, "verdict"), data=SENT))
    assert "Sending a rework gives your dispute up." in words(as_worker.get(result(rejected)))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"clause": ""}, "Choose a clause of this project's guide."),
        ({"clause": "G-77"}, "Choose a clause of this project's guide."),
        ({"sentence": " "}, "Say why, in one sentence."),
        ({"sentence": "x" * 501}, "One sentence has at most 500 characters."),
    ],
)
def test_what_was_written_is_kept_where_it_is_refused(as_worker, session, sent, changed, said):
    as_worker.get(result(sent))

    with nothing_changes(session):
        page = as_worker.post(form(sent), data=SENT | changed)

    assert (page.status_code, sentence(page)) == (422, said)
    assert f'name="sentence" maxlength="500" value="{(SENT | changed)["sentence"]}"' in page.text
    assert ('value="G-01" selected' in page.text) == ("clause" not in changed)


def test_a_result_that_was_scored_anew_meanwhile_is_told_with_what_was_written(as_worker, session, sent):
    as_worker.get(form(sent))
    session.scalars(select(Score).where(Score.current)).one().rules_version = 2

    page = as_worker.post(form(sent), data=SENT)

    assert page.status_code == 409
    assert "scored anew meanwhile" in sentence(page)
    assert CLAIM.sentence in page.text


def test_two_tabs_raise_it_once(as_worker, session, sent):
    as_worker.post(form(sent), data=SENT)

    page = as_worker.post(form(sent), data=SENT)

    assert (page.status_code, sentence(page)) == (409, "You have an open dispute about this already.")
    assert len(session.scalars(select(Dispute)).all()) == 1


def test_whoever_is_alone_is_told_that_it_stays_a_note(as_worker, session, sent):
    alone = as_worker.get(follow(as_worker.post(form(sent), data=SENT)))
    assert "There is no other inspector, so it stays as an open note." in alone.text
    other = scored(session, as_worker.person)
    inspector(session, "second")

    told = as_worker.get(follow(as_worker.post(form(other), data=SENT)))

    assert "The dispute was raised. Another inspector decides on it." in told.text


def test_what_cannot_be_disputed_has_no_form(as_worker, session, sent):
    assert as_worker.get(form(sent, "verdict")).status_code == 409
    for subject in ("finding/7/1/1", "nothing", "finding/0/1"):
        assert as_worker.get(form(sent, subject)).status_code == 404
        assert as_worker.post(form(sent, subject), data=SENT).status_code == 404


def test_after_the_window_nothing_is_offered(as_worker, session, sent, monkeypatch):
    monkeypatch.setattr("labelkit.services.disputes.is_over", lambda *_: True)

    assert f'href="{form(sent)}"' not in as_worker.get(result(sent)).text
    assert as_worker.get(form(sent)).status_code == 409


def test_it_is_taken_back_on_the_page_of_my_disputes(as_worker, session, sent):
    dispute = raised(session, sent)
    assert CLAIM.sentence in words(as_worker.get("/disputes"))

    assert follow(as_worker.post(f"/disputes/{dispute.id}/withdraw")) == "/disputes"

    assert "Taken back" in words(as_worker.get("/disputes"))
    assert as_worker.post(f"/disputes/{dispute.id}/withdraw").status_code == 409


def test_whoever_disputed_nothing_is_told_where_one_can(as_worker):
    assert "You have disputed nothing." in words(as_worker.get("/disputes"))


def test_the_answer_is_told_at_home_until_it_is_put_away(as_worker, session, sent):
    dispute = raised(session, sent)
    assert "Answers to your disputes" not in words(as_worker.get("/"))
    rulings.decide(session, inspector(session, "second"), dispute.id, DISMISS)

    home = words(as_worker.get("/"))
    assert "was dismissed." in home
    assert f"Why: {DISMISS.sentence}" in home
    follow(as_worker.post(f"/disputes/{dispute.id}/put-away"))

    assert "Answers to your disputes" not in words(as_worker.get("/"))
    assert f"Dismissed G-01 {CLAIM.sentence} Decided by Second" in words(as_worker.get(result(sent)))


def test_a_finding_that_is_gone_is_told_as_it_was(as_worker, session, sent):
    dispute = raised(session, sent)
    rulings.decide(session, inspector(session, "second"), dispute.id, ALSO)

    page = words(as_worker.get(result(sent)))

    assert "Score 100 %" in page
    assert "Disputes of earlier findings Dispute Upheld extra · " in page
    assert "Version 2 of the gold" in page


def test_who_corrects_the_gold_is_named(as_worker, session, sent):
    dispute = raised(session, sent)
    rulings.decide(session, inspector(session, "second"), dispute.id, CORRECT)

    for address in (result(sent), "/disputes"):
        assert "The gold is being corrected · Second" in words(as_worker.get(address))


def test_a_rework_that_is_no_longer_asked_for_says_so(as_worker, session, rejected):
    rework = follow(as_worker.post(f"{result(rejected)}/again", data={"from": "mine"}))
    dispute = raised(session, rejected, "verdict")
    rulings.decide(session, inspector(session, "second"), dispute.id, OVERTURN)

    page = as_worker.get(rework)

    assert page.status_code == 409
    assert "This rework is no longer asked for." in words(page)
    assert "Dispute Upheld" in words(as_worker.get(result(rejected)))


def test_another_worker_sees_nothing_of_it_by_any_address(as_worker, as_other_worker, session, sent):
    dispute = raised(session, sent)
    rulings.decide(session, inspector(session, "second"), dispute.id, DISMISS)
    open_one = make_dispute(session, as_worker.person)
    session.commit()
    nothing = 10**6

    with nothing_changes(session):
        for number in (dispute.id, open_one.id):
            for verb in ("withdraw", "put-away"):
                mine, none = (as_other_worker.post(f"/disputes/{one}/{verb}") for one in (number, nothing))
                assert (mine.status_code, mine.text) == (none.status_code, none.text) == (404, none.text)
            assert as_other_worker.get(f"/inspect/disputes/{number}").status_code == 403
            assert as_other_worker.post(f"/inspect/disputes/{number}").status_code == 403
        for address in (form(sent), result(sent)):
            assert as_other_worker.get(address).status_code == 404
        assert as_other_worker.post(form(sent), data=SENT).status_code == 404
        for page in ("/", "/disputes", "/scores"):
            assert CLAIM.sentence not in as_other_worker.get(page).text


def test_an_inspector_disputes_nothing_for_others(as_inspector, session, sent):
    assert as_inspector.get(form(sent)).status_code == 404
    assert as_inspector.post(form(sent), data=SENT).status_code == 404
    assert "/disputes/finding" not in as_inspector.get(result(sent)).text


def test_pages_of_a_text_are_told_too(as_worker, session):
    text = make_submission(
        session, as_worker.person, make_project(session, task_type="text_class"), WRONG["text_class"]
    )

    follow(as_worker.post(form(text), data=SENT))

    dispute = session.scalars(select(Dispute)).one()
    assert dispute.state is DisputeState.OPEN
    admin = inspector(session, "second")
    rulings.decide(session, admin, dispute.id, ALSO)
    assert "Upheld" in words(as_worker.get("/disputes"))
