"""Who gets what answer: every route and method for every kind of person, against one declared table.

"worker" owns the thing that an address names, and "author" is an inspector who wrote it. "other" is another
worker; after signing in, "gone" was deactivated, and "stale" had the role changed.
"""

import pytest
from flask import url_for

from labelkit.app import create_app
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback, Split
from labelkit.services import practice, runs
from labelkit.store.models import Item, Picture
from labelkit.web.access import RULES
from tests.make import (
    make_contrast,
    make_item,
    make_project,
    make_record,
    make_submission,
    make_user,
)
from tests.web.things import BODIES, SUBMISSIONS, gold_to_decide, make_notice, to_inspect
from tests.web.visits import nothing_changes, on_sqlite_alone, statements

TABLE = """
                         nobody worker other inspector author admin gone stale
GET  static               200    200    200    200      200    200   200  200
GET  home.healthz         200    200    200    200      200    200   200  200
GET  home.start           200    200    200    200      200    200   200  200
POST home.language        303    303    303    303      303    303   303  303
GET  account.sign_in      200    200    200    200      200    200   200  200
POST account.sign_in      303    303    303    303      303    303   303  303
GET  account.sign_up      200    200    200    200      200    200   200  200
POST account.sign_up      303    303    303    303      303    303   303  303
POST account.sign_out     303    303    303    303      303    303   303  303
POST account.start_demo   404    404    404    404      404    404   404  404
GET  account.account      303    200    200    200      200    200   303  303
POST account.account      401    303    303    303      303    303   401  401
GET  projects.project     303    200    200    200      200    200   303  303
GET  projects.guide       303    200    200    200      200    200   303  303
POST projects.drill       401    303    303    303      303    303   401  401
POST projects.next_item   401    303    303    303      303    303   401  401
GET  pictures.picture     303    200    404    200      200    200   303  303
GET  pictures.preview     303    200    404    200      200    200   303  303
GET  work.item            303    200    404    404      200    404   303  303
PUT  work.draft           401    200    404    404      200    404   401  401
POST work.submit          401    303    404    404      303    404   401  401
POST work.ahead           401    200    404    404      200    404   401  401
POST work.skip            401    303    404    404      303    404   401  401
GET  work.result          303    200    404    200      200    200   303  303
POST work.again           401    303    404    404      303    404   401  401
POST work.other_guide     401    303    404    404      303    404   401  401
POST runs.start           401    303    303    303      303    303   401  401
GET  runs.run             303    200    404    404      200    404   303  303
POST runs.next_item       401    303    404    404      303    404   401  401
POST runs.end             401    303    404    404      303    404   401  401
GET  scores.mine          303    200    200    200      200    200   303  303
POST scores.goal          401    303    303    303      303    303   401  401
GET  scores.export        303    200    200    200      200    200   303  303
GET  scores.person        303    403    403    200      200    200   303  303
GET  team.people          303    403    403    200      200    200   303  303
GET  team.table           303    403    403    200      200    200   303  303
GET  team.project         303    403    403    200      200    200   303  303
POST team.leaderboard     401    403    403    303      303    303   401  401
GET  team.item            303    403    403    200      200    200   303  303
POST projects.archive     401    403    403    303      303    303   401  401
GET  guides.news          303    200    200    200      200    200   303  303
POST guides.read          401    303    303    303      303    303   401  401
GET  guides.versions      303    200    200    200      200    200   303  303
GET  guides.edit          303    403    403    200      200    200   303  303
POST guides.publish       401    403    403    422      422    422   401  401
GET  audit.trail          303    403    403    403      403    200   303  303
GET  audit.table          303    403    403    403      403    200   303  303
GET  records.mine         303    200    200    200      200    200   303  303
POST records.issue        401    409    409    409      409    409   401  401
GET  records.record       303    200    404    404      200    404   303  303
POST records.take_back    401    303    404    404      303    404   401  401
GET  records.confirm      200    200    200    200      200    200   200  200
GET  inspection_practice.start          303    200    200    200      200    200   303  303
POST inspection_practice.next_exercise  401    303    303    303      303    303   401  401
GET  inspection_practice.exercise       303    200    404    404      200    404   303  303
POST inspection_practice.decide         401    303    404    404      303    404   401  401
GET  inspection_practice.figures        303    200    200    200      200    200   303  303
GET  inspection_practice.figures_of     303    200    403    403      200    200   303  303
GET  inspectors.table     303    403    403    403      403    200   303  303
GET  second_looks.waiting 303    403    403    200      200    200   303  303
GET  second_looks.look    303    403    403    200      403    200   303  303
POST second_looks.decide  401    403    403    303      403    303   401  401
GET  golds.desk           303    403    403    200      200    200   303  303
GET  golds.item           303    403    403    200      200    200   303  303
POST golds.draft          401    403    403    303      303    303   401  401
POST golds.withdraw       401    403    403    303      303    303   401  401
POST golds.promote        401    403    403    303      403    303   401  401
GET  golds.proposal       303    403    403    200      200    200   303  303
POST golds.decide         401    403    403    303      303    303   401  401
GET  golds.draw           303    403    403    404      200    404   303  303
PUT  golds.save           401    403    403    404      200    404   401  401
POST golds.drawn          401    403    403    404      303    404   401  401
POST home.put_away        401    303    404    404      303    404   401  401
GET  inspect.queue        303    403    403    200      200    200   303  303
GET  inspect.submission   303    403    403    200      403    200   303  303
POST inspect.decide       401    403    403    303      403    303   401  401
POST inspect.hold         401    403    403    204      403    204   401  401
"""
COLUMNS, *LINES = [line.split() for line in TABLE.strip().splitlines()]
EXPECTED = {
    (method, endpoint): dict(zip(COLUMNS, statuses, strict=True)) for method, endpoint, *statuses in LINES
}
STRANGERS = ("nobody", "gone", "stale")


