"""Two inspectors and a worker: a gold is drawn, approved by the other, and the worker's score moves."""

from playwright.sync_api import Page, expect
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.services import tallies
from labelkit.services.recount import recount
from labelkit.store.models import Item, Score
from tests.browser.test_axe import faults
from tests.browser.working import Desk
from tests.make import make_project, make_submission, make_user


def seat(new_context, studio, user) -> Page:
    context = new_context()
    studio.sign_in(context, user)
    return context.new_page()


def sound(page: Page) -> None:
    page.locator("[data-ready], .page").first.wait_for()
    assert faults(page) == []


def test_gold_is_drawn_by_one_approved_by_another_and_the_worker_is_told(new_context, studio):
    with studio.session() as session:
        worker = make_user(session, "gold-worker")
        anna, ben = (make_user(session, f"gold-{name}", Role.INSPECTOR) for name in ("anna", "ben"))
        project = make_project(session, items=1)
        sent = make_submission(session, worker, project).id
        item = session.scalars(select(Item.id).where(Item.project_id == project.id)).one()
        pages = [seat(new_context, studio, user) for user in (worker, anna, ben)]
    at_work, author, approver = pages
    for page in pages:
        page.goto(f"{studio.address}/?lang=en")

    author.goto(f"{studio.address}/gold/items/{item}")
    sound(author)
    author.locator("form[action$='/drafts'] button").click()
    author.locator("#draw[data-ready=all]").wait_for()
    desk = Desk(author, "")
    author.locator("[data-editor][data-ready=all]").wait_for()
    desk.draw(200, 60, 60, 50)
    desk.saved()
    sound(author)
    desk.submit()
    author.wait_for_url("**/gold/proposals/*")
    expect(author.locator(".differences")).to_contain_text("Added: Car.")
    sound(author)
    author.locator("input[name=reason]").fill("The car behind was missed.")
    author.locator("button[value=propose]").click()
    author.goto(f"{studio.address}/gold")
    author.locator("#mine-title ~ .table a").click()
    expect(author.locator("button[value=approve]")).to_have_count(0)

    approver.goto(f"{studio.address}/gold")
    sound(approver)
    approver.locator("#waiting-title ~ .table a").click()
    expect(approver.locator(".differences")).to_contain_text("Added: Car.")
    sound(approver)
    approver.keyboard.press("Enter")
    approver.wait_for_url("**/gold/items/*")
    expect(approver.locator("#version-2")).to_contain_text("In force")
    sound(approver)

    at_work.goto(f"{studio.address}/")
    notice = at_work.locator(".notices")
    expect(notice).to_contain_text("your score went from 100 to 50. Why: The car behind was missed.")
    sound(at_work)
    notice.locator("a").click()
    at_work.wait_for_url(f"**/results/{sent}")
    at_work.goto(f"{studio.address}/")
    notice.locator("button").click()
    expect(notice).to_have_count(0)
    with studio.session() as session:
        of_sent = select(Score.gold_version, Score.value).where(Score.submission_id == sent)
        assert [tuple(row) for row in session.execute(of_sent.order_by(Score.id))] == [(1, 1.0), (2, 0.5)]
        assert tallies.of_project(session, project.id)["n"] == 1
        assert recount(session) == []
