"""The database keeps what it acknowledged, lets writers queue, and lets nobody wait who only looks."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from labelkit.domain.people import Role
from labelkit.domain.texts import Texts
from labelkit.store.engine import open_engine, reading, upgrade, writing
from labelkit.store.models import Gold, User
from tests.make import make_user


@pytest.fixture
def sqlite_file(tmp_path):
    return tmp_path / "labelkit.sqlite3"


@pytest.fixture
def on_sqlite(sqlite_file):
    engine = open_engine(f"sqlite:///{sqlite_file}")
    upgrade(engine)
    yield engine
    engine.dispose()


def pragma(engine, name):
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_sqlite_writes_ahead_so_that_readers_need_not_wait(on_sqlite):
    assert pragma(on_sqlite, "journal_mode") == "wal"


def test_sqlite_puts_each_acknowledged_commit_on_disk(on_sqlite):
    assert pragma(on_sqlite, "synchronous") == 2  # FULL


def test_sqlite_waits_for_its_turn(on_sqlite):
    assert pragma(on_sqlite, "busy_timeout") >= 10_000


def test_sqlite_keeps_foreign_keys(on_sqlite):
    assert pragma(on_sqlite, "foreign_keys") == 1


def can_write(path):
    """Whether somebody else could begin to write now."""
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    finally:
        other.close()
    return True


def test_a_writer_takes_its_place_before_it_reads(on_sqlite, sqlite_file):
    with writing(on_sqlite) as session:
        session.scalar(select(func.count()).select_from(User))
        assert not can_write(sqlite_file)

    assert can_write(sqlite_file)


def test_a_reader_takes_no_writers_place(on_sqlite, sqlite_file):
    with reading(on_sqlite) as session:
        session.scalar(select(func.count()).select_from(User))
        assert can_write(sqlite_file)


def test_writers_that_read_first_queue_and_none_is_lost(on_sqlite):
    with writing(on_sqlite) as session:
        user_id = make_user(session).id
        session.commit()
    start = threading.Barrier(4)

    def add_one():
        start.wait()
        with writing(on_sqlite) as session, session.begin():
            user = session.get(User, user_id)
            user.epoch += 1

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(add_one) for _ in range(4)]:
            done.result()

    with reading(on_sqlite) as session:
        assert session.get(User, user_id).epoch == 5


def test_two_writers_both_succeed(engine):
    start = threading.Barrier(2)

    def add(name):
        start.wait()
        with writing(engine) as session, session.begin():
            make_user(session, name)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(add, name) for name in ("first", "second")]:
            done.result()

    with reading(engine) as session:
        assert set(session.scalars(select(User.username))) == {"first", "second"}


def test_a_reader_is_not_kept_waiting_and_sees_nothing_half_done(engine):
    with writing(engine) as writer:
        make_user(writer, "half-done")

        with reading(engine) as reader:
            assert reader.scalar(select(func.count()).select_from(User)) == 0

        writer.commit()
    with reading(engine) as reader:
        assert reader.scalar(select(User.username)) == "half-done"


def test_what_was_not_committed_is_gone(engine):
    with writing(engine) as session:
        make_user(session)

    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(User)) == 0


def test_what_points_nowhere_is_refused(session):
    session.add(Gold(item_id=12345, version=1, accepted=[], explanation=Texts()))

    with pytest.raises(IntegrityError):
        session.flush()


def test_a_word_in_the_database_is_the_word_in_the_code(session):
    make_user(session, role=Role.INSPECTOR)

    assert session.scalar(text('SELECT role FROM "user"')) == "inspector"


def test_what_was_loaded_can_still_be_read_after_a_commit(engine):
    with writing(engine) as session:
        user = make_user(session, "somebody")
        session.commit()

    assert user.username == "somebody"
