"""Somebody's newest submissions, over all projects or in one."""

from labelkit.store.newest import newest_ids
from tests.make import make_project, make_submission, make_user


def test_the_newest_are_found_in_any_number_of_projects(session):
    person = make_user(session)
    projects = [make_project(session, items=1, task_type="text_class") for _ in range(5)]
    submissions = [make_submission(session, person, project) for project in projects]
    make_submission(session, make_user(session), projects[0])
    ids = [submission.id for submission in submissions]

    assert newest_ids(session, person.id, 4) == ids[:0:-1]
    assert newest_ids(session, person.id, 9, before=submissions[2].id) == ids[1::-1]
    assert newest_ids(session, make_user(session).id, 4) == []
    assert newest_ids(session, person.id, 4, project_id=projects[1].id) == [ids[1]]
