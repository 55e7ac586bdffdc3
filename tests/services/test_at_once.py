"""Eight tabs or people in the same moment: nothing is lost, nothing is there twice."""

import itertools

import pytest
from sqlalchemy import func, select

from labelkit.domain.errors import Conflict
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State, Verdict
from labelkit.services import golds, practice, reviews, submissions, users
from labelkit.services.practice import DraftConflict
from labelkit.services.reviews import Decision
from labelkit.services.submissions import Sent
from labelkit.store.models import Assignment, GoldView, LoginFailure, Project, Review, Score, Submission, User
from tests.make import RIGHT, WRONG, make_project, make_submission, make_user
from tests.services.crowd import at_once, of_kind

EIGHT = 8
TEXT = "text_class"


@pytest.fixture
def project(session):
    project = make_project(session, task_type=TEXT, items=3)
    session.commit()
    return project


@pytest.fixture
def worker(session, project):
    worker = make_user(session)
    session.commit()
    return worker


@pytest.fixture
def assignment(session, project, worker):
    assignment = practice.issue_next(session, worker, project)
    session.commit()
    return assignment


def count(session, kind):
    session.rollback()
    return session.scalar(select(func.count()).select_from(kind))


def test_eight_tabs_of_one_person_open_one_item(engine, session, project, worker):
    def press_next(session, _):
        return practice.issue_next(session, session.get(User, worker.id), session.get(Project, project.id)).id

    issued = at_once(engine, EIGHT, press_next)

    assert len(set(issued)) == 1
    assert count(session, Assignment) == 1


def test_eight_drafts_of_one_revision_keep_one(engine, session, worker, assignment):
    def save(session, number):
        me = session.get(User, worker.id)
        practice.save_draft(session, me, assignment.id, 0, {"labels": [], "tab": number})
        return number

    saved = at_once(engine, EIGHT, save)

    (kept,) = of_kind(saved, int)
    assert len(of_kind(saved, DraftConflict)) == EIGHT - 1
    session.rollback()
    session.refresh(assignment)
    assert (assignment.revision, assignment.draft["tab"]) == (1, kept)


def test_one_form_sent_eight_times_is_one_submission(engine, session, worker, assignment):
    def send(session, _):
        sent = Sent(RIGHT[TEXT], 0, submit_key="pressed in haste")
        return submissions.submit(session, session.get(User, worker.id), assignment.id, sent).id

    sent = at_once(engine, EIGHT, send)

    assert len(set(sent)) == 1
    assert (count(session, Submission), count(session, Score)) == (1, 1)


def test_eight_tabs_that_send_one_item_make_one_submission(engine, session, worker, assignment):
    def send(session, number):
        sent = Sent(RIGHT[TEXT], 0, submit_key=f"tab {number}")
        return submissions.submit(session, session.get(User, worker.id), assignment.id, sent).id

    sent = at_once(engine, EIGHT, send)

    assert len(of_kind(sent, int)) == 1
    assert len(of_kind(sent, Conflict)) == EIGHT - 1
    assert (count(session, Submission), count(session, Score)) == (1, 1)


def test_an_item_is_sent_or_skipped_but_never_both(engine, session, worker, assignment):
    def send_or_skip(session, number):
        me = session.get(User, worker.id)
        if number % 2:
            return practice.skip(session, me, assignment.id).id
        return submissions.submit(session, me, assignment.id, Sent(RIGHT[TEXT], 0, f"tab {number}")).id

    done = at_once(engine, EIGHT, send_or_skip)

    assert len(of_kind(done, int)) == 1
    sent = count(session, Submission)
    session.refresh(assignment)
    assert not assignment.open
    assert assignment.skipped == (sent == 0)


def test_eight_people_work_through_a_project_side_by_side(engine, session, project):
    ids = [make_user(session).id for _ in range(EIGHT)]
    session.commit()

    def work(session, number):
        me, mine = session.get(User, ids[number]), session.get(Project, project.id)
        for item in range(3):
            assignment = practice.issue_next(session, me, mine)
            revision = practice.save_draft(session, me, assignment.id, 0, {"labels": []})
            answer = RIGHT[TEXT] if number % 2 else WRONG[TEXT]
            submissions.submit(session, me, assignment.id, Sent(answer, revision, f"{number}-{item}"))
            session.commit()
        return number

    assert at_once(engine, EIGHT, work) == list(range(EIGHT))

    sent = session.execute(
        select(Submission.user_id, Submission.item_id, Score.value).join(
            Score, Score.submission_id == Submission.id
        )
    ).all()
    assert len(sent) == EIGHT * 3
    assert len({(user, item) for user, item, _ in sent}) == EIGHT * 3
    assert {(user, value) for user, _, value in sent} == set(zip(ids, itertools.cycle([0.0, 1.0])))


def test_two_inspectors_and_six_more_put_one_verdict_on_a_submission(engine, session):
    project = make_project(session, task_type=TEXT, feedback=Feedback.AFTER_REVIEW)
    sent = make_submission(session, make_user(session), project)
    ids = [make_user(session, role=Role.INSPECTOR).id for _ in range(EIGHT)]
    session.commit()
    decisions = [Decision(Verdict.ACCEPTED), Decision(Verdict.REJECTED, ("missing",))]

    def judge(session, number):
        me = session.get(User, ids[number])
        return reviews.decide(session, me, sent.id, decisions[number % 2]).state

    judged = at_once(engine, EIGHT, judge)

    (state,) = of_kind(judged, State)
    assert len(of_kind(judged, Conflict)) == EIGHT - 1
    assert count(session, Review) == 1
    session.refresh(sent)
    assert sent.state is state


def test_gold_shown_in_eight_tabs_is_entered_once(engine, session, worker, assignment):
    def show(session, _):
        me = session.get(User, worker.id)
        return golds.hand_out(session, me, assignment.item_id, golds.How.FEEDBACK).gold.version

    assert at_once(engine, EIGHT, show) == [1] * EIGHT
    assert count(session, GoldView) == 1


def test_a_name_asked_for_eight_times_is_given_once(engine, session):
    added = at_once(engine, EIGHT, lambda session, _: users.add(session, "minji", Role.WORKER).username)

    assert of_kind(added, str) == ["minji"]
    assert len(of_kind(added, Conflict)) == EIGHT - 1
    assert count(session, User) == 1


def test_failed_sign_ins_of_one_moment_are_all_counted(engine, session, monkeypatch):
    monkeypatch.setattr(users, "matches", lambda password, password_hash: False)  # at once

    failed = at_once(engine, 4, lambda session, _: users.sign_in(session, "nobody", "guess", "192.0.2.7"))

    assert failed == [None] * 4
    session.rollback()
    counts = set(session.execute(select(LoginFailure.who, LoginFailure.count)).all())
    assert counts == {("name:nobody", 4), ("address:192.0.2.7", 4)}
