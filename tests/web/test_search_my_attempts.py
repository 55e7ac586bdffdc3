"""The list of one's attempts: in pages, by kind of mistake and label, and plain about what has no score."""

import re

import pytest
from sqlalchemy import select, update

from labelkit.domain.projects import Feedback, Label
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import Verdict
from labelkit.services import golds, mine, reviews
from labelkit.services.reviews import Decision
from labelkit.store.models import Item, Project, Submission
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission, make_user
from tests.web.visits import sentence, statements, words

GOLD = boxes(box("car", 40, 40, 100, 80), box("person", 200, 120, 60, 90))
PERSON_MISSED = boxes(box("car", 40, 40, 100, 80))
CAR_LOOSE = boxes(box("car", 25, 40, 115, 80), box("person", 200, 120, 60, 90))
CAR_A_LITTLE_LOOSE = boxes(box("car", 36, 40, 104, 80), box("person", 200, 120, 60, 90))


@pytest.fixture
def project(session):
    project = make_project(session, "street", items=0)
    for position in range(9):
        make_item(session, project, f"picture-{position}", position=position, gold=[GOLD])
    return project


def sent(session, person, project, *answers):
    return [make_submission(session, person, project, answer) for answer in answers]


def listed(page):
    """The submissions that a page lists, in its order."""
    text = page.text[page.text.index('id="attempts"') :] if 'id="attempts"' in page.text else ""
    return [int(number) for number in re.findall(r'class="attempt" href="/results/(\d+)"', text)]


def ids(submissions):
    return [submission.id for submission in submissions]


def older(page):
    found = re.search(r'href="([^"]*)">Older attempts', page.text)
    return found and found[1].replace("&amp;", "&")


def test_attempts_come_newest_first_in_pages_that_miss_and_double_none(
    as_worker, session, project, monkeypatch
):
    monkeypatch.setattr(mine, "PAGE", 2)
    other = make_project(session, "texts", task_type="text_class")
    all_of_them = []
    for _ in range(2):
        all_of_them += sent(session, as_worker.person, project, GOLD)
        all_of_them += sent(session, as_worker.person, other, RIGHT["text_class"])
    all_of_them += sent(session, as_worker.person, project, GOLD)

    page = as_worker.get("/scores")
    found = [listed(page)]
    while older(page):
        page = as_worker.get(older(page))
        found.append(listed(page))

    assert found == [ids(all_of_them)[:2:-1], ids(all_of_them)[2:0:-1], ids(all_of_them)[:1]]


def test_attempts_of_the_same_moment_are_not_lost_between_two_pages(as_worker, session, project, monkeypatch):
    monkeypatch.setattr(mine, "PAGE", 2)
    submissions = sent(session, as_worker.person, project, GOLD, GOLD, GOLD)
    session.execute(update(Submission).values(sent_at=submissions[0].sent_at))

    first = as_worker.get("/scores?project=street")

    assert listed(first) + listed(as_worker.get(older(first))) == ids(submissions)[::-1]


def test_a_kind_finds_the_attempts_with_that_mistake_and_with_that_warning(as_worker, session, project):
    _, missed, loose, warned = sent(
        session, as_worker.person, project, GOLD, PERSON_MISSED, CAR_LOOSE, CAR_A_LITTLE_LOOSE
    )

    page = as_worker.get("/scores?kind=loose")

    assert listed(page) == ids([warned, loose])
    assert "2 attempts found among the newest 4." in words(page)
    assert "Older attempts than the newest 500 are not searched." in words(page)
    assert listed(as_worker.get("/scores?kind=missing")) == [missed.id]


def test_a_label_and_a_kind_must_both_be_there(as_worker, session, project):
    missed, loose = sent(session, as_worker.person, project, PERSON_MISSED, CAR_LOOSE)

    def found(query):
        return listed(as_worker.get(f"/scores?project=street&{query}"))

    assert found("label=person") == [missed.id]
    assert found("label=car&kind=loose") == [loose.id]
    assert found("label=person&kind=loose") == []
    assert "No attempt has such a mistake." in words(as_worker.get("/scores?project=street&label=x"))


def test_only_the_newest_attempts_are_searched_and_the_page_says_so(as_worker, session, project, monkeypatch):
    monkeypatch.setattr(mine, "SEARCHED", 2)
    submissions = sent(session, as_worker.person, project, *[PERSON_MISSED] * 4)

    page = as_worker.get("/scores?kind=missing")

    assert listed(page) == ids(submissions)[:1:-1]
    assert "2 attempts found among the newest 2." in words(page)


def test_what_was_found_comes_in_pages_too(as_worker, session, project, monkeypatch):
    monkeypatch.setattr(mine, "PAGE", 2)
    submissions = sent(session, as_worker.person, project, PERSON_MISSED, GOLD, PERSON_MISSED, PERSON_MISSED)

    first = as_worker.get("/scores?kind=missing&project=street")

    assert "kind=missing" in older(first)
    assert listed(as_worker.get(older(first))) == [submissions[0].id]


