"""One's own record as CSV or JSON, sent while it is read."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice

from flask import Response, stream_with_context

from labelkit.domain.errors import Invalid
from labelkit.domain.scores import ErrorKind
from labelkit.domain.texts import N_
from labelkit.domain.workflow import State
from labelkit.formats.table import Cell, safe, to_csv
from labelkit.services.own_work import SLICE, Work
from labelkit.store.types import day_of, utc_now
from labelkit.web.filters import text
from labelkit.web.findings import kind_name
from labelkit.web.words import say

_STATES = {
    State.SCORED: N_("Scored"),
    State.WAITING: N_("Waiting"),
    State.ACCEPTED: N_("Accepted"),
    State.REJECTED: N_("Rejected"),
    State.CORRECTED: N_("Corrected"),
    State.FAILED: N_("Rejected for the last time"),
    State.LAPSED: N_("Not sent again in time"),
    State.UNSAMPLED: N_("Done without inspection"),
}
FORMAT = 1  # of the JSON: its keys stay as they are while this number does


def answer(form: str, work: Iterator[Work], name: str) -> Response:
    """The whole record of a person in one of the two forms; raises Invalid for any other."""
    if form not in {"csv", "json"}:
        raise Invalid(N_("A record leaves as csv or as json."))
    body = _csv(work) if form == "csv" else _json(work, name)
    kind = "text/csv" if form == "csv" else "application/json"
    response = Response(stream_with_context(body), mimetype=kind, content_type=f"{kind}; charset=utf-8")
    file = f"labelkit-scores-{day_of(utc_now())}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _csv(work: Iterator[Work]) -> Iterator[bytes]:
    yield to_csv(_head(), ())
    while some := list(islice(work, SLICE)):
        yield _lines(_row(one) for one in some)


def _lines(rows: Iterable[list[Cell]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([safe(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8")


def _head() -> list[str]:
    said = (
        say("Sent"), say("Project"), say("Item"), say("Attempt"), say("First attempt"), say("State"),
        say("Score"), say("Passed"), say("Right"), say("Mistakes"), say("Seconds"),
    )  # fmt: skip
    return [*said, *(say("Mistakes: %(kind)s", kind=kind_name(kind)) for kind in ErrorKind)]


def _row(work: Work) -> list[Cell]:
    return [
        work.sent_at.astimezone().isoformat(sep=" ", timespec="seconds"),
        text(work.project.title),
        work.item_key,
        work.attempt,
        _yes(work.first_try),
        say(_STATES[work.state]),
        None if work.value is None else round(work.value, 4),
        _yes(work.passed),
        work.right,
        work.mistakes,
        round(work.seconds, 1),
        *(work.fails.get(kind, 0) for kind in ErrorKind),
    ]


def _yes(value: bool | None) -> str | None:
    return None if value is None else say("yes") if value else say("no")


def _json(work: Iterator[Work], name: str) -> Iterator[str]:
    """One object, written piece by piece: what is long is never held whole."""
    head = {"format": FORMAT, "name": name, "made_at": utc_now().isoformat()}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "submissions": ['
    for number, one in enumerate(work):
        yield (",\n" if number else "\n") + json.dumps(_object(one), ensure_ascii=False, allow_nan=False)
    yield "\n]}\n"


def _object(work: Work) -> dict[str, object]:
    return {
        "project": work.project.slug,
        "task_type": work.project.task_type,
        "item": work.item_key,
        "attempt": work.attempt,
        "first_try": work.first_try,
        "state": work.state.value,
        "sent_at": work.sent_at.isoformat(),
        "seconds": round(work.seconds, 3),
        "score": work.value,
        "passed": work.passed,
        "right": work.right,
        "mistakes": work.mistakes,
        "findings": work.fails,
        "warnings": work.warnings,
        "guide_version": work.guide_version,
        "gold_version": work.gold_version,
        "rules_version": work.rules_version,
    }
