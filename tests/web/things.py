"""What routes are asked with: bodies, and what addresses name where it takes more than a line to make."""

from labelkit.domain.gold_states import GoldState
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback, Split
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.workflow import Verdict
from labelkit.services import corrections, drills, inspection_practice, reviews, submissions
from labelkit.services.corrections import Corrected
from labelkit.services.reviews import Decision
from labelkit.services.submissions import Sent
from labelkit.store.models import Item, Notice
from tests.make import (
    PASSWORD,
    RIGHT,
    WRONG,
    make_contrast,
    make_item,
    make_project,
    make_proposal,
    make_submission,
    make_user,
)

BODIES = {
    "home.language": {"data": {"language": "en"}},
    "account.sign_in": {"data": {"username": "somebody-else", "password": PASSWORD}},
    "account.sign_up": {"data": {"username": "newcomer", "password": PASSWORD}},
    "account.account": {"data": {"name": "Renamed"}},
    "scores.goal": {"data": {"minutes": "20", "standing": "90", "price": ""}},
    "guides.publish": {"data": {"base": "1"}},
    "work.draft": {"json": {"revision": 0, "annotation": RIGHT["bbox"]}},
    "work.submit": {"data": {"submit_key": "k", "revision": "0", "annotation": '{"nothing": true}'}},
    "work.again": {"data": {"from": "empty"}},
    "runs.start": {"data": {"kind": "diagnosis"}},
    "inspection_practice.decide": {"data": {"verdict": "accepted"}},
    "golds.withdraw": {"data": {"version": "1", "reason": "The picture is another one."}},
    "golds.decide": {"data": {"action": "send_back", "remark": "The left side is loose."}},
    "golds.save": {"json": {"revision": 0, "annotation": RIGHT["bbox"]}},
    "golds.drawn": {"data": {"revision": "0", "annotation": '{"nothing": true}'}},
    "corrections.save": {"json": {"revision": 0, "annotation": {"nothing": True}}},
    "corrections.send": {"data": {"revision": "0", "annotation": '{"nothing": true}'}},
    "disputes.send": {"data": {"clause": "G-01", "sentence": "There is no car."}},
    "dispute_desk.decide": {
        "data": {"ruling": "dismiss", "clause": "G-02", "sentence": "There is one.", "version": "1"}
    },
    "inspect.decide": {"data": {"verdict": "rejected", "reason": "missing"}},
    "second_looks.decide": {"data": {"verdict": "rejected", "reason": "missing"}},
}


def sent_for(session, owner, endpoint):
    """An answer that a route has something to do with: half of a drill, one to inspect, one to dispute."""
    if endpoint in SENT:
        return SENT[endpoint](session, owner)
    is_inspected = endpoint.startswith(("inspect.", "corrections."))
    feedback = Feedback.AFTER_REVIEW if is_inspected else Feedback.AT_ONCE
    answer = WRONG["bbox"] if endpoint.startswith("disputes.") else None
    return make_submission(session, owner, make_project(session, items=1, feedback=feedback), answer)


def half_of_a_drill(session, person):
    project = make_project(session, items=1)
    make_contrast(session, project)
    assignment = drills.start(session, person, project)
    return submissions.submit(session, person, assignment.id, Sent(RIGHT["bbox"], 0, "drill"))


def item_for(session, endpoint):
    """An item that two people answered, for a route that asks for one; else None."""
    if endpoint != "agreement.propose":
        return None
    project = make_project(session, items=1)
    sent = [make_submission(session, make_user(session), project) for _ in range(2)]
    return sent[0].item_id


def to_inspect(session, person):
    project = make_project(session, items=0)
    make_item(session, project, split=Split.INSPECT)
    return inspection_practice.next_exercise(session, person, project)


def corrected(session, person):
    """What a person sent, and an inspector corrected."""
    project = make_project(session, items=1, feedback=Feedback.AFTER_REVIEW)
    sent = make_submission(session, person, project)
    inspector = make_user(session, role=Role.INSPECTOR)
    return corrections.send(session, inspector, sent.id, Corrected({"nothing": True}, 0))


def to_look_at_again(session, worker):
    """A submission that an inspector has judged, and that was drawn for a second one."""
    project = make_project(session, items=1, feedback=Feedback.AFTER_REVIEW)
    project.review_rules = ReviewRules(cross_percent=100)
    sent = make_submission(session, worker, project)
    first = make_user(session, role=Role.INSPECTOR)
    return reviews.decide(session, first, sent.id, Decision(Verdict.ACCEPTED))


# What takes more than a sending: by whom it is, and what became of it.
SENT = {
    "work.other_guide": half_of_a_drill,
    "corrections.shown": corrected,
    "second_looks.look": to_look_at_again,
    "second_looks.decide": to_look_at_again,
}


def gold_to_decide(session, author, item_id, endpoint):
    """A proposal; a draft where a route works on one."""
    is_draft = endpoint in {"golds.draw", "golds.save", "golds.drawn"}
    state = GoldState.DRAFT if is_draft else GoldState.PROPOSED
    return make_proposal(session, session.get_one(Item, item_id), author, state)


def make_notice(session, submission):
    """The word to its worker that a submission counts less than before."""
    notice = Notice(
        user_id=submission.user_id,
        submission_id=submission.id,
        item_id=submission.item_id,
        gold_version=2,
        before=1.0,
        after=0.5,
        reason="The car behind was missed.",
    )
    session.add(notice)
    session.flush()
    return notice
