"""An inspector corrects an answer on the workbench, and its worker sees what was corrected."""

import html
import json

import pytest
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.workflow import State, Verdict
from labelkit.services import corrections, leases, reviews
from labelkit.services.corrections import Corrected
from labelkit.services.reviews import Decision
from labelkit.store.models import Correction, GoldView, Lease, Review
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission, make_user
from tests.web.visits import follow, nothing_changes, sentence, words

LOOSE = boxes(box(x=20, y=24, w=140, h=112))
TIGHT = boxes(box())
MOVED = "Car moved: left +20.0 px, top +16.0 px, right -20.0 px, bottom -16.0 px."
ACCEPT = Decision(Verdict.ACCEPTED)


@pytest.fixture
def project(session):
    return make_project(session, "street", feedback=Feedback.AFTER_REVIEW)


@pytest.fixture
def waiting(as_worker, session, project):
    return make_submission(session, as_worker.person, project, LOOSE)


def bench(submission):
    return f"/inspect/{submission.id}/correction"


def field(page, name):
    return html.unescape(page.text.split(f'name="{name}" value="')[1].partition('"')[0])


def send(client, submission, annotation=TIGHT, revision="0", **more):
    form = {"annotation": json.dumps(annotation), "revision": revision} | more
    return client.post(bench(submission), data=form)


def keep(client, submission, revision=0, annotation=TIGHT):
    return client.put(bench(submission), json={"revision": revision, "annotation": annotation})


def corrected(session, submission, annotation=TIGHT, **more):
    inspector = make_user(session, role=Role.INSPECTOR)
    return corrections.send(session, inspector, submission.id, Corrected(annotation, 0, **more))


def test_the_inspection_leads_to_the_bench_with_what_was_ticked_and_written(as_inspector, waiting):
    page = as_inspector.get(f"/inspect/{waiting.id}").text
    assert f'formaction="{bench(waiting)}" formnovalidate data-key="KeyE"' in page

    there = as_inspector.get(f"{bench(waiting)}?reason=missing&region-0=loose&comment=Look+%3Cleft%3E")

    assert json.loads(field(there, "annotation")) == LOOSE
    assert there.text.count(" checked>") == 2
    assert ">Look &lt;left&gt;</textarea>" in there.text


def test_the_bench_holds_the_answer_and_shows_no_gold(as_inspector, as_admin, session, waiting):
    page = as_inspector.get(bench(waiting))

    assert f'data-hold="/inspect/{waiting.id}/hold"' in page.text
    assert json.loads(field(page, "annotation")) == LOOSE
    assert session.scalars(select(GoldView)).all() == []
    assert session.scalars(select(Lease.inspector_id)).all() == [as_inspector.person.id]
    refused = as_admin.get(bench(waiting))
    assert (refused.status_code, sentence(refused)) == (
        409,
        "This submission is being inspected by Inspector.",
    )


def test_what_is_drawn_is_there_again_after_a_reload(as_inspector, waiting):
    assert keep(as_inspector, waiting).json == {"revision": 1}

    page = as_inspector.get(bench(waiting))

    assert (json.loads(field(page, "annotation")), field(page, "revision")) == (TIGHT, "1")


def test_another_tab_gets_the_newer_drawing(as_inspector, session, waiting):
    keep(as_inspector, waiting)

    with nothing_changes(session):
        answer = keep(as_inspector, waiting, annotation={"nothing": True})

    assert answer.status_code == 409
    assert (answer.json["revision"], answer.json["annotation"]) == (1, TIGHT)


@pytest.mark.parametrize("body", [None, [], {"revision": True, "annotation": {}}, {"revision": 0}])
def test_a_drawing_that_cannot_be_read_is_refused(as_inspector, session, waiting, body):
    with nothing_changes(session):
        answer = as_inspector.put(bench(waiting), json=body)

    assert (answer.status_code, sentence(answer)) == (422, "The draft could not be read.")


