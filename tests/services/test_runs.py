"""Runs: what they take, how one goes on with them, and what is told when."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from labelkit.domain.errors import Conflict, Invalid, NotFound
from labelkit.domain.projects import Feedback, Split
from labelkit.domain.runs import RunKind
from labelkit.domain.scores import ErrorKind
from labelkit.services import golds, practice, reports, run_items, runs, submissions, tallies
from labelkit.services.submissions import Sent
from labelkit.store.models import Assignment, Item, Project, Run, Submission
from tests.make import RIGHT, WRONG, make_contrast, make_item, make_project, make_submission, make_user
from tests.services.crowd import at_once, of_kind

TYPES = ("bbox", "image_class", "text_class", "choice")


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def site(session):
    """A project of each task type that answers at once, and one that answers after a review."""
    make_project(session, items=5, feedback=Feedback.AFTER_REVIEW)
    return [make_project(session, task_type=key, items=5) for key in TYPES]


def send(session, me, assignment, answers=RIGHT):
    project = session.get_one(Project, assignment.project_id)
    practice.show(practice.find_mine(session, me, assignment.id))
    sent = Sent(answers[project.task_type], assignment.revision, f"key-{assignment.id}")
    return submissions.submit(session, me, assignment.id, sent)


def send_all(session, me, assignment, answers=RIGHT):
    """Answer a run to its end; the run and what was sent in it."""
    run, sent = session.get_one(Run, assignment.run_id), []
    while assignment:
        sent.append(send(session, me, assignment, answers))
        assignment = runs.go_on(session, run)
    return run, sent


def projects_of(session, run):
    items = [session.get_one(Item, item) for item in run.items]
    return [session.get_one(Project, item.project_id) for item in items]


def start(session, me, kind, project=None):
    match kind:
        case RunKind.DIAGNOSIS:
            return runs.start_diagnosis(session, me)
        case RunKind.SILENT:
            return runs.start_silent(session, me)
        case RunKind.WEAKNESS:
            project = project or session.scalars(select(Project)).first()
            return runs.start_weakness(session, me, project.slug, kind=ErrorKind.MISSING)


def run_of(session, assignment):
    return session.get_one(Run, assignment.run_id)


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

    assert (weakest.kind, weakest.n, weakest.mistakes) == (ErrorKind.MISSING, 2, 6)
    assert weakest.project == site[0].slug


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
