"""Skipping: the item comes back after the others, at most twice; it is no attempt, and is counted."""

import pytest
from sqlalchemy import func, select

from labelkit.store.models import Assignment, Submission
from tests.make import RIGHT, make_item, make_project
from tests.web.visits import begin, follow, nothing_changes, save, send, sentence, words


@pytest.fixture
def project(session):
    project = make_project(session, items=0)
    for position, key in enumerate(("a", "b", "c")):
        make_item(session, project, key, position=position)
    return project


def key_of(session, address):
    assignment = session.get_one(Assignment, int(address.rpartition("/")[2]))
    session.refresh(assignment, ["item"])
    return assignment.item.key


def test_a_skipped_item_returns_after_the_others(as_worker, session, project):
    address = begin(as_worker, project)
    keys = []
    for step in ("skip", "send", "send", "send"):
        keys.append(key_of(session, address))
        if step == "skip":
            address = follow(as_worker.post(f"{address}/skip"))
        else:
            follow(send(as_worker, address, RIGHT["bbox"]))
            address = begin(as_worker, project)

    assert keys == ["a", "b", "c", "a"]


def test_it_returns_twice_and_then_the_next_round_begins(as_worker, session, project):
    address = begin(as_worker, project)
    keys = []
    for _ in range(9):
        keys.append(key_of(session, address))
        address = follow(as_worker.post(f"{address}/skip"))

    assert keys == ["a", "b", "c"] * 3
    assert "Round 2" in words(as_worker.get(address))


def test_skipping_is_no_attempt_and_is_counted(as_worker, session, project):
    follow(as_worker.post(f"{begin(as_worker, project)}/skip"))

    assert session.scalar(select(func.count()).select_from(Submission)) == 0
    page = as_worker.get(f"/projects/{project.slug}")
    assert "Skipped, to come back: 1" in words(page)
    assert 'max="3" value="0"' in page.text


def test_the_first_answer_after_a_skip_is_a_first_try(as_worker, session):
    project = make_project(session, items=1)
    address = follow(as_worker.post(f"{begin(as_worker, project)}/skip"))

    follow(send(as_worker, address, RIGHT["bbox"]))

    submission = session.scalars(select(Submission)).one()
    assert (submission.attempt, submission.first_try) == (1, True)


def test_what_was_skipped_can_be_neither_drafted_nor_sent_nor_skipped_again(as_worker, session, project):
    address = begin(as_worker, project)
    follow(as_worker.post(f"{address}/skip"))
    form = {"submit_key": "k", "revision": "0", "annotation": '{"nothing": true}'}

    with nothing_changes(session):
        answers = [
            as_worker.get(address),
            save(as_worker, address, 0, RIGHT["bbox"]),
            as_worker.post(f"{address}/submit", data=form),
            as_worker.post(f"{address}/skip"),
        ]

    assert [answer.status_code for answer in answers] == [409] * 4
    assert all("This item" in sentence(answer) for answer in answers)


def test_what_was_sent_cannot_be_skipped(as_worker, session, project):
    address = begin(as_worker, project)
    follow(send(as_worker, address, RIGHT["bbox"]))

    with nothing_changes(session):
        answer = as_worker.post(f"{address}/skip")

    assert (answer.status_code, sentence(answer)) == (409, "This item has already been sent.")


def test_nobody_skips_anothers_item(as_worker, as_other_worker, session, project):
    address = begin(as_worker, project)

    with nothing_changes(session):
        answer = as_other_worker.post(f"{address}/skip")

    assert (answer.status_code, sentence(answer)) == (404, "There is no such item among yours.")


def test_another_try_is_not_offered_for_skipping_and_cannot_be_skipped(as_worker, session, project):
    result = follow(send(as_worker, begin(as_worker, project), RIGHT["bbox"]))
    another_try = follow(as_worker.post(f"{result}/again"))
    assert f'action="{another_try}/skip"' not in as_worker.get(another_try).text

    with nothing_changes(session):
        assert as_worker.post(f"{another_try}/skip").status_code == 409
