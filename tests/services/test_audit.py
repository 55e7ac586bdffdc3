"""The audit trail: each deed leaves one line, and no line is ever changed."""

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from labelkit.domain.audit import What
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import Verdict
from labelkit.services import (
    audit,
    gold_work,
    golds,
    jobs,
    projects,
    records,
    review_rules,
    reviews,
    rulings,
    second_verdicts,
    team,
    users,
)
from labelkit.services.reviews import Decision
from labelkit.store.models import Audit, Item, SecondLook
from tests.make import RIGHT, make_project, make_record, make_submission, make_user
from tests.services.disputing import DISMISS, make_dispute, raised, scored


def verdict(session, me):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW)
    sent = make_submission(session, make_user(session), project)
    reviews.decide(session, me, sent.id, Decision(Verdict.REJECTED, ("missing",)))


def an_item(session):
    project = make_project(session, items=1)
    return session.scalars(select(Item).where(Item.project_id == project.id)).one()


def gold_approved(session, me):
    golds.approve(session, an_item(session), [RIGHT["bbox"]], Texts(), None, me)


def gold_withdrawn(session, me):
    gold_work.withdraw(session, me, an_item(session).id, "no longer right", 1)


def rules_changed(session, _):
    jobs.change_rules(session, make_project(session), {"pass_score": 0.5})


def leaderboard_switched(session, me):
    team.set_leaderboard(session, me, make_project(session), True)


def project_archived(session, me):
    projects.archive(session, me, make_project(session))


def project_restored(session, me):
    project = make_project(session)
    project.archived = True
    projects.archive(session, me, project, on=False)


def role_changed(session, _):
    users.change_role(session, make_user(session, "somebody").username, Role.INSPECTOR)


def password_reset(session, _):
    users.reset_password(session, make_user(session, "somebody").username, "a new long password")


def deactivated(session, _):
    users.deactivate(session, make_user(session, "somebody").username)


def erased(session, _):
    users.erase(session, make_user(session, "somebody"))


def record_issued(session, me):
    project = make_project(session, items=4)
    for _ in range(4):
        make_submission(session, me, project)
    records.issue(session, me)


def record_taken_back(session, me):
    records.take_back(session, me, make_record(session, me).id)


def review_rules_changed(session, me):
    project = make_project(session)
    rules = ReviewRules(rework_hours=26)
    review_rules.change(session, me, project.id, project.review_rules.digest, rules)


def dispute_raised(session, me):
    raised(session, scored(session, me))


def dispute_decided(session, me):
    rulings.decide(session, me, make_dispute(session, make_user(session)).id, DISMISS)


def second_look(session, me):
    sent = make_submission(session, make_user(session), make_project(session, feedback=Feedback.AFTER_REVIEW))
    session.add(SecondLook(submission_id=sent.id, first_id=make_user(session, role=Role.INSPECTOR).id))
    session.flush()
    second_verdicts.decide(session, me, sent.id, Decision(Verdict.ACCEPTED))


DEEDS = {
    deed.__name__: deed
    for deed in (
        verdict, gold_approved, gold_withdrawn, rules_changed, leaderboard_switched, project_archived,
        project_restored, role_changed, password_reset, deactivated, erased, record_issued,
        record_taken_back, review_rules_changed, dispute_raised, dispute_decided, second_look,
    )
}  # fmt: skip
BY_COMMAND = {"rules_changed", "role_changed", "password_reset", "deactivated", "erased"}


@pytest.fixture
def inspector(session):
    return make_user(session, "the-inspector", Role.INSPECTOR)


@pytest.fixture
def line(session, inspector):
    audit.note(session, inspector, What.VERDICT, submission=1, verdict="accepted")
    session.commit()
    return session.scalars(select(Audit)).one()


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_leaves_exactly_one_line(session, inspector, deed):
    DEEDS[deed](session, inspector)
    session.flush()

    (line,) = session.scalars(select(Audit)).all()
    assert line.what == deed
    assert line.who_id == (None if deed in BY_COMMAND else inspector.id)


def test_no_kind_is_left_untested():
    elsewhere = {"guide_published", "project_imported"}  # with guides, and with packs

    assert set(DEEDS) == set(What) - elsewhere


def test_a_deed_that_is_undone_leaves_no_line(session, inspector):
    session.commit()
    role_changed(session, inspector)
    session.rollback()

    assert session.scalars(select(Audit)).all() == []


def test_switching_to_what_is_already_so_is_no_deed(session, inspector):
    project = make_project(session)
    projects.archive(session, inspector, project, on=False)
    team.set_leaderboard(session, inspector, project, False)
    session.flush()

    assert session.scalars(select(Audit)).all() == []


@pytest.mark.parametrize(
    "change",
    [
        update(Audit).values(what=What.ERASED),
        delete(Audit),
        text("UPDATE audit SET who_id = NULL"),
        text("DELETE FROM audit"),
    ],
    ids=str,
)
def test_the_database_itself_refuses_to_change_a_line(session, line, change):
    with pytest.raises(DBAPIError, match="stays as it is"):
        session.execute(change)
    session.rollback()

    assert session.scalars(select(Audit)).one().what is What.VERDICT


def test_a_line_that_was_loaded_cannot_be_changed_or_deleted(session, line):
    line.of = {"submission": 2}
    with pytest.raises(RuntimeError, match="stays as it is"):
        session.flush()
    session.rollback()
    session.delete(session.scalars(select(Audit)).one())
    with pytest.raises(RuntimeError, match="stays as it is"):
        session.flush()


def test_the_line_of_somebody_who_was_erased_stays(session, inspector, line):
    users.erase(session, inspector)
    session.commit()

    kept = audit.page(session, audit.Asked(who=inspector.id)).lines
    assert [(one.what, one.who.name) for one in kept] == [(What.VERDICT, "—")]


def test_pages_follow_each_other_without_gap_or_repeat(session, inspector):
    for number in range(audit.PAGE + 7):
        audit.note(session, inspector, What.VERDICT, submission=number, verdict="accepted")
    session.flush()

    first = audit.page(session, audit.Asked())
    second = audit.page(session, audit.Asked(before=first.older))

    assert (len(first.lines), len(second.lines), second.older) == (audit.PAGE, 7, None)
    told = [line.of["submission"] for line in (*first.lines, *second.lines)]
    assert told == list(range(audit.PAGE + 7))[::-1]
    assert len(list(audit.all_lines(session, audit.Asked(what=What.VERDICT)))) == audit.PAGE + 7
