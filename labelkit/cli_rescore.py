"""`labelkit rescore`: new rules, and the scores that follow them."""

import time
from pathlib import Path

import click
from sqlalchemy import Engine, select

from labelkit.cli_database import database
from labelkit.config import Settings
from labelkit.formats.coco_json import read_json
from labelkit.services import jobs, projects
from labelkit.store.engine import reading, writing
from labelkit.store.models import Job, Project

WAIT_SECONDS = 1


@click.command()
@click.argument("slug", required=False)
@click.option(
    "--rules",
    "rules_file",
    type=click.Path(path_type=Path, exists=True),
    help="A JSON file with the rules to change, as in pack.json.",
)
def rescore(slug: str | None, rules_file: Path | None) -> None:
    """Score anew what gold or rules have changed for, in all projects or in one; older scores stay.

    Breaking off costs nothing: whoever runs this again, or a server, goes on from there.
    """
    if rules_file and not slug:
        raise click.UsageError("Name the project that gets the new rules.")
    with database(Settings.from_environ()) as engine:
        for name, job_id in _start(engine, slug, rules_file):
            _follow(engine, name, job_id)


def _start(engine: Engine, slug: str | None, rules_file: Path | None) -> list[tuple[str, int | None]]:
    """The short names of the projects, and the job of each; None where all scores are up to date."""
    with writing(engine) as session, session.begin():
        named = [projects.find(session, slug)] if slug else session.scalars(select(Project)).all()
        if rules_file:
            started = [jobs.change_rules(session, project, read_json(rules_file)) for project in named]
        else:
            started = [jobs.start(session, project) for project in named]
        return [(project.slug, job.id if job else None) for project, job in zip(named, started, strict=True)]


def _follow(engine: Engine, slug: str, job_id: int | None) -> None:
    """Do the job, or wait for another process that is at it, and tell how far it is."""
    if job_id is None:
        click.echo(f"{slug}: all scores are up to date")
        return
    holder = jobs.new_holder()
    job = _look(engine, job_id)
    while job.finished_at is None:
        mine = jobs.go_on(engine, holder, job.project_id)
        time.sleep(jobs.PAUSE_SECONDS if mine else WAIT_SECONDS)
        job = _look(engine, job_id)
        click.echo(f"{slug}: {job.done} of {job.total} scored anew")
    if job.unreadable:
        click.echo(
            f"{slug}: {job.unreadable} keep their old score; their labels are no longer in the project"
        )


def _look(engine: Engine, job_id: int) -> Job:
    with reading(engine) as session:
        return session.get_one(Job, job_id)
