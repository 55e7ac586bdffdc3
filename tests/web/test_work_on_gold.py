"""Gold from the desk to approval: drafted by one inspector, approved by another, and told to workers."""

import html
import json

import pytest
from sqlalchemy import select

from labelkit.domain.gold_states import GoldState
from labelkit.domain.people import Role
from labelkit.domain.projects import Split
from labelkit.services import gold_work, golds
from labelkit.store.models import Gold, GoldProposal, GoldView, Item
from tests.make import RIGHT, box, boxes, make_item, make_project, make_proposal, make_submission, make_user
from tests.web.visits import follow, nothing_changes, sentence, words

TWO = boxes(box(), box(x=200))
WHY = "The car behind was missed."


@pytest.fixture
def project(session):
    return make_project(session, "street", items=1)


@pytest.fixture
def item(session, project):
    return session.scalars(select(Item).where(Item.project_id == project.id)).one()


@pytest.fixture
def colleague(session):
    return make_user(session, "colleague", Role.INSPECTOR)


def in_force(session, item):
    session.expire_all()
    return session.scalar(select(Gold).where(Gold.item_id == item.id, Gold.current))


def drawn(client, item, annotation=TWO):
    """The address of a draft with this answer, made on the workbench."""
    bench = follow(client.post(f"/gold/items/{item.id}/drafts"))
    page = client.get(bench).text
    revision = page.split('name="revision" value="')[1].partition('"')[0]
    return follow(client.post(bench, data={"annotation": json.dumps(annotation), "revision": revision}))


def act(client, address, action, **fields):
    return client.post(address, data={"action": action} | fields)


def proposed(client, item, annotation=TWO):
    address = drawn(client, item, annotation)
    follow(act(client, address, "propose", reason=WHY, ko="다시 보았습니다.", en="Looked again."))
    return address


def test_the_bench_begins_with_the_gold_in_force_and_the_ledger_says_so(as_inspector, session, item):
    page = as_inspector.get(follow(as_inspector.post(f"/gold/items/{item.id}/drafts")))

    value = html.unescape(page.text.split('name="annotation" value="')[1].partition('"')[0])
    assert json.loads(value) == RIGHT["bbox"]
    assert golds.has_seen(session, as_inspector.person.id, item.id)


def test_a_new_gold_is_drawn_proposed_and_approved_by_another(
    as_inspector, as_worker, as_admin, session, project, item
):
    sent = make_submission(session, as_worker.person, project)
    address = proposed(as_inspector, item)
    shown = as_admin.get(address)
    assert WHY in words(shown)
    assert "Added: Car." in words(shown)

    done = act(as_admin, address, "approve", version="1")

    assert follow(done) == f"/gold/items/{item.id}"
    gold = in_force(session, item)
    assert (gold.version, gold.author_id, gold.approver_id) == (2, as_inspector.person.id, as_admin.person.id)
    assert gold.explanation.en == "Looked again."
    home = as_worker.get("/")
    assert "your score went from 100 to 50. Why: The car behind was missed." in words(home)
    assert f'href="/results/{sent.id}"' in home.text


def test_a_notice_is_put_away(as_inspector, as_worker, as_admin, session, project, item):
    make_submission(session, as_worker.person, project)
    act(as_admin, proposed(as_inspector, item), "approve", version="1")
    address = as_worker.get("/").text.split('action="/notices/')[1].partition('"')[0]

    assert follow(as_worker.post(f"/notices/{address}")) == "/"

    assert "What changed for you" not in words(as_worker.get("/"))


def test_the_author_is_offered_no_approval_and_is_refused(as_inspector, colleague, session, item):
    address = proposed(as_inspector, item)

    assert 'value="approve"' not in as_inspector.get(address).text
    with nothing_changes(session):
        refused = act(as_inspector, address, "approve", version="1")
    assert refused.status_code == 403
    assert sentence(refused) == "Nobody approves gold that they wrote."


def test_an_admin_alone_approves_own_gold_and_every_inspector_reads_that(as_admin, as_inspector, item):
    act(as_admin, proposed(as_admin, item), "approve", version="1")

    assert "approved by its author" in words(as_inspector.get(f"/gold/items/{item.id}"))


def test_what_was_approved_meanwhile_is_shown_before_it_is_decided(as_inspector, as_admin, session, item):
    colleague = make_user(session, "colleague", Role.INSPECTOR)
    late = proposed(as_inspector, item)
    gold_work.approve(session, as_admin.person, make_proposal(session, item, colleague).id, 1)

    refused = act(as_admin, late, "approve", version="1")

    assert refused.status_code == 409
    assert sentence(refused) == "The gold of this item changed meanwhile. Compare again, then decide."
    assert "Version 2" in words(refused)
    follow(act(as_admin, late, "approve", version="2"))
    assert in_force(session, item).version == 3


def test_a_proposal_is_sent_back_with_a_sentence_that_its_author_reads(as_inspector, as_admin, session, item):
    address = proposed(as_inspector, item)
    as_admin.get(address)  # enters the ledger
    with nothing_changes(session):
        assert act(as_admin, address, "send_back", remark=" ").status_code == 422

    follow(act(as_admin, address, "send_back", remark="The left side is loose."))

    assert "The left side is loose." in words(as_inspector.get(address))
    assert as_admin.get(address).status_code == 404


