"""How long something may be disputed, and what happens to a deadline meanwhile."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from labelkit.domain.errors import Conflict
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import State, Verdict
from labelkit.services import disputes, golds, reviews, runs, scores, submissions
from labelkit.services.reviews import Decision as Judged
from labelkit.services.submissions import Sent
from labelkit.store.models import Gold, Item, Project, Run, Score
from labelkit.store.types import utc_now
from tests.make import RIGHT, make_project
from tests.services.disputing import FIRST, TWO, again, judged, raised, review_of, scored

DAYS = timedelta(days=7)
SECOND = timedelta(seconds=1)


def test_in_a_silent_run_it_is_too_early(session, worker, refused):
    make_project(session, items=2)
    assignment = runs.start_silent(session, worker)
    sent = submissions.submit(session, worker, assignment.id, Sent(TWO, 0, "silent"))

    refused(sent, FIRST, Conflict, "a run that has not ended")

    run = session.get_one(Run, assignment.run_id)
    runs.end(session, run)
    sent.sent_at -= DAYS * 2
    session.scalars(golds_of(sent)).one().approved_at -= DAYS * 2
    assert raised(session, sent, now=run.ended_at + DAYS)


def golds_of(sent):
    return select(Gold).where(Gold.item_id == sent.item_id, Gold.current)


def aged(session, sent):
    """An old answer by an old gold."""
    sent.sent_at -= DAYS * 4
    session.scalars(golds_of(sent)).one().approved_at -= DAYS * 8
    session.flush()
    return sent


def test_the_window_of_a_finding_ends_days_after_it_was_told(session, worker, refused):
    sent = aged(session, scored(session, worker))

    refused(sent, FIRST, Conflict, "within 7 days. They are over", now=sent.sent_at + DAYS + SECOND)
    assert raised(session, sent, now=sent.sent_at + DAYS)


def test_a_project_says_how_many_days(session, worker, refused):
    sent = aged(session, scored(session, worker))
    project = session.get_one(Project, sent.project_id)
    project.review_rules = replace(project.review_rules, dispute_days=1)

    refused(sent, FIRST, Conflict, "within 1 days", now=sent.sent_at + timedelta(days=1) + SECOND)


def test_a_newer_gold_opens_the_window_anew(session, worker, author):
    sent = aged(session, scored(session, worker))
    item = session.get_one(Item, sent.item_id)
    golds.approve(session, item, [RIGHT["bbox"]], Texts(), None, author)

    assert raised(session, sent, "finding/0/2/1")


def test_new_rules_do_not(session, worker, refused):
    sent = aged(session, scored(session, worker))
    project = session.get_one(Project, sent.project_id)
    scores.change_rules(session, project, {"pass_score": 0.9})
    scores.renew(session, project)
    assert session.scalar(select(Score.rules_version).where(Score.current)) == 2

    refused(sent, "finding/0/1/2", Conflict, "They are over")


def test_the_window_of_a_verdict_begins_with_it_or_with_the_end_of_the_deadline(
    session, worker, author, refused
):
    sent = judged(session, worker, author)
    sent.sent_at -= DAYS * 4
    decided = review_of(session, sent).decided_at
    refused(sent, "verdict", Conflict, "They are over", now=decided + DAYS + SECOND)

    sent.state = State.LAPSED
    review_of(session, sent).due_at = decided + timedelta(days=2)
    assert raised(session, sent, "verdict", now=decided + DAYS + timedelta(days=2))


def test_the_window_of_a_finding_that_was_closed_begins_with_the_verdict_that_opened_it(
    session, worker, author, refused
):
    sent = judged(session, worker, author)
    second = again(session, worker, sent, TWO)
    reviews.decide(session, author, second.id, Judged(Verdict.ACCEPTED))
    for one in (sent, second):
        aged(session, one)
    opened = review_of(session, second).decided_at
    third = again(session, worker, second)
    reviews.decide(session, author, third.id, Judged(Verdict.ACCEPTED))
    review_of(session, third).decided_at = opened + DAYS * 3

    for one in (sent, second):
        refused(one, FIRST, Conflict, "They are over", now=opened + DAYS + SECOND)
        assert raised(session, one, now=opened + DAYS)


def test_while_a_rejection_is_disputed_the_time_for_its_rework_stands_still(session, worker, author):
    sent = judged(session, worker, author)
    review_of(session, sent).due_at = utc_now() + timedelta(hours=5)
    dispute = raised(session, sent, "verdict", now=utc_now() - timedelta(hours=1))
    assert review_of(session, sent).due_at is None

    disputes.withdraw(session, worker, dispute.id)

    left = review_of(session, sent).due_at - utc_now()
    assert timedelta(hours=5, minutes=59) < left < timedelta(hours=6, minutes=1)


def test_the_end_of_a_deadline_that_has_passed_stays_where_it_is(session, worker, author):
    sent = judged(session, worker, author, State.LAPSED)
    review_of(session, sent).due_at = due = utc_now() - timedelta(hours=1)

    disputes.withdraw(session, worker, raised(session, sent, "verdict").id)

    assert review_of(session, sent).due_at == due
