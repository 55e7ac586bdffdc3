"""Two inspectors and a worker: a gold is drawn, approved by the other, and the worker's score moves."""

from playwright.sync_api import Page, expect
from sqlalchemy import select

from labelkit.domain.people import Role
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


def draw(page: Page, item: str) -> None:
    """A box more than the gold has, on the workbench, from the page of an item."""
    page.goto(item)
    sound(page)
    page.locator("form[action$='/drafts'] button").click()
    page.locator("#draw[data-ready=all]").wait_for()
    page.locator("[data-editor][data-ready=all]").wait_for()
    desk = Desk(page, "")
    desk.draw(200, 60, 60, 50)
    desk.saved()
    sound(page)
    desk.submit()


def propose(page: Page) -> None:
    page.wait_for_url("**/gold/proposals/*")
    expect(page.locator(".differences")).to_contain_text("Added: Car.")
    sound(page)
    page.locator("input[name=reason]").fill("The car behind was missed.")
    page.locator("button[value=propose]").click()


def approve(page: Page, desk: str) -> None:
    page.goto(desk)
    sound(page)
    page.locator("#waiting-title ~ .table a").click()
    expect(page.locator(".differences")).to_contain_text("Added: Car.")
    sound(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/gold/items/*")
    expect(page.locator("#version-2")).to_contain_text("In force")
    sound(page)


def read_the_notice(page: Page, home: str, sent: int) -> None:
    """Read it, follow it to the result, and put it away."""
    page.goto(home)
    notice = page.locator(".notices")
    expect(notice).to_contain_text("your score went from 100 to 50. Why: The car behind was missed.")
    sound(page)
    notice.locator("a").click()
    page.wait_for_url(f"**/results/{sent}")
    page.goto(home)
    notice.locator("button").click()
    expect(notice).to_have_count(0)


def test_gold_is_drawn_by_one_approved_by_another_and_the_worker_is_told(new_context, studio):
    with studio.session() as session:
        worker = make_user(session, "gold-worker")
        anna, ben = (make_user(session, f"gold-{name}", Role.INSPECTOR) for name in ("anna", "ben"))
        project = make_project(session, items=1)
        sent = make_submission(session, worker, project).id
        item = session.scalars(select(Item.id).where(Item.project_id == project.id)).one()
        at_work, author, approver = [seat(new_context, studio, user) for user in (worker, anna, ben)]

    for page in (at_work, author, approver):
        page.goto(f"{studio.address}/?lang=en")
    draw(author, f"{studio.address}/gold/items/{item}")
    propose(author)
    author.goto(f"{studio.address}/gold")
    author.locator("#mine-title ~ .table a").click()
    expect(author.locator("button[value=approve]")).to_have_count(0)
    approve(approver, f"{studio.address}/gold")
    read_the_notice(at_work, f"{studio.address}/", sent)

    with studio.session() as session:
        of_sent = select(Score.gold_version, Score.value).where(Score.submission_id == sent)
        assert [tuple(row) for row in session.execute(of_sent.order_by(Score.id))] == [(1, 1.0), (2, 0.5)]
        assert recount(session) == []
