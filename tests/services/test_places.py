"""Places in a project: only where it shows them, of people who count, under letters."""

import pytest

from labelkit.services import team, users
from tests.make import RIGHT, WRONG, make_project, make_submission, make_user

TEXT = "text_class"


@pytest.fixture
def project(session):
    return make_project(session, "inquiry", TEXT, items=8)


def send(session, person, project, *right):
    """One first attempt after another, each right or wrong."""
    for one in right:
        make_submission(session, person, project, (RIGHT if one else WRONG)[TEXT])


def people_in(session, project, count, *right):
    found = [make_user(session, f"person-{number}") for number in range(count)]
    for person in found:
        send(session, person, project, *right)
    return found


def test_places_are_shown_only_where_the_project_turns_them_on(session, project):
    people_in(session, project, 3, True, True, True)

    assert team.leaderboard(session, project, "secret") == []
    team.set_leaderboard(session, None, project, True)
    assert len(team.leaderboard(session, project, "secret")) == 3


def test_who_is_simulated_or_has_left_has_no_place(session, project):
    team.set_leaderboard(session, None, project, True)
    stay = people_in(session, project, 3, True, True, False)
    send(session, make_user(session, "sim", simulated=True), project, True, True, True)
    send(session, make_user(session, "left"), project, True, True, True)
    users.deactivate(session, "left")
    send(session, make_user(session, "new"), project, True, True)

    found = team.leaderboard(session, project, "secret")

    assert {place.user_id for place in found} == {person.id for person in stay}
    assert {place.place for place in found} == {1}


def test_a_persons_letters_differ_from_project_to_project(session, project):
    other = make_project(session, "other", TEXT)
    everybody = people_in(session, project, 3, True, True, True)
    for person in everybody:
        send(session, person, other, True, True, True)
    for one in (project, other):
        team.set_leaderboard(session, None, one, True)

    here, there = (
        {place.user_id: place.alias for place in team.leaderboard(session, one, "secret")}
        for one in (project, other)
    )

    assert all(here[person.id] != there[person.id] for person in everybody)
