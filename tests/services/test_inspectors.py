"""The figures of inspectors: what they are made of, for one and for all, in few questions."""

from datetime import timedelta

import pytest

from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.inspector_figures import Share
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.scores import ErrorKind
from labelkit.domain.verdict_figures import Slips
from labelkit.domain.workflow import Verdict
from labelkit.services import golds, inspectors, reviews, second_verdicts
from labelkit.services.dispute_counts import Against
from labelkit.services.reviews import Decision
from labelkit.store.models import Item
from labelkit.store.types import utc_now
from tests.make import RIGHT, WRONG, box, boxes, make_project, make_submission, make_user
from tests.services.disputing import make_dispute_against
from tests.web.visits import on_sqlite_alone, statements

TEXT = "text_class"
ACCEPT, REJECT = Decision(Verdict.ACCEPTED), Decision(Verdict.REJECTED, ("missing",))


@pytest.fixture
def project(session):
    project = make_project(session, task_type=TEXT, feedback=Feedback.AFTER_REVIEW, items=12)
    project.review_rules = ReviewRules(cross_percent=100)
    session.flush()
    return project


@pytest.fixture
def inspector(session):
    return make_user(session, "an-inspector", Role.INSPECTOR)


@pytest.fixture
def worker(session):
    return make_user(session, "a-worker")


def judge(session, inspector, worker, project, decision, answer=None, seconds=None):
    sent = make_submission(session, worker, project, answer)
    reviews.decide(session, inspector, sent.id, decision)
    session.refresh(sent, ["review"])
    sent.review.seconds = seconds
    return sent


def test_a_verdict_is_held_against_the_gold_in_force(session, inspector, worker, project):
    judge(session, inspector, worker, project, ACCEPT, seconds=40)
    slipped = judge(session, inspector, worker, project, ACCEPT, WRONG[TEXT], seconds=20)
    refused = judge(session, inspector, worker, project, REJECT)
    judge(session, inspector, worker, project, REJECT, WRONG[TEXT])

    told = inspectors.tell(session, inspector.id)

    assert (told.real.n, told.real.slipped, told.real.refused) == (4, Share(1, 2), Share(1, 2))
    assert (told.real.timed, told.real.seconds_median, told.real.per_hour) == (2, 30, 120.0)
    (kind,) = told.real.kinds
    assert (kind.kind, kind.held, kind.let_through) == (ErrorKind.WRONG_LABEL, 2, 1)
    assert told.simulated is None
    assert [one.submission_id for one in told.verdicts.real][1:3] == [refused.id, slipped.id]


def test_a_correction_is_held_against_gold_itself(session, inspector, worker):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW, items=3)
    tight, loose = box(), box(w=140)
    extra = box(x=180, y=150, w=30, h=30)
    for right in (boxes(tight), boxes(tight, extra)):
        decision = Decision(Verdict.CORRECTED, correction=right)
        judge(session, inspector, worker, project, decision, boxes(loose, extra))

    told = inspectors.tell(session, inspector.id).real

    assert told.slipped == Share(1, 2)
    assert told.kinds == (Slips(ErrorKind.EXTRA, 2, 1), Slips(ErrorKind.LOOSE, 2, 0))


def test_without_gold_nothing_is_said_for_or_against_a_verdict(session, inspector, worker, project):
    sent = judge(session, inspector, worker, project, ACCEPT, WRONG[TEXT])
    golds.withdraw(session, session.get(Item, sent.item_id))

    told = inspectors.tell(session, inspector.id)

    assert (told.real.n, told.real.slipped) == (1, Share(0, 0))


def test_what_simulated_people_sent_counts_apart_and_shows_only_to_somebody_alone(
    session, inspector, worker, project
):
    simulated = make_user(session, simulated=True)
    judge(session, inspector, simulated, project, ACCEPT, WRONG[TEXT])

    alone = inspectors.tell(session, inspector.id)
    judge(session, inspector, worker, project, ACCEPT)
    with_others = inspectors.tell(session, inspector.id)

    assert (alone.real.n, alone.simulated.n, alone.simulated.slipped) == (0, 1, Share(1, 1))
    assert (with_others.real.n, with_others.real.slipped, with_others.simulated) == (1, Share(0, 1), None)


def test_second_looks_count_for_the_first_and_for_the_second(session, inspector, worker, project):
    second = make_user(session, role=Role.INSPECTOR)
    said = [(ACCEPT, ACCEPT), (ACCEPT, REJECT), (REJECT, REJECT), (REJECT, REJECT)]
    for mine, other in said:
        sent = judge(session, inspector, worker, project, mine)
        second_verdicts.decide(session, second, sent.id, other)
    judge(session, inspector, worker, project, ACCEPT)  # waits

    for person in (inspector, second):
        agreement = inspectors.tell(session, person.id).real.agreement
        assert (agreement.same, agreement.kappa) == (Share(3, 4), pytest.approx(0.5))
    assert inspectors.tell(session, second.id).real.n == 0


