"""Rules of inspection that several people change in the same moment, or while answers are sent."""

from labelkit.domain.errors import Conflict
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.workflow import State
from labelkit.services import review_rules
from labelkit.store.models import Project, User
from tests.make import make_project, make_submission, make_user
from tests.services.crowd import at_once, of_kind


def test_of_six_inspectors_who_change_them_at_once_one_does(engine, session):
    project = make_project(session, task_type="text_class")
    people = [make_user(session, role=Role.INSPECTOR).id for _ in range(6)]
    before = project.review_rules.digest
    session.commit()

    def change(session, number):
        rules = ReviewRules(rework_hours=number + 1)
        me = session.get_one(User, people[number])
        return review_rules.change(session, me, project.id, before, rules).review_rules.rework_hours

    done = at_once(engine, 6, change)

    (hours,) = of_kind(done, int)
    assert len(of_kind(done, Conflict)) == 5
    session.expire_all()
    assert session.get_one(Project, project.id).review_rules == ReviewRules(rework_hours=hours)


def test_what_was_sent_before_keeps_waiting_and_what_comes_after_is_drawn(session):
    project = make_project(session, task_type="text_class", items=20, feedback=Feedback.AFTER_REVIEW)
    me, inspector = make_user(session), make_user(session, role=Role.INSPECTOR)
    before = [make_submission(session, me, project) for _ in range(10)]

    digest = project.review_rules.digest
    review_rules.change(session, inspector, project.id, digest, ReviewRules(sample_percent=5))
    after = [make_submission(session, me, project) for _ in range(10)]

    assert {one.state for one in before} == {State.WAITING}
    assert sum(one.state is State.WAITING for one in after) <= 1
