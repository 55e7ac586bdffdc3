"""Single values out of JSON, taken by the database."""

import pytest
from sqlalchemy import select

from labelkit.store.json_parts import part, total_of
from labelkit.store.models import ProjectTally
from tests.make import make_project


@pytest.fixture
def tallies(session):
    for counts in ({"n": 2, "first/n": 1, "fail/loose/car": 3}, {"n": 40}):
        session.add(ProjectTally(project_id=make_project(session, items=0).id, counts=counts))
    session.flush()


@pytest.mark.usefixtures("tallies")
@pytest.mark.parametrize(("key", "total"), [("n", 42), ("first/n", 1), ("fail/loose/car", 3), ("none", 0)])
def test_whole_numbers_are_added_up(session, key, total):
    assert session.scalar(select(total_of(ProjectTally.counts, key))) == total


def test_of_no_rows_the_sum_is_0(session):
    assert session.scalar(select(total_of(ProjectTally.counts, "n"))) == 0


@pytest.mark.usefixtures("tallies")
def test_a_part_is_text_or_nothing(session):
    parts = session.scalars(select(part(ProjectTally.counts, "first/n")).order_by(ProjectTally.project_id))

    assert [None if one is None else str(one) for one in parts] == ["1", None]
