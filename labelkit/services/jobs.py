"""Jobs: the scores of a project made anew in slices, by whichever process holds the lease.

Each slice is a transaction of its own that moves the tallies along and notes in the job how far it came.
A process that is killed in between loses one slice; another goes on once the lease has run out.
"""

import os
import socket
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session

from labelkit.domain.texts import Texts
from labelkit.services import scores, tallies
from labelkit.store.engine import writing
from labelkit.store.models import Job, Project
from labelkit.store.types import utc_now

LEASE = timedelta(seconds=60)
PAUSE_SECONDS = 0.15  # between slices: whoever waits for SQLite's lock looks for it every 0.1 s at least


@dataclass(frozen=True, slots=True)
class Running:
    """A project whose scores are being made anew: `done` of `total` submissions were looked at."""

    slug: str
    title: Texts
    done: int
    total: int


def running(session: Session, project_ids: Collection[int] | None = None) -> list[Running]:
    """What is being scored anew now, in these projects or in all."""
    jobs = (
        select(Project.slug, Project.title, Job.done + Job.unreadable, Job.total)
        .join(Project, Project.id == Job.project_id)
        .where(Job.finished_at.is_(None))
        .order_by(Project.position, Project.id)
    )
    if project_ids is not None:
        jobs = jobs.where(Job.project_id.in_(project_ids))
    return [Running(*row) for row in session.execute(jobs)]


def new_holder() -> str:
    """A name for whoever works on jobs: this process, and a number that no other has."""
    return f"{socket.gethostname()[:40]} {os.getpid()} {token_hex(4)}"


def go_on(engine: Engine, holder: str, project_id: int | None = None) -> Job | None:
    """Do one slice of a job, of this project or of any; the job as it stands then, or None where none is to
    be had: there is none, or others are at work on it."""
    with writing(engine) as session:
        job_id = _take(session, holder, project_id)
        session.commit()
    if job_id is None:
        return None
    with writing(engine) as session:
        job = _do_slice(session, holder, job_id)
        session.commit()
        return job


def _take(session: Session, holder: str, project_id: int | None) -> int | None:
    """The oldest job that nobody holds, held from now on."""
    free = (
        select(Job)
        .where(Job.finished_at.is_(None))
        .where(or_(Job.holder.is_(None), Job.holder == holder, Job.lease_until < utc_now()))
        .order_by(Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if project_id is not None:
        free = free.where(Job.project_id == project_id)
    job = session.scalar(free)
    if job is None:
        return None
    job.holder, job.lease_until = holder, utc_now() + LEASE
    return job.id


def _do_slice(session: Session, holder: str, job_id: int) -> Job | None:
    """The next slice, unless the lease ran out meanwhile and somebody else took the job."""
    project_id = session.scalars(select(Job.project_id).where(Job.id == job_id)).one()
    tallies.lock(session, [project_id])
    job = session.get_one(Job, job_id, with_for_update=True)
    if job.holder != holder or job.finished_at is not None:
        return None
    renewed = scores.renew(session, session.get_one(Project, project_id), job.next_id)
    job.done += renewed.scored
    job.unreadable += renewed.unreadable
    if renewed.next_id is None:
        job.holder, job.lease_until, job.finished_at = None, None, utc_now()
    else:
        job.next_id, job.lease_until = renewed.next_id, utc_now() + LEASE
    return job


def change_rules(session: Session, project: Project, raw: Any) -> Job | None:  # noqa: ANN401
    """Change rules of a project and see to it that its scores follow; see `scores.change_rules`."""
    scores.change_rules(session, project, raw)
    return start(session, project)


def start(session: Session, project: Project) -> Job | None:
    """A job for what has no score by today's gold and rules: the one that is open already, from its
    beginning, or a new one; None where all scores are up to date."""
    tallies.lock(session, [project.id])
    job = session.scalar(select(Job).where(Job.project_id == project.id, Job.finished_at.is_(None)))
    outdated = scores.count_outdated(session, project)
    if job is None and not outdated:
        return None
    if job is None:
        job = Job(project_id=project.id)
        session.add(job)
    job.done, job.unreadable, job.next_id, job.total = 0, 0, 0, outdated
    session.flush()
    return job
