"""Signing in and out, and one's own account."""

from collections.abc import Mapping

from flask import Blueprint, Response, current_app, flash, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from labelkit.domain.errors import NotFound, Refused
from labelkit.domain.people import Role
from labelkit.domain.texts import N_
from labelkit.services import users
from labelkit.web import access
from labelkit.web.access import me
from labelkit.web.errors import status_of
from labelkit.web.home import local_path
from labelkit.web.htmx import render
from labelkit.web.transaction import database
from labelkit.web.words import refusal, say

bp = Blueprint("account", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> AnyResponse:
    if request.method != "POST":
        return _sign_in_page()
    username, password = request.form.get("username", ""), request.form.get("password", "")
    try:
        person = users.sign_in(database(), username, password, request.remote_addr or "")
    except Refused as problem:
        return _sign_in_page(refusal(problem), 429)
    if person is None:
        database().commit()  # the failure counts, whatever becomes of the answer
        return _sign_in_page(say("That user name and password do not match."), 422)
    access.sign_in(person)
    return redirect(local_path(request.values.get("next", "")), 303)


def _sign_in_page(problem: str | None = None, status: int = 200) -> Response:
    return render(
        "account/sign_in",
        status,
        problem=problem,
        username=request.form.get("username", ""),
        next=request.values.get("next", ""),
        signup=current_app.config["SETTINGS"].signup,
    )


@bp.route("/sign-up", methods=["GET", "POST"])
def sign_up() -> AnyResponse:
    if not current_app.config["SETTINGS"].signup:
        raise NotFound(N_("There is no such page."))
    if request.method != "POST":
        return render("account/sign_up", problem=None, username="", name="")
    form = request.form
    username, name = form.get("username", ""), form.get("name", "")
    try:
        person = users.add(database(), username, Role.WORKER, password=form.get("password", ""), name=name)
    except Refused as problem:
        status = status_of(problem)
        return render("account/sign_up", status, problem=refusal(problem), username=username, name=name)
    access.sign_in(person)
    return redirect(url_for("home.start"), 303)


@bp.post("/sign-out")
def sign_out() -> AnyResponse:
    access.sign_out()
    session.clear()
    return redirect(url_for("home.start"), 303)


@bp.post("/demo/start")
def start_demo() -> AnyResponse:
    """Demo mode: begin, or go on, as a person of this machine, in the chair of one's choice."""
    person = users.start_local(database(), request.form.get("person", type=int), say("Learner"))
    access.sign_in(person)
    chair = "inspect.queue" if request.form.get("chair") == "inspector" else "home.start"
    return redirect(url_for(chair), 303)


@bp.route("/account", methods=["GET", "POST"])
def account() -> AnyResponse:
    if request.method != "POST":
        return render("account/account", problem=None)
    try:
        _change(request.form)
    except Refused as problem:
        return render("account/account", status_of(problem), problem=refusal(problem))
    flash(say("Saved."), "success")
    return redirect(url_for("account.account"), 303)


def _change(form: Mapping[str, str]) -> None:
    """What one of the forms of the account page asks for."""
    if "new_password" in form:
        users.change_password(me(), form.get("password", ""), form["new_password"])
        access.sign_in(me())
    elif "order" in form:
        users.set_order(me(), plain="plain_order" in form)
    else:
        users.rename(me(), form.get("name", ""))
