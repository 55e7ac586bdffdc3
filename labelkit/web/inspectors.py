"""All inspectors and how good they are, for admins."""

from flask import Blueprint, Response, request

from labelkit.services import inspectors
from labelkit.web.htmx import render
from labelkit.web.transaction import database

bp = Blueprint("inspectors", __name__, url_prefix="/scores/inspectors")

LARGEST_PAGE = 10**6


@bp.get("")
def table() -> Response:
    page = max(1, min(request.args.get("page", 1, type=int), LARGEST_PAGE))
    return render("inspectors/table", found=inspectors.lines(database(), page), newest=inspectors.NEWEST)
