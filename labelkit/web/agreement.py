"""How far people agree: a project's figures and disagreements, an item's answers, and their consensus."""

from functools import partial

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.consensus import ENOUGH
from labelkit.domain.errors import Conflict, Invalid
from labelkit.domain.shared_answers import LEAST_SHARED, MOST_PAIRS
from labelkit.services import agreement, consensus, gold_work, projects, users
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.access import me
from labelkit.web.errors import status_of
from labelkit.web.htmx import render
from labelkit.web.shown_together import ShownDisagreement, ShownTogether, reason_of
from labelkit.web.transaction import database
from labelkit.web.words import refusal

bp = Blueprint("agreement", __name__, url_prefix="/agreement")


@bp.get("/<slug>")
def project(slug: str) -> Response:
    """A project's figures, and the items on which people agree least."""
    found = projects.find(database(), slug)
    report = agreement.report(database(), found)
    people = {person for pair in report.figures.pairs for person in (pair.one, pair.other)}
    kind = TASK_TYPES[found.task_type]
    return render(
        "agreement/project",
        project=found,
        figures=report.figures,
        report=report,
        bounds={"answers": agreement.MOST, "of_item": agreement.MOST_OF_ITEM},
        pairs={"shared": LEAST_SHARED, "most": MOST_PAIRS},
        names=users.names(database(), people),
        queue=[ShownDisagreement.of(one) for one in report.queue],
        marks_regions=kind.marks_regions,
        rules=kind.parse_rules(found.rules),
    )


@bp.get("/items/<int:item_id>")
def item(item_id: int) -> Response:
    """All answers to an item over each other; nothing of its gold."""
    return _item_page(item_id)


def _item_page(item_id: int, status: int = 200, refused: str | None = None) -> Response:
    of_item = gold_work.find_item(database(), me(), item_id)
    found = agreement.of_item(database(), of_item.project, of_item)
    return render(
        "agreement/together",
        status,
        together=ShownTogether.of(of_item, found, users.names(database(), found.said.workers)),
        project=of_item.project,
        enough=len(found.annotations) >= ENOUGH,
        proposal=agreement.open_consensus(database(), item_id),
        refusal=refused,
    )


@bp.post("/items/<int:item_id>/consensus")
def propose(item_id: int) -> AnyResponse:
    """Propose what the answers say together, and look at it."""
    try:
        of_item = gold_work.find_item(database(), me(), item_id)
        proposal = consensus.propose(database(), me(), item_id, partial(reason_of, of_item.project))
    except (Invalid, Conflict) as problem:
        database().rollback()
        return _item_page(item_id, status_of(problem), refusal(problem))
    return redirect(url_for("golds.proposal", proposal_id=proposal.id), 303)
