"""A label was removed or renamed, or gold withdrawn, after somebody had answered: all is still shown."""

import pytest
from sqlalchemy import select, update

from labelkit.domain.projects import Feedback, Label
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import Verdict
from labelkit.services import golds, reviews
from labelkit.services.reviews import Decision
from labelkit.store.models import Gold, Item, Project
from tests.make import LABELS, RIGHT, WRONG, box, boxes, make_project, make_submission
from tests.web.visits import begin, drafted, follow, save, send, sentence, words

TASK_TYPES = ["bbox", "image_class", "text_class", "choice"]
EMPTY = "This item has no gold now: it was withdrawn, or there was none yet."
UNKNOWN = {
    "bbox": "Box 1 has a label that this project does not know.",
    "image_class": "This project does not know that label.",
    "text_class": "This project does not know that label.",
    "choice": "This project does not know that label.",
}


def remove_label(session, project, number=0):
    """Takes a label out of a project; its key."""
    labels = list(project.labels)
    gone = labels.pop(number)
    project.labels = tuple(labels)
    session.flush()
    return gone.key


def address_of(submission):
    return f"/results/{submission.id}"


@pytest.fixture(params=TASK_TYPES)
def project(request, session):
    return make_project(session, task_type=request.param)


def test_a_label_that_was_removed_from_gold_is_shown_by_its_key(as_worker, session, project):
    submission = make_submission(session, as_worker.person, project, WRONG[project.task_type])
    gone = remove_label(session, project)

    page = as_worker.get(address_of(submission))

    assert page.status_code == 200
    assert "Score 0 %" in words(page)
    if project.task_type == "choice":  # its choices go by letters, and the question still has them
        assert "A What is visible" in words(page)
    else:
        assert gone in words(page)


def test_a_label_that_was_removed_from_my_answer_is_shown_by_its_key(as_worker, session, project):
    submission = make_submission(session, as_worker.person, project, RIGHT[project.task_type])
    gone = remove_label(session, project)

    page = as_worker.get(address_of(submission))

    assert "Score 100 %" in words(page)
    assert gone in (page.text if project.task_type == "bbox" else words(page).lower())


def test_a_label_that_was_renamed_is_shown_by_its_new_name(as_worker, session, project):
    if project.task_type == "choice":
        project = make_project(session, task_type="text_class")
    submission = make_submission(session, as_worker.person, project, WRONG[project.task_type])
    first, *others = LABELS[project.task_type]
    project.labels = (Label(first.key, Texts("새 이름", "A new name"), 1), *others)
    session.flush()

    assert "A new name" in words(as_worker.get(address_of(submission)))


def test_an_inspector_opens_what_has_a_label_that_is_no_more(as_worker, as_inspector, session):
    for task_type in TASK_TYPES:
        project = make_project(session, task_type=task_type, feedback=Feedback.AFTER_REVIEW)
        submission = make_submission(session, as_worker.person, project, RIGHT[task_type])
        remove_label(session, project)

        page = as_inspector.get(f"/inspect/{submission.id}")

        assert page.status_code == 200, task_type


def test_an_item_whose_gold_has_a_label_that_is_no_more_can_be_answered(as_worker, session, project):
    remove_label(session, project)

    result = follow(send(as_worker, begin(as_worker, project), WRONG[project.task_type]))

    assert "Score 0 %" in words(as_worker.get(result))


def test_a_draft_with_a_label_that_is_no_more_opens_and_must_be_chosen_anew(as_worker, session, project):
    address, old = begin(as_worker, project), RIGHT[project.task_type]
    save(as_worker, address, 0, old)
    remove_label(session, project)

    assert drafted(as_worker.get(address)) == old
    refused = send(as_worker, address, old)
    assert refused.status_code == 422
    assert sentence(refused) == UNKNOWN[project.task_type]
    assert drafted(refused) == old

    anew = boxes(box("person")) if project.task_type == "bbox" else WRONG[project.task_type]
    assert follow(send(as_worker, address, anew)).startswith("/results/")


def test_again_from_mine_opens_with_a_label_that_is_no_more(as_worker, session, project):
    submission = make_submission(session, as_worker.person, project, RIGHT[project.task_type])
    remove_label(session, project)

    again = follow(as_worker.post(f"{address_of(submission)}/again", data={"from": "mine"}))

    assert drafted(as_worker.get(again)) == RIGHT[project.task_type]


def test_rules_that_became_narrower_hide_no_answer(as_worker, session):
    project = make_project(session, task_type="text_class", multiple=True)
    both = {"labels": ["delivery", "refund"]}
    submission = make_submission(session, as_worker.person, project, both)
    flagged = make_project(session, flags=["occluded"])
    occluded = make_submission(session, as_worker.person, flagged, boxes(box(flags=frozenset({"occluded"}))))
    session.execute(update(Project).values(rules={}))

    assert "Refund" in words(as_worker.get(address_of(submission)))
    assert as_worker.get(address_of(occluded)).status_code == 200


def test_a_score_by_an_older_gold_is_shown_on_that_gold(as_worker, session):
    project = make_project(session)
    submission = make_submission(session, as_worker.person, project, boxes(box(x=43, w=97)))
    (old,) = session.scalars(select(Gold).where(Gold.item_id == submission.item_id))
    old.current = False
    session.flush()
    newer = Gold(item_id=old.item_id, version=2, accepted=[{"nothing": True}], explanation=Texts())
    session.add(newer)
    session.flush()

    page = as_worker.get(address_of(submission))

    assert 'data-box="40.0 40.0 100.0 80.0"' in page.text


def test_where_gold_was_withdrawn_the_page_says_so_and_calls_nothing_failed(as_worker, session, project):
    submission = make_submission(session, as_worker.person, project, WRONG[project.task_type])
    golds.withdraw(session, session.get_one(Item, submission.item_id))

    page = words(as_worker.get(address_of(submission)))

    assert f"No score {EMPTY}" in page
    assert "Not passed" not in page
    assert "Next" in page


def test_where_gold_was_withdrawn_the_verdict_of_the_inspector_stays(as_worker, as_inspector, session):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW)
    submission = make_submission(session, as_worker.person, project)
    reviews.decide(session, as_inspector.person, submission.id, Decision(Verdict.ACCEPTED, comment="Fine."))
    golds.withdraw(session, session.get_one(Item, submission.item_id))

    page = words(as_worker.get(address_of(submission)))

    assert f"Accepted {EMPTY}" in page
    assert "Fine." in page


def test_after_an_accepted_rework_the_verdict_stands_beside_the_score(as_worker, as_inspector, session):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW)
    first = make_submission(session, as_worker.person, project, WRONG["bbox"])
    reviews.decide(session, as_inspector.person, first.id, Decision(Verdict.REJECTED, ("missing",)))
    rework = follow(as_worker.post(f"{address_of(first)}/again", data={"from": "mine"}))
    second = follow(send(as_worker, rework, RIGHT["bbox"]))
    decision = Decision(Verdict.ACCEPTED)
    reviews.decide(session, as_inspector.person, int(second.rpartition("/")[2]), decision)

    assert "Score 100 % Passed" in words(as_worker.get(second))
    assert "Accepted Inspected by Inspector" in words(as_worker.get(second))
    assert "Rejected Inspected by Inspector" in words(as_worker.get(address_of(first)))
