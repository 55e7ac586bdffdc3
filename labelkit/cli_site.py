"""The commands that need the database or the server."""

import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from labelkit.config import TOP, Settings
from labelkit.domain.errors import Refused
from labelkit.domain.people import Role
from labelkit.formats.coco_json import read_json
from labelkit.formats.pack import read_pack
from labelkit.services import projects, scores, simulation, users
from labelkit.store.engine import open_engine, upgrade, writing
from labelkit.store.images import Pictures
from labelkit.store.models import Project

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SIMULATION_SECONDS = 10


@contextmanager
def _database(settings: Settings) -> Iterator[Engine]:
    """The configured database, brought up to date, and closed in the end."""
    engine = open_engine(settings.database_url)
    try:
        upgrade(engine)
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _changing() -> Iterator[tuple[Session, Settings]]:
    """One transaction on the configured database: all of a command, or nothing of it."""
    settings = Settings.from_environ()
    with _database(settings) as engine, writing(engine) as session, session.begin():
        yield session, settings


@click.command()
def init() -> None:
    """Make the database, or bring it up to date."""
    settings = Settings.from_environ()
    with _database(settings):
        click.echo(f"The database is ready in {settings.data_dir}.")


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--project", "slug", help="The short name of the new project, if not the pack's own.")
def import_pack(path: Path, slug: str | None) -> None:
    """Make a project of a pack: a folder, or a zip of one."""
    pack = read_pack(path)
    with _changing() as (session, settings):
        store = Pictures(settings.data_dir, settings.max_image_pixels)
        project = projects.add_pack(session, store, replace(pack, slug=slug) if slug else pack)
        click.echo(f"{project.slug}: {len(pack.items)} items, {len(pack.gold)} gold.")


@click.command()
@click.argument("slug", required=False)
@click.option(
    "--rules",
    "rules_file",
    type=click.Path(path_type=Path, exists=True),
    help="A JSON file with the rules to change, as in pack.json.",
)
def rescore(slug: str | None, rules_file: Path | None) -> None:
    """Score anew what gold or rules have changed for, in all projects or in one; older scores stay."""
    if rules_file and not slug:
        raise click.UsageError("Name the project that gets the new rules.")
    with _database(Settings.from_environ()) as engine, writing(engine) as session:
        for project in [projects.find(session, slug)] if slug else session.scalars(select(Project)).all():
            if rules_file:
                scores.change_rules(session, project, read_json(rules_file))
            session.commit()
            _renew_scores(session, project)


def _renew_scores(session: Session, project: Project) -> None:
    """Slice by slice, each its own transaction: a stop in between costs nothing."""
    todo, scored, unreadable = scores.count_outdated(session, project), 0, 0
    next_id: int | None = 0
    while next_id is not None:
        renewed = scores.renew(session, project, next_id)
        session.commit()
        session.expunge_all()
        scored, unreadable = scored + renewed.scored, unreadable + renewed.unreadable
        next_id = renewed.next_id
        click.echo(f"{project.slug}: {scored} of {todo} scored anew")
    if unreadable:
        click.echo(
            f"{project.slug}: {unreadable} keep their old score; their labels are no longer in the project"
        )


@click.group()
def user() -> None:
    """Add people and change them."""


_role = click.option("--role", type=click.Choice([role.value for role in Role]), required=True)


def _new_password() -> str:
    """A password typed twice, or one line of standard input where nobody sits at the keyboard."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


@user.command()
@click.argument("username")
@_role
@click.option("--name", default="", help="The name that others see.")
def add(username: str, role: str, name: str) -> None:
    """Add a person; the password is asked for, or read from standard input."""
    password = _new_password()
    with _changing() as (session, _):
        person = users.add(session, username, Role(role), password=password, name=name)
        click.echo(f"{person.username} is {role} now.")


@user.command("role")
@click.argument("username")
@_role
def change_role(username: str, role: str) -> None:
    """Give a person another role; their open sessions end."""
    with _changing() as (session, _):
        click.echo(f"{users.change_role(session, username, Role(role)).username} is {role} now.")


@user.command()
@click.argument("username")
def reset(username: str) -> None:
    """Set a new password; open sessions end."""
    password = _new_password()
    with _changing() as (session, _):
        click.echo(f"{users.reset_password(session, username, password).username} has a new password.")


@user.command()
@click.argument("username")
def deactivate(username: str) -> None:
    """Lock a person out; their work stays."""
    with _changing() as (session, _):
        click.echo(f"{users.deactivate(session, username).username} is locked out.")


_host = click.option("--host", default="127.0.0.1", show_default=True)
_port = click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(0, 65535))


@click.command()
@_host
@_port
def serve(host: str, port: int) -> None:
    """Serve pages to people with accounts."""
    _serve(Settings.from_environ(), host, port, lambda address: None)


@click.command()
@_host
@_port
@click.option("--no-browser", is_flag=True, help="Do not open the page in a browser.")
def demo(host: str, port: int, no_browser: bool) -> None:
    """Practise alone on this machine, with the sample projects and without an account."""
    if host not in LOOPBACK:
        raise click.UsageError("Demo mode answers this machine only; use 'labelkit serve' for others.")
    settings = Settings.from_environ(demo=True)
    _load_samples(settings)
    threading.Thread(target=_simulate_people, args=[settings], daemon=True).start()
    _serve(settings, host, port, (lambda _: None) if no_browser else _open_browser)


def _load_samples(settings: Settings) -> None:
    """Make projects of the sample packs that are not there yet."""
    store = Pictures(settings.data_dir, settings.max_image_pixels)
    with _database(settings) as engine, writing(engine) as session:
        known = set(session.scalars(select(Project.slug)))
        for head in sorted(TOP.joinpath("sample_data").glob("*/pack.json")):
            if head.parent.name not in known:
                click.echo(f"Loading {head.parent.name} …")
                projects.add_pack(session, store, read_pack(head.parent))
                session.commit()


def _simulate_people(settings: Settings) -> None:
    """Let the simulated people do what is due, every few seconds, as long as the server runs."""
    with _database(settings) as engine:
        while True:
            try:
                with writing(engine) as session, session.begin():
                    simulation.go_on(session)
            except (Refused, SQLAlchemyError) as problem:  # they try again; nobody waits for them
                click.echo(f"labelkit: simulated people: {problem}".splitlines()[0], err=True)
            time.sleep(SIMULATION_SECONDS)


def _open_browser(address: str) -> None:
    threading.Timer(0.5, webbrowser.open, [address]).start()


def _serve(settings: Settings, host: str, port: int, ready: Callable[[str], object]) -> None:
    from labelkit.app import create_app  # all pages: loaded for the commands that need them

    with _database(settings) as engine:
        server = _listen(create_app(settings, engine), host, port)
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{_port_of(server)}/"
        click.echo(f"labelkit → {address}   (Ctrl+C)")
        ready(address)
        server.run()


def _listen(app: Callable[..., object], host: str, port: int) -> Any:  # noqa: ANN401  (waitress has no types)
    import waitress

    try:
        # Forwarded headers are judged by the application: trusted by count, or refused in demo mode.
        return waitress.create_server(
            app, host=host, port=port, threads=8, clear_untrusted_proxy_headers=False, ident="labelkit"
        )
    except ValueError as problem:
        raise click.UsageError(f"There is no address {host!r} on this machine.") from problem


def _port_of(server: Any) -> int:  # noqa: ANN401
    """The port that a server listens on; a name such as localhost may stand for several addresses."""
    listening = getattr(server, "effective_listen", None)
    return int(listening[0][1] if listening else server.effective_port)
