"""Disputes on the inspector's desk: what waits, and the ruling."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.dispute_states import DisputeState, Ruling
from labelkit.domain.dispute_subjects import LONGEST
from labelkit.domain.errors import Conflict, Invalid
from labelkit.domain.texts import N_
from labelkit.services import dispute_desk, rulings, users
from labelkit.services.rulings import Decision, Way
from labelkit.web.access import me
from labelkit.web.blind import second_look_first
from labelkit.web.errors import status_of
from labelkit.web.htmx import render
from labelkit.web.shown_disputes import ALONE, OnDesk, shown_queue
from labelkit.web.transaction import database
from labelkit.web.words import refusal, say

MOST_DIGITS = 9

bp = Blueprint("dispute_desk", __name__, url_prefix="/inspect/disputes")


@bp.get("")
def queue() -> Response:
    lines = shown_queue(database(), me(), dispute_desk.waiting(database(), me()))
    hindered = any(line["hindrance"] for line in lines)
    alone = hindered and not users.is_inspector_beside(database(), me().id)
    return render(
        "dispute_desk/queue",
        lines=lines,
        count=dispute_desk.count_waiting(database(), me()),
        first=next((line for line in lines if not line["hindrance"]), None),
        alone=say(ALONE) if alone else None,
    )


@bp.get("/<int:dispute_id>")
def dispute(dispute_id: int) -> AnyResponse:
    """The answer over the gold in force, what its worker says, and the ruling."""
    of_dispute = dispute_desk.find(database(), me(), dispute_id).submission_id
    return second_look_first(of_dispute) or _page(dispute_id)


def _page(dispute_id: int, status: int = 200, refused: str | None = None) -> Response:
    found = dispute_desk.find(database(), me(), dispute_id)
    on_desk = OnDesk.of(database(), me(), found)
    shown = {"result": on_desk.result, "most": LONGEST, "refusal": refused}
    return render("dispute_desk/dispute", status, desk=on_desk, dispute=on_desk.dispute, **shown)


@bp.post("/<int:dispute_id>")
def decide(dispute_id: int) -> AnyResponse:
    """Uphold or dismiss; a conflict, as somebody was first or the gold changed, is shown."""
    try:
        decided = rulings.decide(database(), me(), dispute_id, _decision())
    except (Invalid, Conflict) as problem:
        database().rollback()
        page = _page(dispute_id, status_of(problem), refusal(problem))
        database().commit()  # the page shows gold, so the ledger must hold
        return page
    if decided.state is DisputeState.OPEN:  # it waits for the gold that is to be drawn
        return redirect(url_for("golds.draw", proposal_id=decided.proposal_id, place=0), 303)
    upheld = decided.state is DisputeState.UPHELD
    flash(say("The dispute was upheld.") if upheld else say("The dispute was dismissed."), "success")
    return redirect(url_for("dispute_desk.queue"), 303)


def _decision() -> Decision:
    form = request.form
    if form.get("ruling") not in (Ruling.UPHOLD, Ruling.DISMISS):
        raise Invalid(N_("Choose: uphold or dismiss."))
    seen, way = form.get("version", ""), form.get("way", "")
    return Decision(
        ruling=Ruling(form["ruling"]),
        sentence=form.get("sentence", ""),
        clause=form.get("clause", ""),
        way=Way(way) if way in set(Way) else None,
        seen_version=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) <= MOST_DIGITS else None,
    )
