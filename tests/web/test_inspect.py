"""Inspecting: the queue, and a verdict on what others sent."""

import pytest
from sqlalchemy import select

from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State, Verdict
from labelkit.services import reviews
from labelkit.services.reviews import Decision
from labelkit.store.models import GoldView, Review
from tests.make import WRONG, make_project, make_submission, make_user
from tests.web.visits import follow, nothing_changes, sentence, words

OWN = "Nobody inspects their own work."


@pytest.fixture
def project(session):
    return make_project(session, "street", feedback=Feedback.AFTER_REVIEW)


@pytest.fixture
def waiting(as_worker, session, project):
    """A worker's submission that waits for an inspector."""
    return make_submission(session, as_worker.person, project, WRONG["bbox"])


def decide(client, submission, verdict, *reasons, **more):
    form = {"verdict": verdict, "reason": list(reasons)} | more
    return client.post(f"/inspect/{submission.id}", data=form)


def queued(client):
    page = client.get("/inspect").text
    return [int(part.partition('"')[0]) for part in page.split('scope="row"><a href="/inspect/')[1:]]


def test_the_queue_has_the_oldest_first(as_inspector, as_worker, as_other_worker, session, project, waiting):
    second = make_submission(session, as_other_worker.person, project)
    third = make_submission(session, as_worker.person, project)

    assert queued(as_inspector) == [waiting.id, second.id, third.id]
    assert "Worker" in words(as_inspector.get("/inspect"))


def test_the_queue_never_has_ones_own(as_inspector, as_admin, session, project, waiting):
    own = make_submission(session, as_inspector.person, project)

    assert queued(as_inspector) == [waiting.id]
    assert queued(as_admin) == [waiting.id, own.id]
    assert "1 answer of others waits for a verdict." in words(as_inspector.get("/"))


def test_the_queue_has_nothing_that_was_scored_at_once_or_judged_already(
    as_inspector, as_worker, as_admin, session, waiting
):
    make_submission(session, as_worker.person, make_project(session))
    reviews.decide(session, as_admin.person, waiting.id, Decision(Verdict.ACCEPTED))

    assert queued(as_inspector) == []
    assert "Nothing is waiting." in words(as_inspector.get("/inspect"))


def test_simulated_people_are_marked(as_inspector, session, project):
    make_submission(session, make_user(session, "sim", simulated=True), project)

    assert "Sim simulated" in words(as_inspector.get("/inspect"))


def test_the_desk_shows_the_answer_and_the_guides_reasons_and_no_gold(as_inspector, session, waiting):
    page = as_inspector.get(f"/inspect/{waiting.id}")

    assert 'name="reason" value="missing"' in page.text
    assert "G-01 An object is missing." in words(page)
    assert 'data-gold="' not in page.text
    assert "Findings" not in words(page)
    assert session.scalars(select(GoldView)).all() == []


def test_gold_comes_when_it_is_asked_for_and_the_ledger_says_so(as_inspector, session, waiting):
    page = as_inspector.get(f"/inspect/{waiting.id}?gold=1&reason=loose&comment=Left&region-0=loose")

    assert 'data-gold="' in page.text
    assert "Findings" in words(page)
    assert 'value="loose" checked' in page.text
    assert ">Left</textarea>" in page.text
    seen = session.scalars(select(GoldView)).one()
    assert (seen.user_id, seen.item_id, seen.how) == (as_inspector.person.id, waiting.item_id, "review")


def test_even_when_it_is_shown_beside_a_refusal(as_inspector, session, waiting):
    page = decide(as_inspector, waiting, "rejected", gold="1")

    assert page.status_code == 422
    assert 'data-gold="' in page.text
    assert session.scalars(select(GoldView)).one().user_id == as_inspector.person.id


