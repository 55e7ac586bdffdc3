"""Drafts: PUT {revision, annotation}, kept on the server within a second of a change."""

import json
import math

import pytest

from labelkit.store.models import Assignment
from tests.make import RIGHT, box, boxes, make_project
from tests.web.visits import (
    begin,
    drafted,
    fields,
    follow,
    nothing_changes,
    on_sqlite_alone,
    save,
    send,
    sentence,
    statements,
)

DRAFT = boxes(box(x=10))
UNREADABLE = "The draft could not be read."


@pytest.fixture
def address(as_worker, session):
    """The labeling page of a box project."""
    return begin(as_worker, make_project(session, items=1))


def put(client, address, text, content_type="application/json"):
    return client.put(f"{address}/draft", data=text, content_type=content_type)


def test_each_saving_gives_the_next_revision(as_worker, address):
    first, second = save(as_worker, address, 0, DRAFT), save(as_worker, address, 1, RIGHT["bbox"])

    assert (first.status_code, first.json) == (200, {"revision": 1})
    assert (second.status_code, second.json) == (200, {"revision": 2})


def test_the_labeling_page_starts_with_the_draft_and_its_revision(as_worker, address):
    save(as_worker, address, 0, DRAFT)

    page = as_worker.get(address)

    assert drafted(page) == DRAFT
    assert fields(page)["revision"] == "1"


def test_a_new_item_starts_undecided(as_worker, address):
    assert drafted(as_worker.get(address)) == {"regions": []}


@pytest.mark.parametrize("task_type", ["image_class", "text_class"])
def test_a_label_is_undecided_at_first_too_and_kept_when_chosen(as_worker, session, task_type):
    address = begin(as_worker, make_project(session, task_type=task_type))
    assert drafted(as_worker.get(address)) == {"labels": []}

    save(as_worker, address, 0, RIGHT[task_type])

    assert drafted(as_worker.get(address)) == RIGHT[task_type]


def test_an_undecided_draft_is_kept(as_worker, address):
    assert save(as_worker, address, 0, {"regions": []}).status_code == 200


def test_a_draft_keeps_its_text_to_the_letter(as_worker, address):
    strange = {"regions": [], "note": "</script>'\"&<!-- \\u0000 한글 🚗"}

    save(as_worker, address, 0, strange)

    assert drafted(as_worker.get(address)) == strange


def test_another_revision_than_the_newest_is_answered_with_the_servers_draft(as_worker, session, address):
    save(as_worker, address, 0, DRAFT)

    with nothing_changes(session):
        answers = [save(as_worker, address, revision, {"nothing": True}) for revision in (0, 2, -1, 10**30)]

    for answer in answers:
        assert answer.status_code == 409
        assert answer.json["revision"] == 1
        assert answer.json["annotation"] == DRAFT
        assert sentence(answer) == "This item was changed in another tab. Choose which answer to keep."


def test_whoever_chooses_the_own_answer_saves_it_on_top_of_the_servers(as_worker, address):
    save(as_worker, address, 0, DRAFT)
    newer = save(as_worker, address, 0, {"nothing": True}).json

    assert save(as_worker, address, newer["revision"], {"nothing": True}).json == {"revision": 2}
    assert drafted(as_worker.get(address)) == {"nothing": True}


def test_after_the_sending_the_draft_is_closed(as_worker, session, address):
    follow(send(as_worker, address, RIGHT["bbox"]))

    with nothing_changes(session):
        answer = save(as_worker, address, 0, DRAFT)

    assert (answer.status_code, sentence(answer)) == (409, "This item has already been sent.")
    assert "revision" not in answer.json


def test_nobody_writes_into_anothers_draft(as_worker, as_other_worker, as_inspector, session, address):
    save(as_worker, address, 0, DRAFT)

    with nothing_changes(session):
        answers = [save(person, address, 1, {"nothing": True}) for person in (as_other_worker, as_inspector)]

    assert {(answer.status_code, sentence(answer)) for answer in answers} == {
        (404, "There is no such item among yours.")
    }


