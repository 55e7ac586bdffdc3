"""An inspector corrects an answer: what is kept of the drawing, what a correction does, what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from labelkit.domain.errors import Conflict, Invalid, NotAllowed, NotFound, TooLarge
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State, Verdict
from labelkit.services import corrections, leases, practice, reviews, submissions
from labelkit.services.corrections import Corrected, DrawingConflict
from labelkit.services.reviews import Decision
from labelkit.services.submissions import Sent
from labelkit.store.models import Audit, Correction, Lease, Review
from labelkit.store.types import utc_now
from tests.make import RIGHT, WRONG, box, boxes, make_project, make_submission, make_user

LOOSE = boxes(box(x=20, y=24, w=140, h=112))
TIGHT = boxes(box())


@pytest.fixture
def project(session):
    return make_project(session, feedback=Feedback.AFTER_REVIEW)


@pytest.fixture
def worker(session):
    return make_user(session, "worker")


@pytest.fixture
def inspector(session):
    return make_user(session, "inspector", Role.INSPECTOR)


@pytest.fixture
def other(session):
    return make_user(session, "other", Role.INSPECTOR)


@pytest.fixture
def waiting(session, worker, project):
    return make_submission(session, worker, project, LOOSE)


def review_of(session, submission):
    return session.scalar(select(Review).where(Review.submission_id == submission.id))


def drawings(session):
    session.flush()
    return session.scalar(select(func.count()).select_from(Correction))


def test_a_drawing_begins_as_the_workers_answer_and_takes_the_lease(session, inspector, other, waiting):
    begun = corrections.begin(session, inspector, waiting.id)

    assert (begun.annotation, begun.revision) == (LOOSE, 0)
    assert drawings(session) == 0
    with pytest.raises(Conflict, match="is being inspected by Inspector"):
        corrections.begin(session, other, waiting.id)


def test_what_is_drawn_is_kept_with_its_revision(session, inspector, waiting):
    assert corrections.save(session, inspector, waiting.id, 0, TIGHT) == 1
    assert corrections.save(session, inspector, waiting.id, 1, {"nothing": True}) == 2

    begun = corrections.begin(session, inspector, waiting.id)
    assert (begun.annotation, begun.revision) == ({"nothing": True}, 2)
    assert waiting.annotation == LOOSE


def test_an_older_revision_is_answered_with_the_newer_drawing(session, inspector, waiting):
    corrections.save(session, inspector, waiting.id, 0, TIGHT)

    with pytest.raises(DrawingConflict) as newer:
        corrections.save(session, inspector, waiting.id, 0, {"nothing": True})

    assert (newer.value.revision, newer.value.annotation) == (1, TIGHT)


def test_every_inspector_has_a_drawing_of_their_own(session, inspector, other, waiting):
    corrections.save(session, inspector, waiting.id, 0, TIGHT)

    assert corrections.drawing(session, other, waiting).annotation == LOOSE


def test_a_drawing_beyond_all_measure_is_not_kept(session, inspector, waiting):
    with pytest.raises(TooLarge):
        corrections.save(session, inspector, waiting.id, 0, {"regions": ["x" * 1_000_001]})


def test_a_correction_is_final_stands_beside_the_answer_and_opens_score_and_gold(session, inspector, waiting):
    corrections.begin(session, inspector, waiting.id)
    corrections.save(session, inspector, waiting.id, 0, TIGHT)

    judged = corrections.send(
        session, inspector, waiting.id, Corrected(TIGHT, 1, ("loose",), "  왼쪽을 보세요. ")
    )

    review = review_of(session, waiting)
    assert (judged.state, judged.opened, judged.annotation) == (State.CORRECTED, True, LOOSE)
    assert (review.verdict, review.correction, review.comment) == (Verdict.CORRECTED, TIGHT, "왼쪽을 보세요.")
    assert [reason["key"] for reason in review.reasons] == ["loose"]
    assert submissions.result(session, waiting.user, waiting.id).score is not None
    assert drawings(session) == 0
    assert session.scalar(select(func.count()).select_from(Lease)) == 0
    assert session.scalars(select(Audit.of)).all() == [{"submission": waiting.id, "verdict": "corrected"}]


def test_a_correction_needs_no_reason_and_takes_none_that_the_guide_does_not_have(
    session, inspector, waiting
):
    with pytest.raises(Invalid, match=r"^That reason is not in this project's guide\.$"):
        corrections.send(session, inspector, waiting.id, Corrected(TIGHT, 0, ("ugly",)))
    assert waiting.state is State.WAITING

    corrections.send(session, inspector, waiting.id, Corrected(TIGHT, 0))

    assert review_of(session, waiting).reasons == []


def test_the_attempts_before_a_corrected_one_are_opened_too(session, inspector, worker, waiting):
    reviews.decide(session, inspector, waiting.id, Decision(Verdict.REJECTED, ("loose",)))
    again = practice.issue_again(session, worker, waiting, from_mine=False)
    sent = Sent({"nothing": True}, again.revision, submit_key="rework")
    second = submissions.submit(session, worker, again.id, sent)

    corrections.send(session, inspector, second.id, Corrected(TIGHT, 0))

    session.refresh(waiting)
    assert (waiting.state, waiting.opened, second.opened) == (State.REJECTED, True, True)


def test_what_overhangs_the_picture_is_clipped(session, inspector, waiting):
    corrections.send(session, inspector, waiting.id, Corrected(boxes(box(x=-10, w=100)), 0))

    assert review_of(session, waiting).correction == boxes(box(x=0, w=90))


REFUSED = {
    "nothing_corrected": (LOOSE, "Nothing was corrected. Accept the answer instead."),
    "outside": (boxes(box(x=900)), "Box 1 lies wholly outside the picture."),
    "label": (boxes(box("tram")), "Box 1 has a label that this project does not know."),
    "empty": ({"regions": []}, "Draw a box, or choose “Nothing here”."),
    "no_answer": (None, "The answer could not be read."),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_correction_that_is_none_is_refused_and_the_drawing_kept(session, inspector, waiting, what):
    annotation, said = REFUSED[what]
    corrections.save(session, inspector, waiting.id, 0, TIGHT)
    session.commit()

    with pytest.raises(Invalid) as refused:
        corrections.send(session, inspector, waiting.id, Corrected(annotation, 1))

    session.rollback()
    session.refresh(waiting)
    assert str(refused.value) == said
    assert waiting.state is State.WAITING
    assert review_of(session, waiting) is None
    assert corrections.drawing(session, inspector, waiting).annotation == TIGHT


def test_a_correction_sent_over_a_newer_drawing_is_refused(session, inspector, waiting):
    corrections.save(session, inspector, waiting.id, 0, TIGHT)

    with pytest.raises(DrawingConflict):
        corrections.send(session, inspector, waiting.id, Corrected(TIGHT, 0))

    assert waiting.state is State.WAITING


@pytest.mark.parametrize("task_type", ["image_class", "text_class", "choice"])
def test_labels_are_corrected_as_boxes_are(session, inspector, worker, task_type):
    project = make_project(session, task_type=task_type, feedback=Feedback.AFTER_REVIEW)
    sent = make_submission(session, worker, project, WRONG[task_type])
    with pytest.raises(Invalid, match="Nothing was corrected"):
        corrections.send(session, inspector, sent.id, Corrected(WRONG[task_type], 0))
    with pytest.raises(Invalid, match="does not know that label"):
        corrections.send(session, inspector, sent.id, Corrected({"labels": ["tram"]}, 0))

    corrections.send(session, inspector, sent.id, Corrected(RIGHT[task_type], 0))

    assert review_of(session, sent).correction == RIGHT[task_type]


def test_nobody_corrects_their_own_work(session, inspector, project):
    mine = make_submission(session, inspector, project, LOOSE)

    for act in (
        lambda: corrections.begin(session, inspector, mine.id),
        lambda: corrections.save(session, inspector, mine.id, 0, TIGHT),
        lambda: corrections.send(session, inspector, mine.id, Corrected(TIGHT, 0)),
    ):
        with pytest.raises(NotAllowed, match=r"^Nobody inspects their own work\.$"):
            act()
    assert mine.state is State.WAITING


def test_a_worker_corrects_nothing(session, worker, waiting):
    somebody = make_user(session)

    with pytest.raises(NotFound):
        corrections.begin(session, somebody, waiting.id)
    with pytest.raises(NotAllowed):
        corrections.send(session, somebody, waiting.id, Corrected(TIGHT, 0))


def test_what_is_judged_is_neither_drawn_on_nor_corrected(session, inspector, other, waiting):
    corrections.save(session, inspector, waiting.id, 0, TIGHT)
    reviews.decide(session, other, waiting.id, Decision(Verdict.ACCEPTED))

    assert drawings(session) == 0
    for act in (
        lambda: corrections.save(session, inspector, waiting.id, 1, TIGHT),
        lambda: corrections.send(session, inspector, waiting.id, Corrected(TIGHT, 1)),
    ):
        with pytest.raises(Conflict, match=r"^This submission has already been judged\.$"):
            act()
    assert (waiting.state, drawings(session)) == (State.ACCEPTED, 0)


def test_what_another_holds_is_not_corrected_until_that_runs_out(session, inspector, other, waiting):
    leases.take(session, other, waiting.id)
    with pytest.raises(Conflict, match=r"^This submission is being inspected by Other\.$"):
        corrections.send(session, inspector, waiting.id, Corrected(TIGHT, 0))

    session.get(Lease, waiting.id).until = utc_now() - timedelta(seconds=1)
    session.flush()
    corrections.begin(session, inspector, waiting.id)

    assert corrections.send(session, inspector, waiting.id, Corrected(TIGHT, 0)).state is State.CORRECTED


def test_what_was_scored_at_once_is_not_corrected(session, inspector, worker):
    scored = make_submission(session, worker, make_project(session))

    for act in (
        lambda: corrections.begin(session, inspector, scored.id),
        lambda: corrections.save(session, inspector, scored.id, 0, TIGHT),
        lambda: corrections.send(session, inspector, scored.id, Corrected(TIGHT, 0)),
    ):
        with pytest.raises(Conflict):
            act()
