"""What good workers do against gold, out of the bounded part of their first attempts that is read for it."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.orm import Session

from labelkit.domain.rules import SLACK
from labelkit.domain.scores import Finding, findings_from_json
from labelkit.domain.suspicion import (
    GOOD_N,
    GOOD_STANDING,
    Box,
    FirstTry,
    Suspicion,
    deviations,
    may_agree,
    suspicions,
)
from labelkit.store.json_parts import part
from labelkit.store.models import Gold, Item, Project, Score, Submission, Tally
from labelkit.tasktypes import TASK_TYPES

ASKED = 100  # good workers, the best, whose first attempts are looked at
NEWEST = 10  # of these first attempts, that are compared for one item
MOST = 3  # items of which answers are read: the hardest


@dataclass(frozen=True, slots=True)
class _Try:
    """A good worker's first attempt; `counts` says of its mistakes what the tallies count."""

    submission: int
    counts: Mapping[str, int]


def suspicious(session: Session, project: Project, items: Sequence[Item]) -> dict[int, list[Suspicion]]:
    """Item id to what good workers' first attempts at it have in common against its gold, for those of
    these items where they have anything; the first items are looked at first."""
    tries = _good_tries(session, project, items) if items else {}
    likely = (item.id for item in items if may_agree([one.counts for one in tries.get(item.id, ())]))
    chosen = list(islice(likely, MOST))
    read = _read(session, project, [one.submission for item_id in chosen for one in tries[item_id]])
    found = {item_id: suspicions([read[one.submission] for one in tries[item_id]]) for item_id in chosen}
    return {item_id: some for item_id, some in found.items() if some}


def _good_tries(session: Session, project: Project, items: Sequence[Item]) -> dict[int, list[_Try]]:
    """Item id to good workers' newest first attempts, as far as they are scored by its present gold."""
    rows = session.execute(
        select(Score.submission_id, Gold.item_id, Score.value, type_coerce(Score.counts, Text))
        .join(Submission, Submission.id == Score.submission_id)
        .join(Gold, (Gold.item_id == Submission.item_id) & (Gold.version == Score.gold_version))
        .where(Score.submission_id.in_(_newest_firsts(session, project, items)), Score.current, Gold.current)
        .order_by(Score.submission_id.desc())
    )
    found: dict[int, list[_Try]] = defaultdict(list)
    for number, item_id, value, counts in rows:
        # Reading JSON takes the most time here, and that of a faultless answer has no mistake in it.
        found[item_id].append(_Try(number, json.loads(counts) if value < 1 else {}))
    return found


def _newest_firsts(session: Session, project: Project, items: Sequence[Item]) -> list[int]:
    """The newest open first attempts of good workers at each of these items: an index holds all that is
    asked for."""
    rows = session.execute(
        select(Submission.item_id, Submission.id)
        .where(Submission.item_id.in_([item.id for item in items]))
        .where(Submission.first_try, Submission.opened)
        .where(Submission.user_id.in_(_good_workers(session, project)))
        .order_by(Submission.id.desc())
    )
    newest: dict[int, list[int]] = defaultdict(list)
    for item_id, number in rows:
        if len(newest[item_id]) < NEWEST:
            newest[item_id].append(number)
    return [number for some in newest.values() for number in some]


def _good_workers(session: Session, project: Project) -> Sequence[int]:
    """Who is known as good in a project, the best of them; simulated people have no tally."""
    good = select(Tally.user_id).where(
        Tally.project_id == project.id, Tally.standing >= GOOD_STANDING - SLACK, Tally.standing_n >= GOOD_N
    )
    return session.scalars(good.order_by(Tally.standing.desc(), Tally.user_id).limit(ASKED)).all()


def _read(session: Session, project: Project, numbers: Sequence[int]) -> dict[int, FirstTry]:
    """Submission id to all in which it differs from gold."""
    rows = session.execute(
        select(
            Submission.id,
            type_coerce(Submission.annotation, Text),
            part(Score.detail, "findings"),
            part(Score.detail, "accepted"),
        )
        .join(Score, (Score.submission_id == Submission.id) & Score.current)
        .where(Submission.id.in_(numbers))
    )
    found = {}
    for number, annotation, raw, accepted in rows:
        findings = findings_from_json({"findings": json.loads(raw or "[]")})
        place = partial(_place_of, project, annotation)
        different = deviations(findings, int(accepted or 0), place)
        found[number] = FirstTry(number, different)
    return found


def _place_of(project: Project, annotation: str, finding: Finding) -> Box | None:
    """Where a finding lies that gold has no counterpart of: few have none, so answers are not read before."""
    kind = TASK_TYPES[project.task_type]
    return kind.place(finding, kind.read(json.loads(annotation)), None)
