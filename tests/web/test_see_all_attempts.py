"""All attempts at one item beside each other: for whoever sent them, and for inspectors."""

import pytest
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import Verdict
from labelkit.services import corrections, practice, reviews, submissions
from labelkit.services.corrections import Corrected
from labelkit.services.reviews import Decision
from labelkit.services.submissions import Sent
from labelkit.store.models import GoldView
from tests.make import RIGHT, WRONG, box, boxes, make_project, make_submission, make_user
from tests.web.visits import sentence, words

LOOSE = boxes(box(x=20, y=24, w=140, h=112))
TIGHT = boxes(box())
MARK = {"region": 0, "reason": "loose"}
REJECT = Decision(Verdict.REJECTED, ("missing",), "Look left.", (MARK,))


@pytest.fixture
def project(session):
    return make_project(session, "street", feedback=Feedback.AFTER_REVIEW, items=1)


@pytest.fixture
def inspector(session):
    return make_user(session, "ben", Role.INSPECTOR)


def again(session, submission, annotation):
    """The next attempt at the same item."""
    worker = submission.user
    assignment = practice.issue_again(session, worker, submission, from_mine=False)
    sent = Sent(annotation, assignment.revision, submit_key=f"again-{assignment.id}")
    return submissions.submit(session, worker, assignment.id, sent)


@pytest.fixture
def first(as_worker, session, project, inspector):
    first = make_submission(session, as_worker.person, project, LOOSE)
    reviews.decide(session, inspector, first.id, REJECT)
    return first


@pytest.fixture
def second(session, first):
    return again(session, first, boxes(box(x=30), box("person", x=200)))


def test_neighbours_are_told_apart_with_verdict_reasons_and_marks(as_worker, first, second):
    page = as_worker.get(f"/results/{second.id}/attempts")

    said = words(page)
    assert "Attempt 1 Rejected" in said
    assert "1 Car A box is loose." in said
    assert "An object is missing." in said
    assert "Look left." in said
    assert "Attempt 2 Waiting" in said
    assert "Against attempt 1 2 Car moved: left +10.0 px, top +16.0 px" in said
    assert "Added: Person." in said
    assert page.text.count('<svg class="compare"') == 2
    assert 'id="try-1-mark-1"' in page.text
    assert 'id="mark-1"' not in page.text


def test_neither_score_nor_gold_is_told_before_its_time_and_gold_never(
    as_worker, as_admin, session, second, inspector
):
    pages = [person.get(f"/results/{second.id}/attempts").text for person in (as_worker, as_admin)]
    for page in pages:
        assert 'data-gold="' not in page
        assert "points" not in page

    corrections.send(session, inspector, second.id, Corrected(TIGHT, 0))
    own, others = [words(person.get(f"/results/{second.id}/attempts")) for person in (as_worker, as_admin)]

    assert "Attempt 1 Rejected 0" in own
    assert "Attempt 2 Corrected 0" in own
    assert "What was corrected 2" in own
    assert "Removed: Person." in own
    assert "Attempt 2 Corrected" in others
    assert "Attempt 2 Corrected 0" not in others
    assert session.scalars(select(GoldView)).all() == []


def test_only_its_worker_and_inspectors_see_them(as_other_worker, as_inspector, first, second):
    answer = as_other_worker.get(f"/results/{first.id}/attempts")

    assert (answer.status_code, sentence(answer)) == (404, "There is no such submission among yours.")
    page = as_inspector.get(f"/results/{first.id}/attempts")
    assert "street practice · Worker" in words(page)
    assert f'href="/inspect/{second.id}"' in page.text


def test_the_result_and_the_inspection_lead_there_where_there_are_several(
    as_worker, as_inspector, session, project, first
):
    link = "/results/{}/attempts"
    assert link.format(first.id) not in as_worker.get(f"/results/{first.id}").text

    second = again(session, first, TIGHT)

    assert link.format(first.id) in as_worker.get(f"/results/{first.id}").text
    assert link.format(second.id) in as_worker.get(f"/results/{second.id}").text
    assert link.format(second.id) in as_inspector.get(f"/inspect/{second.id}").text


def test_of_many_attempts_the_newest_are_shown_and_older_ones_listed(as_worker, session):
    one = make_submission(session, as_worker.person, make_project(session, items=1), LOOSE)
    for number in range(8):
        one = again(session, one, boxes(box(x=40 + number)))

    page = as_worker.get(f"/results/{one.id}/attempts")

    assert page.text.count('<svg class="compare"') == 6
    said = words(page)
    assert "3 older attempts Attempt 3 Not passed" not in said
    assert "3 older attempts Attempt 3" in said
    assert said.count("Against attempt") == 6
    assert "Against attempt 3 1 Car moved: left +1.0 px, right +1.0 px." in said


def test_an_attempt_that_says_the_same_is_told_so(as_worker, session):
    one = make_submission(session, as_worker.person, make_project(session, items=1), LOOSE)
    two = again(session, one, LOOSE)

    assert "Against attempt 1 0 The answer is the same." in words(
        as_worker.get(f"/results/{two.id}/attempts")
    )


@pytest.mark.parametrize("task_type", ["image_class", "text_class", "choice"])
def test_labels_stand_beside_each_other_too(as_worker, session, task_type):
    project = make_project(session, task_type=task_type, items=1)
    one = make_submission(session, as_worker.person, project, WRONG[task_type])
    two = again(session, one, RIGHT[task_type])

    page = words(as_worker.get(f"/results/{two.id}/attempts"))

    was, now = (project.labels[number].name.en or project.labels[number].name.ko for number in (1, 0))
    assert f"{was} became {now}." in page
    assert "Attempt 1 Not passed" in page
    assert "Gold" not in page
