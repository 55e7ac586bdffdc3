"""What the database itself does not allow, whoever asks for it."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from labelkit.domain.texts import Texts
from labelkit.services import practice
from labelkit.store.models import Assignment, Gold, Item, Score, Submission
from tests.make import make_project, make_submission, make_user


@pytest.fixture
def project(session):
    return make_project(session, items=2)


@pytest.fixture
def worker(session):
    return make_user(session)


@pytest.fixture
def item(session, project):
    return session.scalars(select(Item).order_by(Item.position)).first()


def refused(session, row):
    session.add(row)
    with pytest.raises(IntegrityError):
        session.flush()


def test_two_people_cannot_have_one_user_name(session):
    make_user(session, "somebody")

    with pytest.raises(IntegrityError):
        make_user(session, "somebody")


def test_an_item_has_one_current_gold(session, item):
    refused(session, Gold(item_id=item.id, version=2, accepted=[], explanation=Texts()))


def test_an_item_may_have_older_gold_beside_the_current_one(session, item):
    session.add(Gold(item_id=item.id, version=2, accepted=[], explanation=Texts(), current=False))
    session.add(Gold(item_id=item.id, version=3, accepted=[], explanation=Texts(), current=False))
    session.flush()


def test_a_version_of_gold_is_there_once(session, item):
    refused(session, Gold(item_id=item.id, version=1, accepted=[], explanation=Texts(), current=False))


def test_a_person_has_an_item_open_once(session, project, worker):
    first = practice.issue_next(session, worker, project)

    again = Assignment(
        user_id=worker.id, project_id=project.id, item_id=first.item_id, round=2, purpose="again"
    )
    refused(session, again)


def test_two_people_may_have_the_same_item_open(session, project, worker):
    mine = practice.issue_next(session, worker, project)
    yours = practice.issue_next(session, make_user(session), project)

    assert mine.item_id == yours.item_id


def test_an_assignment_ends_in_one_submission(session, project, worker):
    sent = make_submission(session, worker, project)

    refused(session, copy_of(sent, Submission, attempt=2))


def test_an_attempt_is_there_once(session, project, worker):
    sent = make_submission(session, worker, project)
    other = practice.issue_next(session, worker, project)

    refused(session, copy_of(sent, Submission, assignment_id=other.id))


def test_a_submission_has_one_current_score(session, project, worker):
    score = score_of(session, make_submission(session, worker, project))

    refused(session, copy_of(score, Score, gold_version=2))


def test_a_score_of_the_same_gold_and_rules_is_there_once(session, project, worker):
    score = score_of(session, make_submission(session, worker, project))

    refused(session, copy_of(score, Score, current=False))


def test_older_scores_stay_beside_the_current_one(session, project, worker):
    sent = make_submission(session, worker, project)
    score = score_of(session, sent)
    session.add(copy_of(score, Score, current=False, gold_version=2))
    session.flush()

    assert score_of(session, sent) is score


def score_of(session, sent):
    loaded = select(Submission).where(Submission.id == sent.id).options(joinedload(Submission.score))
    return session.scalar(loaded.execution_options(populate_existing=True)).score


def copy_of(row, kind, **changes):
    """Another row that says the same, but for what is changed."""
    said = {column.key: getattr(row, column.key) for column in kind.__table__.columns if column.key != "id"}
    return kind(**said | changes)