def test_a_mistake_in_the_table_leads_to_its_attempts(as_worker, session, project):
    (missed,) = sent(session, as_worker.person, project, PERSON_MISSED)

    page = as_worker.get("/scores?project=street")
    address = re.search(r'class="cell heat-5"><a href="([^"]*)"', page.text)[1].replace("&amp;", "&")

    assert listed(as_worker.get(address)) == [missed.id]


def test_mistakes_that_are_not_open_yet_cannot_be_searched_for(as_worker, session):
    project = make_project(session, "reviewed", feedback=Feedback.AFTER_REVIEW)
    sent(session, as_worker.person, project, WRONG["bbox"])

    assert listed(as_worker.get("/scores?kind=missing")) == []


def test_while_all_waits_for_an_inspector_the_page_says_so(as_worker, as_inspector, session):
    project = make_project(session, "reviewed", feedback=Feedback.AFTER_REVIEW)
    waiting, rejected = sent(session, as_worker.person, project, RIGHT["bbox"], WRONG["bbox"])
    reviews.decide(session, as_inspector.person, rejected.id, Decision(Verdict.REJECTED, ("missing",)))

    for address in ("/scores", "/scores?project=reviewed"):
        page = as_worker.get(address)
        assert "Nothing here has a score yet" in words(page)
        assert "With the inspector – " in words(page)
        assert "Sent back – " in words(page)
        assert listed(page) == [rejected.id, waiting.id]
        assert "%" not in words(page)

    reviews.decide(session, as_inspector.person, waiting.id, Decision(Verdict.ACCEPTED))
    assert "Accepted 100 %" in words(as_worker.get("/scores"))


def test_what_a_silent_run_holds_is_not_told_before_it_has_ended(as_worker, session, project):
    (one,) = sent(session, as_worker.person, project, GOLD)
    one.opened = False

    page = as_worker.get("/scores?project=street")

    assert "Opens when its run has ended –" in words(page)
    assert "Passed" not in words(page).partition("Attempts")[2]


def test_an_attempt_whose_gold_was_withdrawn_is_listed_without_a_score(as_worker, session, project):
    (one,) = sent(session, as_worker.person, project, GOLD)
    golds.withdraw(session, session.get_one(Item, one.item_id))

    for address in ("/scores", "/projects/street"):
        assert "No score: its gold was withdrawn –" in words(as_worker.get(address))


def test_an_archived_project_is_still_there_and_says_that_it_is_archived(as_worker, session, project):
    sent(session, as_worker.person, project, *[PERSON_MISSED] * 30)
    assert "Practise just this" in words(as_worker.get("/scores?project=street"))
    project.archived = True

    assert "street practice archived" in words(as_worker.get("/scores"))
    page = words(as_worker.get("/scores?project=street"))
    assert "street practice archived" in page
    assert "To the project" not in page
    assert "See these attempts" in page
    assert "Practise just this" not in page


def test_a_label_that_was_renamed_goes_by_its_new_name_and_one_that_is_no_more_by_its_key(
    as_worker, session, project
):
    sent(session, as_worker.person, project, PERSON_MISSED)
    project.labels = (Label("car", Texts("자동차", "Motor car"), 1),)

    page = as_worker.get("/scores?project=street")

    assert page.status_code == 200
    assert "Motor car" in words(page)
    assert re.search(r'<span class="label">person</span>', page.text)


def test_a_project_without_any_work_of_mine_says_so(as_worker, session, project):
    make_project(session, "other")
    sent(session, as_worker.person, project, GOLD)

    page = words(as_worker.get("/scores?project=other"))

    assert "Nothing has been sent in this project yet." in page


def test_an_odd_address_is_passed_over(as_worker, session, project):
    theirs = sent(session, make_user(session), project, GOLD)[0].id
    mine_ = ids(sent(session, as_worker.person, project, GOLD))

    for query in (f"before={theirs}", "before=x", "before=-1", f"before={10**30}", "kind=odd", "label=car"):
        page = as_worker.get(f"/scores?{query}")
        assert (page.status_code, listed(page)) == (200, mine_), query
    answer = as_worker.get("/scores?project=no_such")
    assert (answer.status_code, sentence(answer)) == (404, "There is no such project.")


def test_an_inspector_sees_the_same_of_a_worker_but_nothing_to_change(
    as_worker, as_inspector, session, project
):
    (missed,) = sent(session, as_worker.person, project, PERSON_MISSED)
    address = f"/scores/people/{as_worker.person.id}"

    page = as_inspector.get(f"{address}?project=street&kind=missing")

    assert listed(page) == [missed.id]
    assert f'action="{address}#attempts"' in page.text
    for absent in ("/scores/goal", "/scores/export", 'href="/projects/street"'):
        assert absent not in page.text


def test_the_page_asks_no_more_of_the_database_where_more_was_sent(as_worker, session, engine, project):
    sent(session, as_worker.person, project, PERSON_MISSED)
    with statements(engine) as few:
        as_worker.get("/scores?project=street")
    sent(session, as_worker.person, project, *[PERSON_MISSED] * 7)
    with statements(engine) as many:
        as_worker.get("/scores?project=street")

    assert len(many) == len(few)
    assert session.scalar(select(Project.id).where(Project.slug == "street"))
