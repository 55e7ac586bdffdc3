"""How many disputes stand against somebody."""

from labelkit.domain.dispute_states import DisputeState
from labelkit.services.dispute_counts import Against, against
from tests.make import make_project, make_submission, make_user
from tests.services.disputing import make_dispute_against


def test_disputes_are_counted_by_what_came_of_them_and_by_whom_they_are_against(session):
    inspector, other = make_user(session), make_user(session)
    sent = make_submission(session, make_user(session), make_project(session, task_type="text_class"))
    states = DisputeState.UPHELD, DisputeState.UPHELD, DisputeState.DISMISSED, DisputeState.WITHDRAWN
    for state in (*states, DisputeState.OPEN):
        make_dispute_against(session, sent, inspector.id, state)
    make_dispute_against(session, sent, None, DisputeState.DISMISSED)

    assert against(session, inspector.id) == Against(raised=5, upheld=2, dismissed=1, open=1)
    assert against(session, other.id) == Against(0, 0, 0, 0)
