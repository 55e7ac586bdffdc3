"""The commands that need the database or the server."""

import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from labelkit.background import beside
from labelkit.cli_database import changing, database
from labelkit.config import TOP, Settings
from labelkit.domain.people import Role
from labelkit.formats.pack import read_pack
from labelkit.services import projects, users
from labelkit.store.engine import writing
from labelkit.store.images import Pictures
from labelkit.store.models import Project

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
def init() -> None:
    """Make the database, or bring it up to date."""
    settings = Settings.from_environ()
    with database(settings):
        click.echo(f"The database is ready in {settings.data_dir}.")


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--project", "slug", help="The short name of the new project, if not the pack's own.")
def import_pack(path: Path, slug: str | None) -> None:
    """Make a project of a pack: a folder, or a zip of one."""
    pack = read_pack(path)
    with changing() as (session, settings):
        store = Pictures(settings.data_dir, settings.max_image_pixels)
        project = projects.add_pack(session, store, replace(pack, slug=slug) if slug else pack)
        click.echo(f"{project.slug}: {len(pack.items)} items, {len(pack.gold)} gold.")


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
    with changing() as (session, _):
        person = users.add(session, username, Role(role), password=password, name=name)
        click.echo(f"{person.username} is {role} now.")


@user.command("role")
@click.argument("username")
@_role
def change_role(username: str, role: str) -> None:
    """Give a person another role; their open sessions end."""
    with changing() as (session, _):
        click.echo(f"{users.change_role(session, username, Role(role)).username} is {role} now.")


@user.command()
@click.argument("username")
def reset(username: str) -> None:
    """Set a new password; open sessions end."""
    password = _new_password()
    with changing() as (session, _):
        click.echo(f"{users.reset_password(session, username, password).username} has a new password.")


@user.command()
@click.argument("username")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(username: str, yes: bool) -> None:
    """Take a person's work, scores and name out of the database for good."""
    if not yes:
        click.confirm(f"Erase {username} with all work and scores?", abort=True)
    with changing() as (session, _):
        users.erase(session, users.find(session, username))
        click.echo(f"{username} is erased.")


@user.command()
@click.argument("username")
def deactivate(username: str) -> None:
    """Lock a person out; their work stays."""
    with changing() as (session, _):
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
    _serve(settings, host, port, (lambda _: None) if no_browser else _open_browser)


def _load_samples(settings: Settings) -> None:
    """Make projects of the sample packs that are not there yet."""
    store = Pictures(settings.data_dir, settings.max_image_pixels)
    with database(settings) as engine, writing(engine) as session:
        known = set(session.scalars(select(Project.slug)))
        for head in sorted(TOP.joinpath("sample_data").glob("*/pack.json")):
            if head.parent.name not in known:
                click.echo(f"Loading {head.parent.name} …")
                projects.add_pack(session, store, read_pack(head.parent))
                session.commit()


def _open_browser(address: str) -> None:
    threading.Timer(0.5, webbrowser.open, [address]).start()


def _serve(settings: Settings, host: str, port: int, ready: Callable[[str], object]) -> None:
    from labelkit.app import create_app  # all pages: loaded for the commands that need them

    with database(settings) as engine, beside(settings):
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
