"""An inspector looks at everybody's scores: people, a project, an item, the table to take along."""

import csv
import re

import pytest
from sqlalchemy import select

from labelkit.domain.projects import Split
from labelkit.domain.tallies import MILLION, below
from labelkit.services import golds, tallies, users
from labelkit.store.models import GoldView, Item, ItemTally, Score, Submission
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission, make_user
from tests.web.visits import sentence, words

TEXT = "text_class"
PAGES = ("/scores/people", "/scores/people.csv", "/scores/projects/inquiry")


@pytest.fixture
def project(session):
    return make_project(session, "inquiry", TEXT, items=6)


def practise(session, person, project, *right):
    kind = project.task_type
    return [make_submission(session, person, project, RIGHT[kind] if one else WRONG[kind]) for one in right]


def people(session, project, count, *right, name="person"):
    found = [make_user(session, f"{name}-{number}") for number in range(count)]
    for person in found:
        practise(session, person, project, *right)
    return found


def scored(session, project):
    """The scores that count in a project, as they lie in the database."""
    rows = select(Submission, Score).join(Score, (Score.submission_id == Submission.id) & Score.current)
    return session.execute(rows.where(Submission.project_id == project.id, Submission.opened)).all()


def table(page):
    return list(csv.reader(page.data.decode("utf-8-sig").splitlines()))


@pytest.mark.parametrize("address", PAGES)
def test_it_is_not_for_workers(as_worker, session, project, address):
    answer = as_worker.get(address)

    assert answer.status_code == 403
    assert as_worker.post("/scores/projects/inquiry/leaderboard", data={"on": "1"}).status_code == 403
    assert not project.leaderboard


def test_before_anybody_has_sent_anything_the_pages_say_so(as_inspector, session, project):
    assert "Nobody has sent anything yet." in words(as_inspector.get("/scores/people"))
    told = words(as_inspector.get("/scores/projects/inquiry"))
    assert "Nothing has been scored in this project yet" in told
    assert "%" not in told
    assert len(table(as_inspector.get("/scores/people.csv"))) == 1


def test_one_submission_is_told_as_one(as_inspector, session, project):
    people(session, project, 1, False)

    told = words(as_inspector.get("/scores/projects/inquiry"))

    assert "People 1 First attempts passed 0 % n = 1" in told
    assert "most often" not in told
    assert "most frequent" not in told
    assert "No item has five first attempts yet" in told
    assert "Person-0 inquiry practice – 1 0 % 0 / 1 1" in words(as_inspector.get("/scores/people"))


def test_the_figures_of_a_person_are_those_of_the_rows(as_inspector, session, project):
    practise(session, make_user(session, "somebody"), project, True, False, True, False, False)
    rows = scored(session, project)
    for number, (submission, _) in enumerate(rows):
        submission.seconds = 10.0 + number
    tallies.mend(session)
    values = [score.value for _, score in rows]
    passed = sum(score.passed for _, score in rows)
    seconds = sum(submission.seconds for submission, _ in rows) / len(rows)

    (told,) = re.findall(
        r"Somebody inquiry practice (.*?) (?:1 to 1)", words(as_inspector.get("/scores/people"))
    )

    share = f"{100 * sum(values) / 5:.0f} % 5"
    assert told == f"{share} {100 * passed / 5:.0f} % {passed} / 5 5 {seconds:.0f} s wrong label 3 / 3"