def test_accepting_closes_it_and_leads_to_the_next(as_inspector, as_other_worker, session, project, waiting):
    following = make_submission(session, as_other_worker.person, project)

    answer = decide(as_inspector, waiting, "accepted")

    assert follow(answer) == f"/inspect/{following.id}"
    assert waiting.state is State.ACCEPTED
    review = session.scalars(select(Review)).one()
    assert (review.inspector_id, review.verdict, review.reasons) == (
        as_inspector.person.id,
        Verdict.ACCEPTED,
        [],
    )


def test_after_the_last_the_queue_is_shown_with_a_word(as_inspector, waiting):
    answer = decide(as_inspector, waiting, "accepted")

    assert follow(answer) == "/inspect"
    assert "The verdict was sent." in as_inspector.get("/inspect").text


def test_sending_back_keeps_the_reasons_as_they_read_that_day(as_inspector, session, waiting):
    follow(decide(as_inspector, waiting, "rejected", "missing", "loose", comment="  Look left.  "))

    review = session.scalars(select(Review)).one()
    assert waiting.state is State.REJECTED
    assert [(reason["key"], reason["clause"]) for reason in review.reasons] == [
        ("missing", "G-01"),
        ("loose", "G-02"),
    ]
    assert review.reasons[0]["text"] == {"ko": "빠뜨린 객체가 있습니다.", "en": "An object is missing."}
    assert review.comment == "Look left."


NO_REASON = "That reason is not in this project's guide."
NO_VERDICTS = (
    ({"verdict": "rejected"}, "Choose at least one reason out of the guide."),
    ({"verdict": "rejected", "reason": "ugly"}, NO_REASON),
    ({"verdict": "rejected", "reason": ["loose", "no"]}, NO_REASON),
    ({"verdict": "corrected"}, "Choose: accept or reject."),
    ({"verdict": ""}, "Choose: accept or reject."),
    ({}, "Choose: accept or reject."),
)


def test_a_verdict_that_is_none_is_refused_in_one_sentence(as_inspector, session, waiting):
    as_inspector.get(f"/inspect/{waiting.id}")

    with nothing_changes(session):
        for form, said in NO_VERDICTS:
            answer = as_inspector.post(f"/inspect/{waiting.id}", data=form)
            assert (answer.status_code, sentence(answer)) == (422, said)


def test_what_was_chosen_and_written_is_still_there_after_a_refusal(as_inspector, waiting):
    page = decide(as_inspector, waiting, "", "loose", comment="Look <left>.").text

    assert 'value="loose" checked' in page
    assert 'value="missing" checked' not in page
    assert "Look &lt;left&gt;.</textarea>" in page


def test_the_second_of_two_inspectors_comes_too_late(as_inspector, as_admin, session, waiting):
    as_inspector.get(f"/inspect/{waiting.id}")
    follow(decide(as_inspector, waiting, "accepted"))

    with nothing_changes(session):
        answer = decide(as_admin, waiting, "rejected", "missing")

    assert (answer.status_code, sentence(answer)) == (409, "This submission has already been judged.")
    assert "Accepted Inspected by Inspector" in words(answer)


def test_what_another_looks_at_is_neither_opened_nor_judged(as_inspector, as_admin, session, waiting):
    as_inspector.get(f"/inspect/{waiting.id}")

    with nothing_changes(session):
        answers = [as_admin.get(f"/inspect/{waiting.id}"), decide(as_admin, waiting, "accepted"),
                   as_admin.post(f"/inspect/{waiting.id}/hold")]  # fmt: skip

    said = "This submission is being inspected by Inspector."
    assert [(answer.status_code, sentence(answer)) for answer in answers] == [(409, said)] * 3
    assert "Being inspected by Inspector" in words(as_admin.get("/inspect"))
    assert "Being inspected by" not in words(as_inspector.get("/inspect"))


