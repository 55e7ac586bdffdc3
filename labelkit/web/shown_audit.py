"""Lines of the audit trail as sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from labelkit.domain.audit import What
from labelkit.domain.texts import N_
from labelkit.services import audit, projects
from labelkit.store.models import Audit, Project, User
from labelkit.web.filters import text
from labelkit.web.words import say

SENTENCES = {
    What.GOLD_APPROVED: N_("Put version %(version)s of the gold of item %(item)s in force."),
    What.GOLD_WITHDRAWN: N_("Took the gold of item %(item)s out of force."),
    What.GUIDE_PUBLISHED: N_("Published version %(version)s of the guide of “%(project)s”."),
    What.RULES_CHANGED: N_("Changed the rules of “%(project)s”; they are version %(version)s now."),
    What.PROJECT_IMPORTED: N_("Imported the project “%(project)s”."),
    What.PROJECT_ARCHIVED: N_("Archived the project “%(project)s”."),
    What.PROJECT_RESTORED: N_("Took the project “%(project)s” out of the archive."),
    What.PASSWORD_RESET: N_("Set a new password for %(person)s."),
    What.DEACTIVATED: N_("Locked %(person)s out."),
    What.ERASED: N_("Erased person %(number)s."),
    What.RECORD_ISSUED: N_("Had record of practice %(record)s issued."),
    What.RECORD_TAKEN_BACK: N_("Took record of practice %(record)s back."),
    What.REVIEW_RULES_CHANGED: N_("Changed how “%(project)s” is inspected."),
    What.DISPUTE_RAISED: N_("Raised dispute %(dispute)s on submission %(submission)s."),
    What.SECOND_LOOK: N_("Looked at submission %(submission)s as a second inspector."),
}
_VERDICTS = {
    "accepted": N_("Accepted submission %(submission)s."),
    "rejected": N_("Sent submission %(submission)s back."),
    "corrected": N_("Corrected submission %(submission)s."),
}
_RULINGS = {
    "upheld": N_("Upheld dispute %(dispute)s."),
    "dismissed": N_("Dismissed dispute %(dispute)s."),
    "withdrawn": N_("Took dispute %(dispute)s back."),
}
_PLACES = {
    True: N_("Turned the places of “%(project)s” on."),
    False: N_("Turned the places of “%(project)s” off."),
}
_ROLES = {
    "worker": N_("Made %(person)s a worker."),
    "inspector": N_("Made %(person)s an inspector."),
    "admin": N_("Made %(person)s an admin."),
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it is read; `link` leads to what it speaks of, where there is a page."""

    at: datetime
    who: str
    simulated: bool
    sentence: str
    link: str | None


def shown_lines(session: Session, lines: Sequence[Audit]) -> list[ShownLine]:
    """The lines with the present names of the projects, items and people that they speak of."""
    known = projects.of_ids(session, _numbers(lines, "project"))
    people = audit.names(session, _numbers(lines, "person"))
    keys = audit.keys(session, _numbers(lines, "item"))
    return [_shown(line, known, people, keys) for line in lines]


def _numbers(lines: Iterable[Audit], name: str) -> set[int]:
    return {line.of[name] for line in lines if name in line.of}


def _shown(
    line: Audit, known: dict[int, Project], people: dict[int, User], keys: dict[int, str]
) -> ShownLine:
    project = known.get(line.of.get("project", 0))
    values = {
        **line.of,
        "project": text(project.title) if project else "–",
        "person": name_of(people.get(line.of.get("person", 0))),
        "number": line.of.get("person"),
        "item": keys.get(line.of.get("item", 0), "–"),
    }
    return ShownLine(
        at=line.at,
        who=name_of(line.who) if line.who else say("Command line"),
        simulated=line.who is not None and line.who.simulated,
        sentence=say(_sentence(line), **values),
        link=_link(line.of, project),
    )


def _sentence(line: Audit) -> str:
    if line.what is What.VERDICT:
        return _VERDICTS[line.of["verdict"]]
    if line.what is What.DISPUTE_DECIDED:
        return _RULINGS[line.of["ruling"]]
    if line.what is What.LEADERBOARD_SWITCHED:
        return _PLACES[line.of["on"]]
    if line.what is What.ROLE_CHANGED:
        return _ROLES[line.of["role"]]
    return SENTENCES[line.what]


def name_of(user: User | None) -> str:
    """A person's name; of one who was erased, that there was somebody."""
    if user is None or user.username.startswith("erased:"):
        return say("Erased person")
    return user.name


def _link(of: dict[str, Any], project: Project | None) -> str | None:
    if "item" in of:
        return url_for("team.item", item_id=of["item"])
    return url_for("team.project", slug=project.slug) if project else None
