"""One's own record as CSV and JSON: the rows of the database, nobody else's, and no gold."""

import csv
import io
import json

import pytest
from sqlalchemy import update

from labelkit.domain.projects import Feedback, Split
from labelkit.domain.scores import ErrorKind
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import Verdict
from labelkit.services import own_work, reviews
from labelkit.services.reviews import Decision
from labelkit.store.models import Item, Submission
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission, make_user
from tests.web.visits import sentence

GOLD = boxes(box("car", 40, 40, 100, 80), box("person", 200, 120, 61, 93))
FAULTY = boxes(box("car", 10, 40, 130, 80))  # 30 px loose, and nobody seen
KEYS = {
    "project", "task_type", "item", "attempt", "first_try", "state", "sent_at", "seconds", "score", "passed",
    "right", "mistakes", "findings", "warnings", "guide_version", "gold_version", "rules_version",
}  # fmt: skip


@pytest.fixture
def project(session):
    project = make_project(session, "street", items=0)
    for position in range(4):
        make_item(session, project, f"picture-{position}", position=position, gold=[GOLD])
    return project


def as_json(client):
    answer = client.get("/scores/export?format=json")
    assert answer.status_code == 200
    return json.loads(answer.text)


def as_csv(client, **more):
    answer = client.get("/scores/export?format=csv", **more)
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_json_has_every_submission_with_its_score_and_findings(as_worker, session, project):
    first, second = (make_submission(session, as_worker.person, project, answer) for answer in (FAULTY, GOLD))

    record = as_json(as_worker)

    assert (record["format"], record["name"]) == (1, "Worker")
    one, other = record["submissions"]
    assert one.keys() == KEYS
    assert one["findings"] == {"loose": 1, "missing": 1}
    assert (one["score"], one["passed"], one["right"], one["mistakes"]) == (0, False, 0, 2)
    assert one["sent_at"] == first.sent_at.isoformat()
    assert (one["item"], one["project"], one["attempt"], one["first_try"]) == ("picture-0", "street", 1, True)
    assert (other["score"], other["right"], other["findings"]) == (1, 2, {})
    assert second.seconds == pytest.approx(other["seconds"], abs=0.001)


def test_csv_says_the_same_in_the_words_of_the_reader(as_worker, session, project):
    make_submission(session, as_worker.person, project, FAULTY)

    head, row = as_csv(as_worker)

    assert head[:6] == ["Sent", "Project", "Item", "Attempt", "First attempt", "State"]
    said = dict(zip(head, row, strict=True))
    assert (said["Project"], said["Score"], said["Passed"]) == ("street practice", "0.0", "no")
    assert (said["Mistakes: loose"], said["Mistakes: missing"], said["Mistakes: extra"]) == ("1", "1", "0")
    assert len(head) == 11 + len(ErrorKind)


def test_the_head_is_in_korean_for_who_reads_korean(as_worker, session, project):
    make_submission(session, as_worker.person, project, GOLD)

    head, row = as_csv(as_worker, headers={"Accept-Language": "ko"})

    assert "점수" in head
    assert "street 연습" in row


def test_no_cell_becomes_a_formula(as_worker, session, project):
    project.title = Texts("=1+1", "=1+1")
    make_submission(session, as_worker.person, project, GOLD)

    assert as_csv(as_worker)[1][1] == "'=1+1"


def test_before_the_first_answer_there_is_a_head_and_an_empty_list(as_worker):
    assert len(as_csv(as_worker)) == 1
    assert as_json(as_worker)["submissions"] == []


def test_nobody_takes_others_work_along(as_worker, as_other_worker, as_admin, session, project):
    make_submission(session, as_other_worker.person, project, GOLD)

    assert as_json(as_worker)["submissions"] == as_json(as_admin)["submissions"] == []
    assert len(as_json(as_other_worker)["submissions"]) == 1


def test_gold_does_not_leave_with_it(as_worker, session, project):
    make_submission(session, as_worker.person, project, FAULTY)

    for form in ("csv", "json"):
        text = as_worker.get(f"/scores/export?format={form}").text
        assert "regions" not in text
        assert "accepted" not in text


def test_what_is_not_open_does_not_leave_before_its_time(as_worker, as_inspector, session):
    project = make_project(session, "reviewed", feedback=Feedback.AFTER_REVIEW)
    waiting, other = (make_submission(session, as_worker.person, project, RIGHT["bbox"]) for _ in range(2))
    reviews.decide(session, as_inspector.person, other.id, Decision(Verdict.REJECTED, ("missing",)))
    assert as_json(as_worker)["submissions"] == []

    reviews.decide(session, as_inspector.person, waiting.id, Decision(Verdict.ACCEPTED))

    assert [one["state"] for one in as_json(as_worker)["submissions"]] == ["accepted"]


def test_items_of_an_exam_are_in_no_export(as_worker, session, project):
    submission = make_submission(session, as_worker.person, project, GOLD)
    session.get_one(Item, submission.item_id).split = Split.EXAM

    assert as_json(as_worker)["submissions"] == []


def test_more_than_is_read_at_once_leaves_whole_and_in_order(as_worker, session, monkeypatch):
    monkeypatch.setattr(own_work, "SLICE", 2)
    monkeypatch.setattr("labelkit.web.take_along.SLICE", 2)
    project = make_project(session, "texts", task_type="text_class", items=7)
    for right in (True, False, True, True, False, True, False):
        last = make_submission(session, as_worker.person, project, (RIGHT if right else WRONG)["text_class"])
    session.execute(update(Submission).where(Submission.id > last.id - 4).values(sent_at=last.sent_at))

    values = [one["score"] for one in as_json(as_worker)["submissions"]]

    assert values == [1, 0, 1, 1, 0, 1, 0]
    assert [row[6] for row in as_csv(as_worker)[1:]] == ["1.0", "0.0", "1.0", "1.0", "0.0", "1.0", "0.0"]


def test_the_file_has_a_name_and_no_copy_of_it_is_kept(as_worker):
    headers = as_worker.get("/scores/export?format=csv").headers

    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert headers["Content-Disposition"].startswith('attachment; filename="labelkit-scores-20')
    assert "no-store" in headers["Cache-Control"]


def test_another_form_is_refused_with_a_sentence(as_worker):
    answer = as_worker.get("/scores/export?format=pdf")

    assert (answer.status_code, sentence(answer)) == (422, "A record leaves as csv or as json.")


def test_a_simulated_person_has_no_more_than_the_rows(session, project):
    simulated = make_user(session, simulated=True)
    make_submission(session, simulated, project, GOLD)

    assert len(list(own_work.everything(session, simulated))) == 1
