"""People who dispute and decide: what they are about, and what they say."""

from sqlalchemy import select

from labelkit.domain.dispute_states import DisputeState, Ruling
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State, Verdict
from labelkit.services import disputes, practice, reviews, submissions
from labelkit.services.disputes import Claim
from labelkit.services.reviews import Decision as Judged
from labelkit.services.rulings import Decision, Way
from labelkit.services.submissions import Sent
from labelkit.store.models import Dispute, Gold, Item, Review, Submission, User
from tests.make import RIGHT, WRONG, box, boxes, make_project, make_submission, make_user

FIRST = "finding/0/1/1"
CLAIM = Claim("G-01", "The second car stands there, too.")
WHY = "There is a second car."
NOT_SO = "That is its mirror image."
TWO = boxes(box(), box(x=200, w=60))  # one box more than the gold has
DISMISS = Decision(Ruling.DISMISS, NOT_SO, "G-02", seen_version=1)
ALSO, INSTEAD, CORRECT, ALREADY = (Decision(Ruling.UPHOLD, WHY, way=way, seen_version=1) for way in Way)
OVERTURN = Decision(Ruling.UPHOLD, WHY)


def scored(session, worker, *, items=1, author=None, answer=TWO):
    """An answer with one finding, `extra`, by a gold that this author wrote (None: imported)."""
    project = make_project(session, items=items)
    for gold in session.scalars(select(Gold).join(Item).where(Item.project_id == project.id)):
        gold.author_id = author.id if author else None
    return make_submission(session, worker, project, answer)


def judged(session, worker, inspector, state=State.REJECTED):
    """An answer that an inspector sent back, or that stands where such a one may come to."""
    project = make_project(session, items=1, feedback=Feedback.AFTER_REVIEW)
    sent = make_submission(session, worker, project, WRONG["bbox"])
    reviews.decide(session, inspector, sent.id, Judged(Verdict.REJECTED, ("missing",)))
    sent.state = state
    session.flush()
    return sent


def raised(session, submission, subject=FIRST, claim=CLAIM, now=None) -> Dispute:
    """The dispute of whoever sent it."""
    worker = session.get_one(User, submission.user_id)
    return disputes.raise_dispute(session, worker, submission.id, subject, claim, now)


def review_of(session, submission) -> Review:
    return session.scalars(select(Review).where(Review.submission_id == submission.id)).one()


def make_dispute(session, worker) -> Dispute:
    """A new dispute of a finding, as it lies in the database, without what raising it leaves elsewhere."""
    sent: Submission = scored(session, worker)
    found = disputes.disputed(session, worker, sent.id, FIRST)
    dispute = Dispute(
        submission_id=sent.id,
        project_id=sent.project_id,
        item_id=sent.item_id,
        user_id=worker.id,
        subject=FIRST,
        finding=found.finding,
        gold_version=1,
        guide_version=1,
        clause="G-01",
        sentence=CLAIM.sentence,
    )
    session.add(dispute)
    session.flush()
    return dispute


def inspector(session, name):
    return make_user(session, name, Role.INSPECTOR)


def again(session, worker, submission, answer=RIGHT["bbox"]):
    """A later attempt at the same item."""
    assignment = practice.issue_again(session, worker, submission, from_mine=False)
    return submissions.submit(session, worker, assignment.id, Sent(answer, 0, f"again {assignment.id}"))


def in_force(session, item_id):
    return session.scalars(select(Gold).where(Gold.item_id == item_id, Gold.current)).one()


def make_dispute_against(session, submission, against_id, state=DisputeState.OPEN):
    """A claim of its worker on the verdict of somebody."""
    session.add(
        Dispute(
            submission_id=submission.id,
            project_id=submission.project_id,
            item_id=submission.item_id,
            user_id=submission.user_id,
            subject="verdict",
            guide_version=1,
            clause="G-01",
            sentence="There is no other car.",
            against_id=against_id,
            state=state,
        )
    )
    session.flush()
