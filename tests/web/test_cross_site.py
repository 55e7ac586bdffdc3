"""Requests that change something come from our own pages only."""

import pytest
from flask import url_for

from labelkit.store.models import User
from tests.make import RIGHT, make_project
from tests.web.visits import begin, nothing_changes, on_sqlite_alone, save, sentence

pytestmark = on_sqlite_alone

FOREIGN = "This was sent from another site, so nothing was done."
OTHERS = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": ""},
    {"Origin": "https://evil.test"},
    {"Origin": "http://localhost:8000"},
    {"Origin": "http://localhost.evil.test"},
    {"Origin": "http://evil.test@localhost:1"},
    {"Origin": "null"},
    {"Origin": ""},
]
OURS = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.proxy.test"},
    {"Origin": "http://localhost"},
    {},
]


def test_another_site_submits_nothing(as_worker, session):
    address = begin(as_worker, make_project(session))
    form = {"submit_key": "k", "revision": "0", "annotation": '{"nothing": true}'}

    with nothing_changes(session):
        for headers in OTHERS:
            answer = as_worker.post(f"{address}/submit", data=form, headers=headers)
            assert (answer.status_code, sentence(answer)) == (403, FOREIGN), headers


def test_our_own_pages_do(as_worker, session):
    project = make_project(session)

    for headers in OURS:
        assert as_worker.post(f"/projects/{project.slug}/next", headers=headers).status_code == 303, headers


@pytest.mark.parametrize("headers", OTHERS[:2], ids=str)
def test_every_route_that_changes_something_refuses_it_first(app, as_admin, session, headers):
    asked = []
    with nothing_changes(session):
        for rule in app.url_map.iter_rules():
            for method in sorted(rule.methods - {"GET", "HEAD", "OPTIONS"}):
                with app.test_request_context():
                    places = dict.fromkeys(rule.arguments, 1)  # whatever lies there: it is not looked at
                    address = url_for(rule.endpoint, **places)
                answer = as_admin.open(address, method=method, headers=headers)
                assert (answer.status_code, sentence(answer)) == (403, FOREIGN), rule
                asked.append(rule.endpoint)

    assert len(asked) >= 10


def test_a_draft_from_another_site_is_refused_in_json(as_worker, session):
    address = begin(as_worker, make_project(session))

    answer = as_worker.put(
        f"{address}/draft", json={"revision": 0, "annotation": RIGHT["bbox"]}, headers=OTHERS[0]
    )

    assert (answer.status_code, answer.json) == (403, {"error": FOREIGN})
    assert save(as_worker, address, 0, RIGHT["bbox"]).status_code == 200


def test_looking_is_allowed_from_anywhere_and_changes_nothing_of_consequence(as_worker, session):
    project = make_project(session)
    before = session.get_one(User, as_worker.person.id).name

    for page in ("/", "/scores", "/account", f"/projects/{project.slug}"):
        with nothing_changes(session):
            assert as_worker.get(page, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200

    assert as_worker.person.name == before
