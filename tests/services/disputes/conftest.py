"""Who disputes, who is disputed, and who decides."""

import pytest

from tests.make import make_user
from tests.services.disputing import CLAIM, inspector, judged, raised, scored
from tests.web.visits import nothing_changes


@pytest.fixture
def worker(session):
    return make_user(session, "worker")


@pytest.fixture
def author(session):
    return inspector(session, "author")


@pytest.fixture
def second(session):
    return inspector(session, "second")


@pytest.fixture
def dispute(session, worker, author):
    """Of an extra box, by a gold that the author wrote."""
    return raised(session, scored(session, worker, author=author))


@pytest.fixture
def of_verdict(session, worker, author):
    """Of a rejection by the author."""
    return raised(session, judged(session, worker, author), "verdict")


@pytest.fixture
def refused(session):
    """Sees that a dispute is refused with this word, and that nothing changes."""

    def refused(submission, subject, problem, words, claim=CLAIM, now=None):
        session.commit()
        with nothing_changes(session):
            with pytest.raises(problem, match=words):
                raised(session, submission, subject, claim, now)
            session.rollback()

    return refused
