"""A silent run tells nothing before its end, by any way: every byte of every answer is read for it."""

import pytest
from flask import request_finished
from sqlalchemy import func, select

from labelkit.domain.texts import Texts
from labelkit.store.models import Assignment, Gold, Project, Submission
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project
from tests.web.running import HTMX, TYPES, answer, run_page, start
from tests.web.visits import follow, on_sqlite_alone, save, send, words

# What only a page with gold or with a score has.
GOLD = RIGHT | {"bbox": boxes(box(x=61.25, y=43.75, w=117.5, h=83.125))}
NUMBERS = {"61.25", "43.75", "117.5", "83.125"}
EXPLANATION = Texts("정답은 오직 하나입니다.", "There is only the one answer.")
MARKS = NUMBERS | {
    EXPLANATION.ko,
    EXPLANATION.en,
    '<span class="figure">',
    'class="finding ',
    "state good",
    "state bad",
}


@pytest.fixture
def site(session):
    return {key: make_project(session, task_type=key, items=4) for key in TYPES}


@pytest.fixture
def answers(app):
    """Every answer of the program from here on: its headers and its body."""
    seen = []

    def read(_app, response):
        body = b"" if response.direct_passthrough else response.get_data()
        seen.append(f"{response.headers}\n{body.decode(errors='replace')}")

    with request_finished.connected_to(read, app):
        yield seen


def told_by(answers):
    return {mark for answer in answers for mark in MARKS if mark in answer}


@pytest.fixture
def gilded(session):
    """Projects whose gold is unlike anything else on their pages."""
    found = []
    for task_type in (*TYPES, "choice"):
        project = make_project(session, task_type=task_type, items=0)
        for position in range(4):
            item = make_item(session, project, position=position, gold=[GOLD[task_type]], cover=position == 0)
            session.scalars(select(Gold).where(Gold.item_id == item.id)).one().explanation = EXPLANATION
        found.append(project)
    return found


def look_round(client, session, projects, *addresses):
    """All that a curious person can ask for while a silent run goes on, in every form."""
    mine = [f"/results/{one}" for one in session.scalars(select(Submission.id))]
    records = ["/scores/export?format=csv", "/scores/export?format=json", "/scores/export", "/records"]
    pages = ["/", "/scores", run_page(session), *records, *mine, *addresses]
    pages += [f"{place}{one.slug}" for one in projects for place in ("/projects/", "/scores?project=")]
    for page in pages:
        client.get(page)
        client.get(page, headers=HTMX)
        client.get(page, headers={"Accept": "application/json"})
        for language in ("ko", "en"):
            client.get(f"{page}{'&' if '?' in page else '?'}lang={language}")
    for result in mine:
        for form in ({"from": "mine"}, {"from": "empty"}):
            client.post(f"{result}/again", data=form)
        client.post(f"{result}/other-guide")


@on_sqlite_alone
@pytest.mark.parametrize(
    ("kind", "chosen"),
    [("diagnosis", RIGHT | {"bbox": GOLD["bbox"]}), ("silent", WRONG)],
    ids=["right", "wrong"],
)
def test_nothing_is_told_before_the_end_by_any_way(as_worker, session, gilded, answers, kind, chosen):
    own = set(NUMBERS) if chosen is not WRONG else set()  # my own answer says them too
    address = follow(start(as_worker, kind, minutes=""))
    while True:
        as_worker.post(f"{address}/ahead")
        save(as_worker, address, 9, {"x": [[]]})
        sending = send(as_worker, address, chosen[task_type_of(session, address)])
        again = {"submit_key": "other", "revision": "0", "annotation": '{"unusable": true}'}
        if (address := follow(sending)).startswith("/runs/"):
            break
        if session.scalar(select(func.count(Submission.id))) in (1, 5):
            look_round(as_worker, session, gilded, address)
        as_worker.post(f"/work/{newest_closed(session)}/submit", data=again)
        as_worker.get(f"/work/{newest_closed(session)}")
    assert len(answers) > 100
    assert told_by(answers) - own == set()

    answers.clear()
    as_worker.get(address)
    assert '<span class="figure">' in told_by(answers)
    look_round(as_worker, session, gilded)
    assert {EXPLANATION.en, EXPLANATION.ko} <= told_by(answers)


def task_type_of(session, address):
    assignment = session.get_one(Assignment, int(address.rpartition("/")[2]))
    return session.get_one(Project, assignment.project_id).task_type


def newest_closed(session):
    closed = select(Assignment.id).where(~Assignment.open).order_by(Assignment.id.desc())
    return session.scalars(closed).first()


@on_sqlite_alone
def test_a_new_round_does_not_bring_an_item_back_before_it_is_told(as_worker, session):
    project = make_project(session, items=1)
    other = make_project(session, task_type="image_class", items=1)
    address = follow(start(as_worker))
    answer(as_worker, session, address)

    answered = session.scalars(select(Submission)).one().project_id
    slug = project.slug if answered == project.id else other.slug
    response = as_worker.post(f"/projects/{slug}/next")

    assert response.status_code == 404


@on_sqlite_alone
def test_an_unfinished_result_says_when_it_comes(as_worker, session, site):
    answer(as_worker, session, follow(start(as_worker)))

    said = words(as_worker.get(f"/results/{session.scalars(select(Submission.id)).one()}"))

    assert "Score and gold come at the end of the run" in said
    assert "Not passed" not in said


@on_sqlite_alone
def test_what_one_takes_along_before_the_end_has_no_scores_in_it(as_worker, session, site):
    answer(as_worker, session, follow(start(as_worker)), WRONG)

    taken = as_worker.get("/scores/export?format=json", buffered=True).json["submissions"]

    told = {one[name] for one in taken for name in ("score", "passed", "right", "mistakes", "gold_version")}
    assert told <= {None}
    assert not any(one["findings"] for one in taken)
