"""The rules of inspection of a project: a form, and what is wrong with what was typed into it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import Invalid, Refused
from labelkit.domain.review_rules import IN_STEPS, MAY_BE_OFF, RANGES, ReviewRules
from labelkit.domain.sampling import STEP
from labelkit.domain.texts import N_
from labelkit.services import projects, review_rules
from labelkit.store.models import Project
from labelkit.web.access import me
from labelkit.web.errors import status_of
from labelkit.web.htmx import render
from labelkit.web.transaction import database
from labelkit.web.words import refusal, say

bp = Blueprint("review_rules", __name__, url_prefix="/projects/<slug>/review-rules")

EXAMPLE = {"rework_hours": "26", "rework_limit": "3"}  # as the trade has it
_WHOLE = N_("A whole number from %(least)s to %(most)s.")
_IN_STEPS = N_("A number from %(least)s to %(most)s, in steps of %(step)s.")
_OR_OFF = N_("A whole number from %(least)s to %(most)s; empty switches it off.")


@dataclass(frozen=True, slots=True)
class RulesForm:
    """What somebody typed: key to text. `before` is the digest of the rules that were in force then; `whole`:
    everything is inspected, whatever the percentage says."""

    before: str
    whole: bool
    typed: Mapping[str, str]

    @classmethod
    def of(cls, rules: ReviewRules) -> Self:
        typed = {key: "" if value is None else str(value) for key, value in rules.to_json().items()}
        return cls(rules.digest, rules.sample_percent == 100, typed)

    @classmethod
    def sent(cls, form: MultiDict[str, str]) -> Self:
        typed = {key: form.get(key, "").strip() for key in (*RANGES, "seed")}
        return cls(form.get("before", ""), form.get("kind") == "whole", typed)

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Key to value, and key to a sentence on what is none."""
        values: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for key, typed in self.typed.items():
            try:
                value = 100 if key == "sample_percent" and self.whole else _value(key, typed)
                ReviewRules.from_json({key: value})
                values[key] = value
            except Invalid as problem:
                problems[key] = hint(key) if key in RANGES else refusal(problem)
        return values, problems


def _value(key: str, typed: str) -> int | str | None:
    if key == "seed":
        return typed
    if not typed and key in MAY_BE_OFF:
        return None
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else -1


def hint(key: str) -> str:
    """What may stand in a field of a number."""
    least, most = RANGES[key]
    sentence = _IN_STEPS if key in IN_STEPS else _OR_OFF if key in MAY_BE_OFF else _WHOLE
    return say(sentence, least=least, most=most, step=STEP)


@bp.get("")
def edit(slug: str) -> Response:
    project = projects.find(database(), slug)
    return _page(project, RulesForm.of(project.review_rules))


@bp.post("")
def save(slug: str) -> AnyResponse:
    """Put the rules in force, or fill in the example; a refusal keeps what was typed."""
    project, form = projects.find(database(), slug), RulesForm.sent(request.form)
    if request.form.get("action") == "example":
        return _page(project, replace(form, typed={**form.typed, **EXAMPLE}))
    values, problems = form.read()
    if problems:
        sentence = say("The rules were not saved. Look at what is marked below.")
        return _page(project, form, 422, problems, sentence)
    try:
        review_rules.change(database(), me(), project.id, form.before, ReviewRules(**values))
    except Refused as problem:
        return _page(project, form, status_of(problem), problem=refusal(problem))
    flash(say("Saved. The rules hold for what is sent and judged from now on."), "success")
    return redirect(url_for("review_rules.edit", slug=slug), 303)


def _page(
    project: Project,
    form: RulesForm,
    status: int = 200,
    problems: Mapping[str, str] | None = None,
    problem: str | None = None,
) -> Response:
    """The form. Where other rules are in force than it began from, it says which, and goes on from these."""
    now = RulesForm.of(project.review_rules)
    changed = form.before != now.before
    return render(
        "review_rules/edit",
        status,
        project=project,
        form=replace(form, before=now.before),
        problems=problems or {},
        problem=problem,
        theirs={key: value for key, value in now.typed.items() if changed and value != form.typed[key]},
        ranges=RANGES,
        steps=dict.fromkeys(IN_STEPS, STEP),
        hints={key: hint(key) for key in RANGES},
        example=EXAMPLE,
    )
