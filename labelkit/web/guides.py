"""Guides in versions: written by inspectors, told to whoever works by them."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import Refused
from labelkit.domain.guide_changes import Changed, Part, compare, pieces
from labelkit.domain.projects import ClauseGroup, Guide
from labelkit.domain.texts import N_
from labelkit.formats.pack_errors import PackErrors
from labelkit.services import guides, projects
from labelkit.services.guides import News
from labelkit.store.models import Project
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.access import me
from labelkit.web.errors import status_of
from labelkit.web.filters import text
from labelkit.web.findings import kind_name
from labelkit.web.guide_form import SPARE, GuideForm
from labelkit.web.home import local_path
from labelkit.web.htmx import render
from labelkit.web.transaction import database
from labelkit.web.words import language, refusal, say

bp = Blueprint("guides", __name__, url_prefix="/projects/<slug>/guide")

_NAMES = {"purpose": N_("Purpose"), "flow": N_("How the work goes"), "reason": N_("Reason")}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A changed part of a guide: its name, "new", "changed" or "gone", and its words."""

    name: str
    kind: str
    pieces: list[tuple[Part, str]]

    @classmethod
    def of(cls, changed: Changed) -> "ShownChange":
        name = say(_NAMES[changed.name]) if changed.name in _NAMES else changed.name
        before, after = changed.before, changed.after
        if text(before) == text(after):  # it is the other language that changed
            other = "ko" if language() == "en" else "en"
            return cls(name, changed.kind, pieces(before.pick(other), after.pick(other)))
        return cls(name, changed.kind, pieces(text(before), text(after)))


def shown_changes(before: Guide | None, after: Guide) -> list[ShownChange]:
    return [ShownChange.of(one) for one in compare(before, after)] if before else []


@bp.app_template_global("guide_news")
def guide_news(project: Project) -> dict[str, Any] | None:
    """What I have not read yet of a project's guide."""
    found: News | None = guides.news(database(), me(), project)
    if found is None:
        return None
    return {
        "project": project,
        "changes": found.changes,
        "differences": shown_changes(found.before, project.guide),
    }


@bp.get("/news")
def news(slug: str) -> Response:
    """What changed since I last worked by this guide, before I go on."""
    return render("guides/news", project=projects.find(database(), slug), next=request.args.get("next", ""))


@bp.post("/read")
def read(slug: str) -> AnyResponse:
    project = projects.find(database(), slug)
    guides.acknowledge(database(), me(), project, request.form.get("version", 0, type=int))
    onward = request.form.get("next") or url_for("projects.project", slug=slug)
    return redirect(local_path(onward), 303)


@bp.get("/versions")
def versions(slug: str) -> Response:
    """Every version, with what it changed."""
    project = projects.find(database(), slug)
    kept = guides.versions(database(), project)
    older: list[Guide | None] = [*(one.guide for one in kept[1:]), None]
    shown = [(one, shown_changes(before, one.guide)) for one, before in zip(kept, older, strict=False)]
    return render("guides/versions", project=project, versions=shown)


@bp.get("/edit")
def edit(slug: str) -> Response:
    project = projects.find(database(), slug)
    return _page(project, GuideForm.of(project.guide))


@bp.post("/edit")
def publish(slug: str) -> AnyResponse:
    """Publish a version, or show what it would look like; a refusal keeps what was typed."""
    project, form = projects.find(database(), slug), GuideForm.sent(request.form)
    try:
        if request.form.get("action") == "preview":
            return _page(project, form, preview=guides.parse(project, form.raw()))
        guides.publish(database(), me(), project.id, form.base, form.raw(), form.note)
    except PackErrors as faults:
        problems = {
            one.place.removeprefix("guide, "): say(one.sentence, **one.values) for one in faults.errors
        }
        sentence = say("The guide was not published. Look at what is marked below.")
        return _page(project, form, 422, problems=problems, problem=sentence)
    except Refused as problem:
        return _page(project, form, status_of(problem), problem=refusal(problem))
    flash(say("Version %(version)s of the guide is in force.", version=project.guide_version), "success")
    return redirect(url_for("guides.versions", slug=slug), 303)


def _page(project: Project, form: GuideForm, status: int = 200, /, **shown: Any) -> Response:  # noqa: ANN401
    kinds = [kind.value for kind in TASK_TYPES[project.task_type].errors]
    return render(
        "guides/edit",
        status,
        project=project,
        form=form,
        spare=SPARE,
        groups=TASK_TYPES[project.task_type].clause_groups,
        all_groups=list(ClauseGroup),
        kinds={kind: kind_name(kind) for kind in dict.fromkeys((*kinds, *project.guide.errors))},
        problems=shown.pop("problems", {}),
        **({"problem": None, "preview": None} | shown),
    )
