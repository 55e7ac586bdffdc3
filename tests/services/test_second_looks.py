"""Second looks: what is drawn for one, who may take it, and that it moves nothing."""

import pytest
from sqlalchemy import func, select

from labelkit.domain.audit import What
from labelkit.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.sampling import is_drawn
from labelkit.domain.workflow import State, Verdict
from labelkit.services import reviews, second_looks, second_verdicts, tallies, users
from labelkit.services.reviews import Decision
from labelkit.store.models import Audit, SecondLook, Submission, User
from tests.make import WRONG, box, boxes, make_project, make_submission, make_user
from tests.services.crowd import at_once, of_kind

TEXT = "text_class"
ACCEPT = Decision(Verdict.ACCEPTED)
REJECT = Decision(Verdict.REJECTED, ("missing",), "Look left.")


def make_looked_at(session, percent=100, items=3, task_type=TEXT):
    project = make_project(session, task_type=task_type, feedback=Feedback.AFTER_REVIEW, items=items)
    project.review_rules = ReviewRules(cross_percent=percent)
    session.flush()
    return project


@pytest.fixture
def worker(session):
    return make_user(session, "worker")


@pytest.fixture
def first(session):
    return make_user(session, "first", Role.INSPECTOR)


@pytest.fixture
def second(session):
    return make_user(session, "second", Role.INSPECTOR)


@pytest.fixture
def judged(session, worker, first):
    """An answer that was accepted, and drawn."""
    sent = make_submission(session, worker, make_looked_at(session))
    return reviews.decide(session, first, sent.id, ACCEPT)


def drawn(session):
    return set(session.scalars(select(SecondLook.submission_id)))


def test_of_twenty_verdicts_of_each_inspector_exactly_the_share_is_drawn(session, first, second):
    project = make_looked_at(session, percent=10, items=20)
    counts = {}
    for inspector in (first, second):
        worker = make_user(session)
        for _ in range(20):
            sent = make_submission(session, worker, project)
            reviews.decide(session, inspector, sent.id, ACCEPT)
        of = select(func.count()).where(SecondLook.first_id == inspector.id)
        counts[inspector] = session.scalar(of)

    assert set(counts.values()) == {2}


def test_verdicts_on_what_simulated_people_sent_neither_count_nor_are_drawn(session, first):
    project = make_looked_at(session, percent=50, items=20)
    worker, simulated = make_user(session), make_user(session, simulated=True)
    for _ in range(20):
        for person in (simulated, worker):
            reviews.decide(session, first, make_submission(session, person, project).id, ACCEPT)

    users_of = select(Submission.user_id).join(SecondLook, SecondLook.submission_id == Submission.id)
    assert session.scalars(users_of).all() == [worker.id] * 10


def test_no_verdict_of_a_simulated_inspector_is_drawn(session, worker):
    sent = make_submission(session, worker, make_looked_at(session))
    reviews.decide(session, make_user(session, role=Role.INSPECTOR, simulated=True), sent.id, ACCEPT)

    assert drawn(session) == set()


def test_a_project_may_have_none(session, worker, first):
    sent = make_submission(session, worker, make_looked_at(session, percent=0))
    reviews.decide(session, first, sent.id, ACCEPT)

    assert drawn(session) == set()


def test_it_waits_for_every_inspector_but_the_first_and_the_worker(session, first, second, judged):
    admin = make_user(session, role=Role.ADMIN)

    assert [look.submission_id for look in second_looks.waiting(session, second)] == [judged.id]
    assert second_looks.count_waiting(session, admin) == 1
    assert second_looks.waiting(session, first) == []
    session.get(User, judged.user_id).role = Role.INSPECTOR
    assert second_looks.waiting(session, session.get(User, judged.user_id)) == []


@pytest.mark.parametrize("decision", [ACCEPT, REJECT], ids=["same", "other"])
def test_a_second_verdict_is_kept_and_moves_nothing(session, worker, second, judged, decision):
    before = tallies.of_person(session, worker.id)

    look = second_verdicts.decide(session, second, judged.id, decision)

    assert (look.inspector_id, look.verdict, look.comment) == (second.id, decision.verdict, decision.comment)
    assert [reason["key"] for reason in look.reasons] == list(decision.reasons)
    assert (judged.state, judged.review.verdict) == (State.ACCEPTED, Verdict.ACCEPTED)
    assert tallies.of_person(session, worker.id) == before
    assert second_looks.waiting(session, second) == []
    line = session.scalars(select(Audit).where(Audit.what == What.SECOND_LOOK)).one()
    assert (line.who_id, line.of) == (second.id, {"submission": judged.id})


def test_marks_are_read_by_the_rules_of_a_verdict(session, worker, first, second):
    project = make_looked_at(session, task_type="bbox")
    sent = make_submission(session, worker, project, boxes(box(w=140)))
    reviews.decide(session, first, sent.id, ACCEPT)
    mark, nowhere = ({"region": number, "reason": "loose"} for number in (0, 1))

    with pytest.raises(Invalid, match="no such object"):
        second_verdicts.decide(session, second, sent.id, Decision(Verdict.REJECTED, marks=(nowhere,)))
    with pytest.raises(Invalid, match="Something is marked as wrong"):
        second_verdicts.decide(session, second, sent.id, Decision(Verdict.ACCEPTED, marks=(mark,)))
    look = second_verdicts.decide(session, second, sent.id, Decision(Verdict.REJECTED, marks=(mark,)))

    assert (look.marks, look.reasons[0]["clause"]) == ([mark], "G-02")


