"""Two inspectors and twenty workers in the same moments: no verdict is lost, none is put twice."""

import itertools
import threading

from sqlalchemy import func, select

from labelkit.domain.errors import Conflict, Refused
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State, Verdict
from labelkit.services import practice, queue, reviews, submissions, tallies
from labelkit.services.reviews import Decision
from labelkit.services.submissions import Sent
from labelkit.store.models import Lease, Project, Review, Submission, User
from tests.make import RIGHT, WRONG, make_project, make_user
from tests.services.crowd import at_once

WORKERS = 20
ITEMS = 2
DECISIONS = {
    State.ACCEPTED: Decision(Verdict.ACCEPTED),
    State.REJECTED: Decision(Verdict.REJECTED, ("missing",)),
}


class Hall:
    """A project, its workers, and the two who inspect what they send."""

    def __init__(self, session) -> None:
        project = make_project(session, task_type="text_class", items=ITEMS, feedback=Feedback.AFTER_REVIEW)
        self.project = project.id
        self.workers = [make_user(session).id for _ in range(WORKERS)]
        self.inspectors = [make_user(session, role=Role.INSPECTOR).id for _ in range(2)]
        self.working = WORKERS
        self.lock = threading.Lock()
        session.commit()

    def work(self, session, number: int) -> list[int]:
        try:
            return [self.send(session, number, item) for item in range(ITEMS)]
        finally:
            with self.lock:
                self.working -= 1

    def send(self, session, number: int, item: int) -> int:
        me = session.get(User, self.workers[number])
        assignment = practice.issue_next(session, me, session.get(Project, self.project))
        answer = (RIGHT if (number + item) % 2 else WRONG)["text_class"]
        sent = submissions.submit(session, me, assignment.id, Sent(answer, 0, f"{number} {item}"))
        session.commit()
        return sent.id

    def inspect(self, session, number: int) -> list[tuple[int, State]]:
        """Put verdicts until nobody works and nothing waits."""
        judged, turns = [], itertools.cycle(DECISIONS)
        while True:
            was_working = self.working
            me = session.get(User, self.inspectors[number])
            waiting = queue.waiting(session, me)
            for one in waiting:
                try:
                    judged.append(self.judge(session, one.id, number, next(turns)))
                except Conflict:  # the other one has it
                    session.rollback()
            session.commit()
            if not was_working and not waiting:
                return judged

    def judge(self, session, submission_id: int, number: int, state: State) -> tuple[int, State]:
        me = session.get(User, self.inspectors[number])
        reviews.take(session, me, submissions.find(session, me, submission_id))
        session.commit()
        decided = reviews.decide(session, me, submission_id, DECISIONS[state])
        session.commit()
        return submission_id, decided.state


def test_two_inspectors_and_twenty_workers_lose_nothing_and_do_nothing_twice(engine, session):
    hall = Hall(session)

    def act(session, number):
        return hall.work(session, number) if number < WORKERS else hall.inspect(session, number - WORKERS)

    done = at_once(engine, WORKERS + 2, act)

    assert not [one for one in done if isinstance(one, Refused)]
    sent = sorted(itertools.chain(*done[:WORKERS]))
    verdicts = [*done[WORKERS], *done[WORKERS + 1]]
    assert len(sent) == WORKERS * ITEMS
    assert sorted(number for number, _ in verdicts) == sent
    session.rollback()
    assert dict(session.execute(select(Submission.id, Submission.state)).all()) == dict(verdicts)
    assert session.scalar(select(func.count()).select_from(Review)) == len(sent)
    assert session.scalar(select(func.count()).select_from(Lease)) == 0
    assert tallies.recount(session) == []