def test_sending_it_puts_the_verdict_and_leads_to_the_next(as_inspector, as_other_worker, session, waiting):
    following = make_submission(session, as_other_worker.person, waiting.project)
    asked = {"of_kind": "first"}

    answer = send(as_inspector, waiting, reason="loose", comment="Closer.", **asked)

    assert follow(answer) == f"/inspect/{following.id}?of_kind=first"
    assert waiting.state is State.CORRECTED
    review = session.scalars(select(Review)).one()
    assert (review.correction, review.comment, len(review.reasons)) == (TIGHT, "Closer.", 1)
    assert "Corrected Inspected by Inspector" in words(as_inspector.get(f"/inspect/{waiting.id}"))


def test_htmx_is_sent_on_with_the_whole_page(as_inspector, waiting):
    form = {"annotation": json.dumps(TIGHT), "revision": "0"}

    answer = as_inspector.post(bench(waiting), data=form, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == "/inspect"


@pytest.mark.parametrize(
    ("annotation", "more", "said"),
    [
        (LOOSE, {}, "Nothing was corrected. Accept the answer instead."),
        (boxes(box(x=900)), {}, "Box 1 lies wholly outside the picture."),
        (boxes(box("tram")), {}, "Box 1 has a label that this project does not know."),
        (TIGHT, {"reason": "ugly"}, "That reason is not in this project's guide."),
        (TIGHT, {"revision": "x"}, "The form is not complete. Load the page again; your draft is kept."),
    ],
)
def test_a_refused_correction_is_shown_again_as_it_was_sent(
    as_inspector, session, waiting, annotation, more, said
):
    as_inspector.get(bench(waiting))

    with nothing_changes(session):
        page = send(as_inspector, waiting, annotation, comment="Closer.", **{"reason": "loose"} | more)

    assert (page.status_code, sentence(page)) == (422, said)
    assert json.loads(field(page, "annotation")) == annotation
    assert ">Closer.</textarea>" in page.text
    assert "data-unsaved" in page.text


def test_what_is_no_answer_at_all_leaves_the_drawing_as_it_was(as_inspector, waiting):
    keep(as_inspector, waiting)

    page = as_inspector.post(bench(waiting), data={"annotation": "{", "revision": "1"})

    assert page.status_code == 422
    assert json.loads(field(page, "annotation")) == TIGHT


def test_own_work_is_refused_at_every_step(as_inspector, session, project):
    own = make_submission(session, as_inspector.person, project, LOOSE)

    with nothing_changes(session):
        answers = [
            as_inspector.get(bench(own)),
            keep(as_inspector, own),
            send(as_inspector, own),
            as_inspector.post(bench(own), data={"annotation": "{"}),
        ]

    said = "Nobody inspects their own work."
    assert [(answer.status_code, sentence(answer)) for answer in answers] == [(403, said)] * 4


def test_one_judged_meanwhile_is_answered_with_that_verdict_over_the_drawing(
    as_inspector, as_admin, session, waiting
):
    keep(as_inspector, waiting)
    reviews.decide(session, as_admin.person, waiting.id, ACCEPT)

    with nothing_changes(session):
        kept, page = keep(as_inspector, waiting, 1), send(as_inspector, waiting, revision="1")

    said = "This submission has already been judged."
    assert (kept.status_code, kept.json) == (409, {"error": said})
    assert (page.status_code, sentence(page)) == (409, said)
    assert "Accepted Inspected by Admin" in words(page)
    assert json.loads(field(page, "annotation")) == TIGHT
    assert "data-submit" not in page.text
    assert session.scalars(select(Correction)).all() == []
    assert follow(as_inspector.get(bench(waiting))) == f"/inspect/{waiting.id}"


def test_one_that_another_inspector_took_is_refused_and_the_drawing_kept(
    as_inspector, as_admin, session, waiting
):
    keep(as_inspector, waiting)
    leases.take(session, as_admin.person, waiting.id)

    with nothing_changes(session):
        page = send(as_inspector, waiting, revision="1")

    assert (page.status_code, sentence(page)) == (409, "This submission is being inspected by Admin.")
    assert json.loads(field(page, "annotation")) == TIGHT


def test_the_worker_reads_who_corrected_what_and_still_sees_score_and_gold(as_worker, session, waiting):
    corrected(session, waiting, reasons=("loose",), comment="Closer.")

    page = as_worker.get(f"/results/{waiting.id}")

    assert "Corrected Inspected by Inspector-" in words(page)
    assert "A box is loose." in words(page)
    assert "Closer." in words(page)
    assert MOVED in words(page)
    assert 'class="figure' in page.text
    assert 'data-gold="0"' in page.text
    assert f'href="/results/{waiting.id}/correction"' in page.text


def test_the_correction_lies_over_the_answer_and_gold_lies_nowhere(as_worker, as_admin, session, project):
    item = make_item(session, project, position=-1, gold=[boxes(box(x=61.25, w=50))])
    sent = make_submission(session, as_worker.person, project, LOOSE)
    corrected(session, sent)

    for person, whose in ((as_worker, "Mine"), (as_admin, "Answer")):
        page = person.get(f"/results/{sent.id}/correction")
        assert 'data-mine="0" data-box="20.0 24.0 140.0 112.0"' in page.text
        assert 'data-gold="0" data-box="40.0 40.0 100.0 80.0"' in page.text
        assert "61.25" not in page.text
        assert MOVED in words(page)
        assert 'data-number="1" data-zoom="20.0 24.0 140.0 112.0" data-mine="0" data-gold="0"' in page.text
        assert f"{whose} Correction Both" in words(page)
    assert sent.item_id == item.id
    assert session.scalars(select(GoldView)).all() == []


@pytest.mark.parametrize("task_type", ["image_class", "text_class", "choice"])
def test_labels_are_corrected_and_told_in_words(as_inspector, as_worker, session, task_type):
    project = make_project(session, task_type=task_type, feedback=Feedback.AFTER_REVIEW)
    sent = make_submission(session, as_worker.person, project, WRONG[task_type])
    assert as_inspector.get(bench(sent)).status_code == 200

    follow(send(as_inspector, sent, RIGHT[task_type]))

    page = words(as_worker.get(f"/results/{sent.id}/correction"))
    was, now = (project.labels[number].name.en or project.labels[number].name.ko for number in (1, 0))
    assert f"{was} became {now}." in page
    assert "Gold" not in page
    assert f"{was} became {now}." in words(as_worker.get(f"/results/{sent.id}"))


def test_nothing_to_find_instead_of_a_box_is_told_beside_the_picture(as_worker, session, waiting):
    corrected(session, waiting, {"nothing": True})

    page = words(as_worker.get(f"/results/{waiting.id}/correction"))

    assert "Correction: nothing to find" in page
    assert "Removed: Car." in page


def test_an_answer_that_nobody_corrected_has_no_correction(as_worker, session, waiting):
    for _ in range(2):
        answer = as_worker.get(f"/results/{waiting.id}/correction")
        assert (answer.status_code, sentence(answer)) == (404, "Nobody corrected this answer.")
        if waiting.state is State.WAITING:
            reviews.decide(session, make_user(session, role=Role.INSPECTOR), waiting.id, ACCEPT)


def test_lists_say_that_it_was_corrected_with_and_without_a_score(as_worker, session, project):
    make_item(session, project, position=-1, gold=[])
    for _ in range(2):
        sent = make_submission(session, as_worker.person, project, LOOSE)
        corrected(session, sent)

    listed = words(as_worker.get("/scores?project=street")), words(as_worker.get("/projects/street"))

    assert [page.count("Corrected") for page in listed] == [2, 2]
    assert "Corrected" in as_worker.get("/scores/export?format=csv").text


def test_home_tells_of_a_correction_until_its_worker_has_looked(as_worker, as_admin, session, waiting):
    corrected(session, waiting)
    home = as_worker.get("/")
    assert f"An inspector corrected 1 answer street practice {MOVED}" in words(home)
    assert f'href="/results/{waiting.id}"' in home.text
    as_admin.get(f"/results/{waiting.id}")
    assert "An inspector corrected 1 answer" in words(as_worker.get("/"))

    as_worker.get(f"/results/{waiting.id}")

    assert "An inspector corrected" not in words(as_worker.get("/"))
