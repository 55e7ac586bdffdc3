"""The configured database, as commands open it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from labelkit.config import Settings
from labelkit.store.engine import open_engine, upgrade, writing


@contextmanager
def database(settings: Settings) -> Iterator[Engine]:
    """The configured database, brought up to date, and closed in the end."""
    engine = open_engine(settings.database_url)
    try:
        upgrade(engine)
        yield engine
    finally:
        engine.dispose()


@contextmanager
def changing() -> Iterator[tuple[Session, Settings]]:
    """One transaction on the configured database: all of a command, or nothing of it."""
    settings = Settings.from_environ()
    with database(settings) as engine, writing(engine) as session, session.begin():
        yield session, settings
