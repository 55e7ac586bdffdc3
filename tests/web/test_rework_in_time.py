"""Deadline and number of rejections, as the inspector and the worker meet them on the pages."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.workflow import State, Verdict
from labelkit.services import reviews
from labelkit.services.reviews import Decision
from labelkit.store.models import Assignment, GoldView, Review, Submission
from labelkit.store.types import utc_now
from tests.make import RIGHT, WRONG, box, boxes, make_project, make_submission
from tests.web.visits import drafted, fields, follow, save, send, sentence, words

OVER = "The time to send this item again is over. Your draft is kept, and score and gold are open now."


@pytest.fixture
def project(session):
    found = make_project(session, "street", feedback=Feedback.AFTER_REVIEW)
    found.review_rules = ReviewRules(rework_hours=26, rework_limit=3)
    return found


@pytest.fixture
def rejected(session, as_worker, as_inspector, project):
    return reject(as_inspector, make_submission(session, as_worker.person, project, WRONG["bbox"]))


def reject(inspector, submission):
    decision = Decision(Verdict.REJECTED, ("missing",))
    return reviews.decide(inspector.session, inspector.person, submission.id, decision)


def rework(client, submission):
    form = {"from": "mine", "as": "rework"}
    return client.post(f"/results/{submission.id}/again", data=form)


def let_time_pass(session, submission):
    review = session.scalars(select(Review).where(Review.submission_id == submission.id)).one()
    review.due_at = utc_now() - timedelta(minutes=3)


def test_home_result_and_workbench_say_how_often_and_until_when(as_worker, rejected):
    work = follow(rework(as_worker, rejected))

    for address in ("/", f"/results/{rejected.id}", work):
        page = as_worker.get(address)
        assert "Rework due in 1 day" in words(page) or "Rework due in 26 hours" in words(page)
        assert 'title="' in page.text[page.text.index("Rework due") :].partition("</time>")[0]
        assert "Rejection 1 of 3" in words(page)


@pytest.mark.parametrize("limit", [1, 2])
def test_where_the_limit_was_lowered_since_an_open_rework_is_told_to_be_the_last(
    as_worker, as_inspector, session, project, rejected, limit
):
    again = follow(send(as_worker, follow(rework(as_worker, rejected)), RIGHT["bbox"]))
    second = reject(as_inspector, session.get_one(Submission, int(again.split("/")[-1])))
    project.review_rules = ReviewRules(rework_limit=limit)
    work = follow(rework(as_worker, second))

    for address in ("/", f"/results/{second.id}", work):
        page = words(as_worker.get(address))
        assert f"Rejections: 2 (limit {limit}); the next one is the last" in page
    last = int(follow(send(as_worker, work, boxes(box(x=30)))).split("/")[-1])
    ahead = words(as_inspector.get(f"/inspect/{last}"))
    assert f"the last time (rejection 3, limit {limit}): there is no rework after it." in ahead


def test_where_the_project_sets_no_limit_nothing_is_said(as_worker, as_inspector, session, project):
    project.review_rules = ReviewRules()
    rejected = reject(as_inspector, make_submission(session, as_worker.person, project, WRONG["bbox"]))

    for address in ("/", f"/results/{rejected.id}", follow(rework(as_worker, rejected))):
        assert "Rejection 1" not in words(as_worker.get(address))
        assert "Rework due" not in words(as_worker.get(address))


def test_the_inspector_is_told_before_the_last_rejection(as_worker, as_inspector, session, project, rejected):
    waiting = make_submission(session, as_worker.person, project)
    first = words(as_inspector.get(f"/inspect/{waiting.id}"))
    assert "Sending it back would be rejection 1 of 3. The worker then has 26 h for the rework." in first
    project.review_rules = ReviewRules(rework_limit=2)
    second = int(follow(send(as_worker, follow(rework(as_worker, rejected)), RIGHT["bbox"])).split("/")[-1])

    page = words(as_inspector.get(f"/inspect/{second}"))
    assert "Sending it back now is the last time (rejection 2, limit 2): there is no rework after it." in page


def test_after_the_last_rejection_score_and_gold_are_open_and_no_rework_is_offered(
    as_worker, as_inspector, session, project
):
    project.review_rules = ReviewRules(rework_limit=1)
    failed = reject(as_inspector, make_submission(session, as_worker.person, project, WRONG["bbox"]))

    page = as_worker.get(f"/results/{failed.id}")

    assert "It was rejected for the last time: there is no rework." in words(page)
    assert 'data-gold="' in page.text
    assert 'name="as" value="rework"' not in page.text
    assert "sent 1 answer back" not in words(as_worker.get("/"))


def test_a_rework_opened_after_its_time_shows_what_happened_and_the_draft(as_worker, session, rejected):
    address = follow(rework(as_worker, rejected))
    draft = boxes(box(x=7))
    save(as_worker, address, 0, draft)
    let_time_pass(session, rejected)

    page = as_worker.get(address)

    assert (page.status_code, sentence(page)) == (200, OVER)
    assert 'data-box="7.0 40.0' in page.text
    assert 'data-gold="' not in page.text
    assert rejected.state is State.LAPSED
    assert as_worker.get(address).status_code == 200  # and it stays readable
    assert f'href="/results/{rejected.id}"' in page.text


def test_an_answer_sent_after_its_time_is_refused_and_kept(as_worker, session, rejected):
    address = follow(rework(as_worker, rejected))
    form = fields(as_worker.get(address)) | {
        "annotation": '{"regions": [{"label": "car", "box": [9, 9, 50, 50]}]}'
    }
    let_time_pass(session, rejected)

    page = as_worker.post(f"{address}/submit", data=form)

    assert (page.status_code, sentence(page)) == (409, OVER)
    assert 'data-box="9' in page.text
    assert rejected.state is State.LAPSED
    assignment = session.get_one(Assignment, int(address.split("/")[-1]))
    assert (assignment.open, assignment.draft["regions"][0]["box"]) == (False, [9, 9, 50, 50])
    assert 'data-box="9' in as_worker.get(address).text


def test_neither_is_a_draft_saved_after_it_was_closed(as_worker, session, rejected):
    address = follow(rework(as_worker, rejected))
    let_time_pass(session, rejected)
    as_worker.get(address)

    answer = save(as_worker, address, 0, RIGHT["bbox"])

    assert (answer.status_code, sentence(answer)) == (409, OVER)


@pytest.mark.parametrize("lapsed_before", [False, True])
def test_a_new_rework_after_its_time_is_refused_beside_the_result(
    as_worker, session, rejected, lapsed_before
):
    let_time_pass(session, rejected)
    if lapsed_before:
        rework(as_worker, rejected)

    page = rework(as_worker, rejected)

    assert (page.status_code, sentence(page)) == (409, OVER)
    assert "Not sent again in time" in words(page) or "Not passed" in words(page)
    assert rejected.state is State.LAPSED
    assert session.scalars(select(GoldView)).one().user_id == as_worker.person.id  # the page shows gold
    assert session.scalar(select(Assignment).where(Assignment.purpose == "rework")) is None


def test_then_another_try_is_free(as_worker, session, rejected):
    let_time_pass(session, rejected)
    rework(as_worker, rejected)

    again = follow(as_worker.post(f"/results/{rejected.id}/again", data={"from": "empty"}))

    assert drafted(as_worker.get(again)) == {"regions": []}


def test_what_is_not_drawn_says_that_it_was_not_in_the_sample(as_worker, session, project):
    project.review_rules = ReviewRules(sample_percent=5)
    sent = [make_submission(session, as_worker.person, project) for _ in range(3)]
    done = next(one for one in sent if one.state is State.UNSAMPLED)

    page = words(as_worker.get(f"/results/{done.id}"))

    assert "It was not in the sample, so it is done without an inspection." in page
    assert "Score 100 %" in page
    assert "Done without inspection not in the sample" in words(as_worker.get("/projects/street"))
    assert "not in the sample" in words(as_worker.get("/scores?project=street"))
