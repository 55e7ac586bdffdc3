"""`labelkit doctor`: does what is stored fit together?"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from labelkit.cli_database import database
from labelkit.config import Settings
from labelkit.services import jobs, scores, tallies
from labelkit.store.engine import steady, writing
from labelkit.store.images import Pictures
from labelkit.store.models import Picture, Project, Submission, User

MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report, and what there is to say below it."""

    well: bool
    sentence: str
    lines: tuple[str, ...] = ()


@click.command()
@click.option("--mend", is_flag=True, help="Put right the counters that are wrong.")
@click.option("--deep", is_flag=True, help="Read every picture to its last byte.")
def doctor(mend: bool, deep: bool) -> None:
    """Check the database and the pictures; exit code 1 where something is wrong and was not mended."""
    settings = Settings.from_environ()
    with database(settings) as engine:
        store = Pictures(settings.data_dir, settings.max_image_pixels)
        checks = [_tell(check) for check in _checks(engine, store, mend=mend, deep=deep)]
    if not all(check.well for check in checks):
        sys.exit(1)


def _checks(engine: Engine, store: Pictures, *, mend: bool, deep: bool) -> Iterator[Check]:
    with steady(engine) as session:
        yield _database(session)
        yield _pictures(session, store, deep=deep)
        yield from (_outdated(session), _jobs(session))
        if not mend:
            yield _tallies(tallies.recount(session))
    if mend:
        with writing(engine) as session, session.begin():
            yield _mended(tallies.mend(session))


def _database(session: Session) -> Check:
    people, projects, sent = (
        session.scalar(select(func.count()).select_from(table)) for table in (User, Project, Submission)
    )
    name = session.get_bind().dialect.name
    return Check(True, f"database: {name} answers; people {people}, projects {projects}, submissions {sent}")


def _pictures(session: Session, store: Pictures, *, deep: bool) -> Check:
    rows = session.execute(select(Picture.digest, Picture.width, Picture.height).order_by(Picture.id)).all()
    lost = [digest for digest, width, height in rows if not store.is_whole(digest, width, height, deep=deep)]
    looked = "whole" if deep else "there, of the right size"
    if not lost:
        return Check(True, f"pictures: {len(rows)}, all {looked}")
    lines = tuple(str(store.path(digest)) for digest in lost)
    return Check(False, f"pictures: {len(lost)} of {len(rows)} are missing or not what they were", lines)


def _outdated(session: Session) -> Check:
    """No fault: until they are made anew, and where an answer cannot be read any more, old scores hold."""
    counts = [(one.slug, scores.count_outdated(session, one)) for one in session.scalars(select(Project))]
    lines = tuple(f"{slug}: {n} (labelkit rescore {slug})" for slug, n in counts if n)
    return Check(True, f"scores: {sum(n for _, n in counts)} not by today's gold and rules", lines)


def _jobs(session: Session) -> Check:
    lines = tuple(f"{job.slug}: {job.done} of {job.total} scored anew" for job in jobs.running(session))
    return Check(True, f"jobs: {len(lines)} open", lines)


def _tallies(wrong: list[tallies.Difference]) -> Check:
    if not wrong:
        return Check(True, "tallies: all as counted from the submissions")
    return Check(
        False,
        f"tallies: {len(wrong)} rows are wrong (labelkit doctor --mend puts them right)",
        tuple(map(str, wrong)),
    )


def _mended(wrong: list[tallies.Difference]) -> Check:
    return Check(True, f"tallies: {len(wrong)} rows were wrong and are mended", tuple(map(str, wrong)))


def _tell(check: Check) -> Check:
    word = "WRONG" if not check.well else "note" if check.lines else "ok"
    click.echo(f"{word:5} {check.sentence}")
    for line in check.lines[:MOST_LINES]:
        click.echo(f"        {line}")
    if (more := len(check.lines) - MOST_LINES) > 0:
        click.echo(f"        and {more} more")
    return check
