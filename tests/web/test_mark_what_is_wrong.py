"""Marks: an inspector points at objects and at empty places, and the worker is shown exactly that."""

import pytest
from sqlalchemy import select

from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State
from labelkit.store.models import Project, Review
from tests.make import box, boxes, make_project, make_submission
from tests.web.visits import begin, follow, nothing_changes, sentence, words

ANSWER = boxes(box(x=38, y=36, w=110, h=90), box("person", x=200, y=20, w=30, h=60))
MARKS = {"region-0": "loose", "region-1": "", "place-x": "12.5", "place-y": "200", "place-reason": "missing"}


@pytest.fixture
def waiting(as_worker, session):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW)
    return make_submission(session, as_worker.person, project, ANSWER)


def decide(client, submission, verdict="rejected", **form):
    return client.post(f"/inspect/{submission.id}", data={"verdict": verdict} | form)


def test_each_object_may_be_marked_with_a_reason_of_the_guide(as_inspector, waiting):
    page = as_inspector.get(f"/inspect/{waiting.id}").text

    assert page.count('<select name="region-') == 2
    assert page.count('<option value="loose">G-02 A box is loose.</option>') == 3  # and for an empty place


def test_marks_are_kept_and_their_reasons_are_the_verdicts(as_inspector, session, waiting):
    follow(decide(as_inspector, waiting, **MARKS))

    review = session.scalars(select(Review)).one()
    assert waiting.state is State.REJECTED
    assert review.marks == [{"region": 0, "reason": "loose"}, {"at": [12.5, 200.0], "reason": "missing"}]
    assert [reason["clause"] for reason in review.reasons] == ["G-02", "G-01"]


def test_the_worker_sees_exactly_what_was_marked(as_worker, as_inspector, waiting):
    follow(decide(as_inspector, waiting, **MARKS))

    page = as_worker.get(f"/results/{waiting.id}")

    assert "1 Car A box is loose. G-02 Fit to what is visible." in words(page)
    assert "2 Empty place An object is missing. G-01 Mark every car." in words(page)
    assert 'id="mark-1" data-at="38.0 36.0"' in page.text
    assert 'id="mark-2" data-at="12.5 200.0"' in page.text
    assert 'id="mark-3"' not in page.text
    assert 'data-gold="' not in page.text


def test_the_rework_shows_them_on_its_picture(as_worker, as_inspector, waiting):
    follow(decide(as_inspector, waiting, **MARKS))

    page = as_worker.get(follow(as_worker.post(f"/results/{waiting.id}/again", data={"from": "mine"})))

    assert "1 Car A box is loose. G-02 Fit to what is visible." in words(page)
    assert 'data-at="12.5 200.0"' in page.text


def test_a_first_try_shows_no_marks(as_worker, as_inspector, session, waiting):
    follow(decide(as_inspector, waiting, **MARKS))
    project = session.get_one(Project, waiting.project_id)

    page = as_worker.get(begin(as_worker, project))

    assert "A box is loose." not in words(page)


REFUSED = (
    ({"region-2": "loose"}, "The answer has no such object to mark."),
    ({"region-0": "ugly"}, "That reason is not in this project's guide."),
    (MARKS | {"place-x": "321"}, "A marked place lies outside the picture."),
    (MARKS | {"place-x": "nan"}, "A marked place lies outside the picture."),
    (MARKS | {"place-y": "left"}, "A marked place lies outside the picture."),
    (MARKS | {"place-reason": "ugly"}, "That reason is not in this project's guide."),
    (
        MARKS | {"verdict": "accepted"},
        "Something is marked as wrong. Send the answer back, or take the marks away.",
    ),
)


@pytest.mark.parametrize(("form", "said"), REFUSED)
def test_marks_that_are_none_are_refused_and_kept_on_the_page(as_inspector, session, waiting, form, said):
    as_inspector.get(f"/inspect/{waiting.id}")

    with nothing_changes(session):
        answer = decide(as_inspector, waiting, **form)

    assert (answer.status_code, sentence(answer)) == (422, said)
    if form.get("region-0") == "loose":
        assert '<option value="loose" selected>' in answer.text


def test_an_answer_of_labels_has_nothing_to_point_at(as_worker, as_inspector, session):
    project = make_project(session, task_type="text_class", feedback=Feedback.AFTER_REVIEW)
    waiting = make_submission(session, as_worker.person, project)

    assert "Object by object" not in words(as_inspector.get(f"/inspect/{waiting.id}"))
    with nothing_changes(session):
        answers = [
            decide(as_inspector, waiting, **{"region-0": "loose"}),
            decide(as_inspector, waiting, **MARKS),
        ]
    assert [answer.status_code for answer in answers] == [422, 422]
