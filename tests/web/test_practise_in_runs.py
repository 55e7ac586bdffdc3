"""Practising in runs: from the first button on home to the result, and nothing told before its time."""

import re
from datetime import timedelta

import pytest
from flask import request_finished
from sqlalchemy import func, select

from labelkit.domain.projects import Feedback
from labelkit.domain.texts import Texts
from labelkit.services import practice
from labelkit.store.models import Assignment, Gold, Project, Run, Submission
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission, make_user
from tests.web.visits import begin, follow, nothing_changes, on_sqlite_alone, save, send, sentence, words

TYPES = ("bbox", "image_class", "text_class")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def site(session):
    return {key: make_project(session, task_type=key, items=4) for key in TYPES}


def start(client, kind="silent", **form):
    return client.post("/runs", data={"kind": kind, **form})


def answer(client, session, address, answers=RIGHT, **changed):
    """Send the right answer, or another one, for the item at an address; where it leads to."""
    assignment = session.get_one(Assignment, int(address.rpartition("/")[2]))
    task_type = session.get_one(Project, assignment.project_id).task_type
    return follow(send(client, address, answers[task_type], **changed))


def answer_all(client, session, address, answers=RIGHT):
    while address.startswith("/work/"):
        address = answer(client, session, address, answers)
    return address


def run_page(session):
    return f"/runs/{session.scalars(select(Run.id).order_by(Run.id.desc())).first()}"


def test_the_first_visit_has_one_button_with_the_real_numbers(as_worker, site):
    page = as_worker.get("/")

    assert re.findall(r'class="(?:button )?filled"[^>]*>([^<]*)<', page.text) == [
        "Start the diagnosis (6 items, 8 min)"
    ]
    assert "Or choose a project" in words(page)
    assert "Silent run" not in words(page)


def test_later_home_offers_a_silent_run_and_no_diagnosis(as_worker, session, site):
    make_submission(session, as_worker.person, site["bbox"])

    said = words(as_worker.get("/"))

    assert "Silent run (10 items, results at the end)" in said
    assert "Start the diagnosis" not in said


def test_a_site_without_anything_to_tell_at_once_offers_neither(as_worker, session):
    project = make_project(session, feedback=Feedback.AFTER_REVIEW)

    first = words(as_worker.get("/"))
    make_submission(session, as_worker.person, project)
    later = words(as_worker.get("/"))

    assert "diagnosis" not in first
    assert "Silent run" not in later


def test_a_diagnosis_goes_from_item_to_item_and_ends_with_the_weakest_kind(as_worker, session, site):
    address = follow(start(as_worker, "diagnosis"))
    assert "Diagnosis 1 / 6" in words(as_worker.get(address))
    second = answer(as_worker, session, address, WRONG)
    assert second.startswith("/work/")
    assert "Diagnosis 2 / 6" in words(as_worker.get(second))

    result = answer_all(as_worker, session, second, WRONG)

    assert result == run_page(session)
    page = as_worker.get(result)
    said = words(page)
    assert "0 of 6 scored answers passed." in said
    title = site["bbox"].title.en
    assert f"Most often: “missing” in “{title}”, 2 of 6 mistakes." in said
    assert "Practise this weakness (4 items)" in said
    assert page.text.count('href="/results/') == 6
    for one in re.findall(r'href="(/results/\d+)"', page.text):
        assert as_worker.get(one).status_code == 200


def test_the_weakest_kind_is_practised_from_there_with_an_answer_after_each(as_worker, session, site):
    answer_all(as_worker, session, follow(start(as_worker, "diagnosis")), WRONG)
    address = follow(start(as_worker, "weakness", slug=site["bbox"].slug, error="missing"))
    assert "Weakness run 1 / 4" in words(as_worker.get(address))

    result = answer(as_worker, session, address)
    page = as_worker.get(result)

    assert result.startswith("/results/")
    assert "Weakness run 1 / 4" in words(page)
    assert "Passed" in words(page)
    following = re.search(r'action="(/runs/\d+/next)"', page.text).group(1)
    for _ in range(3):
        result = answer(as_worker, session, follow(as_worker.post(following)))
    assert follow(as_worker.post(following)) == run_page(session)
    assert "4 of 4 scored answers passed." in words(as_worker.get(run_page(session)))


def test_a_faultless_run_is_told_so_without_a_weakness(as_worker, session, site):
    page = as_worker.get(answer_all(as_worker, session, follow(start(as_worker, "diagnosis"))))

    assert "All 6 scored answers are right throughout." in words(page)
    assert "Practise this weakness" not in page.text