def routes(app):
    """Every endpoint with each of its methods, save those that Flask answers by itself."""
    for rule in app.url_map.iter_rules():
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            yield method, rule.endpoint, rule.arguments


@pytest.fixture
def ask(visitor):
    """Sends one request, in a browser of its own."""

    def ask(*args, **kwargs):
        return visitor().open(*args, buffered=True, **kwargs)

    return ask


@pytest.fixture
def visitor(request, who):
    """Gives a new browser of the person of this column, each time it is called."""
    if who == "nobody":
        return request.getfixturevalue("new_client")
    fixture = {"worker": "as_worker", "other": "as_other_worker", "inspector": "as_inspector",
               "author": "as_author_inspector", "admin": "as_admin", "gone": "as_deactivated",
               "stale": "as_before_role_change"}[who]  # fmt: skip
    first = request.getfixturevalue(fixture)
    with first.session_transaction() as cookie:
        signed_in = dict(cookie)

    def new_browser():
        client = request.getfixturevalue("new_client")()
        client.person = first.person
        with client.session_transaction() as cookie:
            cookie.update(signed_in)
        return client

    return new_browser


@pytest.fixture
def owner(session, visitor, who):
    """Whose things the person of this column asks for."""
    if who in {"worker", "author"}:
        return visitor().person
    return make_user(session, "owner", Role.WORKER)


