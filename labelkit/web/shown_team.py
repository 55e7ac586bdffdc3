"""What the pages of everybody's scores are given to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from flask import url_for

from labelkit.domain.scores import ErrorKind, Severity
from labelkit.domain.suspicion import Deviation, Suspicion
from labelkit.domain.texts import Texts
from labelkit.services.cohort import HardItem, Suspect
from labelkit.services.team import Member
from labelkit.store.models import Item, Project, Submission
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.filters import text
from labelkit.web.findings import kind_name
from labelkit.web.pictures import picture_url, preview_url
from labelkit.web.shown import excerpt
from labelkit.web.words import say


@dataclass(frozen=True, slots=True)
class ShownMember:
    """One person in one project."""

    id: int
    name: str
    slug: str
    title: Texts
    archived: bool
    standing: float | None
    n: int
    firsts: int
    firsts_passed: int
    first_passes: float | None
    attempts: int
    seconds: float | None
    worst: str | None
    worst_n: int
    mistakes: int

    @classmethod
    def of(cls, row: Member) -> Self:
        return cls(
            id=row.user.id,
            name=row.user.name,
            slug=row.project.slug,
            title=row.project.title,
            archived=row.project.archived,
            standing=row.standing.value,
            n=row.standing.n,
            firsts=row.firsts,
            firsts_passed=row.firsts_passed,
            first_passes=row.firsts_passed / row.firsts if row.firsts else None,
            attempts=row.attempts,
            seconds=row.seconds,
            worst=kind_name(row.worst) if row.worst else None,
            worst_n=row.worst_n,
            mistakes=row.mistakes,
        )


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item in a list, with its picture or its first words."""

    url: str
    key: str
    picture: str | None
    thumbnail: str | None
    excerpt: str

    @classmethod
    def of(cls, item: Item) -> Self:
        picture = item.picture
        return cls(
            url=url_for("team.item", item_id=item.id),
            key=item.key,
            picture=picture_url(picture) if picture else None,
            thumbnail=(preview_url(picture) or picture_url(picture)) if picture else None,
            excerpt=excerpt(item),
        )


@dataclass(frozen=True, slots=True)
class ShownHardItem:
    """How first attempts at an item went."""

    item: ShownItem
    mean: float
    n: int
    passed: int
    seconds: float

    @classmethod
    def of(cls, hard: HardItem) -> Self:
        return cls(ShownItem.of(hard.item), hard.mean, hard.firsts, hard.passed, hard.seconds)


@dataclass(frozen=True, slots=True)
class ShownSuspect:
    """An item whose gold is in doubt; what the doubt is, its own page tells."""

    item: ShownItem
    agree: int
    n: int

    @classmethod
    def of(cls, suspect: Suspect) -> Self:
        most = suspect.suspicions[0]
        return cls(ShownItem.of(suspect.item), most.agree, most.n)


@dataclass(frozen=True, slots=True)
class ShownSuspicion:
    """What good workers have in common against gold, and the addresses of their submissions."""

    sentence: str
    agree: int
    n: int
    urls: list[str]

    @classmethod
    def of(cls, found: Suspicion, project: Project, item: Item) -> Self:
        labels = TASK_TYPES[project.task_type].offer(project.labels, item.question)
        names = {label.key: text(label.name) for label in labels}
        urls = [url_for("work.result", submission_id=number) for number in found.submissions]
        return cls(_said(found.deviation, names), found.agree, found.n, urls)


def _said(deviation: Deviation, names: Mapping[str, str]) -> str:
    """What they all did, in one sentence; a label that is no more goes by its key."""
    label, gold = (
        ", ".join(names.get(key, key) for key in keys) for keys in (deviation.labels, deviation.gold_labels)
    )
    values = {"label": label, "gold": gold}
    if deviation.kind is ErrorKind.MISSING:
        return say("They leave out %(gold)s.", **values)
    if deviation.kind is ErrorKind.EXTRA:
        return say("They mark %(label)s where gold has nothing.", **values)
    if deviation.kind is ErrorKind.WRONG_LABEL:
        return say("They say %(label)s, gold says %(gold)s.", **values)
    if deviation.kind is ErrorKind.FALSE_UNUSABLE:
        return say("They say that it cannot be labelled.")
    if deviation.kind is ErrorKind.MISSED_UNUSABLE:
        return say("They label it, gold says that it cannot be labelled.")
    return say("They draw %(label)s otherwise: %(kind)s.", kind=kind_name(deviation.kind), **values)


@dataclass(frozen=True, slots=True)
class ShownTry:
    """Somebody's first attempt at an item."""

    url: str
    person_id: int
    name: str
    value: float | None
    passed: bool | None
    kinds: str
    seconds: float
    at: datetime

    @classmethod
    def of(cls, submission: Submission) -> Self:
        score = submission.score
        findings = score.detail.findings if score else ()
        there = {finding.kind for finding in findings if finding.severity is Severity.FAIL}
        return cls(
            url=url_for("work.result", submission_id=submission.id),
            person_id=submission.user_id,
            name=submission.user.name,
            value=score.value if score else None,
            passed=score.passed if score else None,
            kinds=", ".join(kind_name(kind) for kind in ErrorKind if kind in there),
            seconds=submission.seconds,
            at=submission.sent_at,
        )
