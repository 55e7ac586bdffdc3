"""The database: opened, upgraded, and handed out in sessions that read or write."""

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from labelkit.domain.errors import Invalid
from labelkit.domain.texts import N_

BUSY_SECONDS = 20
MIGRATION_LOCK = 7_406_329  # any number, the same in all servers
MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(url: str) -> Engine:
    """An engine on SQLite (WAL, every commit on disk) or PostgreSQL."""
    try:
        engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    except ImportError as missing:
        raise Invalid(N_("PostgreSQL needs one more part: pip install 'labelkit[postgres]'.")) from missing
    except ValueError as odd:
        raise Invalid(N_("The address of the database could not be read.")) from odd
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not open transactions by itself: it would do so too late for BEGIN IMMEDIATE.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # an acknowledged commit is on disk
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that means to write takes its place in the queue at once: one that began by
    # reading may find, when it comes to write, that it read an older state, and would have to fail.
    writes = connection.get_execution_options().get("labelkit_writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def reading(engine: Engine) -> Session:
    """A session that only looks."""
    return Session(engine.execution_options(labelkit_writes=False), expire_on_commit=False)


def steady(engine: Engine) -> Session:
    """A session that only looks, and sees one and the same state from its first question to its last."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    return reading(engine)


def writing(engine: Engine) -> Session:
    """A session that may change things."""
    return Session(engine.execution_options(labelkit_writes=True), expire_on_commit=False)


def add_unless_there(session: Session, row: object) -> bool:
    """Add a row; False where somebody else was first with one of the same key."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest shape; creates it where there is none."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))  # % has a meaning there
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # two servers that start at once wait for each other
            connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        options: dict[str, Any] = config.attributes
        options["connection"] = connection
        command.upgrade(config, "head")
