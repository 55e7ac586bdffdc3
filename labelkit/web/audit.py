"""The audit trail, for admins: who did what, when."""

import json
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, request, url_for

from labelkit.domain.audit import What
from labelkit.domain.texts import N_
from labelkit.formats.table import Cell, to_csv
from labelkit.services import audit
from labelkit.services.audit import Asked
from labelkit.store.models import Audit, User
from labelkit.store.types import day_of, utc_now
from labelkit.web.htmx import render
from labelkit.web.shown_audit import shown_lines
from labelkit.web.transaction import database
from labelkit.web.words import say

bp = Blueprint("audit", __name__, url_prefix="/audit")

KINDS = {
    What.VERDICT: N_("Verdicts"),
    What.GOLD_APPROVED: N_("Gold approved"),
    What.GOLD_WITHDRAWN: N_("Gold withdrawn"),
    What.GUIDE_PUBLISHED: N_("Guides published"),
    What.RULES_CHANGED: N_("Rules changed"),
    What.LEADERBOARD_SWITCHED: N_("Places switched"),
    What.PROJECT_IMPORTED: N_("Projects imported"),
    What.PROJECT_ARCHIVED: N_("Projects archived"),
    What.PROJECT_RESTORED: N_("Projects taken out of the archive"),
    What.ROLE_CHANGED: N_("Roles changed"),
    What.PASSWORD_RESET: N_("Passwords reset"),
    What.DEACTIVATED: N_("People locked out"),
    What.ERASED: N_("People erased"),
    What.RECORD_ISSUED: N_("Records issued"),
    What.RECORD_TAKEN_BACK: N_("Records taken back"),
    What.REVIEW_RULES_CHANGED: N_("Rules of inspection changed"),
    What.DISPUTE_RAISED: N_("Disputes raised"),
    What.DISPUTE_DECIDED: N_("Disputes decided"),
    What.SECOND_LOOK: N_("Second looks"),
}


@bp.get("")
def trail() -> Response:
    """The newest lines, by kind and person where that is asked for."""
    asked = _asked()
    found = audit.page(database(), asked)
    return render(
        "audit/trail",
        lines=shown_lines(database(), found.lines),
        older=found.older and _address("audit.trail", before=found.older),
        newest=asked.before and _address("audit.trail"),
        table=_address("audit.table"),
        asked=asked,
        kinds=KINDS,
        people=audit.people(database()),
    )


def _asked() -> Asked:
    """What the address asks for; what it says of kinds that there are not is passed over."""
    kind = request.args.get("what", "")
    return Asked(
        what=What(kind) if kind in set(What) else None,
        who=_number("who"),
        before=_number("before"),
    )


def _number(name: str) -> int | None:
    found = request.args.get(name, type=int)
    return found if found is not None and 0 < found < 2**31 else None


def _address(endpoint: str, **more: Any) -> str:  # noqa: ANN401
    asked = {name: request.args[name] for name in ("what", "who") if request.args.get(name)}
    return url_for(endpoint, **(asked | more))


@bp.get("/table.csv")
def table() -> Response:
    """All lines as they are asked for."""
    head = [say("When"), say("Who"), say("User name"), say("Kind"), say("What"), say("Details")]
    lines = list(audit.all_lines(database(), _asked()))
    response = Response(to_csv(head, _cells(lines)), mimetype="text/csv")
    name = f"labelkit-audit-{day_of(utc_now()).isoformat()}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _cells(lines: list[Audit]) -> Iterator[list[Cell]]:
    for line, shown in zip(lines, shown_lines(database(), lines), strict=True):
        yield [line.at.isoformat(timespec="seconds"), shown.who, _username(line.who), line.what.value,
               shown.sentence, json.dumps(line.of, ensure_ascii=False)]  # fmt: skip


def _username(who: User | None) -> str | None:
    return who.username if who else None
