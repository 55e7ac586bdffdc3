"""Runs: what is told when, and what an end leaves."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from labelkit.domain.errors import Conflict, NotFound
from labelkit.domain.projects import Feedback
from labelkit.domain.runs import RunKind
from labelkit.domain.scores import ErrorKind
from labelkit.services import golds, practice, runs, submissions, tallies
from labelkit.store.models import Assignment, Item, Run, Submission
from tests.make import WRONG, make_contrast, make_project, make_submission, make_user
from tests.services.crowd import at_once
from tests.services.running import make_site, run_of, send, send_all, start


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def site(session):
    return make_site(session)


def test_of_a_silent_run_nothing_is_opened_before_its_end(session, me, site):
    assignment = runs.start_silent(session, me)
    run = run_of(session, assignment)

    first = send(session, me, assignment)

    assert not first.opened
    assert session.scalar(select(func.count()).where(Submission.opened)) == 0
    assert submissions.result(session, me, first.id).gold is None
    assert tallies.of_person(session, me.id) == {}
    told = runs.result(run, runs.answers(session, run))
    assert (told.sent, told.n, told.value, told.weakest) == (1, 0, None, None)


def test_at_the_end_all_of_it_is_opened_and_counted(session, me, site):
    run, sent = send_all(session, me, runs.start_diagnosis(session, me))

    assert run.ended_at is not None
    assert all(one.opened for one in sent)
    assert sum(counts["n"] for counts in tallies.of_person(session, me.id).values()) == 6
    told = runs.result(run, runs.answers(session, run))
    assert (told.items, told.sent, told.n, told.value, told.passed) == (6, 6, 6, 1.0, 6)
    assert [(part.name, part.n) for part in told.parts] == [
        ("image_class", 2),
        ("text_class", 2),
        ("bbox", 2),
    ]
    assert submissions.result(session, me, sent[0].id).gold is not None


def test_a_weakness_run_tells_each_answer_at_once(session, me, site):
    assignment = start(session, me, RunKind.WEAKNESS, site[0])

    assert send(session, me, assignment).opened


def test_a_weakness_run_takes_any_project_and_keeps_what_waits_closed(session, me):
    project = make_project(session, items=2, feedback=Feedback.AFTER_REVIEW)
    waiting = make_submission(session, me, project)

    run = run_of(session, start(session, me, RunKind.WEAKNESS, project))

    assert run.items
    assert waiting.item_id not in run.items
    run, sent = send_all(session, me, runs.next_in(session, run))
    assert not any(one.opened for one in sent)
    assert runs.result(run, runs.answers(session, run)).n == 0


def test_the_weakest_kind_is_named_with_its_n(session, me, site):
    run, _ = send_all(session, me, runs.start_diagnosis(session, me), WRONG)

    weakest = runs.result(run, runs.answers(session, run)).weakest

    assert (weakest.kind, weakest.n, weakest.mistakes) == (ErrorKind.WRONG_LABEL, 2, 2)
    [first] = [one for one in site if one.task_type == "image_class"]  # all went wrong alike
    assert (weakest.task_type, weakest.project) == ("image_class", first.slug)


def test_ending_early_opens_what_was_sent_and_leaves_the_rest(session, me, site):
    first = runs.start_silent(session, me)
    run = run_of(session, first)
    sent = send(session, me, first)
    shown = practice.show(practice.find_mine(session, me, runs.go_on(session, run).id))
    drafted = runs.ahead(session, run, shown)
    practice.save_draft(session, me, drafted.id, 0, {"labels": []})

    runs.end(session, run)

    assert sent.opened
    left = session.scalars(select(Assignment).where(Assignment.open)).all()
    assert {one.id for one in left} == {shown.id, drafted.id}
    assert all(one.run_id is None for one in left)
    told = runs.result(run, runs.answers(session, run))
    assert (told.items, told.sent, told.n) == (10, 1, 1)


def test_ending_twice_changes_nothing(session, me, site):
    run, _ = send_all(session, me, runs.start_diagnosis(session, me))
    ended = run.ended_at

    runs.end(session, run)

    assert run.ended_at == ended


def test_what_was_left_open_by_an_ended_run_is_told_at_once_when_it_is_sent(session, me, site):
    first = runs.start_silent(session, me)
    practice.show(practice.find_mine(session, me, first.id))
    runs.end(session, run_of(session, first))

    assert send(session, me, first).opened


def test_what_was_issued_before_the_run_outlives_it(session, me):
    mine = practice.issue_next(session, me, make_project(session, items=1))
    runs.end(session, run_of(session, runs.start_silent(session, me)))

    assert session.get(Assignment, mine.id).open


def test_no_other_way_leads_to_an_item_that_a_silent_run_has_not_told(session, me):
    project = make_project(session, items=2)
    contrast = make_contrast(session, project, feedback=Feedback.AFTER_REVIEW)
    first = runs.start_silent(session, me)
    run = run_of(session, first)
    sent = send(session, me, first)

    with pytest.raises(Conflict):
        practice.issue_again(session, me, sent, from_mine=True)
    with pytest.raises(Conflict):
        practice.issue_on(session, me, session.get_one(Item, sent.item_id), "drill")
    with pytest.raises(NotFound):  # all of the project is in the run, so no round begins
        practice.issue_next(session, me, project)
    assert practice.issue_next(session, me, contrast).item_id not in run.items

    runs.end(session, run)
    assert practice.issue_again(session, me, sent, from_mine=True).purpose == "again"


def test_what_comes_after_the_limit_is_kept_and_marked(session, me, site):
    first = runs.start_silent(session, me, 10)
    run = run_of(session, first)
    assert run.limit_seconds == 600
    send(session, me, first)
    run.started_at -= timedelta(seconds=601)
    late = send(session, me, runs.go_on(session, run))
    runs.end(session, run)

    told = runs.result(run, runs.answers(session, run))

    assert (told.sent, told.n, told.late) == (2, 2, 2)  # by the run's own start, both
    assert late.opened


def test_gold_that_is_withdrawn_meanwhile_leaves_an_answer_without_a_score(session, me, site):
    first = runs.start_silent(session, me)
    run = run_of(session, first)
    golds.for_scoring(session, first.item_id).current = False
    session.flush()
    sent = send(session, me, first)
    runs.end(session, run)

    told = runs.result(run, runs.answers(session, run))

    assert sent.opened
    assert (told.sent, told.n, told.value, told.parts) == (1, 0, None, ())


def test_a_sending_and_an_ending_at_once_lose_and_tell_nothing_wrongly(session, engine, me, site):
    first = runs.start_silent(session, me)
    practice.show(practice.find_mine(session, me, first.id))
    run_id, assignment_id = first.run_id, first.id
    session.commit()

    def act(session, number):
        if number:
            return runs.end(session, session.get_one(Run, run_id))
        mine = session.merge(me)
        assignment = session.get_one(Assignment, assignment_id)
        return send(session, mine, assignment).id

    at_once(engine, 2, act)

    session.expire_all()
    sent = session.scalars(select(Submission)).one()
    assert sent.opened
    assert session.get_one(Run, run_id).ended_at is not None
    assert sum(counts["n"] for counts in tallies.of_person(session, me.id).values()) == 1
