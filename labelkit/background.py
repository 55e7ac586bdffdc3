"""What goes on beside a server: deadlines are kept, jobs are taken up, and in demo mode simulated people do
what is due."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from labelkit.config import Settings
from labelkit.domain.errors import Refused
from labelkit.services import jobs, lapses, simulation
from labelkit.store.engine import open_engine, reading, writing

EVERY_SECONDS = 10.0
END_SECONDS = 5.0


@contextmanager
def beside(settings: Settings) -> Iterator[None]:
    """Goes on in a thread of its own, as long as the server runs."""
    stop = threading.Event()
    thread = threading.Thread(target=go_on, args=[settings, stop], daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(END_SECONDS)


def go_on(settings: Settings, stop: threading.Event) -> None:
    """Do what is due every few seconds; what fails is tried again, for nobody waits for it."""
    engine = open_engine(settings.database_url)
    holder = jobs.new_holder()
    try:
        while not stop.is_set():
            _try("deadlines", lambda: _keep_deadlines(engine))
            if settings.demo:
                _try("simulated people", lambda: _simulate(engine))
            _try("scoring anew", lambda: _do_jobs(engine, holder, stop))
            stop.wait(EVERY_SECONDS)
    finally:
        engine.dispose()


def _try(what: str, act: Callable[[], None]) -> None:
    try:
        act()
    except (Refused, SQLAlchemyError) as problem:
        click.echo(f"labelkit: {what}: {problem}".splitlines()[0], err=True)


def _keep_deadlines(engine: Engine) -> None:
    lapses.lapse_due(engine)


def _simulate(engine: Engine) -> None:
    with writing(engine) as session, session.begin():
        simulation.go_on(session)


def _do_jobs(engine: Engine, holder: str, stop: threading.Event) -> None:
    with reading(engine) as session:  # looking keeps nobody from writing
        waiting = jobs.running(session)
    while waiting and not stop.is_set() and jobs.go_on(engine, holder):
        stop.wait(jobs.PAUSE_SECONDS)
