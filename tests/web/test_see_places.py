"""Places by standing, where a project has turned them on: letters for workers, names for inspectors."""

import re

import pytest

from tests.make import RIGHT, WRONG, make_project, make_submission, make_user
from tests.web.visits import follow, words

TEXT = "text_class"


@pytest.fixture
def project(session):
    return make_project(session, "inquiry", TEXT, items=6)


def practise(session, person, project, *right):
    for one in right:
        make_submission(session, person, project, RIGHT[TEXT] if one else WRONG[TEXT])


def people(session, project, count, *right, name="person"):
    found = [make_user(session, f"{name}-{number}") for number in range(count)]
    for person in found:
        practise(session, person, project, *right)
    return found


def test_places_are_off_until_an_inspector_turns_them_on(as_worker, as_inspector, session, project):
    practise(session, as_worker.person, project, True, True, True)
    people(session, project, 2, True, True, False)
    assert "Places" not in words(as_worker.get("/projects/inquiry"))

    where = follow(as_inspector.post("/scores/projects/inquiry/leaderboard", data={"on": "1"}))

    assert where.startswith("/scores/projects/inquiry")
    assert "Place Name Standing n 1 Me 100 % 3" in words(as_worker.get("/projects/inquiry"))
    as_inspector.post("/scores/projects/inquiry/leaderboard", data={"on": "0"})
    assert "Places" not in words(as_worker.get("/projects/inquiry"))


def test_a_worker_sees_of_the_others_nothing_but_letters(as_worker, session, project):
    project.leaderboard = True
    practise(session, as_worker.person, project, True, True, False)
    others = people(session, project, 12, True, True, True, name="colleague")

    page = as_worker.get("/projects/inquiry")

    block = page.text[page.text.index('class="places"') :].partition("</table>")[0]
    assert len(re.findall(r"Worker [B-DF-HJ-NP-TV-XZ]{3,4}<", block)) == 10
    assert "13</td><th" in block
    assert "<strong>Me</strong>" in block
    assert "href" not in block
    assert "id=" not in block
    for other in others:
        assert other.name not in page.text
        assert other.username not in page.text
        assert f"/people/{other.id}" not in page.text


def test_letters_stay_from_visit_to_visit_whatever_the_places(as_worker, session, project):
    project.leaderboard = True
    practise(session, as_worker.person, project, True, True, True)
    other, _ = people(session, project, 2, True, True, True)

    def letters():
        return set(re.findall(r"Worker ([A-Z]+)", words(as_worker.get("/projects/inquiry"))))

    before = letters()
    practise(session, other, project, False)

    assert letters() == before
    assert len(before) == 2


def test_an_inspector_sees_names(as_inspector, session, project):
    project.leaderboard = True
    everybody = people(session, project, 3, True, True, True)

    for address in ("/projects/inquiry", "/scores/projects/inquiry"):
        told = words(as_inspector.get(address))
        assert all(person.name in told for person in everybody), address


def test_two_people_have_no_places_yet(as_worker, as_inspector, session, project):
    project.leaderboard = True
    practise(session, as_worker.person, project, True, True, True)
    people(session, project, 1, True, True, True)

    assert "Places" not in words(as_worker.get("/projects/inquiry"))
    assert "There are places from three people with a standing on." in words(
        as_inspector.get("/scores/projects/inquiry")
    )
