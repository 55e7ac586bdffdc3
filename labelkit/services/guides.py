"""Guides: published in versions, and read before one goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, undefer

from labelkit.domain.audit import What
from labelkit.domain.errors import Conflict, Invalid
from labelkit.domain.projects import Change, Clause, Guide
from labelkit.domain.texts import N_, Texts
from labelkit.formats.pack_errors import PackError, PackErrors
from labelkit.formats.pack_guide import parse_guide
from labelkit.services import audit
from labelkit.store.engine import add_unless_there
from labelkit.store.models import GuideRead, GuideVersion, Project, Submission, User
from labelkit.store.types import day_of, utc_now


def parse(project: Project, raw: dict[str, Any]) -> Guide:
    """What would be the next version, out of what somebody wrote (purpose, flow, clauses, reasons and errors
    as in pack.json); raises PackErrors by the checks of a pack."""
    written = {name: raw[name] for name in ("purpose", "flow", "clauses", "reasons", "errors")}
    guide = parse_guide(written | {"version": project.guide_version + 1, "changes": []})
    clauses = tuple(_as_shown(clause, project.guide.clause(clause.id)) for clause in guide.clauses)
    return replace(guide, clauses=clauses, changes=project.guide.changes)


def _as_shown(clause: Clause, before: Clause | None) -> Clause:
    """A clause that shows what it showed before: the form that it was written in holds words only."""
    return replace(clause, example=clause.example or (before.example if before else None))


def publish(
    session: Session, me: User, project_id: int, base: int, raw: dict[str, Any], note: Texts
) -> GuideVersion:
    """Put a new version of a guide in force, written from version `base`.

    Raises PackErrors for a guide that a pack could not hold either, or of which nothing is said, Invalid
    where nothing changed, Conflict where another version was published meanwhile.
    """
    project = _locked(session, project_id)
    if base != project.guide_version:
        raise Conflict(N_("Somebody published another version meanwhile. What you wrote is still here."))
    guide = parse(project, raw)
    if replace(guide, version=base) == project.guide:
        raise Invalid(N_("Nothing was changed yet."))
    if not note:
        raise PackErrors((PackError("guide, note", N_("Say what changed, in Korean or in English."), {}),))
    keep(session, project)
    change = Change(guide.version, day_of(utc_now()).isoformat(), note)
    project.guide = replace(guide, changes=(*guide.changes, change))
    project.guide_version = guide.version
    published = keep(session, project, note, me)
    audit.note(session, me, What.GUIDE_PUBLISHED, project=project.id, version=guide.version)
    session.flush()
    return published


def _locked(session: Session, project_id: int) -> Project:
    """A project whose guide nobody else changes meanwhile."""
    found = select(Project).where(Project.id == project_id).options(undefer(Project.guide))
    found = found.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.scalars(found).one()


def keep(
    session: Session, project: Project, note: Texts | None = None, me: User | None = None
) -> GuideVersion:
    """The present version among those that are kept; it is entered where it is not there yet."""
    kept = session.get(GuideVersion, (project.id, project.guide_version))
    if kept is None:
        kept = GuideVersion(
            project_id=project.id,
            version=project.guide_version,
            guide=project.guide,
            note=note or Texts(),
            author_id=me.id if me else None,
        )
        session.add(kept)
        session.flush()
    return kept


def versions(session: Session, project: Project) -> Sequence[GuideVersion]:
    """All versions that are kept, the newest first."""
    kept = select(GuideVersion).where(GuideVersion.project_id == project.id)
    kept = kept.options(joinedload(GuideVersion.author)).order_by(GuideVersion.version.desc())
    return session.scalars(kept).all()


@dataclass(frozen=True, slots=True)
class News:
    """A guide published since somebody last worked by it; `before` is the one they knew, if it is kept."""

    project: Project
    since: int
    before: Guide | None

    @property
    def changes(self) -> list[Change]:
        return [change for change in self.project.guide.changes if change.version > self.since]


def news(session: Session, me: User, project: Project) -> News | None:
    """What this person has not read yet; None for whoever begins here, or knows the present guide."""
    if project.guide_version == 1:
        return None
    known = _known(session, me, project)
    if known is None or known >= project.guide_version:
        return None
    kept = session.get(GuideVersion, (project.id, known))
    return News(project, known, kept.guide if kept else None)


def _known(session: Session, me: User, project: Project) -> int | None:
    """The newest version that this person read, or sent an answer under."""
    mine = Submission.user_id == me.id, Submission.project_id == project.id
    sent = session.scalar(select(func.max(Submission.guide_version)).where(*mine))
    read = session.get(GuideRead, (me.id, project.id))
    return max((one for one in (sent, read.version if read else None) if one is not None), default=None)


def acknowledge(session: Session, me: User, project: Project, version: int) -> None:
    """This person has read a version; one that there is not yet counts as the present one."""
    version = min(version, project.guide_version)
    read = session.get(GuideRead, (me.id, project.id), with_for_update=True)
    if read is None:
        add_unless_there(session, GuideRead(user_id=me.id, project_id=project.id, version=version))
    else:
        read.version = max(read.version, version)
