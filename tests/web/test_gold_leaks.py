"""Gold stays on the server until its time: every byte of every answer on the way is read for it."""

import re

import pytest
from flask import request_finished
from sqlalchemy import select

from labelkit.domain.projects import Feedback
from labelkit.domain.texts import Texts
from labelkit.store.models import Gold
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project
from tests.web.visits import begin, follow, on_sqlite_alone, save, send

pytestmark = on_sqlite_alone

TASK_TYPES = ["bbox", "image_class", "text_class", "choice"]
GOLD = RIGHT | {"bbox": boxes(box(x=61.25, y=43.75, w=117.5, h=83.125))}
NUMBERS = {"61.25", "43.75", "117.5", "83.125"}
RIGHT_ENOUGH = RIGHT | {"bbox": boxes(box(x=60.5, y=44.5, w=118, h=82))}  # in other numbers than the gold's
EXPLANATION = Texts("정답은 오직 하나입니다.", "There is only the one answer.")
# What only a page with gold or with a score has.
MARKS = NUMBERS | {EXPLANATION.ko, EXPLANATION.en, 'class="figure"', 'class="finding '}
A_PART = {"HX-Request": "true"}


@pytest.fixture
def answers(app):
    """Every answer of the program from here on: its headers and its body."""
    seen = []

    def read(_app, response):
        body = b"" if response.direct_passthrough else response.get_data()
        seen.append(f"{response.headers}\n{body.decode()}")

    with request_finished.connected_to(read, app):
        yield seen


def told_by(answers):
    return {mark for answer in answers for mark in MARKS if mark in answer}


def make_gilded(session, task_type, feedback):
    """A project whose gold is unlike anything else on its pages."""
    project = make_project(session, task_type=task_type, feedback=feedback, items=0)
    for position in range(3):
        item = make_item(session, project, position=position, gold=[GOLD[task_type]], cover=position == 0)
        session.scalars(select(Gold).where(Gold.item_id == item.id)).one().explanation = EXPLANATION
    return project


def look_round(client, project, *addresses):
    """All pages that a curious worker can ask for, as pages, as parts of pages and as JSON."""
    for page in (*addresses, f"/projects/{project.slug}", f"/projects/{project.slug}/guide", "/", "/scores"):
        client.get(page)
        client.get(page, headers=A_PART)
        client.get(page, headers={"Accept": "application/json"})
        client.get(page, query_string={"lang": "ko"})
        client.get(page, query_string={"lang": "en"})


def try_everything(client, project, address):
    """Pictures, drafts that are kept and refused, sendings that are refused, and pages of inspectors."""
    for picture in re.findall(r"/pictures/\d+/\w+", client.get(address).text):
        client.get(picture, buffered=True)
    for draft in (WRONG[project.task_type], WRONG[project.task_type], {"x": [[]]}):
        save(client, address, 0, draft)
    for refused in ({"regions": [{"label": "tram", "box": [0, 0, 1, 1]}]}, {"labels": ["tram"]}, "{"):
        send(client, address, refused)
    client.post(f"{address}/submit", data={"annotation": '{"unusable": true}', "revision": "0"})
    client.post(f"{address}/ahead")
    for place in (
        "/results/1",
        "/inspect",
        "/inspect/1",
        f"{address}/gold",
        f"{address}/draft",
        "/gold.json",
    ):
        client.get(place)


def judge(inspector, result, **form):
    follow(inspector.post(f"/inspect/{result.rpartition('/')[2]}", data=form))