def test_htmx_is_sent_on_to_the_whole_next_page(as_worker, session, site):
    address = follow(start(as_worker))
    form = {"submit_key": "k", "revision": "0", "annotation": '{"unusable": true}'}

    answered = as_worker.post(f"{address}/submit", data=form, headers=HTMX)

    assert answered.status_code == 200
    assert answered.headers["HX-Redirect"].startswith("/work/")
    assert answered.data == b""


def test_the_same_sending_twice_leads_to_the_same_place(as_worker, session, site):
    address = follow(start(as_worker))
    form = {"submit_key": "k", "revision": "0", "annotation": '{"unusable": true}'}

    first = follow(as_worker.post(f"{address}/submit", data=form))
    second = follow(as_worker.post(f"{address}/submit", data=form))

    assert first == second
    assert len(session.scalars(select(Submission)).all()) == 1


def test_a_run_that_was_left_is_on_home_and_goes_on_where_it_was(as_worker, session, site):
    second = answer(as_worker, session, follow(start(as_worker)))

    home = as_worker.get("/")

    assert "A run that has not ended" in words(home)
    assert "1 / 10" in words(home)
    assert home.text.count('filled"') == 1
    assert follow(as_worker.post(f"{run_page(session)}/next")) == second


def test_it_can_be_ended_early_and_says_what_does_not_count(as_worker, session, site):
    answer(as_worker, session, follow(start(as_worker)))
    place = run_page(session)
    assert "What you have not sent does not count" in words(as_worker.get(place))

    assert follow(as_worker.post(f"{place}/end")) == place

    said = words(as_worker.get(place))
    assert "1 of 1 scored answer passed." in said
    assert "9 were not sent, and do not count." in said


def test_a_run_in_which_nothing_was_sent_makes_up_no_figure(as_worker, session, site):
    start(as_worker)
    follow(as_worker.post(f"{run_page(session)}/end"))

    page = as_worker.get(run_page(session))

    assert "Nothing was sent" in words(page)
    assert '<span class="figure">' not in page.text


def test_a_skipped_item_comes_again_at_the_end_and_then_stays_out(as_worker, session):
    make_project(session, items=2)
    first = follow(start(as_worker))

    second = follow(as_worker.post(f"{first}/skip"))
    again = answer(as_worker, session, second)

    assert "Silent run 2 / 2" in words(as_worker.get(again))
    assert follow(as_worker.post(f"{again}/skip")) == run_page(session)
    assert "1 was not sent, and does not count." in words(as_worker.get(run_page(session)))


def test_the_bar_shows_the_servers_clock(as_worker, session, site):
    address = follow(start(as_worker, minutes="10"))
    run = session.scalars(select(Run)).one()
    run.started_at -= timedelta(seconds=60)

    page = as_worker.get(address)

    assert 'data-limit="600"' in page.text
    assert re.search(r'data-seconds="6\d\.\d"', page.text)
    assert "left" in words(page)
    assert "data-limit" not in as_worker.get(follow(start(as_worker))).text


def test_what_comes_late_is_kept_and_marked(as_worker, session, site):
    address = follow(start(as_worker, minutes="10"))
    second = answer(as_worker, session, address)
    session.scalars(select(Run)).one().started_at -= timedelta(seconds=1200)
    answer(as_worker, session, second)
    session.scalars(select(Run)).one().started_at += timedelta(seconds=600)
    follow(as_worker.post(f"{run_page(session)}/end"))

    page = as_worker.get(run_page(session))

    assert "2 of 2 scored answers passed." in words(page)
    assert "late: the limit was 10 min." in words(page)
    assert "sent late</strong>" in page.text


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"kind": ""}, 422),
        ({"kind": "exam"}, 422),
        ({"kind": "silent", "minutes": "15"}, 422),
        ({"kind": "silent", "minutes": "-10"}, 422),
        ({"kind": "silent", "minutes": "ten"}, 422),
        ({"kind": "silent", "minutes": "9" * 400}, 422),
        ({"kind": "weakness"}, 404),
        ({"kind": "weakness", "slug": "no_such"}, 404),
        ({"kind": "weakness", "slug": "known", "error": "clumsy"}, 422),
        ({"kind": "diagnosis", "instead": "x"}, 303),
    ],
)
def test_what_cannot_be_begun_is_refused_in_one_sentence(as_worker, session, form, status):
    make_project(session, "known")

    response = as_worker.post("/runs", data=form)

    assert response.status_code == status
    if status != 303:
        assert sentence(response)
        assert session.scalars(select(Run)).all() == []


