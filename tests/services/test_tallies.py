"""Tallies are what the submissions come to, whatever happens to these."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.standing import Standing
from labelkit.domain.workflow import Verdict
from labelkit.services import practice, reports, reviews, submissions, tallies
from labelkit.services.reviews import Decision
from labelkit.services.submissions import Sent
from labelkit.store.models import DayTally, ItemTally, Project, ProjectTally, Submission, Tally, User
from labelkit.store.types import utc_now
from tests.domain.scenes import share
from tests.make import RIGHT, WRONG, make_project, make_submission, make_user
from tests.services.crowd import at_once, of_kind
from tests.services.tally_world import World, assert_right

EIGHT = 8
TEXT = "text_class"


@pytest.fixture
def me(session):
    return make_user(session, "me")


@pytest.fixture
def project(session):
    return make_project(session, items=4)


def test_one_submission_counts_for_its_person_its_day_its_project_and_its_item(session, me, project):
    sent = make_submission(session, me, project)

    counts = tallies.of_person(session, me.id)[project.id]

    assert (counts["n"], counts["passed"], counts["right"], counts["objects"]) == (1, 1, 1, 1)
    assert (counts["first/n"], counts["first/value"]) == (1, 1_000_000)
    assert tallies.of_person_days(session, me.id, sent.day) == {sent.day: counts}
    assert tallies.of_project(session, project.id) == counts
    assert session.get(ItemTally, sent.item_id).firsts == 1


@pytest.mark.parametrize("seed", range(share(20)))
def test_whatever_happens_the_tallies_are_what_the_rows_come_to(session, monkeypatch, seed):
    world = World(session, seed, monkeypatch)

    done = [world.act() for _ in range(20)]
    assert_right(session, f"{done}")
    for _ in range(60):
        done.append(world.act())
        assert_right(session, f"{done}")


def test_days_are_summed_over_projects_unless_one_is_named(session, me, project):
    other = make_project(session, task_type=TEXT)
    day = make_submission(session, me, project).day
    make_submission(session, me, other)
    make_submission(session, me, other)

    def count(**only):
        return {at: counts["n"] for at, counts in tallies.of_person_days(session, me.id, day, **only).items()}

    assert count() == {day: 3}
    assert count(project_id=other.id) == {day: 2}
    assert tallies.of_person_days(session, me.id, day + timedelta(days=1)) == {}


def test_sums_of_days_are_those_of_all_projects_together(session, me, project):
    for one in (project, make_project(session, task_type=TEXT)):
        make_submission(session, me, one)
        make_submission(session, me, one, WRONG[one.task_type])
    first = utc_now().date() - timedelta(days=2)
    paths = ["n", "passed", "first/value", "fail/none/such"]

    sums, whole = (
        tallies.sums_of_days(session, me.id, first, paths),
        tallies.of_person_days(session, me.id, first),
    )

    assert sums == {day: {path: counts.get(path, 0) for path in paths} for day, counts in whole.items()}
    assert sum(counts["n"] for counts in sums.values()) == 4
    assert tallies.sums_of_days(session, me.id, first + timedelta(days=5), paths) == {}


def test_nobody_counts_before_anything_was_sent(session, me, project):
    assert tallies.of_person(session, me.id) == {}
    assert tallies.of_person_days(session, me.id, utc_now().date()) == {}
    assert tallies.of_project(session, project.id) == {}
    assert tallies.recount(session) == []


def test_what_simulated_people_send_is_counted_nowhere(session, project):
    make_submission(session, make_user(session, simulated=True), project)

    assert tallies.of_project(session, project.id) == {}
    assert session.scalar(select(func.count()).select_from(ItemTally)) == 0


def test_what_waits_is_counted_once_it_is_accepted(session, me):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW)
    sent = make_submission(session, me, project)
    assert tallies.of_person(session, me.id) == {}

    reviews.decide(session, make_user(session, role=Role.INSPECTOR), sent.id, Decision(Verdict.ACCEPTED))

    assert tallies.of_person(session, me.id)[project.id]["n"] == 1
    assert_right(session)


def test_opening_twice_counts_once(session, me):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW)
    sent = make_submission(session, me, project)

    tallies.open_later(session, [sent])
    tallies.open_later(session, [sent])

    assert sent.opened
    assert tallies.of_project(session, project.id)["n"] == 1


def test_the_clock_put_back_does_not_confuse_days_or_standing(session, me, project, monkeypatch):
    now = utc_now()
    for hours, right in ((0, True), (-48, False), (-24, False)):
        monkeypatch.setattr(submissions, "utc_now", lambda hours=hours: now + timedelta(hours=hours))
        make_submission(session, me, project, (RIGHT if right else WRONG)["bbox"])

    assert len(tallies.of_person_days(session, me.id, (now - timedelta(days=4)).date())) == 3
    assert_right(session)


def spoil(session, table, **columns):
    row = session.scalars(select(table)).first()
    for name, value in columns.items():
        setattr(row, name, value)
    session.flush()


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (Tally, {"counts": {"n": 7}}),
        (Tally, {"attempts": 7}),
        (Tally, {"standing": 0.5}),
        (DayTally, {"counts": {}}),
        (ProjectTally, {"counts": {"n": 7, "made/up": 1}}),
        (ItemTally, {"firsts": 7}),
    ],
)
def test_a_spoiled_counter_is_found_and_mended(session, me, project, table, columns):
    make_submission(session, me, project)
    make_submission(session, me, project, WRONG["bbox"])
    spoil(session, table, **columns)

    (found,) = tallies.recount(session)
    assert str(found).startswith(f"{table.__tablename__} (")

    assert tallies.mend(session) == [found]
    assert_right(session)


def test_a_counter_of_what_never_was_is_taken_away(session, me, project):
    session.add(Tally(user_id=me.id, project_id=project.id, counts={"n": 1}, attempts=1))

    (found,) = tallies.mend(session)

    what = "attempts is 1 and should be 0, n is 1 and should be 0"
    assert str(found) == f"tally (user_id {me.id}, project_id {project.id}): {what}"
    assert_right(session)


def test_all_counters_can_be_made_anew(session, me, project):
    make_submission(session, me, project)
    for table in (Tally, DayTally, ItemTally, ProjectTally):
        session.execute(table.__table__.delete())
    session.expire_all()

    tallies.mend(session)

    assert tallies.of_person(session, me.id)[project.id]["n"] == 1
    assert_right(session)


def send_at_once(session, person_id, project_id, number):
    """One after the other, as a browser does: the item is issued in a request of its own."""
    person, project = session.get(User, person_id), session.get(Project, project_id)
    assignment = practice.issue_next(session, person, project)
    session.commit()
    sent = Sent(RIGHT[TEXT] if number % 2 else WRONG[TEXT], 0, submit_key=f"key {number}")
    return submissions.submit(session, person, assignment.id, sent).id


def test_eight_people_who_send_at_once_are_all_counted(engine, session):
    project = make_project(session, task_type=TEXT, items=3)
    ids = [make_user(session).id for _ in range(EIGHT)]
    session.commit()

    for _ in range(3):
        sent = at_once(engine, EIGHT, lambda s, n: send_at_once(s, ids[n], project.id, n))
        assert len(of_kind(sent, int)) == EIGHT

    session.rollback()
    assert tallies.of_project(session, project.id)["n"] == 3 * EIGHT
    assert session.scalar(select(func.sum(ItemTally.firsts))) == 3 * EIGHT
    assert_right(session)


def test_verdicts_while_others_send_lose_no_count(engine, session):
    project = make_project(session, task_type=TEXT, items=4, feedback=Feedback.AFTER_REVIEW)
    inspector = make_user(session, role=Role.INSPECTOR).id
    ids = [make_user(session).id for _ in range(EIGHT)]
    waiting = [make_submission(session, session.get(User, one), project).id for one in ids]
    session.commit()

    def act(session, number):
        if number % 2:
            return send_at_once(session, ids[number], project.id, number)
        accepted = Decision(Verdict.ACCEPTED)
        return reviews.decide(session, session.get(User, inspector), waiting[number], accepted).id

    assert len(of_kind(at_once(engine, EIGHT, act), int)) == EIGHT
    session.rollback()
    assert tallies.of_project(session, project.id)["n"] == EIGHT / 2
    assert session.scalar(select(func.count()).select_from(Submission)) == EIGHT * 1.5
    assert_right(session)


def test_the_standing_in_a_tally_is_the_one_that_is_shown(session, me):
    project = make_project(session, task_type=TEXT, items=14)
    for number in range(14):
        make_submission(session, me, project, (RIGHT if number >= 6 else WRONG)[TEXT])

    (row,) = reports.rows(session, [me])

    assert row.standing == Standing(pytest.approx(0.8), 10)
