"""Sending: once, immutable, scored against the gold of the day, and shown when its time has come."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from labelkit.domain.errors import Conflict, Invalid, NotFound
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State, Verdict
from labelkit.services import golds, practice, reviews, submissions
from labelkit.services.golds import How
from labelkit.services.practice import DraftConflict
from labelkit.services.reviews import Decision
from labelkit.services.submissions import Sent
from labelkit.store.models import Gold, GoldView, Item, Score, Submission
from labelkit.store.types import utc_now
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission, make_user

TEXT = "text_class"


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def inspector(session):
    return make_user(session, "inspector", Role.INSPECTOR)


@pytest.fixture
def project(session):
    return make_project(session, task_type=TEXT, items=2)


@pytest.fixture
def reviewed(session):
    """A project that tells nothing before an inspector has."""
    return make_project(session, task_type=TEXT, items=2, feedback=Feedback.AFTER_REVIEW)


def send(session, me, assignment, annotation, **said):
    sent = Sent(annotation, said.pop("revision", assignment.revision), said.pop("submit_key", "key"), **said)
    return submissions.submit(session, me, assignment.id, sent)


def try_again(session, me, submission, annotation):
    again = practice.issue_again(session, me, submission, from_mine=False)
    return send(session, me, again, annotation, submit_key=f"again {again.id}")


def score_of(session, submission):
    return session.scalar(select(Score).where(Score.submission_id == submission.id, Score.current))


def judge(session, inspector, submission, verdict):
    reasons = ("missing",) if verdict is Verdict.REJECTED else ()
    return reviews.decide(session, inspector, submission.id, Decision(verdict, reasons))


def views(session):
    return set(session.execute(select(GoldView.user_id, GoldView.item_id, GoldView.how)).all())


def test_what_is_sent_is_kept_as_it_was_read(session, me, project):
    assignment = practice.issue_next(session, me, project)

    sent = send(session, me, assignment, {"labels": ["refund"], "unusable": False})

    assert sent.annotation == {"labels": ["refund"]}
    assert (sent.attempt, sent.first_try, sent.state) == (1, True, State.SCORED)
    assert sent.guide_version == project.guide_version


def test_sending_closes_the_draft(session, me, project):
    assignment = practice.issue_next(session, me, project)
    revision = practice.save_draft(session, me, assignment.id, 0, {"labels": []})

    send(session, me, assignment, RIGHT[TEXT], revision=revision)

    assert (assignment.open, assignment.draft) == (False, None)


def test_a_score_says_which_gold_and_which_rules_it_was_made_with(session, me, project):
    item = session.scalar(select(Item).order_by(Item.position).limit(1))
    session.execute(Gold.__table__.update().where(Gold.item_id == item.id).values(version=4))
    project.rules_version = 7

    score = score_of(session, make_submission(session, me, project))

    assert (score.gold_version, score.rules_version, score.current) == (4, 7, True)


@pytest.mark.parametrize(("annotation", "value"), [(RIGHT[TEXT], 1), (WRONG[TEXT], 0)])
def test_a_label_is_right_or_wrong(session, me, project, annotation, value):
    score = score_of(session, make_submission(session, me, project, annotation))

    assert (score.value, score.passed) == (value, value == 1)


def test_boxes_score_as_computed_by_hand(session, me):
    gold = boxes(box("car", 10, 10, 100, 80), box("person", 150, 20, 40, 90), box("person", 220, 20, 40, 90))
    project = make_project(session, items=0, pass_score=0.5)
    make_item(session, project, gold=[gold])
    answer = boxes(
        box("car", 11, 10, 100, 80),  # one pixel off: right
        box("person", 150, 20, 40, 90),  # right
        box("car", 220, 20, 40, 90),  # the wrong label
        box("car", 20, 150, 60, 60),  # nothing is there
    )

    score = score_of(session, make_submission(session, me, project, answer))

    assert score.value == pytest.approx(2 / (2 + 2))
    assert {finding.kind for finding in score.detail.findings} == {"wrong_label", "extra"}
    assert score.passed


def test_the_pass_mark_is_the_projects(session, me):
    project = make_project(session, items=0, pass_score=0.51)
    make_item(session, project, gold=[boxes(box("car"), box("person", 200, 20, 60, 90))])

    score = score_of(session, make_submission(session, me, project, boxes(box("car"))))

    assert (score.value, score.passed) == (0.5, False)


def test_the_best_of_several_accepted_answers_counts(session, me):
    project = make_project(session, task_type=TEXT, items=0)
    make_item(session, project, gold=[{"labels": ["refund"]}, {"labels": ["delivery"]}])

    score = score_of(session, make_submission(session, me, project, {"labels": ["delivery"]}))

    assert (score.value, score.detail.accepted) == (1, 1)


def test_an_item_without_gold_is_sent_without_a_score(session, me):
    project = make_project(session, task_type=TEXT, items=0, feedback=Feedback.AFTER_REVIEW)
    make_item(session, project, gold=[])

    sent = make_submission(session, me, project)

    assert sent.state is State.WAITING
    assert score_of(session, sent) is None
    assert submissions.result(session, make_user(session, role=Role.ADMIN), sent.id).gold is None


def test_the_same_key_gives_the_same_submission(session, me, project):
    assignment = practice.issue_next(session, me, project)
    first = send(session, me, assignment, RIGHT[TEXT])

    assert send(session, me, assignment, WRONG[TEXT], revision=99) is first
    assert session.scalar(select(func.count()).select_from(Submission)) == 1
    assert first.annotation == RIGHT[TEXT]


def test_another_key_finds_it_sent(session, me, project):
    assignment = practice.issue_next(session, me, project)
    send(session, me, assignment, RIGHT[TEXT])

    with pytest.raises(Conflict, match=r"^This item has already been sent\.$"):
        send(session, me, assignment, RIGHT[TEXT], submit_key="another")


def test_what_was_skipped_cannot_be_sent(session, me, project):
    assignment = practice.skip(session, me, practice.issue_next(session, me, project).id)

    with pytest.raises(Conflict, match=r"^This item was skipped\. It comes again after the others\.$"):
        send(session, me, assignment, RIGHT[TEXT])


def test_anothers_item_cannot_be_sent(session, me, project):
    theirs = practice.issue_next(session, make_user(session), project)

    with pytest.raises(NotFound, match=r"^There is no such item among yours\.$"):
        send(session, me, theirs, RIGHT[TEXT])


def test_a_newer_draft_of_another_tab_is_a_conflict(session, me, project):
    assignment = practice.issue_next(session, me, project)
    practice.save_draft(session, me, assignment.id, 0, {"labels": ["delivery"]})

    with pytest.raises(DraftConflict) as caught:
        send(session, me, assignment, RIGHT[TEXT], revision=0)

    assert (caught.value.revision, caught.value.annotation) == (1, {"labels": ["delivery"]})
    assert assignment.open


@pytest.mark.parametrize("annotation", [None, {}, {"labels": []}, {"labels": ["no such"]}, {"regions": []}])
def test_what_is_no_answer_leaves_everything_as_it_was(session, me, project, annotation):
    assignment = practice.issue_next(session, me, project)
    revision = practice.save_draft(session, me, assignment.id, 0, {"labels": ["refund"]})

    with pytest.raises(Invalid):
        send(session, me, assignment, annotation, revision=revision)

    assert (assignment.open, assignment.draft) == (True, {"labels": ["refund"]})
    assert session.scalar(select(func.count()).select_from(Submission)) == 0


def test_the_second_answer_to_an_item_is_a_second_attempt_and_no_first_try(session, me, project):
    first = make_submission(session, me, project, WRONG[TEXT])

    second = try_again(session, me, first, RIGHT[TEXT])

    assert (second.attempt, second.first_try) == (2, False)
    assert (first.attempt, first.first_try, first.annotation) == (1, True, WRONG[TEXT])


@pytest.mark.parametrize("how", How)
def test_an_answer_after_seeing_the_gold_is_no_first_try(session, me, project, how):
    assignment = practice.issue_next(session, me, project)
    golds.hand_out(session, me, assignment.item_id, how)

    sent = send(session, me, assignment, RIGHT[TEXT])

    assert (sent.attempt, sent.first_try) == (1, False)


def test_an_answer_after_skipping_is_a_first_try(session, me, project):
    skipped = practice.skip(session, me, practice.issue_next(session, me, project).id)

    sent = [make_submission(session, me, project) for _ in range(2)][-1]

    assert (sent.item_id, sent.attempt, sent.first_try) == (skipped.item_id, 1, True)


def test_the_answer_that_was_sent_back_cannot_be_sent_again(session, me, inspector, reviewed):
    first = make_submission(session, me, reviewed, WRONG[TEXT])
    judge(session, inspector, first, Verdict.REJECTED)

    with pytest.raises(Invalid, match=r"^This is the answer that was sent back\."):
        try_again(session, me, first, WRONG[TEXT])

    assert try_again(session, me, first, RIGHT[TEXT]).state is State.WAITING


def test_the_same_answer_may_be_practised_again(session, me, project):
    first = make_submission(session, me, project)

    assert try_again(session, me, first, RIGHT[TEXT]).attempt == 2


def test_the_servers_clock_runs_from_the_first_showing(session, me, project):
    assignment = practice.issue_next(session, me, project)
    assignment.shown_at = utc_now() - timedelta(seconds=90)

    assert send(session, me, assignment, RIGHT[TEXT]).seconds == pytest.approx(90, abs=20)


@pytest.mark.parametrize(
    ("shown", "active", "seconds"),
    [
        (timedelta(days=-30), None, 600),
        (timedelta(days=-30), 20.0, 600),
        (timedelta(hours=-2), 3000.0, 3000),
        (timedelta(hours=1), 50.0, 0),
    ],
)
def test_a_page_left_open_counts_as_long_as_somebody_was_at_work(
    session, me, project, shown, active, seconds
):
    assignment = practice.issue_next(session, me, project)
    assignment.shown_at = utc_now() + shown

    assert send(session, me, assignment, RIGHT[TEXT], active_seconds=active).seconds == seconds


@pytest.mark.parametrize(
    ("said", "kept"),
    [(12.5, 12.5), (0.0, 0.0), (None, None)]
    + [(odd, None) for odd in (-1.0, 1e9, float("nan"), float("inf"), float("-inf"))],
)
def test_active_seconds_that_nobody_can_believe_are_not_kept(session, me, project, said, kept):
    assignment = practice.issue_next(session, me, project)

    assert send(session, me, assignment, RIGHT[TEXT], active_seconds=said).active_seconds == kept


def test_only_the_last_attempt_at_an_item_is_the_newest(session, me, project):
    first, other = (make_submission(session, me, project, WRONG[TEXT]) for _ in range(2))
    second = try_again(session, me, first, WRONG[TEXT])
    third = try_again(session, me, second, RIGHT[TEXT])

    assert [one.newest for one in (first, second, third, other)] == [False, False, True, True]
