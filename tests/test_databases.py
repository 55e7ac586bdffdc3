"""Each test has an empty database to itself, of both kinds, and both are real."""

import pytest
from sqlalchemy import func, select, text

from labelkit.store.models import User
from tests.make import make_user


def test_a_server_or_a_file_answers(engine):
    ask = {"sqlite": "SELECT 'SQLite ' || sqlite_version()", "postgresql": "SELECT version()"}

    with engine.connect() as connection:
        answer = connection.scalar(text(ask[engine.dialect.name]))

    assert answer.lower().startswith(engine.dialect.name)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_nothing_is_left_from_another_test(session, turn):
    assert session.scalar(select(func.count()).select_from(User)) == 0

    make_user(session, "somebody")
    session.commit()