@pytest.fixture
def address(app, session, owner):
    """The address of a real, new thing of the owner's for any route, named by what it has in it."""
    make_user(session, "somebody-else")
    make_item(session, make_project(session, items=0), split=Split.INSPECT)

    def assignment():
        return practice.issue_next(session, owner, make_project(session, items=1))

    def project(endpoint):
        found = make_project(session, items=1)
        if endpoint == "projects.drill":
            make_contrast(session, found)
        return found

    def submission(endpoint):
        if endpoint in SUBMISSIONS:
            return SUBMISSIONS[endpoint](session, owner)
        to_inspect = endpoint.startswith("inspect.")
        feedback = Feedback.AFTER_REVIEW if to_inspect else Feedback.AT_ONCE
        return make_submission(session, owner, make_project(session, items=1, feedback=feedback))

    picture = session.get_one(Picture, session.get_one(Item, assignment().item_id).picture_id)
    things = {
        "filename": lambda _: "css/base.css",
        "slug": lambda endpoint: project(endpoint).slug,
        "assignment_id": lambda _: assignment().id,
        "submission_id": lambda endpoint: submission(endpoint).id,
        "run_id": lambda _: runs.start_silent(session, owner).run_id,
        "item_id": lambda _: assignment().item_id,
        "user_id": lambda _: owner.id,
        "exercise_id": lambda _: to_inspect(session, owner).id,
        "record_id": lambda _: make_record(session, owner).id,
        "proposal_id": lambda endpoint: gold_to_decide(session, owner, assignment().item_id, endpoint).id,
        "place": lambda _: 0,
        "notice_id": lambda endpoint: make_notice(session, submission(endpoint)).id,
        "picture_id": lambda _: picture.id,
        "digest": lambda _: picture.digest[:16],
    }

    def of(endpoint, arguments):
        values = {name: things[name](endpoint) for name in arguments}
        with app.test_request_context():
            return url_for(endpoint, **values)

    return of


def test_the_table_names_every_route_and_no_other(app):
    assert sorted((method, endpoint) for method, endpoint, _ in routes(app)) == sorted(EXPECTED)


@pytest.mark.parametrize("who", COLUMNS)
def test_every_route_answers_as_declared(app, ask, address, who):
    answered = {
        (method, endpoint): ask(
            address(endpoint, arguments), method=method, **BODIES.get(endpoint, {}) if method != "GET" else {}
        )
        for method, endpoint, arguments in routes(app)
    }

    statuses = {route: str(response.status_code) for route, response in answered.items()}
    assert statuses == {route: row[who] for route, row in EXPECTED.items()}
    if who in STRANGERS:
        for (method, endpoint), response in answered.items():
            if method == "GET" and response.status_code == 303:
                assert response.location.startswith("/?next="), endpoint


@on_sqlite_alone
@pytest.mark.parametrize("who", ["nobody", "worker"])
def test_a_route_answers_head_like_get_and_tells_its_methods_without_running(app, ask, address, session, who):
    for method, endpoint, arguments in list(routes(app)):
        place = address(endpoint, arguments)
        if method == "GET":
            assert str(ask(place, method="HEAD").status_code) == EXPECTED[method, endpoint][who], endpoint
        with nothing_changes(session):
            told = ask(place, method="OPTIONS")
        assert told.status_code in {200, 303, 403, 404}, endpoint
        assert not told.data or told.status_code >= 300, endpoint


@on_sqlite_alone
@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_change_nothing_of_anybodys(app, ask, address, session, who):
    closed = [route for route in routes(app) if EXPECTED[route[:2]][who] == "401"]

    for method, endpoint, arguments in closed:
        place = address(endpoint, arguments)
        with nothing_changes(session):
            ask(place, method=method, **BODIES.get(endpoint, {}))
    assert len(closed) > 5


@on_sqlite_alone
@pytest.mark.parametrize("who", ["worker", "inspector"])
def test_looking_writes_only_where_the_rule_says_so(app, ask, address, engine, who):
    wrote = set()
    for method, endpoint, arguments in routes(app):
        place = address(endpoint, arguments)
        if method == "GET":
            with statements(engine) as seen:
                ask(place)
            wrote |= {endpoint for statement in seen if not statement.lstrip().startswith("SELECT")}

    assert wrote <= {endpoint for endpoint, rule in RULES.items() if rule.writes}
    assert "work.result" in wrote


@on_sqlite_alone
def test_whoever_is_switched_off_is_out_at_once_however_it_was_done(as_worker):
    as_worker.person.active = False

    assert as_worker.get("/scores").status_code == 303
    assert 'id="start"' in as_worker.get("/").text


def test_a_route_outside_the_table_of_rules_is_open_to_nobody(settings, engine, session):
    app = create_app(settings, engine)
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    admin = make_user(session, role=Role.ADMIN)
    session.commit()
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["user"], cookie["epoch"] = admin.id, admin.epoch

    answer = browser.get("/forgotten")

    assert answer.status_code == 403
    assert "secret" not in answer.text
