"""Disputes as they stand in the database, whoever raised them and how."""

from labelkit.domain.dispute_states import DisputeState
from labelkit.store.models import Dispute


def make_dispute(session, submission, against_id, state=DisputeState.OPEN):
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
