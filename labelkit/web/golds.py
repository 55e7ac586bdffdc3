"""Gold: what waits for approval, an item's history, drafting on the workbench, and the approval."""

from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.errors import Conflict, Invalid, Refused
from labelkit.domain.gold_states import GoldState, may_approve
from labelkit.domain.texts import N_, Texts
from labelkit.services import dispute_desk, gold_desk, gold_work, golds, projects, users
from labelkit.store.models import GoldProposal, Item
from labelkit.web.access import me
from labelkit.web.errors import status_of
from labelkit.web.gold_drawing import ShownDrawing, from_editor, to_editor
from labelkit.web.htmx import go_to, render
from labelkit.web.limits import read_json
from labelkit.web.shown_golds import ShownPair, ShownVersion
from labelkit.web.transaction import database
from labelkit.web.words import refusal, say

bp = Blueprint("golds", __name__, url_prefix="/gold")

_PROPOSED = {
    True: N_("The gold was proposed. Another inspector decides on it."),
    False: N_("The gold was proposed. It waits until another inspector is here, who may approve it."),
}


@bp.get("")
def desk() -> Response:
    """What waits for me, what I have begun, and what has no gold; of one project where it is named."""
    project = projects.find(database(), slug) if (slug := request.args.get("project")) else None
    of = (database(), me(), project.id if project else None)
    return render(
        "golds/desk",
        waiting=gold_desk.waiting(*of),
        mine=gold_desk.mine(*of),
        without=[] if project else gold_desk.without_gold(*of),
        items=gold_desk.of_project(database(), me(), project) if project else [],
        projects=gold_desk.all_projects(database()),
        chosen=project,
    )


@bp.get("/items/<int:item_id>")
def item(item_id: int) -> Response:
    """An item's gold, and how it came to be."""
    return _item_page(item_id)


def _item_page(item_id: int, status: int = 200, refused: str | None = None) -> Response:
    found = gold_work.find_item(database(), me(), item_id)
    versions = golds.versions(database(), me(), item_id)
    past = gold_desk.past(database(), item_id)
    names = users.names(database(), {one for gold in versions for one in (gold.author_id, gold.approver_id)})
    formers = [*versions[1:], None]
    shown = [
        ShownVersion.of(found, gold, former, past.get(gold.version), names)
        for gold, former in zip(versions, formers, strict=False)
    ]
    in_force = next((gold for gold in versions if gold.current), None)
    drawn, former = golds.to_draw(versions, request.args.get("version", type=int))
    return render(
        "golds/history",
        status,
        item=found,
        project=found.project,
        versions=shown,
        in_force=in_force,
        drawn=drawn,
        pair=ShownPair.of(found, former.accepted if former else None, drawn.accepted) if drawn else None,
        under_way=gold_desk.under_way(database(), me(), item_id),
        refusal=refused,
    )


@bp.post("/items/<int:item_id>/drafts")
def draft(item_id: int) -> AnyResponse:
    """Begin a new version, or go on with mine."""
    found = gold_work.find_item(database(), me(), item_id)
    begun = gold_work.start(database(), me(), found)
    return redirect(url_for("golds.draw", proposal_id=begun.id, place=0), 303)


@bp.post("/items/<int:item_id>/withdrawal")
def withdraw(item_id: int) -> AnyResponse:
    """Leave an item without gold, with a sentence."""
    try:
        gold_work.withdraw(database(), me(), item_id, request.form.get("reason", ""), _seen_version())
    except (Invalid, Conflict) as problem:
        database().rollback()
        page = _item_page(item_id, status_of(problem), refusal(problem))
        database().commit()  # the page shows gold, so the ledger must hold
        return page
    flash(say("The gold was withdrawn. Nothing of this item is scored now."), "success")
    return redirect(url_for("golds.item", item_id=item_id), 303)


def _seen_version() -> int | None:
    given = request.form.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 9 else None


@bp.post("/submissions/<int:submission_id>")
def promote(submission_id: int) -> AnyResponse:
    """Take an answer for gold: a draft of mine, which another inspector approves."""
    begun = gold_work.promote(database(), me(), submission_id)
    return redirect(url_for("golds.proposal", proposal_id=begun.id), 303)


@bp.get("/proposals/<int:proposal_id>")
def proposal(proposal_id: int) -> Response:
    """A proposal over the gold in force: to be handed in by its author, or decided by another."""
    return _proposal_page(proposal_id)


def _proposal_page(proposal_id: int, status: int = 200, refused: str | None = None) -> Response:
    found = gold_work.find(database(), me(), proposal_id)
    of_item = gold_work.find_item(database(), me(), found.item_id)
    present = golds.hand_out(database(), me(), of_item.id, golds.How.GOLD)
    names = users.names(database(), {found.author_id, found.remark_by_id})
    because_of = dispute_desk.of_proposal(database(), found.id)
    still_open = [one for one in because_of if one.state is DisputeState.OPEN]
    hindered = dispute_desk.hindrances(database(), me(), still_open)
    return render(
        "golds/proposal",
        status,
        proposal=found,
        item=of_item,
        project=of_item.project,
        present=present.gold.version if present else None,
        pair=ShownPair.of(of_item, present.gold.accepted if present else None, found.accepted),
        author=names.get(found.author_id or 0),
        remark_by=names.get(found.remark_by_id or 0),
        is_mine=found.author_id == me().id,
        may_approve=_may_approve(found) and not hindered,
        hindered=hindered,
        others=users.is_inspector_beside(database(), me().id),
        disputes=because_of,
        refusal=refused,
    )


