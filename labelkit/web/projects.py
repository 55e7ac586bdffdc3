"""A project: its guide, my progress in it, and the way to the next item."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.services import drills, jobs, projects, reports
from labelkit.services.jobs import Running
from labelkit.store.models import Project
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.access import me
from labelkit.web.attempts import shown_attempt
from labelkit.web.cohort import shown_places
from labelkit.web.examples import shown_examples
from labelkit.web.htmx import render
from labelkit.web.onward import to_next_item
from labelkit.web.transaction import database
from labelkit.web.words import say

bp = Blueprint("projects", __name__, url_prefix="/projects")


@bp.app_template_global("rescoring")
def rescoring(only: Project | None = None) -> list[Running]:
    """What is being scored anew by changed rules now, in one project or in all."""
    return jobs.running(database(), [only.id] if only else None)


@bp.get("/<slug>")
def project(slug: str) -> Response:
    found = projects.find(database(), slug)
    progress = reports.progress(database(), me(), found)
    opened = progress.open
    return render(
        "projects/project",
        project=found,
        clause_groups=TASK_TYPES[found.task_type].clause_groups,
        examples=shown_examples(found),
        task_type_title=say(TASK_TYPES[found.task_type].title),
        progress=progress,
        contrast=drills.contrast(database(), found),
        places=shown_places(found),
        open_url=opened and url_for("work.item", assignment_id=opened.id),
        standing=progress.standing,
        history=[shown_attempt(one) for one in reports.history(database(), me(), found)],
    )


@bp.get("/<slug>/guide")
def guide(slug: str) -> Response:
    found = projects.find(database(), slug)
    return render(
        "projects/guide",
        project=found,
        clause_groups=TASK_TYPES[found.task_type].clause_groups,
        examples=shown_examples(found),
    )


@bp.post("/<slug>/archive")
def archive(slug: str) -> AnyResponse:
    """Put a project away, or take it out again; what was sent in it stays."""
    projects.archive(database(), me(), projects.find(database(), slug), request.form.get("on") != "0")
    flash(say("Saved."), "success")
    return redirect(url_for("team.project", slug=slug, _anchor="archive"), 303)


@bp.post("/<slug>/next")
def next_item(slug: str) -> AnyResponse:
    return to_next_item(projects.find(database(), slug))


@bp.post("/<slug>/drill")
def drill(slug: str) -> AnyResponse:
    """One picture under two guides, this project's first."""
    assignment = drills.start(database(), me(), projects.find(database(), slug))
    return redirect(url_for("work.item", assignment_id=assignment.id), 303)
