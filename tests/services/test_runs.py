"""Runs: what they take, and how one goes on with them."""

import pytest
from sqlalchemy import func, select

from labelkit.domain.errors import Conflict, Invalid, NotFound
from labelkit.domain.projects import Feedback, Split
from labelkit.domain.runs import RunKind
from labelkit.services import practice, reports, run_items, runs
from labelkit.store.models import Assignment, Item, Project, Run
from tests.make import WRONG, make_contrast, make_item, make_project, make_submission, make_user
from tests.services.crowd import at_once, of_kind
from tests.services.running import make_site, run_of, send, send_all, start


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def site(session):
    return make_site(session)


def projects_of(session, run):
    items = [session.get_one(Item, item) for item in run.items]
    return [session.get_one(Project, item.project_id) for item in items]


def test_a_diagnosis_takes_two_items_of_each_labeling_task_type(session, me, site):
    run = run_of(session, runs.start_diagnosis(session, me))

    found = [project.task_type for project in projects_of(session, run)]
    assert sorted(found) == ["bbox", "bbox", "image_class", "image_class", "text_class", "text_class"]
    assert found[-1] == "bbox"  # what is quick comes first
    assert all(project.feedback is Feedback.AT_ONCE for project in projects_of(session, run))


def test_the_offer_says_the_real_numbers(session, me, site):
    offer = run_items.offer(reports.cards(session, me))

    assert (offer.diagnosis, offer.minutes, offer.silent) == (6, 8, 10)
    assert len(run_of(session, runs.start_diagnosis(session, me)).items) == 6
    assert len(run_of(session, runs.start_silent(session, me)).items) == 10


def test_a_small_site_offers_what_it_has(session, me):
    make_project(session, items=1)

    offer = run_items.offer(reports.cards(session, me))

    assert (offer.diagnosis, offer.minutes, offer.silent) == (1, 3, 1)
    assert len(run_of(session, runs.start_diagnosis(session, me)).items) == 1


@pytest.mark.parametrize("kind", [RunKind.DIAGNOSIS, RunKind.SILENT])
def test_where_nothing_answers_at_once_there_is_no_silent_run(session, me, kind):
    make_project(session, feedback=Feedback.AFTER_REVIEW)
    archived = make_project(session)
    archived.archived = True
    exam = make_project(session, items=0)
    make_item(session, exam, split=Split.EXAM)
    make_item(session, exam, split=Split.INSPECT)
    make_item(session, exam, gold=[])

    with pytest.raises(NotFound):
        start(session, me, kind)

    assert run_items.offer(reports.cards(session, me)).silent == 0


def test_the_same_person_is_given_the_same_items(session, me, site):
    other = make_user(session)
    first = run_items.for_silent(session, me)

    assert run_items.for_silent(session, me) == first
    assert run_items.for_silent(session, other) != first


def test_items_that_were_seen_come_only_where_nothing_else_is_left(session, me):
    project = make_project(session, items=11)
    seen = [make_submission(session, me, project).item_id for _ in range(3)]

    items = run_items.for_silent(session, me)

    assert len(items) == 10
    assert set(items[:8]).isdisjoint(seen)
    assert set(items[8:]) < set(seen)


def test_two_projects_with_the_same_pictures_do_not_show_one_twice(session, me):
    project = make_project(session, items=10)
    make_contrast(session, project)
    for item in session.scalars(select(Item)):
        item.source = f"picture-{item.picture_id}"
    session.flush()

    items = [session.get_one(Item, item) for item in run_items.for_silent(session, me)]

    assert len({item.picture_id for item in items}) == 10


def test_what_is_new_counts_in_its_round_and_what_is_known_is_another_try(session, me):
    project = make_project(session, items=3)
    known = make_submission(session, me, project)

    _, sent = send_all(session, me, runs.start_silent(session, me))

    purposes = {one.item_id: session.get_one(Assignment, one.assignment_id).purpose for one in sent}
    assert purposes.pop(known.item_id) == "again"
    assert set(purposes.values()) == {"first"}
    assert {one.item_id for one in sent if one.first_try} == set(purposes)
    assert reports.progress(session, me, project).done == 3


def test_another_run_ends_one_in_which_nothing_waits_to_be_told(session, me, site):
    former = run_of(session, runs.start_silent(session, me))

    second = runs.start_diagnosis(session, me)

    assert former.ended_at is not None
    assert runs.unfinished(session, me).id == second.run_id


def test_another_run_does_not_end_one_with_answers_unless_it_is_said(session, me, site):
    first = runs.start_silent(session, me)
    sent = send(session, me, first)

    with pytest.raises(runs.Unfinished) as refusal:
        runs.start_diagnosis(session, me)
    assert refusal.value.run.id == first.run_id
    assert not sent.opened

    runs.start_diagnosis(session, me, instead=first.run_id)
    assert sent.opened


def test_two_tabs_that_start_at_once_leave_one_run(session, engine, me, site):
    session.commit()

    started = at_once(engine, 2, lambda session, _: runs.start_silent(session, session.merge(me)).run_id)

    assert len(of_kind(started, int)) == 2
    assert session.scalar(select(func.count()).where(Run.ended_at.is_(None))) == 1


def test_a_skipped_item_returns_once_at_the_end_of_the_run(session, me, site):
    first = runs.start_diagnosis(session, me)
    run = run_of(session, first)
    second = runs.skip(session, me, run, first.id)
    assert second.item_id == run.items[1]
    while len(run.items) > 1 and second.item_id != first.item_id:
        send(session, me, second)
        second = runs.go_on(session, run)
    assert second.id != first.id

    assert runs.skip(session, me, run, second.id) is None

    assert run.ended_at is not None
    told = runs.result(run, runs.answers(session, run))
    assert (told.items, told.sent) == (6, 5)


def test_a_known_item_can_be_skipped_in_a_run_too(session, me):
    project = make_project(session, items=1)
    make_submission(session, me, project)
    first = runs.start_silent(session, me)

    second = runs.skip(session, me, run_of(session, first), first.id)

    assert (second.item_id, second.purpose) == (first.item_id, "again")


def test_the_items_of_a_run_stay_out_of_the_turn_of_their_project(session, me):
    project = make_project(session, items=12)
    run = run_of(session, runs.start_silent(session, me))

    mine = practice.issue_next(session, me, project)
    following = practice.issue_ahead(session, me, mine.id)

    assert {mine.item_id, following.item_id}.isdisjoint(run.items)
    assert mine.run_id is None


def test_an_item_that_is_open_already_joins_the_run_with_its_draft(session, me):
    project = make_project(session, items=1)
    mine = practice.issue_next(session, me, project)
    practice.save_draft(session, me, mine.id, 0, WRONG["bbox"])

    first = runs.start_silent(session, me)

    assert first is mine
    assert first.draft == WRONG["bbox"]


@pytest.mark.parametrize("minutes", [0, -1, 15, 10_000])
def test_a_limit_is_one_of_three(session, me, site, minutes):
    with pytest.raises(Invalid):
        runs.start_silent(session, me, minutes)


def test_a_run_of_somebody_else_is_none_of_mine(session, me, site):
    theirs = run_of(session, runs.start_silent(session, make_user(session)))

    with pytest.raises(NotFound):
        runs.find_mine(session, me, theirs.id)
    with pytest.raises(NotFound):
        runs.find_mine(session, me, 10_000)
    assert runs.unfinished(session, me) is None


def test_a_weakness_of_an_archived_project_is_not_practised(session, me, site):
    site[0].archived = True

    with pytest.raises(Conflict):
        start(session, me, RunKind.WEAKNESS, site[0])
