"""Submitting what is no answer: refused in one clear sentence, and nothing changes."""

import json

import pytest

from tests.make import RIGHT, WRONG, box, boxes, make_project
from tests.web.visits import begin, drafted, nothing_changes, save, send, sentence


@pytest.fixture
def address(as_worker, session):
    """The labeling page of a box project."""
    return begin(as_worker, make_project(session, items=1))


REFUSED = {
    "an unknown label": (boxes(box("tram")), 422, "Box 1 has a label that this project does not know."),
    "no label": (
        {"regions": [{"box": [1, 1, 9, 9]}]},
        422,
        "Box 1 has a label that this project does not know.",
    ),
    "no width": (boxes(box(), box(w=0)), 422, "Box 2 has no area."),
    "a negative height": (boxes(box(h=-5)), 422, "Box 1 has a negative width or height."),
    "outside": (boxes(box(x=320)), 422, "Box 1 lies wholly outside the picture."),
    "a flag not asked for": (
        boxes(box(flags=frozenset({"occluded"}))),
        422,
        "Box 1 has a mark that this project does not know.",
    ),
    "NaN": ('{"regions": [{"label": "car", "box": [NaN, 0, 9, 9]}]}', 422, "The answer could not be read."),
    "infinite": (
        '{"regions": [{"label": "car", "box": [1e999, 0, 9, 9]}]}',
        422,
        "The answer could not be read.",
    ),
    "three numbers": ({"regions": [{"label": "car", "box": [1, 2, 3]}]}, 422, "Box 1 could not be read."),
    "undecided": ({"regions": []}, 422, "Draw a box, or choose “Nothing here”."),
    "two answers": ({"nothing": True, "unusable": True}, 422, "The answer could not be read."),
    "boxes and nothing": (boxes(box()) | {"nothing": True}, 422, "The answer could not be read."),
    "another task type's": ({"labels": ["car"]}, 422, "The answer could not be read."),
    "a list": ([], 422, "The answer could not be read."),
    "no JSON": ("{", 422, "The answer could not be read."),
    "empty": ("", 422, "The answer could not be read."),
    "10,000 boxes": (boxes(*[box()] * 10_000), 413, "At most 500 objects fit in one answer."),
    "5 MB": ({"note": "x" * 5_000_000}, 413, "That is more than can be sent at once."),
}

REFUSED_LABELS = (
    ({"labels": []}, "Choose a label."),
    ({"labels": ["tram"]}, "This project does not know that label."),
    ({"labels": ["refund", "delivery"]}, "Choose one label only."),
    ({"labels": [1]}, "The answer could not be read."),
    ({"labels": "refund"}, "The answer could not be read."),
    ({"nothing": True}, "The answer could not be read."),
    (RIGHT["bbox"], "The answer could not be read."),
)


def test_a_bad_answer_is_refused_in_one_sentence_and_nothing_changes(as_worker, session, address):
    save(as_worker, address, 0, WRONG["bbox"])
    as_worker.get(address)

    with nothing_changes(session):
        refused = {case: send(as_worker, address, annotation) for case, (annotation, *_) in REFUSED.items()}

    told = {case: (answer.status_code, sentence(answer)) for case, answer in refused.items()}
    assert told == {case: (status, said) for case, (_, status, said) in REFUSED.items()}


def test_a_refused_answer_is_still_on_the_page(as_worker, address):
    answer = send(as_worker, address, boxes(box(), box(x=320)))

    assert drafted(answer) == boxes(box(), box(x=320))


def test_a_bad_label_is_refused_in_one_sentence(as_worker, session):
    address = begin(as_worker, make_project(session, task_type="text_class", items=1))
    as_worker.get(address)

    with nothing_changes(session):
        for annotation, said in REFUSED_LABELS:
            answer = send(as_worker, address, annotation)
            assert (answer.status_code, sentence(answer)) == (422, said)


def test_a_form_that_is_not_complete_is_refused(as_worker, session, address):
    form = {"submit_key": "k", "annotation": json.dumps(RIGHT["bbox"])}

    with nothing_changes(session):
        for more in ({}, *({"revision": odd} for odd in ("", "x", "1.5", "9" * 5000))):
            answer = as_worker.post(f"{address}/submit", data=form | more)
            assert answer.status_code == 422
            assert sentence(answer) == "The form is not complete. Load the page again; your draft is kept."


def test_a_key_with_a_nul_is_refused(as_worker, session, address):
    as_worker.get(address)

    with nothing_changes(session):
        answer = send(as_worker, address, RIGHT["bbox"], submit_key="k\0")

    assert (answer.status_code, sentence(answer)) == (400, "That request could not be understood.")


def test_another_kind_of_content_than_a_form_is_refused(as_worker, session, address):
    body = json.dumps({"submit_key": "k", "revision": 0, "annotation": RIGHT["bbox"]})

    with nothing_changes(session):
        for kind in ("application/json", "text/plain", "image/png", ""):
            answer = as_worker.post(f"{address}/submit", data=body, content_type=kind)
            assert (answer.status_code, sentence(answer)) == (422, "The answer could not be read."), kind
