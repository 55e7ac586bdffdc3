"""Scores after gold or rules have changed: made anew in bulk, older ones kept."""

import pytest
from sqlalchemy import func, select

from labelkit.domain.errors import Invalid
from labelkit.domain.projects import Feedback
from labelkit.services import scores
from labelkit.store.models import Gold, Score
from tests.make import RIGHT, box, boxes, make_gold, make_item, make_project, make_submission, make_user


def current(session, submission):
    return session.scalars(select(Score).where(Score.submission_id == submission.id, Score.current)).one()


def new_gold(session, submission, accepted):
    old = session.scalars(select(Gold).where(Gold.item_id == submission.item_id, Gold.current)).one()
    old.current = False
    session.flush()
    session.add(Gold(item_id=old.item_id, version=2, accepted=accepted, explanation=old.explanation))
    session.flush()


@pytest.mark.parametrize("task_type", ["bbox", "image_class", "text_class"])
def test_a_new_gold_gives_a_new_score_and_the_old_one_stays(session, task_type):
    project = make_project(session, task_type=task_type)
    submission = make_submission(session, make_user(session), project)
    new_gold(session, submission, [{"unusable": True}])

    renewed = scores.renew(session, project)

    assert (renewed.scored, renewed.unreadable, renewed.next_id) == (1, 0, None)
    assert (current(session, submission).value, current(session, submission).gold_version) == (0, 2)
    assert session.scalar(select(func.count()).select_from(Score)) == 2


def test_what_is_up_to_date_is_left_alone(session):
    project = make_project(session)
    make_submission(session, make_user(session), project)

    assert scores.count_outdated(session, project) == 0
    assert scores.renew(session, project).scored == 0


def test_other_rules_give_other_scores_of_a_new_rules_version(session):
    project = make_project(session)
    loose = boxes(box(x=35, y=35, w=110, h=90))  # every side 5 px off, the tolerance is 3 and 2.4
    submission = make_submission(session, make_user(session), project, loose)
    assert current(session, submission).value == 0

    scores.change_rules(session, project, {"tolerance_min": 5})
    assert scores.count_outdated(session, project) == 1
    scores.renew(session, project)

    assert (current(session, submission).value, current(session, submission).rules_version) == (1, 2)


def test_rules_that_cannot_be_change_nothing(session):
    project = make_project(session)

    with pytest.raises(Invalid):
        scores.change_rules(session, project, {"match_iou": 7})

    assert (project.rules, project.rules_version) == ({}, 1)


def test_bulk_gives_the_very_score_that_sending_gave(session):
    project = make_project(session, items=1)
    answers = [RIGHT["bbox"], boxes(box(x=60)), boxes(box("person")), {"nothing": True}, {"unusable": True}]
    sent = [make_submission(session, make_user(session), project, answer) for answer in answers]
    before = [current(session, submission).detail for submission in sent]

    scores.change_rules(session, project, {})
    scores.renew(session, project)

    assert [current(session, submission).detail for submission in sent] == before


def test_slices_go_on_where_the_last_one_stopped(session, monkeypatch):
    monkeypatch.setattr(scores, "SLICE", 2)
    project = make_project(session, items=1)
    for _ in range(5):
        make_submission(session, make_user(session), project)
    scores.change_rules(session, project, {})

    first = scores.renew(session, project)
    second = scores.renew(session, project, first.next_id)
    third = scores.renew(session, project, second.next_id)

    assert [first.scored, second.scored, third.scored] == [2, 2, 1]
    assert third.next_id is None
    assert scores.count_outdated(session, project) == 0


def test_an_answer_whose_label_is_gone_keeps_its_old_score(session):
    project = make_project(session, task_type="text_class", items=1)
    submission = make_submission(session, make_user(session), project)
    project.labels = project.labels[1:]
    new_gold(session, submission, [{"labels": ["delivery"]}])

    renewed = scores.renew(session, project)

    assert (renewed.scored, renewed.unreadable) == (0, 1)
    assert current(session, submission).value == 1


def test_an_answer_sent_before_there_was_gold_is_scored_later(session):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW, items=0)
    item = make_item(session, project, gold=[])
    submission = make_submission(session, make_user(session), project)
    assert session.scalar(select(func.count()).select_from(Score)) == 0

    make_gold(session, item, [RIGHT["bbox"]])
    scores.renew(session, project)

    assert current(session, submission).value == 1


def test_rules_that_are_not_named_stay_as_they_are(session):
    project = make_project(session, tolerance_min=5)

    scores.change_rules(session, project, {"pass_score": 0.9})

    assert project.rules == {"tolerance_min": 5, "pass_score": 0.9}
