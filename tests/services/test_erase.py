"""A person who is erased leaves nothing behind but what others did."""

import pytest
from sqlalchemy import func, select

from labelkit.domain.errors import Invalid
from labelkit.domain.goals import Goal
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import Verdict
from labelkit.services import corrections, golds, reports, reviews, rulings, submissions, tallies, users
from labelkit.services.reviews import Decision
from labelkit.store.models import (
    Base,
    Correction,
    Dispute,
    Gold,
    ItemTally,
    LoginFailure,
    Record,
    Review,
    Run,
    User,
)
from labelkit.store.types import utc_now
from tests.make import PASSWORD, RIGHT, make_item, make_project, make_submission, make_user
from tests.services.disputing import ALSO, make_dispute
from tests.services.tally_world import assert_right

TEXT = "text_class"


@pytest.fixture
def inspector(session):
    return make_user(session, "inspector", Role.INSPECTOR)


@pytest.fixture
def minji(session, inspector):
    """Somebody with a row in every table that can have one."""
    minji = make_user(session, "minji")
    sent = make_submission(session, minji, make_project(session, task_type=TEXT))
    submissions.result(session, minji, sent.id)
    judged = make_submission(
        session, minji, make_project(session, task_type=TEXT, feedback=Feedback.AFTER_REVIEW)
    )
    reviews.decide(session, inspector, judged.id, Decision(Verdict.ACCEPTED))
    drawn_on = make_submission(session, minji, judged.project)
    corrections.save(session, inspector, drawn_on.id, 0, {"labels": ["delivery"]})
    make_dispute(session, minji)
    session.add(LoginFailure(who="name:minji", count=1, since=utc_now()))
    session.add(Record(code="code", user_id=minji.id, snapshot={}))
    session.add(Run(user_id=minji.id, kind="silent", items=[], limit_seconds=None))
    minji.goal, minji.language = Goal.from_json({}), "ko"
    session.flush()
    return minji


def rows_of(session, user_id):
    """The tables that still hold something of a person, beside the person's own row."""
    session.flush()
    found = set()
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "user" and session.scalar(
                select(func.count()).select_from(table).where(key.parent == user_id)
            ):
                found.add(table.name)
    return found


def test_all_work_and_everything_that_names_the_person_goes(session, minji):
    assert rows_of(session, minji.id) == {
        "assignment",
        "day_tally",
        "dispute",
        "gold_view",
        "record",
        "run",
        "submission",
        "tally",
    }

    users.erase(session, minji)

    assert rows_of(session, minji.id) == set()
    assert session.scalars(select(Correction)).all() == []
    assert session.scalars(select(Review)).all() + session.scalars(select(LoginFailure)).all() == []
    assert (minji.username, minji.name) == (f"erased:{minji.id}", "—")
    assert (minji.password_hash, minji.goal, minji.language, minji.active) == (None, None, None, False)


def test_the_figures_of_projects_and_items_are_those_of_the_others(session, minji):
    project = make_project(session, task_type=TEXT, items=1)
    other = make_submission(session, make_user(session), project)
    make_submission(session, minji, project)

    users.erase(session, minji)

    assert tallies.of_project(session, project.id)["n"] == 1
    assert session.get(ItemTally, other.item_id).firsts == 1
    assert reports.rows(session, [minji]) == []
    assert_right(session)


def test_an_erased_person_is_signed_out_and_cannot_sign_in_again(session, minji):
    epoch = minji.epoch

    users.erase(session, minji)

    assert users.still_in(session, minji.id, epoch) is None
    assert users.sign_in(session, "minji", PASSWORD, "192.0.2.7") is None
    assert users.sign_in(session, f"erased:{minji.id}", "", "192.0.2.7") is None
    assert minji not in users.local_people(session) + reports.people(session)


def test_the_number_of_an_erased_person_is_given_to_nobody_else(session, minji):
    users.erase(session, minji)
    session.flush()

    assert users.add(session, "minji", Role.WORKER).id != minji.id


def test_what_an_inspector_judged_and_approved_stays(session, inspector):
    project = make_project(session, task_type=TEXT, feedback=Feedback.AFTER_REVIEW)
    worker = make_user(session)
    judged = make_submission(session, worker, project)
    reviews.decide(session, inspector, judged.id, Decision(Verdict.ACCEPTED))
    waiting = make_submission(session, worker, project)
    corrections.save(session, inspector, waiting.id, 0, {"labels": ["delivery"]})
    item = make_item(session, project, gold=[])
    golds.approve(session, item, [RIGHT[TEXT]], Texts(), inspector, make_user(session, role=Role.ADMIN))

    users.erase(session, inspector)
    session.expire_all()

    assert session.scalars(select(Correction)).all() == []
    shown = submissions.result(session, worker, judged.id)
    assert shown.submission.review.inspector.name == "—"
    assert session.scalars(select(Gold).where(Gold.item_id == item.id)).one().author_id == inspector.id


def test_gold_that_came_of_a_dispute_stays_and_so_does_what_an_inspector_decided(session, minji, inspector):
    kept, gone = make_dispute(session, make_user(session)), make_dispute(session, minji)
    rulings.decide(session, inspector, gone.id, ALSO)
    rulings.decide(session, inspector, kept.id, ALSO)

    for person in (minji, inspector):
        users.erase(session, person)
    session.expire_all()

    assert session.scalars(select(Dispute.decided_by_id)).all() == [inspector.id]
    gold = session.scalars(select(Gold).where(Gold.item_id == gone.item_id, Gold.current)).one()
    assert (gold.version, gold.author_id, gold.approver_id) == (2, minji.id, inspector.id)
    assert rows_of(session, minji.id) == {"gold", "gold_proposal"}
    assert_right(session)


def test_simulated_people_are_not_erased(session):
    simulated = make_user(session, simulated=True)

    with pytest.raises(Invalid, match="Simulated people"):
        users.erase(session, simulated)

    assert session.scalar(select(User.active).where(User.id == simulated.id))