REFUSED = [
    (Decision(Verdict.REJECTED), "Choose at least one reason out of the guide."),
    (Decision(Verdict.REJECTED, ("ugly",)), "That reason is not in this project's guide."),
    (Decision(Verdict.CORRECTED, ("loose",)), "Choose: accept or reject."),
]


@pytest.mark.parametrize(("decision", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_is_no_verdict_is_refused(session, second, judged, decision, said):
    with pytest.raises(Invalid) as refused:
        second_verdicts.decide(session, second, judged.id, decision)

    assert str(refused.value) == said
    assert second_looks.count_waiting(session, second) == 1


def test_nobody_takes_the_second_look_at_their_own_work_or_verdict(session, worker, first, judged):
    with pytest.raises(NotAllowed, match="their own verdict"):
        second_verdicts.decide(session, first, judged.id, REJECT)
    worker.role = Role.ADMIN
    with pytest.raises(NotAllowed, match="their own work"):
        second_verdicts.decide(session, worker, judged.id, REJECT)


def test_a_worker_takes_none(session, judged):
    with pytest.raises(NotAllowed, match="for inspectors"):
        second_verdicts.decide(session, make_user(session), judged.id, ACCEPT)


def test_a_second_look_is_taken_once(session, second, judged):
    second_verdicts.decide(session, second, judged.id, ACCEPT)

    for person in (second, make_user(session, role=Role.ADMIN)):
        with pytest.raises(Conflict, match="has had its second look"):
            second_verdicts.decide(session, person, judged.id, REJECT)


def test_what_was_not_drawn_has_none(session, worker, first, second):
    sent = make_submission(session, worker, make_looked_at(session, percent=0))
    reviews.decide(session, first, sent.id, ACCEPT)

    for number in (sent.id, 12345):
        with pytest.raises(NotFound):
            second_verdicts.decide(session, second, number, ACCEPT)


def test_of_two_at_once_one_wins_and_the_other_is_told(engine, session, judged):
    inspectors = [make_user(session, role=Role.INSPECTOR).id for _ in range(4)]
    session.commit()

    def judge(session, number):
        decision = (ACCEPT, REJECT)[number % 2]
        look = second_verdicts.decide(session, session.get(User, inspectors[number]), judged.id, decision)
        return look.inspector_id, look.verdict

    done = at_once(engine, len(inspectors), judge)

    session.rollback()
    assert len(of_kind(done, Conflict)) == len(inspectors) - 1
    assert of_kind(done, tuple) == session.execute(select(SecondLook.inspector_id, SecondLook.verdict)).all()


def test_two_inspectors_who_judge_at_once_draw_each_their_own_sample(engine, session):
    project = make_looked_at(session, percent=50, items=10)
    workers = [make_user(session) for _ in range(2)]
    sent = [[make_submission(session, worker, project).id for _ in range(10)] for worker in workers]
    inspectors = [make_user(session, role=Role.INSPECTOR).id for _ in range(2)]
    session.commit()

    def judge(session, number):
        for mine, other in zip(*sent, strict=True):
            submission = (mine, other)[number]
            reviews.decide(session, session.get(User, inspectors[number]), submission, ACCEPT)
            session.commit()

    at_once(engine, 2, judge)
    session.rollback()
    at_random = drawn(session)
    assert at_random <= {*sent[0], *sent[1]}
    for inspector, mine in zip(inspectors, sent, strict=True):
        firsts = select(SecondLook.submission_id).where(SecondLook.first_id == inspector)
        numbers = {mine.index(number) for number in session.scalars(firsts)}
        expected = {n for n in range(10) if is_drawn(50, project.slug, inspector, n)}
        assert numbers == expected


def test_with_a_workers_work_its_second_look_goes(session, worker, second, judged):
    second_verdicts.decide(session, second, judged.id, REJECT)

    users.erase(session, worker)

    assert drawn(session) == set()


def test_what_an_inspector_saw_stays_when_that_inspector_is_erased(session, first, second, judged):
    second_verdicts.decide(session, second, judged.id, REJECT)

    users.erase(session, second)
    users.erase(session, first)

    look = session.scalars(select(SecondLook)).one()
    assert (look.first_id, look.inspector_id) == (first.id, second.id)


def test_the_second_verdict_on_what_was_wrong_may_differ(session, worker, first, second):
    sent = make_submission(session, worker, make_looked_at(session), WRONG[TEXT])
    reviews.decide(session, first, sent.id, REJECT)

    look = second_verdicts.decide(session, second, sent.id, ACCEPT)

    assert (sent.state, look.verdict) == (State.REJECTED, Verdict.ACCEPTED)
