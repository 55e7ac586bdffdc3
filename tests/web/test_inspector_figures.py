"""The page that says how well somebody inspects."""

import html
import itertools
from datetime import timedelta

import pytest
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.domain.scores import ErrorKind
from labelkit.services import inspection_practice
from labelkit.store.models import Exercise
from tests.make import make_user
from tests.web.inspecting import OBJECTS, begin, perfect, shown, with_items
from tests.web.visits import sentence, table, words


@pytest.fixture(autouse=True)
def no_chance(monkeypatch):
    """What is shown is the same in every run of a test."""
    numbers = itertools.count()
    monkeypatch.setattr(inspection_practice.secrets, "token_hex", lambda _: f"seed-{next(numbers)}")


@pytest.fixture
def project(session):
    return with_items(session, "bbox", 12, OBJECTS)


def judge(client, session, project, count, **inspector):
    for number in range(count):
        address = begin(client, project)
        exercise = shown(session, address)
        exercise.shown_at -= timedelta(seconds=number)
        client.post(address, data=perfect(session, address, **inspector))


def test_the_page_of_figures_says_what_is_planted_seen_and_let_through(as_worker, session, project):
    project = with_items(session, "bbox", 20, OBJECTS)
    judge(as_worker, session, project, 20, blind=frozenset({ErrorKind.LOOSE, ErrorKind.CUT}))

    page = as_worker.get("/inspection-practice/figures")

    judged = session.scalars(select(Exercise)).all()
    faulty = [one for one in judged if one.faults]
    slipped = [one for one in faulty if one.verdict == "accepted"]
    shares = table(page, 'id="shares-title"')
    assert shares[1][1].startswith(f"{len(faulty) - len(slipped)} / {len(faulty)} ")
    assert shares[2][1].startswith(f"{20 - len(faulty)} / {20 - len(faulty)} ")
    kinds = {row[0]: row[1:4] for row in table(page, 'id="kinds-title"')[1:]}
    loose = [one for one in faulty if any(raw["kind"] == "loose" for raw in one.faults)]
    through = sum(one.verdict == "accepted" for one in loose)
    assert kinds["loose"] == [str(len(loose)), str(len(loose) - through), str(through)]
    assert f"You let {len(slipped)} of {len(faulty)} faulty results through." in words(page)
    assert f"You sent none of {20 - len(faulty)} right results back." in words(page)


SAYS = [
    ({}, "All of your 24 verdicts are right.", "You let"),
    ({"rejects_everything": True}, "You sent everything back: also each of the", "All of your"),
    ({"blind": frozenset({ErrorKind.LOOSE})}, "loose boxes through.", "cut boxes"),
]


@pytest.mark.parametrize(("inspector", "said", "unsaid"), SAYS)
def test_the_page_says_of_a_simulated_inspector_exactly_what_it_does(
    sign_in, as_admin, session, inspector, said, unsaid
):
    person = make_user(session, "made-up", Role.INSPECTOR, simulated=True)
    few = ("missing", "extra", "loose", "cut")
    client, project = sign_in(person), with_items(session, "bbox", 24, OBJECTS, few)
    judge(client, session, project, 24, **inspector)

    told = words(client.get("/inspection-practice/figures"))

    assert said in told
    assert unsaid not in told
    assert as_admin.get(f"/inspection-practice/figures/{person.id}").status_code == 404
    assert "No result was judged in practice so far." in words(as_admin.get("/inspection-practice/figures"))


def test_admins_read_the_figures_of_others(as_worker, as_admin, session, project):
    judge(as_worker, session, project, 2)

    address = f"/inspection-practice/figures/{as_worker.person.id}"
    assert f'href="{address}"' in as_admin.get(f"/scores/people/{as_worker.person.id}").text
    page = as_admin.get(address)

    assert "How well Worker inspects" in html.unescape(page.text)
    assert "newest 2 results" in words(page)
    assert "You" not in words(page)


def test_nobody_else_reads_them_but_the_person_alone(as_worker, as_inspector, session, project):
    judge(as_worker, session, project, 2)
    own, other = (f"/inspection-practice/figures/{one.person.id}" for one in (as_worker, as_inspector))

    answers = [as_worker.get(other), as_inspector.get(own), as_worker.get("/inspection-practice/figures/999")]

    said = "Only admins see how well others inspect."
    assert [(answer.status_code, sentence(answer)) for answer in answers] == [(403, said)] * 3
    assert "newest 2 results" in words(as_worker.get(own))
    assert own not in as_inspector.get(f"/scores/people/{as_worker.person.id}").text