def test_the_figures_of_a_project_are_those_of_the_rows(as_inspector, session):
    project = make_project(session, "street", items=0)
    gold = boxes(box("car"), box("person", 200, 20, 60, 90))
    for position in range(3):
        make_item(session, project, position=position, gold=[gold])
    for number in range(4):
        person = make_user(session, f"person-{number}")
        make_submission(session, person, project, gold)
        make_submission(session, person, project, boxes(box("car")))
        make_submission(session, person, project, boxes(box("car"), box("person", 200, 20, 80, 90)))
    rows = scored(session, project)
    firsts = [score for submission, score in rows if submission.first_try]

    told = words(as_inspector.get("/scores/projects/street"))

    passed = sum(score.passed for score in firsts)
    mean = sum(score.value for score in firsts) / len(firsts)
    assert f"People 4 First attempts passed {100 * passed / 12:.0f} % n = 12" in told
    assert f"Mean of all first attempts {100 * mean:.0f} % n = 12" in told
    kinds = [
        finding.kind for _, score in rows for finding in score.detail.findings if finding.severity == "fail"
    ]
    assert (kinds.count("missing"), kinds.count("loose")) == (4, 4)
    found = sum(
        figures.hits for _, score in rows for figures in score.detail.labels if figures.label == "person"
    )
    assert f"Person is missed most often: {found} of 12 were found." in told
    assert f"Person {100 * found / 12:.0f} % 12 100 % {found} 8" in told
    assert "Car 100 % 12 100 % 12 0" in told


def test_the_figures_of_an_item_are_those_of_the_rows(as_inspector, session, project):
    people(session, project, 4, True, False)
    people(session, project, 2, True, True, name="other")
    item = session.scalars(select(Item).where(Item.project_id == project.id).order_by(Item.position)).all()[1]
    values = [score.value for submission, score in scored(session, project) if submission.item_id == item.id]

    told = words(as_inspector.get(f"/scores/items/{item.id}"))

    assert f"Mean score {100 * sum(values) / 6:.0f} % n = 6" in told
    assert "First attempts passed 2 / 6" in told
    assert session.get(ItemTally, item.id).value == sum(values) * MILLION
    assert f"{item.key} {100 * sum(values) / 6:.0f} % 6 2" in words(
        as_inspector.get("/scores/projects/inquiry")
    )


def test_the_list_is_narrowed_sorted_and_taken_along_as_asked(as_inspector, session, project):
    other = make_project(session, "other", TEXT)
    (ann,) = people(session, project, 1, True, True, True, name="ann")
    people(session, project, 1, False, True, True, name="bob")
    practise(session, ann, other, True)

    address = "?project=inquiry&sort=-standing"
    page = as_inspector.get(f"/scores/people{address}")
    told = words(page)

    assert told.index("Ann-0") < told.index("Bob-0")
    assert "other practice" not in told.partition("Most frequent mistake")[2].partition("By project")[0]
    assert 'aria-sort="descending"' in page.text
    assert 'href="/scores/people?project=inquiry&amp;sort=standing"' in page.text
    rows = table(as_inspector.get(f"/scores/people.csv{address}"))
    assert [row[:5] for row in rows[1:]] == [
        ["Ann-0", "ann-0", "inquiry practice", "1.0", "3"],
        ["Bob-0", "bob-0", "inquiry practice", "0.6667", "3"],
    ]
    assert "Ann-0" not in words(as_inspector.get("/scores/people?name=bob"))
    assert "Nobody here is as you searched." in words(as_inspector.get("/scores/people?name=carl"))


@pytest.mark.parametrize("asked", ["sort=none", "page=-3", "page=99999999999999999999", "page=x", "name=%25"])
def test_an_address_that_asks_for_nonsense_is_answered_all_the_same(as_inspector, session, project, asked):
    people(session, project, 1, True)

    assert as_inspector.get(f"/scores/people?{asked}").status_code == 200


def test_a_name_that_would_be_a_formula_is_none_in_the_table(as_inspector, session, project):
    (person,) = people(session, project, 1, True)
    person.name = "=HYPERLINK(1)"

    answer = as_inspector.get("/scores/people.csv")

    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=labelkit-team-")
    assert table(answer)[1][0] == "'=HYPERLINK(1)"


def test_there_are_fifty_rows_on_a_page(as_inspector, session, project):
    people(session, project, 51, True)

    first, second = (as_inspector.get(f"/scores/people?page={page}") for page in (1, 2))

    assert "1 to 50 of 51" in words(first)
    assert "51 to 51 of 51" in words(second)
    assert 'rel="next" href="/scores/people?page=2"' in first.text
    assert 'rel="prev"' in second.text
    assert 'rel="next"' not in second.text


