"""An inspector moves a box by keys and sends the correction; its worker sees what was moved, in words and on
the picture."""

from playwright.sync_api import Page, expect

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from tests.browser.test_axe import faults
from tests.browser.working import Desk
from tests.make import box, boxes, make_project, make_submission, make_user


def seat(new_context, studio, user) -> Page:
    context = new_context()
    studio.sign_in(context, user)
    return context.new_page()


def bench(page: Page) -> Desk:
    page.locator("#draw[data-ready=all]").wait_for()
    page.locator("[data-editor][data-ready=all]").wait_for()
    return Desk(page, "")


def correct(page: Page, inspection: str) -> None:
    """From the inspection to the bench, over a sending that is refused and a reload, to the verdict."""
    page.goto(inspection)
    page.locator("#submission[data-ready=all]").wait_for()
    page.keyboard.down("e")
    page.wait_for_url("**/correction*")
    desk = bench(page)
    page.keyboard.down("e")  # held too long, which on this page says that there is nothing
    page.keyboard.up("e")
    assert desk.boxes == [[20, 40, 100, 80]]
    page.keyboard.press("Enter")
    expect(page.locator(".work-notes [role=alert]")).to_contain_text("Nothing was corrected.")
    bench(page).stage.focus()
    desk.press("Tab", "Shift+ArrowRight", "Shift+ArrowRight", "ArrowDown")
    desk.saved()
    page.reload()
    desk = bench(page)
    assert desk.boxes == [[40, 41, 100, 80]]
    page.locator(".frame-actions [popovertarget=remarks]").click()
    assert faults(page) == []
    page.locator("textarea[name=comment]").fill("The left side was loose.")
    page.locator("#remarks button").click()
    page.keyboard.press("Escape")
    page.locator("[data-submit]").click()
    page.wait_for_url("**/inspect")


def test_what_an_inspector_corrects_is_seen_by_the_worker_in_words_and_on_the_picture(new_context, studio):
    with studio.session() as session:
        worker = make_user(session, "corrected-worker")
        inspector = make_user(session, "correcting-inspector", Role.INSPECTOR)
        project = make_project(session, feedback=Feedback.AFTER_REVIEW, items=1)
        sent = make_submission(session, worker, project, boxes(box(x=20))).id
        at_work, at_desk = seat(new_context, studio, worker), seat(new_context, studio, inspector)
    for page in (at_work, at_desk):
        page.goto(f"{studio.address}/?lang=en")

    correct(at_desk, f"{studio.address}/inspect/{sent}")

    at_work.goto(studio.address)
    at_work.locator(".corrected a").click()
    word = at_work.locator(".review.corrected")
    expect(word).to_contain_text("Corrected")
    expect(word).to_contain_text("Inspected by Correcting-inspector")
    expect(word).to_contain_text("The left side was loose.")
    expect(word).to_contain_text("Car moved: left +20.0 px, top +1.0 px, right +20.0 px, bottom +1.0 px.")
    word.locator("a.button").click()
    at_work.locator("#shown[data-ready=all]").wait_for()
    mine, correction = at_work.locator("g[data-mine] .line"), at_work.locator("g[data-gold] .line")
    expect(correction).to_have_attribute("x", "40.0")
    expect(mine).to_have_attribute("x", "20.0")
    at_work.keyboard.press("s")
    expect(correction).to_be_hidden()
    expect(mine).to_be_visible()
    assert faults(at_work) == []
    at_work.keyboard.press("Enter")
    at_work.wait_for_url(f"**/results/{sent}")
