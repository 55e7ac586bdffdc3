"""An admin reads who did what; nobody else does, and no page changes it."""

from labelkit.domain.people import Role
from labelkit.services import team, users
from tests.make import make_project, make_user
from tests.web.visits import words


def test_an_admin_reads_sentences_the_newest_first(as_admin, as_inspector, session):
    team.set_leaderboard(session, as_inspector.person, make_project(session, "street"), True)
    users.change_role(session, make_user(session, "kim").username, Role.INSPECTOR)

    page = words(as_admin.get("/audit"))

    assert page.index("Command line Made Kim an inspector.") < page.index(
        "Inspector Turned the places of “street practice” on."
    )


def test_kind_and_person_narrow_the_list(as_admin, as_inspector, session):
    team.set_leaderboard(session, as_inspector.person, make_project(session, "street"), True)
    users.deactivate(session, make_user(session, "kim").username)

    by_kind = words(as_admin.get("/audit?what=deactivated"))
    by_person = words(as_admin.get(f"/audit?who={as_inspector.person.id}"))
    odd = words(as_admin.get("/audit?what=nonsense&who=-1&before=99999999999999"))

    assert "Locked Kim out." in by_kind
    assert "Turned the places" not in by_kind
    assert "Turned the places" in by_person
    assert "Locked Kim out." not in by_person
    assert "Locked Kim out." in odd


def test_who_was_erased_has_no_name_in_it(as_admin, session):
    inspector = make_user(session, "choi", Role.INSPECTOR)
    team.set_leaderboard(session, inspector, make_project(session), True)
    users.erase(session, inspector)

    page = words(as_admin.get("/audit"))

    assert "Choi" not in page
    assert "Erased person Turned the places" in page


def test_it_can_be_taken_along(as_admin, session):
    users.deactivate(session, make_user(session, "kim").username)

    table = as_admin.get("/audit/table.csv?lang=en")

    assert table.mimetype == "text/csv"
    assert "deactivated,Locked Kim out." in table.data.decode("utf-8-sig")


def test_an_archived_project_issues_nothing_new_until_it_is_taken_out(as_inspector, as_worker, session):
    project = make_project(session, "street")

    as_inspector.post("/projects/street/archive", data={"on": "1"})
    refused = as_worker.post("/projects/street/next")
    as_inspector.post("/projects/street/archive", data={"on": "0"})

    assert refused.status_code == 409
    assert "This project is archived" in words(refused)
    assert as_worker.post(f"/projects/{project.slug}/next").status_code == 303
