"""The way to a project's next item, or back to its page where nothing is left."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.services import practice
from labelkit.services.sharing import NothingLeft
from labelkit.store.models import Project
from labelkit.web.access import me
from labelkit.web.transaction import database
from labelkit.web.words import refusal


def to_next_item(project: Project) -> AnyResponse:
    """Issue the next item and go there."""
    try:
        assignment = practice.issue_next(database(), me(), project)
    except NothingLeft as over:
        flash(refusal(over), "success")
        return redirect(url_for("projects.project", slug=project.slug), 303)
    return redirect(url_for("work.item", assignment_id=assignment.id), 303)