def _may_approve(found: GoldProposal) -> bool:
    inspectors = golds.count_inspectors(database())
    is_author = found.author_id == me().id
    is_open = found.state is GoldState.PROPOSED
    return is_open and may_approve(me().role, is_author=is_author, inspectors=inspectors)


@bp.post("/proposals/<int:proposal_id>")
def decide(proposal_id: int) -> AnyResponse:
    """Hand in, approve, send back, discard; or one accepted answer more or fewer."""
    try:
        return redirect(_decide(proposal_id, request.form.get("action", "")), 303)
    except (Invalid, Conflict) as problem:
        database().rollback()
        page = _proposal_page(proposal_id, status_of(problem), refusal(problem))
        database().commit()  # the page shows gold, so the ledger must hold
        return page


def _decide(proposal_id: int, action: str) -> str:
    """Do it, and say where to go on."""
    form, of = request.form, (database(), me(), proposal_id)
    here = url_for("golds.proposal", proposal_id=proposal_id)
    match action:
        case "add":
            return url_for("golds.draw", proposal_id=proposal_id, place=gold_work.add_answer(*of))
        case "remove":
            gold_work.remove_answer(
                *of, int(form.get("place", "")) if form.get("place", "").isdecimal() else -1
            )
            return here
        case "propose":
            explanation = Texts(form.get("ko", "").strip()[:4000], form.get("en", "").strip()[:4000])
            gold_work.hand_in(*of, explanation, form.get("reason", ""))
            flash(say(_PROPOSED[users.is_inspector_beside(database(), me().id)]), "success")
        case "approve":
            approved = gold_work.approve(*of, _seen_version())
            flash(
                say("Version %(number)s is in force. All answers were scored anew.", number=approved.version),
                "success",
            )
            return url_for("golds.item", item_id=approved.item_id)
        case "send_back":
            back = gold_work.send_back(*of, form.get("remark", ""))
            is_mine = back.author_id == me().id
            flash(say("It is your draft now.") if is_mine else say("The proposal was sent back."), "success")
            return here if is_mine else url_for("golds.desk")
        case "discard":
            gold_work.discard(*of)
            flash(say("The draft was thrown away."), "success")
        case _:
            raise Invalid(N_("Choose: approve or send back."))
    return url_for("golds.desk")


@bp.get("/proposals/<int:proposal_id>/answers/<int:place>")
def draw(proposal_id: int, place: int) -> AnyResponse:
    """One accepted answer of my draft, on the workbench."""
    found = gold_work.find(database(), me(), proposal_id)
    if found.state is not GoldState.DRAFT:
        return redirect(url_for("golds.proposal", proposal_id=proposal_id), 303)
    return _draw_page(found, place)


def _draw_page(found: GoldProposal, place: int, status: int = 200, problem: str | None = None) -> Response:
    of_item: Item = gold_work.find_item(database(), me(), found.item_id)
    work = ShownDrawing.of(found, place, me())
    return render("golds/draw", status, work=work, item=of_item, project=of_item.project, problem=problem)


@bp.put("/proposals/<int:proposal_id>/answers/<int:place>")
def save(proposal_id: int, place: int) -> AnyResponse:
    """Keep what is drawn, as the workbench does with every draft."""
    match read_json(request.get_data(as_text=True)) if request.is_json else None:
        case {"revision": int(revision), "annotation": dict(annotation)} if not isinstance(revision, bool):
            pass
        case _:
            raise Invalid(N_("The draft could not be read."))
    try:
        return jsonify(revision=_save(proposal_id, place, annotation, revision))
    except Conflict as newer:
        database().rollback()
        found = gold_work.find(database(), me(), proposal_id)
        ShownDrawing.of(found, place, me())
        theirs = to_editor(found.accepted[place])
        response = jsonify(revision=found.revision, annotation=theirs, error=refusal(newer))
        response.status_code = 409
        return response


def _save(proposal_id: int, place: int, annotation: dict[str, Any], revision: int) -> int:
    return gold_work.save_answer(database(), me(), proposal_id, place, from_editor(annotation), revision)


@bp.post("/proposals/<int:proposal_id>/answers/<int:place>")
def drawn(proposal_id: int, place: int) -> AnyResponse:
    """The answer as it is; then to the proposal."""
    try:
        annotation = read_json(request.form.get("annotation", ""))
        revision = request.form.get("revision", "")
        if not isinstance(annotation, dict) or not revision.isdecimal():
            raise Invalid(N_("The form is not complete. Load the page again; your draft is kept."))
        _save(proposal_id, place, annotation, int(revision))
    except (Invalid, Conflict) as problem:
        return _refused(proposal_id, place, problem)
    return go_to(url_for("golds.proposal", proposal_id=proposal_id))


def _refused(proposal_id: int, place: int, problem: Refused) -> Response:
    database().rollback()
    found = gold_work.find(database(), me(), proposal_id)
    return _draw_page(found, place, status_of(problem), refusal(problem))
