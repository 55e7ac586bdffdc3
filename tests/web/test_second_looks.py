"""A second inspector judges what another has judged: blind, once, and without a word to the worker."""

import re

import pytest
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.workflow import Verdict
from labelkit.services import reviews
from labelkit.services.reviews import Decision
from labelkit.store.models import GoldView, SecondLook
from tests.make import box, boxes, make_project, make_submission, make_user
from tests.services.disputing import raised
from tests.web.visits import follow, nothing_changes, sentence, table, words

TELLING = ("Accepted", "Rejected", "Sent back", "Look at the left.", "The First")
LOOSE = {"region": 0, "reason": "loose"}


@pytest.fixture
def first(session):
    person = make_user(session, "the-first", Role.INSPECTOR)
    person.name = "The First"
    return person


@pytest.fixture
def project(session):
    project = make_project(session, "street", feedback=Feedback.AFTER_REVIEW)
    project.review_rules = ReviewRules(cross_percent=100)
    return project


@pytest.fixture
def judged(session, as_worker, first, project):
    """What the first inspector sent back, with a mark, a reason and a comment."""
    sent = make_submission(session, as_worker.person, project, boxes(box(w=140), box("person", x=200, w=40)))
    place = {"at": [20.0, 30.0], "reason": "missing"}
    decision = Decision(Verdict.REJECTED, comment="Look at the left.", marks=(LOOSE, place))
    reviews.decide(session, first, sent.id, decision)
    return sent


def decide(client, submission, verdict, *reasons, **more):
    return client.post(
        f"/second-looks/{submission.id}", data={"verdict": verdict, "reason": list(reasons)} | more
    )


def test_the_desk_has_a_tab_for_it_only_where_something_waits(as_inspector, sign_in, first, judged):
    tab = 'href="/second-looks"'

    for address in ("/inspect", "/inspection-practice", "/gold"):
        assert tab in as_inspector.get(address).text
    assert tab not in sign_in(first).get("/inspect").text
    follow(decide(as_inspector, judged, "accepted"))
    assert tab not in as_inspector.get("/inspect").text
    assert "No answer waits for your second look." in words(as_inspector.get("/second-looks"))


def test_neither_the_list_nor_the_page_tells_the_first_verdict(as_inspector, session, judged):
    listed, page = as_inspector.get("/second-looks"), as_inspector.get(f"/second-looks/{judged.id}")

    assert f'href="/second-looks/{judged.id}"' in listed.text
    assert 'name="region-0"' in page.text
    for told in TELLING:
        assert told not in words(page) + words(listed)
    assert 'class="badge fail"' not in page.text
    assert 'data-gold="' not in page.text
    assert session.scalars(select(GoldView)).all() == []


@pytest.mark.parametrize(
    "address", ["/inspect/{}", "/inspect/{}?gold=1", "/results/{}", "/results/{}/attempts"]
)
def test_no_other_page_tells_it_before_either(as_inspector, as_admin, sign_in, first, judged, address):
    for person in (as_inspector, as_admin):
        assert follow(person.get(address.format(judged.id))) == f"/second-looks/{judged.id}"
    assert sign_in(first).get(address.format(judged.id)).status_code == 200


def test_a_dispute_of_it_is_not_read_before_either(as_inspector, session, judged):
    dispute = raised(session, judged, subject="verdict")

    assert follow(as_inspector.get(f"/inspect/disputes/{dispute.id}")) == f"/second-looks/{judged.id}"


def test_whoever_was_too_late_for_the_first_verdict_is_not_told_it_either(as_inspector, session, judged):
    with nothing_changes(session):
        answer = as_inspector.post(f"/inspect/{judged.id}", data={"verdict": "accepted"})

    assert (answer.status_code, sentence(answer)) == (409, "This submission has already been judged.")
    for told in TELLING:
        assert told not in words(answer)


def test_gold_comes_when_it_is_asked_for_and_the_ledger_says_so(as_inspector, session, judged):
    page = as_inspector.get(f"/second-looks/{judged.id}?gold=1&comment=Hm&region-1=loose")

    assert 'data-gold="' in page.text
    assert ">Hm</textarea>" in page.text
    refused = decide(as_inspector, judged, "rejected", gold="1")
    assert (refused.status_code, 'data-gold="' in refused.text) == (422, True)
    assert session.scalars(select(GoldView.user_id)).all() == [as_inspector.person.id]


def test_after_it_both_verdicts_stand_side_by_side_with_what_differs(as_inspector, judged):
    form = {"region-0": "loose", "region-1": "missing", "comment": "The right side, too.",
            "place-x": "30", "place-y": "30", "place-reason": "missing"}  # fmt: skip

    page = as_inspector.get(follow(decide(as_inspector, judged, "rejected", **form)))

    rows = table(page, 'id="compared"')
    assert rows[0][1:3] == ["The First judged first", "Inspector judged second"]
    assert [[cell for cell in row if cell] for row in rows[1:]] == [
        ["Verdict", "Rejected", "Rejected", "the same"],
        ["1 Car", "A box is loose.", "A box is loose.", "the same"],
        ["2 Person", "nothing", "An object is missing.", "differs"],
        ["3 Empty place", "An object is missing.", "An object is missing.", "the same"],
        ["Comment", "Look at the left.", "The right side, too."],
    ]
    assert "Neither accepted the answer as it was. Who is right is not decided here." in words(page)
    assert page.text.count('class="badge fail"') == 3


