"""Each test has a database of its own, of both kinds, and the program's own migrations made it."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text

from labelkit.store.models import Base, User
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


def test_the_migrations_make_the_tables_that_the_models_say(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})

        assert compare_metadata(context, Base.metadata) == []