def test_a_box_outside_is_refused_with_a_sentence(as_inspector, session, item):
    address = drawn(as_inspector, item, boxes(box(x=900)))

    refused = act(as_inspector, address, "propose", reason=WHY)

    assert (refused.status_code, sentence(refused)) == (422, "Box 1 lies wholly outside the picture.")
    assert session.scalars(select(GoldProposal)).one().state is GoldState.DRAFT


def test_the_last_accepted_answer_stays(as_inspector, item):
    refused = act(as_inspector, drawn(as_inspector, item), "remove", place="0")

    assert (refused.status_code, sentence(refused)) == (422, "Gold needs at least one accepted answer.")


def test_marks_of_gold_go_through_the_editor_as_flags(as_inspector, session, item):
    region = {"label": "car", "box": [40, 40, 100, 80], "flags": ["ignore"]}
    drawn(as_inspector, item, {"regions": [region]})

    (draft,) = session.scalars(select(GoldProposal)).all()
    assert draft.accepted == [{"regions": [{"label": "car", "box": [40, 40, 100, 80], "ignore": True}]}]
    page = as_inspector.get(f"/gold/proposals/{draft.id}/answers/0").text
    assert json.loads(html.unescape(page.split('name="annotation" value="')[1].partition('"')[0])) == {
        "regions": [region]
    }


def test_a_class_may_have_a_further_accepted_answer(as_inspector, as_admin, session):
    project = make_project(session, task_type="text_class", items=1)
    item = session.scalars(select(Item).where(Item.project_id == project.id)).one()
    address = drawn(as_inspector, item, {"labels": ["refund"]})
    bench = follow(act(as_inspector, address, "add"))
    as_inspector.post(bench, data={"annotation": '{"labels": ["delivery"]}', "revision": "2"})
    follow(act(as_inspector, address, "propose", reason=WHY))
    assert "Accepted answer 2 came to it." in words(as_admin.get(address))

    act(as_admin, address, "approve", version="1")

    assert in_force(session, item).accepted == [{"labels": ["refund"]}, {"labels": ["delivery"]}]


def test_the_bench_keeps_a_draft_and_tells_of_a_newer_one(as_inspector, item):
    bench = follow(as_inspector.post(f"/gold/items/{item.id}/drafts"))

    assert as_inspector.put(bench, json={"revision": 0, "annotation": TWO}).json == {"revision": 1}
    newer = as_inspector.put(bench, json={"revision": 0, "annotation": RIGHT["bbox"]})
    assert (newer.status_code, newer.json["revision"], newer.json["annotation"]) == (409, 1, TWO)
    assert as_inspector.put(bench, json={"revision": 1, "annotation": {"regions": 3}}).status_code == 422


def test_an_answer_becomes_a_draft_of_the_inspector_who_promotes_it(
    as_inspector, as_worker, session, project
):
    sent = make_submission(session, as_worker.person, project, TWO)

    address = follow(as_inspector.post(f"/gold/submissions/{sent.id}"))

    assert "Added: Car." in words(as_inspector.get(address))


def test_withdrawn_gold_says_why_in_the_history(as_inspector, session, item):
    here = f"/gold/items/{item.id}"
    as_inspector.get(here)  # enters the ledger
    with nothing_changes(session):
        as_inspector.post(f"{here}/withdrawal", data={"version": "7", "reason": "Another picture."})

    follow(as_inspector.post(f"{here}/withdrawal", data={"version": "1", "reason": "Another picture."}))

    assert in_force(session, item) is None
    page = words(as_inspector.get(here))
    assert "Withdrawn by Inspector : Another picture." in page
    assert "This item has no gold now" in page


@pytest.mark.parametrize("task_type", ["bbox", "image_class", "text_class", "choice"])
def test_every_task_type_has_its_bench_its_comparison_and_its_history(
    as_inspector, as_admin, session, task_type
):
    project = make_project(session, task_type=task_type, items=1)
    with_gold = session.scalars(select(Item).where(Item.project_id == project.id)).one()
    for item in (with_gold, make_item(session, project, gold=[])):
        assert as_inspector.get(f"/gold/items/{item.id}").status_code == 200
        address = proposed(as_inspector, item, RIGHT[task_type])
        version = "1" if item is with_gold else ""
        assert as_admin.get(address).status_code == 200
        assert follow(act(as_admin, address, "approve", version=version)) == f"/gold/items/{item.id}"
        assert as_inspector.get(address).status_code == 200


def test_the_desk_lists_what_waits_what_is_mine_and_what_has_no_gold(
    as_inspector, as_admin, session, project, item
):
    make_item(session, project, "bare", gold=[])
    make_item(session, project, "secret", gold=[], split=Split.EXAM)
    proposed(as_inspector, item)

    mine, others = words(as_inspector.get("/gold?project=street")), words(as_admin.get("/gold"))

    assert "Waiting for approval 0" in mine
    assert "My drafts and proposals 1" in mine
    assert "Waiting for approval 1" in others
    assert WHY in others
    assert "bare" in mine
    assert "secret" not in mine
    assert "secret" in others
    assert session.scalars(select(GoldView).where(GoldView.user_id == as_admin.person.id)).all() == []


def test_gold_of_an_examination_is_an_admins_alone(as_inspector, as_admin, session, project):
    exam = make_item(session, project, split=Split.EXAM)

    assert as_inspector.get(f"/gold/items/{exam.id}").status_code == 404
    assert as_inspector.post(f"/gold/items/{exam.id}/drafts").status_code == 404
    assert as_admin.get(f"/gold/items/{exam.id}").status_code == 200
