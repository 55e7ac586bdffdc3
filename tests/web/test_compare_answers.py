"""Inspectors see how far people agree, look at what they disagree on, and propose a consensus as gold."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from labelkit.domain.gold_states import GoldState
from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback, Split
from labelkit.store.models import Gold, GoldProposal, GoldView, Item
from tests.make import RIGHT, WRONG, box, boxes, make_item, make_project, make_submission, make_user
from tests.web.visits import follow, nothing_changes, sentence, table, words

CAR = boxes(box("car", 40, 40, 100, 80))
WIDE = boxes(box("car", 42, 40, 104, 80), box("person", 200, 50, 40, 90))
NAMES = ("minji", "sora", "juho")


def academy(session, task_type="bbox", items=1):
    project = make_project(session, "street", task_type, items=0, feedback=Feedback.AFTER_REVIEW)
    for position in range(items):
        make_item(session, project, f"item-{position}", position=position, gold=[])
    return project


@pytest.fixture
def project(session):
    return academy(session)


@pytest.fixture
def item(session, project):
    people = [make_user(session, name) for name in NAMES]
    for person, answer in zip(people, (CAR, WIDE, {"nothing": True}), strict=True):
        make_submission(session, person, project, answer)
    return session.scalars(select(Item).where(Item.project_id == project.id)).one()


def answer_each(session, project, items, *columns):
    for name, answers in zip(NAMES, columns, strict=False):
        person = make_user(session, name)
        for number in range(items):
            make_submission(session, person, project, answers[number % len(answers)])


def proposals(session):
    session.expire_all()
    return session.scalars(select(GoldProposal)).all()


def test_the_page_of_a_project_tells_the_figures_with_their_n(as_inspector, session):
    text = academy(session, "text_class", items=6)
    right, wrong = RIGHT["text_class"], WRONG["text_class"]
    answer_each(session, text, 6, [right, wrong], [right, wrong, right, wrong, right, right])

    page = as_inspector.get("/agreement/street")

    assert "Items with two answers or more 6" in words(page)
    assert "Of all 12 first attempts in the project" in words(page)
    by_name = {row[0]: row[1:3] for row in table(page, "figures-title")[1:]}
    assert by_name["Agreement in percent"] == ["83 %", "6"]
    # 5 of 6 agree; 7 and 5 of 12 values: observed 2, expected 2 * 7 * 5 / 11.
    assert by_name["Krippendorff's α"] == ["0.69", "6"]
    # Expected by chance 1/2 * 4/6 + 1/2 * 2/6 = 1/2.
    assert table(page, "pairs-title")[1] == ["Minji · Sora", "0.67", "6"]


def test_figures_of_boxes_have_the_f1_of_two_people(as_inspector, item):
    page = as_inspector.get("/agreement/street")

    by_name = {row[0]: row[1:] for row in table(page, "figures-title")[1:]}
    # Couples: car against car and person 2/3, and nothing against both 0.
    assert by_name["F1 of two people"][:2] == ["22 %", "3"]
    assert "IoU of 0.5" in by_name["F1 of two people"][2]
    assert "No two people have answered 5 common items yet." in words(page)


def test_a_project_that_nobody_shares_says_so(as_inspector, project):
    assert "nothing to compare" in words(as_inspector.get("/agreement/street"))


def test_the_page_says_how_many_people_an_item_goes_to(as_inspector, project):
    assert "Each item goes to everybody." in words(as_inspector.get("/agreement/street"))
    project.review_rules = replace(project.review_rules, overlap=3)
    assert "Each item goes to 3 people." in words(as_inspector.get("/agreement/street"))


def test_the_queue_leads_to_the_item_that_people_agree_on_least(as_inspector, session):
    text = academy(session, "text_class", items=2)
    right, wrong = RIGHT["text_class"], WRONG["text_class"]
    answer_each(session, text, 2, [right], [right, wrong])

    page = as_inspector.get("/agreement/street")

    rows = table(page, "queue-title")[1:]
    assert [(row[0].split()[-1], *row[1:]) for row in rows] == [
        ("item-1", "2", "0 %", "none yet", "–"),
        ("item-0", "2", "100 %", "none yet", "–"),
    ]
    assert 'href="/agreement/street"' in as_inspector.get("/scores/projects/street").text


def test_all_answers_lie_on_the_picture_by_number_and_no_gold_does(as_inspector, session, item):
    page = as_inspector.get(f"/agreement/items/{item.id}")

    assert len(re.findall(r'<g data-answer="\d">', page.text)) == 3
    assert re.findall(r'class="badge whose" data-answer="(\d)"', page.text) == ["1", "2", "2"]
    told = words(page)
    assert "1 1 object Minji" in told
    assert "2 2 objects Sora" in told
    assert "3 Nothing to find Juho" in told
    assert session.scalars(select(GoldView)).all() == []


@pytest.mark.parametrize("task_type", ["image_class", "text_class", "choice"])
def test_who_chose_what_stands_beneath_a_picture_a_text_or_a_question(as_inspector, session, task_type):
    answer_each(
        session, academy(session, task_type), 1, [RIGHT[task_type]], [WRONG[task_type]], [{"unusable": True}]
    )
    item = session.scalars(select(Item)).one()

    page = as_inspector.get(f"/agreement/items/{item.id}")

    assert sorted(re.findall(r'class="finding-number" data-answer="(\d)"', page.text)) == ["1", "2", "3"]
    assert "Cannot be labelled" in words(page)


def test_the_consensus_is_proposed_and_whoever_asked_may_approve_it(as_inspector, session, item):
    address = follow(as_inspector.post(f"/agreement/items/{item.id}/consensus"))

    page = words(as_inspector.get(address))
    assert "Consensus of 3 answers: 1 of 2 objects that anybody marked." in page
    assert "by consensus" in page
    assert session.get(GoldView, (as_inspector.person.id, item.id, "gold"))
    assert f"{address}" in as_inspector.get(f"/agreement/items/{item.id}").text

    follow(as_inspector.post(address, data={"action": "approve", "version": ""}))

    gold = session.scalars(select(Gold).where(Gold.item_id == item.id)).one()
    assert [region["label"] for region in gold.accepted[0]["regions"]] == ["car"]
    assert gold.author_id is None


def test_an_inspector_takes_it_as_a_draft_and_another_approves_what_came_of_it(
    as_inspector, as_author_inspector, session, item
):
    address = follow(as_inspector.post(f"/agreement/items/{item.id}/consensus"))
    assert "Take as my draft" in words(as_author_inspector.get(address))

    back = as_author_inspector.post(address, data={"action": "send_back", "remark": "The person is missing."})
    assert follow(back) == address
    assert "It is your draft now." in as_author_inspector.get(address).text
    assert "Change answer 1" in words(as_author_inspector.get(address))
    follow(as_author_inspector.post(address, data={"action": "propose", "reason": "Looked again."}))

    own = as_author_inspector.post(address, data={"action": "approve", "version": ""})
    assert own.status_code == 403
    follow(as_inspector.post(address, data={"action": "approve", "version": ""}))
    (proposal,) = proposals(session)
    assert (proposal.state, proposal.author_id) == (GoldState.APPROVED, as_author_inspector.person.id)


def test_a_second_consensus_and_one_of_a_single_answer_are_refused(as_inspector, session, item):
    follow(as_inspector.post(f"/agreement/items/{item.id}/consensus"))
    with nothing_changes(session):
        again = as_inspector.post(f"/agreement/items/{item.id}/consensus")
    assert (again.status_code, sentence(again)) == (
        409,
        "A consensus on this item waits for approval already.",
    )

    lonely = make_item(session, make_project(session, items=0), gold=[])
    with nothing_changes(session):
        alone = as_inspector.post(f"/agreement/items/{lonely.id}/consensus")
    assert (alone.status_code, sentence(alone)) == (409, "A consensus needs answers of two people or more.")
    assert "Propose the consensus" not in words(as_inspector.get(f"/agreement/items/{lonely.id}"))


def test_a_label_that_is_no_more_is_refused_in_a_consensus(as_inspector, session, project, item):
    project.labels = project.labels[1:]

    with nothing_changes(session):
        refused = as_inspector.post(f"/agreement/items/{item.id}/consensus")

    assert refused.status_code == 422
    assert "label that this project does not know" in sentence(refused)


def test_a_worker_sees_nothing_of_it_on_any_page(as_worker, session, project, item):
    make_item(session, project, "item-9", position=9, gold=[])
    for address in ("/agreement/street", f"/agreement/items/{item.id}"):
        assert as_worker.get(address).status_code == 403
    with nothing_changes(session):
        assert as_worker.post(f"/agreement/items/{item.id}/consensus").status_code == 403

    bench = follow(as_worker.post("/projects/street/next"))

    for address in ("/projects/street", bench, "/"):
        page = as_worker.get(address).text
        assert not [name for name in NAMES if name.capitalize() in page]
        assert "/agreement/" not in page


def test_items_of_an_exam_show_to_admins_only(as_inspector, as_admin, session, item):
    item.split = Split.EXAM

    assert as_inspector.get(f"/agreement/items/{item.id}").status_code == 404
    assert as_admin.get(f"/agreement/items/{item.id}").status_code == 200
    assert "nothing to compare" in words(as_admin.get("/agreement/street"))
    assert as_admin.person.role is Role.ADMIN
