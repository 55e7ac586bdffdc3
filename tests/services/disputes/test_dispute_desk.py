"""Which disputes wait for whom: nobody decides what they have a part in, and all is counted."""

from dataclasses import replace

import pytest

from labelkit.domain.errors import NotAllowed, NotFound
from labelkit.domain.people import Role
from labelkit.domain.projects import Split
from labelkit.domain.texts import Texts
from labelkit.services import (
    dispute_counts,
    dispute_desk,
    disputes,
    golds,
    rulings,
    users,
)
from labelkit.services.dispute_counts import Against
from labelkit.services.dispute_desk import Hindrance
from labelkit.store.models import Item
from tests.make import RIGHT, make_user
from tests.services.disputing import (
    ALSO,
    DISMISS,
    raised,
    scored,
)
from tests.web.visits import nothing_changes


def test_nobody_decides_what_they_have_a_part_in(session, worker, author, second, dispute, of_verdict):
    by_inspector = raised(session, scored(session, second))
    own_gold = scored(session, worker, author=second)
    golds.approve(session, session.get_one(Item, own_gold.item_id), [RIGHT["bbox"]], Texts(), author, second)
    of_former = raised(session, own_gold, "finding/0/2/1")
    session.commit()

    for person, one in ((author, dispute), (author, of_verdict), (second, by_inspector), (author, of_former)):
        with nothing_changes(session):
            with pytest.raises(NotAllowed):
                rulings.decide(session, person, one.id, replace(DISMISS, seen_version=None))
            session.rollback()
    everything = [dispute, of_verdict, by_inspector, of_former]
    assert list(dispute_desk.hindrances(session, author, everything).values()) == [
        Hindrance.WROTE_GOLD,
        Hindrance.GAVE_VERDICT,
        Hindrance.WROTE_GOLD,
    ]
    assert dispute_desk.hindrances(session, second, everything) == {by_inspector.id: Hindrance.RAISED}


def test_a_worker_decides_nothing(session, dispute):
    with pytest.raises(NotFound):
        rulings.decide(session, make_user(session, "other"), dispute.id, DISMISS)


def test_the_oldest_comes_first_and_examinations_are_an_admins_alone(
    session, worker, second, dispute, of_verdict
):
    admin = make_user(session, "admin", Role.ADMIN)
    dispute.raised_at, of_verdict.raised_at = of_verdict.raised_at, dispute.raised_at
    session.flush()
    assert list(dispute_desk.waiting(session, second)) == [of_verdict, dispute]

    session.get_one(Item, dispute.item_id).split = Split.EXAM
    session.flush()

    assert list(dispute_desk.waiting(session, second)) == [of_verdict]
    assert (dispute_desk.count_waiting(session, second), dispute_desk.count_waiting(session, admin)) == (1, 2)
    with pytest.raises(NotFound):
        rulings.decide(session, second, dispute.id, DISMISS)
    rulings.decide(session, admin, dispute.id, DISMISS)


def test_whoever_is_alone_is_known(session, worker, author):
    make_user(session, "sim", Role.INSPECTOR, simulated=True)
    make_user(session, "gone", Role.INSPECTOR, active=False)
    assert not users.is_inspector_beside(session, author.id)

    admin = make_user(session, "admin", Role.ADMIN)
    assert users.is_inspector_beside(session, author.id)
    assert not users.is_inspector_beside(session, author.id, admin.id, None)


def test_disputes_count_against_the_author_of_the_gold_and_the_inspector(
    session, worker, author, second, dispute, of_verdict
):
    third = raised(session, scored(session, worker, author=author))
    raised(session, scored(session, worker))
    disputes.withdraw(session, worker, third.id)
    rulings.decide(session, second, dispute.id, ALSO)
    assert dispute_counts.against(session, author.id) == Against(raised=3, upheld=1, dismissed=0, open=1)

    rulings.decide(session, second, of_verdict.id, replace(DISMISS, seen_version=None))

    assert dispute_counts.against(session, author.id) == Against(raised=3, upheld=1, dismissed=1, open=0)
    assert dispute_counts.against(session, second.id) == Against(0, 0, 0, 0)
