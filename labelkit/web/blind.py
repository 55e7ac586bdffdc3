"""A second look comes before the first verdict: whatever page tells that one leads there first."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from labelkit.services import second_looks
from labelkit.web.access import me
from labelkit.web.transaction import database


def second_look_first(submission_id: int) -> Response | None:
    """To my second look at a submission, while it waits for me; None where there is none."""
    if not second_looks.waits_for(database(), me(), submission_id):
        return None
    return redirect(url_for("second_looks.look", submission_id=submission_id), 303)