def test_one_comes_from_a_person_to_the_project_and_to_a_submission(as_inspector, session, project):
    (person, *_) = people(session, project, 5, True, False)
    hard = session.scalars(select(Item).where(Item.project_id == project.id).order_by(Item.position)).all()[1]

    everyone = as_inspector.get("/scores/people").text
    assert f'href="/scores/people/{person.id}?project=inquiry"' in everyone
    assert 'href="/scores/projects/inquiry"' in everyone
    assert f'href="/scores/items/{hard.id}"' in as_inspector.get("/scores/projects/inquiry").text
    results = re.findall(r'href="(/results/\d+)"', as_inspector.get(f"/scores/items/{hard.id}").text)
    assert len(results) == 5
    assert as_inspector.get(results[0]).status_code == 200


def test_suspicious_gold_is_named_and_what_is_said_against_it_is_told_on_the_page_of_the_item(
    as_inspector, session, project
):
    people(session, project, 4, True, True, True, True, False)
    item = session.scalars(select(Item).where(Item.project_id == project.id).order_by(Item.position)).all()[4]

    told = words(as_inspector.get("/scores/projects/inquiry"))
    assert f"{item.key} 4 4" in told
    assert session.get(GoldView, (as_inspector.person.id, item.id, "scores")) is None
    assert "They say" not in told

    page = as_inspector.get(f"/scores/items/{item.id}")
    assert "They say Delivery, gold says Refund. 4 of 4 good workers" in words(page)
    assert session.get(GoldView, (as_inspector.person.id, item.id, "scores")) is not None


@pytest.mark.parametrize("split", [Split.EXAM, Split.INSPECT])
def test_an_item_that_nobody_practises_has_no_page(as_inspector, session, project, split):
    item = make_item(session, project, "secret-item", split=split)

    answer = as_inspector.get(f"/scores/items/{item.id}")

    assert (answer.status_code, sentence(answer)) == (404, "There is no such item.")
    assert as_inspector.get("/scores/items/99999").status_code == 404
    assert "secret-item" not in as_inspector.get("/scores/projects/inquiry").text


def test_a_withdrawn_gold_leaves_an_item_without_figures(as_inspector, session, project):
    people(session, project, 5, False)
    item = session.scalars(select(Item).where(Item.project_id == project.id).order_by(Item.position)).first()
    golds.withdraw(session, item)

    told = words(as_inspector.get(f"/scores/items/{item.id}"))

    assert "This item has no gold now" in told
    assert "No score" in told
    assert "%" not in told
    assert "Nothing has been scored in this project yet" in words(
        as_inspector.get("/scores/projects/inquiry")
    )


def test_an_archived_project_still_tells_what_was_sent(as_inspector, session, project):
    people(session, project, 3, True, True, True)
    project.archived = True

    told = words(as_inspector.get("/scores/projects/inquiry"))

    assert "inquiry practice archived" in told
    assert "This project is archived" in told
    assert "First attempts passed 100 % n = 9" in told
    assert "inquiry practice archived 100 %" in words(as_inspector.get("/scores/people"))


def test_a_label_that_is_no_more_goes_by_its_key(as_inspector, session, project):
    people(session, project, 4, False, False, False)
    project.labels = project.labels[1:]

    told = words(as_inspector.get("/scores/projects/inquiry"))

    assert "refund is missed most often: 0 of 12 were found." in told
    assert below(tallies.of_project(session, project.id), "label")[("refund", "golds")] == 12


def test_who_was_erased_is_in_no_figure(as_inspector, session, project):
    erased, stays = people(session, project, 2, True, True, True)
    users.erase(session, erased)

    told = words(as_inspector.get("/scores/people"))

    assert stays.name in told
    assert "Person-0" not in told
    assert "People 1 First attempts passed 100 % n = 3" in words(as_inspector.get("/scores/projects/inquiry"))