def test_whoever_was_signed_out_meanwhile_is_told_in_json(as_nobody, address):
    answer = save(as_nobody, address, 0, DRAFT)

    assert answer.status_code == 401
    assert sentence(answer) == "Sign in to go on. What you did is kept."


def test_there_is_no_draft_of_no_item(as_worker):
    for address in ("/work/0", "/work/999", "/work/99999999999999999999"):
        answer = save(as_worker, address, 0, DRAFT)
        assert answer.status_code == 404
        assert sentence(answer)


NO_DRAFTS = (
    "", "{", "no JSON", "[]", "null", "3", "{}", '{"revision": 0}', '{"annotation": {}}',
    '{"revision": "0", "annotation": {}}', '{"revision": true, "annotation": {}}',
    '{"revision": 0.0, "annotation": {}}', '{"revision": null, "annotation": {}}',
    '{"revision": 0, "annotation": null}', '{"revision": 0, "annotation": []}',
    '{"revision": 0, "annotation": "x"}', b"\xff\xfe\x00",
)  # fmt: skip


@on_sqlite_alone
def test_what_is_no_draft_is_refused(as_worker, session, address):
    with nothing_changes(session):
        refused = {body: put(as_worker, address, body) for body in NO_DRAFTS}

    assert {body: answer.status_code for body, answer in refused.items()} == dict.fromkeys(NO_DRAFTS, 422)
    assert {sentence(answer) for answer in refused.values()} == {UNREADABLE, "The answer could not be read."}


NO_VALUES = ("NaN", "Infinity", "-Infinity", "1e999", '"\\ud800"', "9" * 5000)
NESTED = [f'{{"x": {"[" * depth}{"]" * depth}}}' for depth in (11, 500, 980, 100_000)]


@pytest.mark.parametrize("values", [NO_VALUES, NESTED], ids=["no values", "nested beyond reason"])
def test_what_cannot_be_stored_and_shown_again_is_refused(as_worker, session, address, values):
    texts = [f'{{"revision": 0, "annotation": {{"regions": [{value}]}}}}' for value in values]

    with nothing_changes(session):
        refused = [put(as_worker, address, text) for text in texts]

    for answer in refused:
        assert (answer.status_code, sentence(answer)) == (422, "The answer could not be read.")


@on_sqlite_alone
def test_another_kind_of_content_is_refused(as_worker, session, address):
    text = json.dumps({"revision": 0, "annotation": DRAFT})

    with nothing_changes(session):
        for kind in ("text/plain", "application/x-www-form-urlencoded", "image/png", ""):
            answer = put(as_worker, address, text, kind)
            assert (answer.status_code, sentence(answer)) == (422, UNREADABLE), kind


@pytest.mark.parametrize("megabytes", [1.5, 5])
def test_a_draft_of_megabytes_is_refused(as_worker, session, address, megabytes):
    with nothing_changes(session):
        answer = save(as_worker, address, 0, {"note": "x" * math.ceil(megabytes * 1_000_000)})

    assert answer.status_code == 413
    assert sentence(answer) in {"This answer is too large to keep.", "That is more than can be sent at once."}


def test_a_draft_with_very_many_boxes_is_kept_though_it_could_not_be_sent(as_worker, session, address):
    many = boxes(*[box(x=number % 300) for number in range(10_000)])

    assert save(as_worker, address, 0, many).status_code == 200
    assert send(as_worker, address, many).status_code == 413
    assert len(session.get_one(Assignment, int(address.rpartition("/")[2])).draft["regions"]) == 10_000


def test_saving_takes_a_fixed_number_of_statements(as_worker, engine, address):
    with statements(engine) as first:
        save(as_worker, address, 0, DRAFT)
    with statements(engine) as second:
        save(as_worker, address, 1, boxes(*[box(x=number) for number in range(200)]))

    assert len(first) == len(second) == 3
