"""An inspector publishes a new version of a guide; workers are told what changed before they go on."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from labelkit.domain.audit import What
from labelkit.domain.projects import Aim, Feedback
from labelkit.domain.scores import ErrorKind
from labelkit.domain.workflow import Verdict
from labelkit.services import reviews
from labelkit.services.reviews import Decision
from labelkit.store.models import Audit, GuideVersion, Review
from labelkit.web.guide_form import GuideForm
from tests.make import RIGHT, make_project, make_submission
from tests.web.visits import begin, drafted, nothing_changes, save, sentence, words

EDIT = "/projects/street/guide/edit"


@pytest.fixture
def project(session):
    return make_project(session, "street", items=6, feedback=Feedback.AFTER_REVIEW)


@pytest.fixture
def written(project):
    """What the form sends, untouched but for what a test changes."""

    def written(**changed):
        form = GuideForm.of(project.guide)
        sent = {"base": str(form.base), "action": "publish", "note_ko": "", "note_en": "Wheels count too."}
        for name, texts in (("purpose", form.purpose), ("flow", form.flow)):
            sent |= {f"{name}_ko": texts.ko, f"{name}_en": texts.en}
        for name, rows in (("clause", form.clauses), ("reason", form.reasons)):
            sent[f"{name}_key"] = [row.key for row in rows]
            sent[f"{name}_of"] = [row.of for row in rows]
            sent[f"{name}_ko"] = [row.text.ko for row in rows]
            sent[f"{name}_en"] = [row.text.en for row in rows]
            sent[f"{name}_place"] = [str(row.number) for row in rows]
        sent |= {f"error_{kind}": clause for kind, clause in form.errors.items()}
        sent["clause_en"][1] = "Fit to what is visible, wheels included."
        return sent | changed

    return written


def test_the_form_holds_the_present_guide(as_inspector, project):
    page = as_inspector.get(EDIT)

    assert "Fit to what is visible." in page.text
    assert "보이는 부분에 꼭 맞춥니다." in page.text


def test_publishing_makes_a_dated_version_and_keeps_the_old_one(as_inspector, session, project, written):
    answer = as_inspector.post(EDIT, data=written())

    assert (answer.status_code, answer.location) == (303, "/projects/street/guide/versions")
    session.refresh(project)
    assert (project.guide_version, project.guide.version) == (2, 2)
    assert [change.text.en for change in project.guide.changes] == ["First version", "Wheels count too."]
    kept = session.scalars(select(GuideVersion).order_by(GuideVersion.version)).all()
    assert [one.guide.clause("G-02").text.en for one in kept] == [
        "Fit to what is visible.",
        "Fit to what is visible, wheels included.",
    ]
    (line,) = session.scalars(select(Audit)).all()
    assert (line.what, line.who_id) == (What.GUIDE_PUBLISHED, as_inspector.person.id)
    page = words(as_inspector.get("/projects/street/guide/versions"))
    assert "v2 Wheels count too." in page
    assert "<ins> visible, wheels included.</ins>" in as_inspector.get("/projects/street/guide/versions").text


def test_a_clause_keeps_the_example_that_the_form_does_not_hold(as_inspector, session, project, written):
    aim = Aim(ErrorKind.CUT, "street-001", 1)
    first, *others = project.guide.clauses
    project.guide = replace(project.guide, clauses=(replace(first, example=aim), *others))
    session.commit()

    as_inspector.post(EDIT, data=written())

    session.refresh(project)
    assert project.guide.version == 2
    assert [clause.example for clause in project.guide.clauses] == [aim, *(None for _ in others)]


def test_a_clause_is_added_moved_and_removed(as_inspector, session, project, written):
    form = written()
    form["clause_key"] += [""]
    form["clause_of"] += ["hidden"]
    form["clause_ko"] += ["가려진 차도 표시합니다."]
    form["clause_en"] += [""]
    form["clause_place"] = ["3", "1", "2"]

    as_inspector.post(EDIT, data=form)

    session.refresh(project)
    assert [clause.id for clause in project.guide.clauses] == ["G-02", "G-03", "G-01"]


def test_a_clause_that_something_rests_on_is_not_removed(as_inspector, session, project, written):
    with nothing_changes(session):
        page = as_inspector.post(EDIT, data=written(clause_gone="0"))

    assert page.status_code == 422
    assert "The guide has no clause “G-01”." in words(page)
    assert "wheels included" in page.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"note_en": ""}, "Say what changed, in Korean or in English."),
        ({"purpose_ko": "", "purpose_en": " "}, "This text is missing in Korean and in English."),
        ({"clause_ko": ["", "x"], "clause_en": ["", "x"]}, "This text is missing in Korean and in English."),
        ({"clause_of": ["nonsense", "tight"]}, "This is none of: what, tight, hidden, special, unusable."),
        ({"reason_of": ["G-99", "G-02"]}, "The guide has no clause “G-99”."),
        ({"error_missing": "G-77"}, "The guide has no clause “G-77”."),
        ({"clause_key": ["G-02", "G-02"]}, "“G-02” stands twice in this list."),
        ({"error_nonsense": "G-01"}, "was not published"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_what_was_typed_stays(
    as_inspector, session, project, written, changed, said
):
    with nothing_changes(session):
        page = as_inspector.post(EDIT, data=written() | {"flow_en": "Typed by hand."} | changed)

    assert page.status_code == 422
    assert said in words(page)
    assert "Typed by hand." in page.text


def test_without_a_change_nothing_is_published(as_inspector, session, project, written):
    with nothing_changes(session):
        page = as_inspector.post(EDIT, data=written(clause_en=[c.text.en for c in project.guide.clauses]))

    assert (page.status_code, sentence(page)) == (422, "Nothing was changed yet.")


def test_whoever_comes_second_is_told_and_loses_nothing(as_inspector, as_admin, session, project, written):
    as_admin.post(EDIT, data=written())
    with nothing_changes(session):
        page = as_inspector.post(EDIT, data=written(flow_en="Typed by hand.", base="1"))

    assert page.status_code == 409
    assert "Somebody published another version meanwhile." in sentence(page)
    assert "Typed by hand." in page.text
    assert 'name="base" value="2"' in page.text


def test_a_change_in_the_other_language_is_shown_in_that_language(as_inspector, session, project, written):
    korean = [clause.text.ko for clause in project.guide.clauses]
    english = [clause.text.en for clause in project.guide.clauses]
    as_inspector.post(EDIT, data=written(clause_en=english, clause_ko=[korean[0], f"{korean[1]} 바퀴도요."]))

    assert "<ins> 바퀴도요.</ins>" in as_inspector.get("/projects/street/guide/versions?lang=en").text


def test_a_preview_publishes_nothing(as_inspector, session, project, written):
    with nothing_changes(session):
        page = as_inspector.post(EDIT, data=written(action="preview"))

    assert page.status_code == 200
    assert "<p>Fit to what is visible, wheels included.</p>" in page.text


def test_a_worker_reads_what_changed_before_going_on_and_loses_no_draft(
    as_worker, as_inspector, session, project, written
):
    make_submission(session, as_worker.person, project)
    address = begin(as_worker, project)
    save(as_worker, address, 0, RIGHT["bbox"])
    as_inspector.post(EDIT, data=written())

    sent_to = as_worker.get(address)
    assert sent_to.location == f"/projects/street/guide/news?next={address}"
    told = as_worker.get(sent_to.location)
    assert "Wheels count too." in words(told)
    assert "First version" not in words(told)
    assert "<ins> visible, wheels included.</ins>" in told.text
    assert "Wheels count too." in words(as_worker.get("/projects/street"))

    read = as_worker.post("/projects/street/guide/read", data={"version": "2", "next": address})
    assert read.location == address
    assert drafted(as_worker.get(address)) == RIGHT["bbox"]
    assert "I have read it" not in words(as_worker.get("/projects/street"))


def test_whoever_begins_after_the_change_has_nothing_to_catch_up(
    as_worker, as_inspector, session, project, written
):
    as_inspector.post(EDIT, data=written())

    assert as_worker.get(begin(as_worker, project)).status_code == 200


def test_having_read_leads_to_no_other_site(as_worker, project):
    read = as_worker.post("/projects/street/guide/read", data={"version": "1", "next": "//evil.example"})

    assert read.location == "/"


def test_reading_ahead_of_what_is_published_counts_as_the_present_one(
    as_worker, as_inspector, session, project, written
):
    make_submission(session, as_worker.person, project)
    as_worker.post("/projects/street/guide/read", data={"version": "99"})
    as_inspector.post(EDIT, data=written())

    assert "I have read it" in words(as_worker.get("/projects/street"))


def test_a_verdict_keeps_the_words_of_its_day(as_worker, as_inspector, session, project, written):
    sent = make_submission(session, as_worker.person, project)
    rejected = Decision(Verdict.REJECTED, ("loose",))
    reviews.decide(session, as_inspector.person, sent.id, rejected)
    form = written()
    form["reason_en"][1] = "A side lies too far out."
    as_inspector.post(EDIT, data=form)
    later = make_submission(session, as_worker.person, project)
    reviews.decide(session, as_inspector.person, later.id, rejected)

    said = [review.reasons[0]["text"]["en"] for review in session.scalars(select(Review).order_by(Review.id))]
    assert said == ["A box is loose.", "A side lies too far out."]


def test_the_inspector_sees_that_the_worker_had_an_older_guide(
    as_worker, as_inspector, session, project, written
):
    sent = make_submission(session, as_worker.person, project)
    before = words(as_inspector.get(f"/inspect/{sent.id}"))
    as_inspector.post(EDIT, data=written())

    said = "The worker had version 1 of the guide; version 2 is in force."
    assert said not in before
    assert said in words(as_inspector.get(f"/inspect/{sent.id}"))
