"""Records of practice: one's own, printed, and confirmed to whoever has the code."""

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import NotAllowed, Refused
from labelkit.domain.records import Line, Snapshot, shown_code
from labelkit.domain.texts import N_
from labelkit.services import records
from labelkit.store.models import Record
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.access import me
from labelkit.web.errors import status_of
from labelkit.web.htmx import render
from labelkit.web.transaction import database
from labelkit.web.words import refusal, say

bp = Blueprint("records", __name__)


def _shown(record: Record) -> dict[str, object]:
    return {
        "id": record.id,
        "code": shown_code(record.code),
        "issued_at": record.issued_at,
        **_said(Snapshot.from_json(record.snapshot)),
    }


def _said(snapshot: Snapshot) -> dict[str, object]:
    return {"name": snapshot.name, "lines": [_line(line) for line in snapshot.lines]}


def _line(line: Line) -> dict[str, object]:
    kind = TASK_TYPES.get(line.task_type)
    named = {name: getattr(line, name) for name in Line.__slots__}
    return named | {"kind": say(kind.title) if kind else line.task_type}


@bp.get("/records")
def mine() -> Response:
    own = [_shown(record) for record in records.mine(database(), me())]
    return render("records/mine", preview=_said(records.preview(database(), me())), records=own)


@bp.post("/records")
def issue() -> AnyResponse:
    if current_app.config["SETTINGS"].demo:
        raise NotAllowed(N_("In demo mode no record is issued: nobody could confirm it."))
    record = records.issue(database(), me())
    return redirect(url_for("records.record", record_id=record.id), 303)


@bp.get("/records/<int:record_id>")
def record(record_id: int) -> Response:
    """A record as it is printed, for its owner."""
    return render("records/record", record=_shown(records.find_own(database(), me(), record_id)), now=None)


@bp.post("/records/<int:record_id>/take-back")
def take_back(record_id: int) -> AnyResponse:
    records.take_back(database(), me(), record_id)
    flash(say("The record was taken back. Nobody can have it confirmed any more."), "success")
    return redirect(url_for("records.mine"), 303)


@bp.get("/confirm")
def confirm() -> Response:
    """Anybody may ask whether a code is of this server, and what it stands for."""
    typed = request.args.get("code", "").strip()
    if not typed:
        return render("records/confirm", typed="", problem=None)
    try:
        found = records.confirm(database(), typed)
    except Refused as problem:
        return render("records/confirm", status_of(problem), typed=typed, problem=refusal(problem))
    return render("records/confirmed", record=_shown(found.record), now=found.now)
