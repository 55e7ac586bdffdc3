"""`labelkit project`: put a project away, and take it out again."""

import click

from labelkit.cli_database import changing
from labelkit.services import projects


@click.group()
def project() -> None:
    """Put projects away, and take them out again."""


@project.command()
@click.argument("slug")
def archive(slug: str) -> None:
    """Issue nothing new in a project; what was sent stays."""
    with changing() as (session, _):
        projects.archive(session, None, projects.find(session, slug))
        click.echo(f"{slug} is archived.")


@project.command()
@click.argument("slug")
def restore(slug: str) -> None:
    """Issue items of an archived project again."""
    with changing() as (session, _):
        projects.archive(session, None, projects.find(session, slug), on=False)
        click.echo(f"{slug} is open again.")
