"""Who may ask for what: every endpoint stands in one table, and what is not in it is refused."""

from dataclasses import dataclass

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from labelkit.domain.errors import NotAllowed
from labelkit.domain.people import Role
from labelkit.domain.texts import N_
from labelkit.services import users
from labelkit.store.models import User
from labelkit.web.transaction import database

SAFE = {"GET", "HEAD", "OPTIONS"}
_EVERY_ROLE = frozenset(Role)
_INSPECTORS = frozenset({Role.INSPECTOR, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call an endpoint: anybody, or people of these roles. `writes`: its GET may change something
    too (it hands out gold, and the ledger must say so). `demo` ties it to demo mode or keeps it out of it."""

    roles: frozenset[Role] | None
    writes: bool = False
    demo: bool | None = None


ANYBODY = Rule(None)
SIGNED_IN = Rule(_EVERY_ROLE)
INSPECTORS = Rule(_INSPECTORS)
ADMINS = Rule(frozenset({Role.ADMIN}))

RULES: dict[str, Rule] = {
    "static": ANYBODY,
    "home.healthz": ANYBODY,
    "home.start": ANYBODY,
    "home.language": ANYBODY,
    "account.sign_in": Rule(None, demo=False),
    "account.sign_up": Rule(None, demo=False),
    "account.sign_out": ANYBODY,
    "account.start_demo": Rule(None, demo=True),
    "account.account": SIGNED_IN,
    "projects.project": Rule(_EVERY_ROLE, writes=True),
    "projects.guide": Rule(_EVERY_ROLE, writes=True),
    "projects.next_item": SIGNED_IN,
    "projects.drill": SIGNED_IN,
    "pictures.picture": SIGNED_IN,
    "pictures.preview": SIGNED_IN,
    "work.item": Rule(_EVERY_ROLE, writes=True),
    "work.draft": SIGNED_IN,
    "work.submit": SIGNED_IN,
    "work.ahead": SIGNED_IN,
    "work.skip": SIGNED_IN,
    "work.result": Rule(_EVERY_ROLE, writes=True),
    "work.again": SIGNED_IN,
    "work.other_guide": SIGNED_IN,
    "runs.start": SIGNED_IN,
    "runs.run": SIGNED_IN,
    "runs.next_item": SIGNED_IN,
    "runs.end": SIGNED_IN,
    "scores.mine": SIGNED_IN,
    "scores.goal": SIGNED_IN,
    "scores.export": SIGNED_IN,
    "scores.person": INSPECTORS,
    "team.people": INSPECTORS,
    "team.table": INSPECTORS,
    "team.project": INSPECTORS,
    "team.leaderboard": INSPECTORS,
    "projects.archive": INSPECTORS,
    "guides.news": SIGNED_IN,
    "guides.read": SIGNED_IN,
    "guides.versions": SIGNED_IN,
    "guides.edit": INSPECTORS,
    "guides.publish": INSPECTORS,
    "review_rules.edit": INSPECTORS,
    "review_rules.save": INSPECTORS,
    "audit.trail": ADMINS,
    "audit.table": ADMINS,
    "team.item": Rule(_INSPECTORS, writes=True),
    "records.mine": SIGNED_IN,
    "records.issue": SIGNED_IN,
    "records.record": SIGNED_IN,
    "records.take_back": SIGNED_IN,
    "records.confirm": ANYBODY,
    "inspection_practice.start": SIGNED_IN,
    "inspection_practice.next_exercise": SIGNED_IN,
    "inspection_practice.exercise": Rule(_EVERY_ROLE, writes=True),
    "inspection_practice.decide": SIGNED_IN,
    "inspection_practice.figures": SIGNED_IN,
    "inspection_practice.figures_of": SIGNED_IN,  # one's own; everybody's for an admin
    "inspectors.table": ADMINS,
    "second_looks.waiting": INSPECTORS,
    "second_looks.look": Rule(_INSPECTORS, writes=True),
    "second_looks.decide": INSPECTORS,
    "golds.desk": INSPECTORS,
    "golds.item": Rule(_INSPECTORS, writes=True),
    "golds.draft": INSPECTORS,
    "golds.withdraw": INSPECTORS,
    "golds.promote": INSPECTORS,
    "golds.proposal": Rule(_INSPECTORS, writes=True),
    "golds.decide": INSPECTORS,
    "golds.draw": Rule(_INSPECTORS, writes=True),
    "golds.save": INSPECTORS,
    "golds.drawn": INSPECTORS,
    "agreement.project": INSPECTORS,
    "agreement.item": INSPECTORS,
    "agreement.propose": INSPECTORS,
    "home.put_away": SIGNED_IN,
    "disputes.write": Rule(_EVERY_ROLE, writes=True),
    "disputes.send": SIGNED_IN,
    "disputes.mine": SIGNED_IN,
    "disputes.withdraw": SIGNED_IN,
    "disputes.put_away": SIGNED_IN,
    "dispute_desk.queue": INSPECTORS,
    "dispute_desk.dispute": Rule(_INSPECTORS, writes=True),
    "dispute_desk.decide": INSPECTORS,
    "inspect.queue": INSPECTORS,
    "inspect.submission": Rule(_INSPECTORS, writes=True),
    "inspect.decide": INSPECTORS,
    "inspect.hold": INSPECTORS,
    "corrections.draw": Rule(_INSPECTORS, writes=True),
    "corrections.save": INSPECTORS,
    "corrections.send": INSPECTORS,
    "corrections.shown": SIGNED_IN,
    "history.attempts": SIGNED_IN,
}


def me() -> User:
    """The signed-in person; only endpoints that ask for one may call this."""
    person: User = g.me
    return person


def writes() -> bool:
    """True where this request may change something."""
    rule = RULES.get(request.endpoint or "")
    return request.method not in SAFE or (rule is not None and rule.writes)


def sign_in(person: User) -> None:
    session["user"], session["epoch"] = person.id, person.epoch
    session.permanent = True
    g.me = person


def sign_out() -> None:
    for key in ("user", "epoch"):
        session.pop(key, None)
    g.me = None


def _recognise() -> None:
    g.me = None
    if request.endpoint == "static" or "user" not in session:
        return
    g.me = users.still_in(database(), session["user"], session.get("epoch", 0))
    if g.me is None:
        sign_out()


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # no such page: Flask answers 404
    rule = RULES.get(request.endpoint)
    if rule is None:
        raise NotAllowed(N_("This page is not open to anybody."))
    if rule.demo is not None and rule.demo != current_app.config["SETTINGS"].demo:
        abort(404)
    if rule.roles is None:
        return None
    if g.me is None:
        return _ask_to_sign_in()
    if g.me.role not in rule.roles:
        if Role.INSPECTOR not in rule.roles:
            raise NotAllowed(N_("This page is for admins."))
        raise NotAllowed(N_("This page is for inspectors."))
    return None


def _ask_to_sign_in() -> Response:
    if (
        request.method in SAFE
        and request.accept_mimetypes.accept_html
        and "HX-Request" not in request.headers
    ):
        return redirect(url_for("home.start", next=request.full_path.rstrip("?")), 303)
    abort(401)


def init_app(app: Flask) -> None:
    app.before_request(_recognise)
    app.before_request(_check)
    app.context_processor(lambda: {"me": g.get("me")})
