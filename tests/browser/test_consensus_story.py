"""An academy without gold: an inspector looks at what three people marked, one after the other, and approves
what they say together."""

from playwright.sync_api import expect
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.store.models import Gold
from tests.browser.test_axe import faults
from tests.make import box, boxes, make_item, make_project, make_submission, make_user

ANSWERS = (
    boxes(box(x=40), box("person", 200, 50, 40, 90)),
    boxes(box(x=44), box("person", 202, 50, 40, 90)),
    boxes(box(x=48)),
)


def test_three_answers_become_gold_by_three_keys(new_context, studio):
    with studio.session() as session:
        project = make_project(session, items=0, feedback=Feedback.AFTER_REVIEW)
        item = make_item(session, project, gold=[])
        for answer in ANSWERS:
            make_submission(session, make_user(session), project, answer)
        context = new_context()
        studio.sign_in(context, make_user(session, role=Role.INSPECTOR))
        page, item = context.new_page(), item.id

    page.goto(f"{studio.address}/agreement/{project.slug}")
    assert faults(page) == []
    page.locator("a.filled").click()
    page.locator("#together[data-ready=all]").wait_for()
    assert faults(page) == []
    shown = page.locator("svg.compare .region:visible")
    expect(shown).to_have_count(5)
    page.keyboard.press("p")
    expect(shown).to_have_count(1)
    page.keyboard.press("1")
    expect(shown).to_have_count(2)
    page.keyboard.press("n")
    expect(page.locator(".badge.whose:visible")).to_have_text(["2", "2"])

    page.keyboard.press("Enter")
    page.wait_for_url("**/gold/proposals/*")
    page.locator("#proposal[data-ready=all]").wait_for()
    assert faults(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/gold/items/*")

    with studio.session() as session:
        gold = session.scalars(select(Gold).where(Gold.item_id == item)).one()
    assert gold.accepted == [boxes(box(x=44), box("person", 201, 50, 40, 90))]