def test_a_correction_is_no_acceptance(session, inspector, worker, project):
    sent = judge(session, inspector, worker, project, REJECT)
    sent.review.verdict = Verdict.CORRECTED
    second_verdicts.decide(session, make_user(session, role=Role.INSPECTOR), sent.id, REJECT)

    assert inspectors.tell(session, inspector.id).real.agreement.same == Share(1, 1)


def test_only_the_newest_count(session, inspector, worker, project, monkeypatch):
    monkeypatch.setattr(inspectors, "NEWEST", 3)
    second = make_user(session, role=Role.INSPECTOR)
    for number, decision in enumerate([REJECT, ACCEPT, ACCEPT, ACCEPT]):
        sent = judge(session, inspector, worker, project, decision)
        sent.review.decided_at = utc_now() + timedelta(hours=number)
        look = second_verdicts.decide(session, second, sent.id, ACCEPT)
        look.decided_at = utc_now() + timedelta(hours=number)

    told = inspectors.tell(session, inspector.id).real

    assert (told.n, told.refused.whole, told.agreement.same) == (3, 0, Share(3, 3))


def test_all_who_inspect_or_have_inspected_are_listed_with_the_same_figures(
    session, inspector, worker, project
):
    admin = make_user(session, "the-admin", Role.ADMIN)
    make_user(session, "gone", Role.INSPECTOR, active=False)
    make_user(session, "made-up", Role.INSPECTOR, simulated=True)
    make_user(session, "other-admin", Role.ADMIN)
    sent = judge(session, inspector, worker, project, ACCEPT, WRONG[TEXT], seconds=10)
    judge(session, admin, worker, project, REJECT)
    second_verdicts.decide(session, admin, sent.id, REJECT)
    make_dispute_against(session, sent, inspector.id, DisputeState.UPHELD)

    found = inspectors.lines(session, 1)

    assert [row.user for row in found.rows] == [inspector, admin]
    for row in found.rows:
        told = inspectors.tell(session, row.user.id)
        assert (row.real, row.disputes) == (told.real, told.disputes)
    assert found.rows[0].disputes == Against(raised=1, upheld=1, dismissed=0, open=0)


def test_pages_of_the_list_follow_each_other(session, monkeypatch):
    monkeypatch.setattr(inspectors, "PAGE", 2)
    people = [make_user(session, name, Role.INSPECTOR) for name in ("one", "three", "two")]

    first, last = inspectors.lines(session, 1), inspectors.lines(session, 9)

    assert [row.user for row in (*first.rows, *last.rows)] == people
    assert (first.total, first.pages, last.page) == (3, 2, 2)


@on_sqlite_alone
def test_the_list_asks_no_more_for_many_people_than_for_one(session, engine, worker, project):
    def count():
        session.expire_all()
        with statements(engine) as seen:
            inspectors.lines(session, 1)
        return len(seen)

    judge(session, make_user(session, role=Role.INSPECTOR), worker, project, ACCEPT)
    one = count()
    for _ in range(5):
        judge(session, make_user(session, role=Role.INSPECTOR), worker, project, ACCEPT)

    assert count() == one <= 8


@on_sqlite_alone
def test_each_part_of_the_newest_is_found_by_an_index(session, engine):
    with statements(engine) as seen:
        inspectors.lines(session, 1)
        inspectors.tell(session, make_user(session, role=Role.INSPECTOR).id)

    def plan(of):
        question = next(one for one in seen if of in one).replace("?", "1")
        return " ".join(
            step.detail for step in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {question}")
        )

    assert "INDEX review_by (inspector_id=?)" in plan("FROM review JOIN")
    assert "INDEX second_look_of_first (first_id=? AND decided_at>?)" in plan("AS person")
    assert "INDEX second_look_of_second (inspector_id=? AND decided_at>?)" in plan("AS person")


def test_answers_are_named_only_to_whoever_may_open_them(session, inspector, worker, project):
    admin, other = make_user(session, role=Role.ADMIN), make_user(session, role=Role.INSPECTOR)
    seen, drawn, own = (
        judge(session, inspector, person, project, ACCEPT, RIGHT[TEXT]) for person in (worker, worker, admin)
    )
    second_verdicts.decide(session, other, seen.id, ACCEPT)
    judged = inspectors.tell(session, inspector.id).verdicts.real

    def named(viewer):
        return [one.id for one in inspectors.to_look_at(session, viewer, inspector, judged)]

    assert named(inspector) == [own.id, drawn.id, seen.id]
    assert named(admin) == [seen.id]
    inspector.role = Role.WORKER
    assert named(inspector) == []