def test_two_who_do_not_agree_are_told_so_and_the_first_may_read_it(as_inspector, sign_in, first, judged):
    follow(decide(as_inspector, judged, "accepted"))

    page = sign_in(first).get(f"/second-looks/{judged.id}")

    assert "They differ: one accepted the answer, the other did not." in words(page)
    assert f'href="/second-looks/{judged.id}"' in sign_in(first).get(f"/inspect/{judged.id}").text


def test_the_next_that_waits_is_offered(as_inspector, as_other_worker, session, project, first, judged):
    another = make_submission(session, as_other_worker.person, project)
    reviews.decide(session, first, another.id, Decision(Verdict.ACCEPTED))

    page = as_inspector.get(follow(decide(as_inspector, judged, "accepted")))

    assert f'href="/second-looks/{another.id}" data-key="Enter"' in page.text


NO_VERDICTS = (
    ({"verdict": "rejected"}, "Choose at least one reason out of the guide."),
    ({"verdict": "rejected", "reason": "ugly"}, "That reason is not in this project's guide."),
    ({"verdict": "corrected"}, "Choose: accept or reject."),
    ({}, "Choose: accept or reject."),
    (
        {"verdict": "accepted", "region-0": "loose"},
        "Something is marked as wrong. Send the answer back, or take the marks away.",
    ),
)


def test_what_is_no_verdict_is_refused_and_what_was_written_stays(as_inspector, session, judged):
    with nothing_changes(session):
        for form, said in NO_VERDICTS:
            answer = as_inspector.post(f"/second-looks/{judged.id}", data=form | {"comment": "Kept"})
            assert (answer.status_code, sentence(answer)) == (422, said)
            assert ">Kept</textarea>" in answer.text


def test_who_comes_second_is_refused_and_sees_how_it_was_judged(as_inspector, as_admin, session, judged):
    follow(decide(as_inspector, judged, "accepted"))

    with nothing_changes(session):
        answer = decide(as_admin, judged, "rejected", "missing")

    assert (answer.status_code, sentence(answer)) == (409, "This answer has had its second look already.")
    assert "They differ" in words(answer)


@pytest.mark.parametrize("drawn", [True, False])
def test_own_work_and_own_verdicts_are_refused_drawn_or_not(
    as_worker, sign_in, session, first, judged, drawn
):
    if not drawn:
        session.delete(session.get(SecondLook, judged.id))
    as_worker.person.role = Role.ADMIN
    said = ((as_worker, "Nobody inspects their own work."),
            (sign_in(first), "Nobody gives a second look to their own verdict."))  # fmt: skip

    for person, sentence_ in said:
        with nothing_changes(session):
            answers = [person.get(f"/second-looks/{judged.id}"), decide(person, judged, "accepted")]
        assert [(one.status_code, sentence(one)) for one in answers] == [(403, sentence_)] * 2


def test_a_worker_never_hears_of_it(as_worker, as_inspector, judged):
    def pages():
        shown = [words(as_worker.get(place)) for place in ("/", "/scores", f"/results/{judged.id}")]
        return [re.sub(r"\d+ seconds? ago", "", page) for page in shown]

    before = pages()
    follow(decide(as_inspector, judged, "accepted", comment="Secret"))

    assert pages() == before
    assert as_worker.get(f"/second-looks/{judged.id}").status_code == 403


def test_what_was_not_drawn_is_not_found(as_inspector, session, judged):
    session.delete(session.get(SecondLook, judged.id))

    for number in (judged.id, 999):
        assert as_inspector.get(f"/second-looks/{number}").status_code == 404
        assert as_inspector.post(f"/second-looks/{number}").status_code == 404


@pytest.mark.parametrize("kind", ["text_class", "image_class", "choice"])
def test_answers_without_regions_are_judged_and_compared_too(
    as_inspector, as_worker, session, first, project, kind
):
    other = make_project(session, task_type=kind, feedback=Feedback.AFTER_REVIEW)
    other.review_rules = project.review_rules
    sent = make_submission(session, as_worker.person, other)
    reviews.decide(session, first, sent.id, Decision(Verdict.ACCEPTED))

    assert as_inspector.get(f"/second-looks/{sent.id}?gold=1").status_code == 200
    page = as_inspector.get(follow(decide(as_inspector, sent, "rejected", "loose", "missing")))

    whole = "A box is loose. An object is missing."
    assert table(page, 'id="compared"')[2] == ["The answer as a whole", "nothing", whole, "differs"]
