"""Drafts: PUT {revision, annotation}, kept on the server within a second of a change."""

import json
import math

import pytest

from labelkit.store.models import Assignment
from tests.make import RIGHT, box, boxes, make_project
from tests.web.visits import begin, drafted, fields, follow, nothing_changes, save, send, sentence, statements

DRAFT = boxes(box(x=10))
UNREADABLE = "The draft could not be read."


@pytest.fixture
def address(as_worker, session):
    """The labeling page of a box project."""
    return begin(as_worker, make_project(session))


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


@pytest.mark.parametrize("revision", [0, 2, -1, 10**30])
def test_another_revision_than_the_newest_is_answered_with_the_servers_draft(
    as_worker, session, address, revision
):
    save(as_worker, address, 0, DRAFT)

    with nothing_changes(session):
        answer = save(as_worker, address, revision, {"nothing": True})

    assert answer.status_code == 409
    assert {key: answer.json[key] for key in ("revision", "annotation")} == {
        "revision": 1,
        "annotation": DRAFT,
    }
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


@pytest.mark.parametrize("address", ["/work/0", "/work/999", "/work/99999999999999999999"])
def test_there_is_no_draft_of_no_item(as_worker, address):
    answer = save(as_worker, address, 0, DRAFT)

    assert answer.status_code == 404
    assert sentence(answer)


@pytest.mark.parametrize(
    "body",
    ["", "{", "no JSON", "[]", "null", "3", "{}", '{"revision": 0}', '{"annotation": {}}',
     '{"revision": "0", "annotation": {}}', '{"revision": true, "annotation": {}}',
     '{"revision": 0.0, "annotation": {}}', '{"revision": null, "annotation": {}}',
     '{"revision": 0, "annotation": null}', '{"revision": 0, "annotation": []}',
     '{"revision": 0, "annotation": "x"}'],
)  # fmt: skip
def test_what_is_no_draft_is_refused(as_worker, session, address, body):
    with nothing_changes(session):
        answer = put(as_worker, address, body)

    assert answer.status_code == 422
    assert sentence(answer) in {UNREADABLE, "The answer could not be read."}


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999", '"\\ud800"', "9" * 5000])
def test_what_json_cannot_hold_is_refused(as_worker, session, address, value):
    with nothing_changes(session):
        answer = put(as_worker, address, f'{{"revision": 0, "annotation": {{"regions": [{value}]}}}}')

    assert (answer.status_code, sentence(answer)) == (422, "The answer could not be read.")


@pytest.mark.parametrize("depth", [11, 500, 980, 100_000])
def test_what_is_nested_beyond_reason_is_refused(as_worker, session, address, depth):
    with nothing_changes(session):
        answer = put(
            as_worker, address, f'{{"revision": 0, "annotation": {{"x": {"[" * depth}{"]" * depth}}}}}'
        )

    assert (answer.status_code, sentence(answer)) == (422, "The answer could not be read.")


def test_bytes_that_are_no_text_are_refused(as_worker, session, address):
    with nothing_changes(session):
        assert put(as_worker, address, b"\xff\xfe\x00").status_code == 422


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "image/png", ""])
def test_another_kind_of_content_is_refused(as_worker, session, address, content_type):
    text = json.dumps({"revision": 0, "annotation": DRAFT})

    with nothing_changes(session):
        answer = put(as_worker, address, text, content_type)

    assert (answer.status_code, sentence(answer)) == (422, UNREADABLE)


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