@pytest.mark.parametrize("feedback", list(Feedback))
@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_before_the_sending_nothing_tells_it(as_worker, session, answers, task_type, feedback):
    project = make_gilded(session, task_type, feedback)
    address = begin(as_worker, project)

    look_round(as_worker, project, address)
    try_everything(as_worker, project, address)
    following = follow(as_worker.post(f"{address}/skip"))
    look_round(as_worker, project, address, following)
    follow(send(as_worker, following, WRONG[task_type]))

    assert len(answers) > 50
    assert told_by(answers) == set()


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_at_once_it_is_told_on_the_result_and_by_nothing_else(as_worker, session, answers, task_type):
    project = make_gilded(session, task_type, Feedback.AT_ONCE)
    result = follow(send(as_worker, begin(as_worker, project), WRONG[task_type]))
    as_worker.get(result)
    # The very marks that the other tests look for in vain.
    assert told_by(answers) == MARKS - {EXPLANATION.ko} - (set() if task_type == "bbox" else NUMBERS)
    answers.clear()

    address = begin(as_worker, project)
    look_round(as_worker, project, address)
    try_everything(as_worker, project, address)

    beside_the_result = [answer for answer in answers if 'id="result"' not in answer]
    assert told_by(beside_the_result) <= {'class="figure"'}  # the standing


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_after_review_it_is_told_once_it_is_accepted(as_worker, as_inspector, session, answers, task_type):
    project = make_gilded(session, task_type, Feedback.AFTER_REVIEW)
    first = follow(send(as_worker, begin(as_worker, project), WRONG[task_type]))
    look_round(as_worker, project, first)
    judge(as_inspector, first, verdict="rejected", reason="missing")
    look_round(as_worker, project, first)
    rework = follow(as_worker.post(f"{first}/again", data={"from": "mine"}))
    look_round(as_worker, project, first, rework)
    second = follow(send(as_worker, rework, RIGHT_ENOUGH[task_type]))
    look_round(as_worker, project, first, second)
    assert told_by(answers) == set()

    judge(as_inspector, second, verdict="accepted")
    for result in (second, first):  # what was sent back is open now too: its rework is judged
        answers.clear()
        as_worker.get(result)
        assert EXPLANATION.en in told_by(answers)
    answers.clear()
    look_round(as_worker, project)
    assert told_by(answers) <= {'class="figure"'}


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_disputing_a_rejection_tells_it_not_before_the_dispute_is_upheld(
    as_worker, as_inspector, as_author_inspector, session, answers, task_type
):
    project = make_gilded(session, task_type, Feedback.AFTER_REVIEW)
    result = follow(send(as_worker, begin(as_worker, project), WRONG[task_type]))
    judge(as_inspector, result, verdict="rejected", reason="missing")
    claim = f"{result}/disputes/verdict"
    look_round(as_worker, project, claim, f"{result}/disputes/finding/0/1/1")
    as_worker.post(claim, data={"clause": "G-01"})
    follow(as_worker.post(claim, data={"clause": "G-01", "sentence": "There is nothing."}))
    look_round(as_worker, project, result, claim, "/disputes", "/inspect/disputes", "/inspect/disputes/1")
    assert told_by(answers) == set()

    ruling = {"ruling": "uphold", "sentence": "There is nothing."}
    follow(as_author_inspector.post("/inspect/disputes/1", data=ruling))
    answers.clear()
    as_worker.get(result)
    assert EXPLANATION.en in told_by(answers)


def alike(text):
    """An answer without what is different from item to item anyhow."""
    for own in (r'name="submit_key" value="[^"]*"', r"/pictures/\d/\w+", r'data-copy="[^"]*"', r"\bitem-\d+",
                r"/(work|results)/\d", r"\bproject_\d\b", r"\blabelkit=[^;]+; Expires=[^;]+",
                r"Content-Length: \d+", r"\b\d+ s\b"):  # fmt: skip
        text = re.sub(own, "·", text)
    return text


def visited(client, project):
    """Everything that a worker is answered on the way of one item, from its issue to its result."""
    address = begin(client, project)
    steps = [
        client.get(address),
        client.get(address, headers=A_PART),
        client.post(f"{address}/ahead"),
        save(client, address, 0, WRONG[project.task_type]),
        save(client, address, 9, WRONG[project.task_type]),
        send(client, address, "{"),
        sent := send(client, address, WRONG[project.task_type]),
    ]
    if project.feedback is Feedback.AFTER_REVIEW:
        steps.append(client.get(follow(sent)))
    return [f"{step.status}\n{alike(str(step.headers))}\n{alike(step.text)}" for step in steps]


@pytest.mark.parametrize("feedback", list(Feedback))
@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_items_are_alike_to_the_byte_whatever_gold_they_have_or_not(as_worker, session, task_type, feedback):
    golds = [[GOLD[task_type]], [WRONG[task_type], {"unusable": True}], []]
    seen = []
    for number, gold in enumerate(golds if feedback is Feedback.AFTER_REVIEW else golds[:2]):
        project = make_project(session, f"project_{number}", task_type, feedback=feedback, items=0)
        project.title = Texts("연습", "Practice")
        make_item(session, project, "item-1", gold=gold)
        seen.append(visited(as_worker, project))

    for others in seen[1:]:
        for step, other in zip(seen[0], others, strict=True):
            assert step == other