def test_a_weakness_with_a_label_that_is_no_more_still_finds_items(as_worker, session, site):
    follow(start(as_worker, "weakness", slug=site["bbox"].slug, error="missing", label="tram"))


def test_another_run_is_begun_only_after_asking_where_answers_wait(as_worker, session, site):
    answer(as_worker, session, follow(start(as_worker)))
    former = run_page(session)

    asked = follow(start(as_worker, "weakness", slug=site["bbox"].slug, error="missing"))

    assert asked.startswith(f"{former}?")
    page = as_worker.get(asked)
    assert "You have a run that has not ended." in words(page)
    assert f'name="instead" value="{former.rpartition("/")[2]}"' in page.text
    follow(
        start(
            as_worker,
            "weakness",
            slug=site["bbox"].slug,
            error="missing",
            instead=former.rpartition("/")[2],
        )
    )
    assert "1 of 1 scored answer passed." in words(as_worker.get(former))


def test_a_run_in_which_nothing_waits_gives_way_with_a_sentence(as_worker, session, site):
    start(as_worker)

    page = as_worker.get(follow(start(as_worker, "diagnosis")))

    assert "The run that you had begun has ended." in page.text


@pytest.mark.parametrize("way", ["get", "end", "next"])
def test_a_run_of_somebody_else_is_not_there(as_worker, as_other_worker, as_inspector, session, site, way):
    start(as_worker)
    place = run_page(session)

    for client in (as_other_worker, as_inspector):
        with nothing_changes(session):
            response = client.get(place) if way == "get" else client.post(f"{place}/{way}")
        assert response.status_code == 404


def test_an_address_that_names_a_former_run_of_another_person_ends_nothing(
    as_worker, as_other_worker, session, site
):
    answer(as_worker, session, follow(start(as_worker)))
    theirs = run_page(session).rpartition("/")[2]

    follow(start(as_other_worker, "diagnosis", instead=theirs))

    assert session.get_one(Run, int(theirs)).ended_at is None


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
def test_the_picture_of_the_next_item_can_be_fetched_ahead(as_worker, session):
    make_project(session, items=2)
    address = follow(start(as_worker))

    ahead = as_worker.post(f"{address}/ahead").json["picture"]

    assert as_worker.get(ahead, buffered=True).status_code == 200
    last = answer(as_worker, session, address)
    assert ahead in as_worker.get(last).text
    assert as_worker.post(f"{last}/ahead").json == {"picture": None}


@on_sqlite_alone
def test_the_project_page_does_not_lead_into_a_run(as_worker, session):
    project = make_project(session, items=12)
    address = follow(start(as_worker))

    page = as_worker.get(f"/projects/{project.slug}")

    assert address not in page.text
    assert begin(as_worker, project) != address
    mine = session.get_one(Assignment, int(address.rpartition("/")[2]))
    assert practice.find_mine(session, as_worker.person, mine.id).run_id is not None


@on_sqlite_alone
def test_an_inspector_has_a_first_visit_too(as_inspector, session, site):
    make_user(session)
    assert "Start the diagnosis" in words(as_inspector.get("/"))


@on_sqlite_alone
def test_what_one_takes_along_before_the_end_has_no_scores_in_it(as_worker, session, site):
    answer(as_worker, session, follow(start(as_worker)), WRONG)

    taken = as_worker.get("/scores/export?format=json", buffered=True).json["submissions"]

    told = {one[name] for one in taken for name in ("score", "passed", "right", "mistakes", "gold_version")}
    assert told <= {None}
    assert not any(one["findings"] for one in taken)


def test_later_home_leads_with_what_is_worth_practising(as_worker, session):
    project = make_project(session, items=0)
    five_cars = boxes(*(box(x=x, w=40) for x in (10, 70, 130, 190, 250)))
    for position in range(12):
        make_item(session, project, position=position, gold=[five_cars])
    for _ in range(8):
        make_submission(session, as_worker.person, project, WRONG["bbox"])

    page = as_worker.get("/")

    assert "What to practise next" in words(page)
    assert page.text.count('class="filled"') == 1
    fields = re.search(r'<form class="run-starter".*?</form>', page.text, re.DOTALL).group()
    assert 'name="error" value="missing"' in fields
    assert follow(start(as_worker, "weakness", slug=project.slug, error="missing")).startswith("/work/")