def test_the_queue_shows_what_is_asked_for_and_the_next_is_of_that_kind(
    as_inspector, as_other_worker, as_worker, session, project, waiting
):
    make_submission(session, as_other_worker.person, project)
    third = make_submission(session, as_worker.person, project)
    asked = f"of_worker={as_worker.person.id}&of_kind=first"

    page = as_inspector.get(f"/inspect?{asked}")
    opened = as_inspector.get(f"/inspect/{waiting.id}?{asked}")
    answer = decide(as_inspector, waiting, "accepted", of_worker=as_worker.person.id, of_kind="first")

    assert "Waiting for inspection 2 / 3" in words(page)
    assert f'name="of_worker" value="{as_worker.person.id}"' in opened.text
    assert follow(answer) == f"/inspect/{third.id}?{asked}"


def test_a_filter_that_makes_no_sense_asks_for_nothing(as_inspector, waiting):
    for asked in ("of_project=x", "of_worker=" + "9" * 30, "of_kind=odd", "of_age=-1", "of_project=²"):
        assert "Waiting for inspection 1 The" in words(as_inspector.get(f"/inspect?{asked}"))
    assert "Nothing of that kind is waiting." in words(as_inspector.get("/inspect?of_project=99"))


def test_the_next_is_one_of_the_same_project_and_its_picture_is_named(
    as_inspector, as_other_worker, session, waiting, project
):
    elsewhere = make_project(session, feedback=Feedback.AFTER_REVIEW)
    make_submission(session, as_other_worker.person, elsewhere)
    following = make_submission(session, as_other_worker.person, project)

    assert 'data-next-picture="/pictures/' in as_inspector.get(f"/inspect/{waiting.id}").text
    assert follow(decide(as_inspector, waiting, "accepted")) == f"/inspect/{following.id}"
    assert "data-next-picture" not in as_inspector.get(f"/inspect/{following.id}").text
    assert follow(decide(as_inspector, following, "accepted")) == "/inspect"


def test_what_was_judged_can_still_be_looked_at(as_inspector, as_admin, waiting):
    follow(decide(as_inspector, waiting, "rejected", "missing"))

    page = as_admin.get(f"/inspect/{waiting.id}")

    assert "An object is missing." in words(page)
    assert 'name="verdict"' not in page.text


def test_own_work_is_refused_to_look_at_and_to_judge(as_inspector, as_admin, session, project):
    for person in (as_inspector, as_admin):
        own = make_submission(session, person.person, project)
        with nothing_changes(session):
            answers = [
                person.get(f"/inspect/{own.id}"),
                decide(person, own, "accepted"),
                decide(person, own, "rejected", "missing"),
                decide(person, own, "nonsense"),
            ]
        assert [(answer.status_code, sentence(answer)) for answer in answers] == [(403, OWN)] * 4


def test_what_was_scored_at_once_is_not_for_inspection(as_inspector, as_worker, session):
    scored = make_submission(session, as_worker.person, make_project(session))

    with nothing_changes(session):
        answers = [as_inspector.get(f"/inspect/{scored.id}"), decide(as_inspector, scored, "accepted")]

    assert [answer.status_code for answer in answers] == [409, 409]


def test_a_worker_judges_nothing(as_worker, as_other_worker, session, waiting):
    with nothing_changes(session):
        answers = [decide(person, waiting, "accepted") for person in (as_worker, as_other_worker)]

    assert {(answer.status_code, sentence(answer)) for answer in answers} == {
        (403, "This page is for inspectors.")
    }


def test_there_is_nothing_to_inspect_of_another_number(as_inspector):
    for number in (0, 999, 10**20):
        assert as_inspector.get(f"/inspect/{number}").status_code == 404
        verdict = as_inspector.post(f"/inspect/{number}", data={"verdict": "accepted"})
        assert verdict.status_code in {404, 405}


def test_a_comment_is_shown_as_text_and_no_longer_than_the_field(as_inspector, as_worker, session, waiting):
    follow(decide(as_inspector, waiting, "rejected", "missing", comment="<b>bold</b>" + "x" * 2000))

    page = as_worker.get(f"/results/{waiting.id}")

    assert "&lt;b&gt;bold" in page.text
    assert len(session.scalars(select(Review)).one().comment) == 1000
