"""Who gets what answer: every route and method for every kind of person, against one declared table.

"worker" owns the thing that an address names, and "author" is an inspector who wrote it. "other" is another
worker; after signing in, "gone" was deactivated, and "stale" had the role changed.
"""

import pytest
from flask import url_for

from labelkit.app import create_app
from labelkit.domain.people import Role
from labelkit.domain.projects import Split
from labelkit.services import practice, runs
from labelkit.store.models import Item, Picture
from labelkit.web.access import RULES
from tests.make import (
    make_contrast,
    make_item,
    make_project,
    make_record,
    make_user,
)
from tests.services.disputing import FIRST, make_dispute
from tests.web.access_table import COLUMNS, EXPECTED
from tests.web.things import BODIES, gold_to_decide, item_for, make_notice, sent_for, to_inspect
from tests.web.visits import nothing_changes, on_sqlite_alone, statements

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
        return sent_for(session, owner, endpoint)

    picture = session.get_one(Picture, session.get_one(Item, assignment().item_id).picture_id)
    things = {
        "filename": lambda _: "css/base.css",
        "slug": lambda endpoint: project(endpoint).slug,
        "assignment_id": lambda _: assignment().id,
        "submission_id": lambda endpoint: submission(endpoint).id,
        "subject": lambda _: FIRST,
        "dispute_id": lambda _: make_dispute(session, owner).id,
        "run_id": lambda _: runs.start_silent(session, owner).run_id,
        "item_id": lambda endpoint: item_for(session, endpoint) or assignment().item_id,
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
