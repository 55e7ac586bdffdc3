"""How SQLite finds what every page asks for: by an index for it, without reading all that somebody sent."""

import pytest
from sqlalchemy import select, text

from labelkit.services import agreement, reports, rework
from labelkit.store import queries
from labelkit.store.models import Assignment, Gold, Score
from labelkit.store.types import utc_now
from tests.make import make_project, make_user
from tests.web.visits import on_sqlite_alone, statements


@pytest.fixture
def plan(session, engine):
    """Gives the plan of the one question that a function asks."""

    def of(ask):
        with statements(engine) as seen:
            ask()
        question = seen[0].replace("?", "1")
        return " ".join(step.detail for step in session.execute(text(f"EXPLAIN QUERY PLAN {question}")))

    return of


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda session, me, project: queries.open_first(session, me.id, project.id), "assignment_open"),
        (lambda session, me, project: reports.resume(session, me), "assignment_open"),
        (lambda session, me, project: queries.counts_by_state(session, me.id), "submission_newest"),
        (lambda session, me, project: queries.returned(session, me.id), "submission_newest"),
        (lambda session, me, project: queries.attempts(session, me.id, project.id, 12), "submission_mine"),
        (lambda session, me, project: agreement.report(session, project), "submission_of_project"),
        (lambda session, me, project: queries.rounds(session, me.id), "assignment_mine"),
        (lambda session, me, project: queries.count_skips(session, me.id, project.id, 1), "assignment_mine"),
        (lambda session, me, project: session.scalar(rework.overdue(utc_now())), "submission_sent_back"),
    ],
)
@on_sqlite_alone
def test_a_question_of_every_page_has_its_index(session, plan, ask, index):
    me, project = make_user(session), make_project(session)

    assert f"INDEX {index} (" in plan(lambda: ask(session, me, project))


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (select(Assignment.id).where(Assignment.user_id == 1, Assignment.open), "assignment_open"),
        (select(Assignment.id).where(Assignment.run_id == 1), "assignment_of_run"),
        (select(Gold.id).where(Gold.item_id == 1, Gold.current), "gold_current"),
        (select(Score.id).where(Score.submission_id == 1, Score.current), "score_current"),
    ],
)
@on_sqlite_alone
def test_an_index_of_a_part_is_used_for_what_names_that_part(session, plan, question, index):
    assert f"INDEX {index} (" in plan(lambda: session.scalar(question))
