"""No work is ever lost: drafts on the server and on the device, and what the page says about them."""

import time

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.working import Desk, near

BOX = (100, 80, 120, 60)
OTHER = (300, 150, 50, 40)
DRAFT = "**/draft"


@pytest.fixture
def desk(page: Page) -> Desk:
    return Desk.sit_down(page, "street_basic")


def status(desk: Desk, state: str) -> None:
    expect(desk.page.locator("[data-save]")).to_have_attribute("data-state", state)


def again(desk: Desk) -> Desk:
    """The same item in a new tab, as after a crash."""
    page = desk.page.context.new_page()
    page.goto(desk.page.url)
    return Desk(page, desk.slug).ready()


def test_a_change_is_on_the_server_by_itself(desk):
    with desk.page.expect_response(DRAFT) as answer:
        desk.draw(*BOX)

    assert answer.value.ok
    desk.saved()
    [box] = again(desk).boxes
    assert near(box, BOX, 0.05)


def test_every_change_is_kept_over_a_reload(desk):
    desk.draw(*BOX)
    desk.draw(*OTHER)
    desk.press("Delete")
    desk.saved()
    desk.page.reload()
    desk.ready()

    expect(desk.rows).to_have_count(1)
    assert near(desk.boxes[0], BOX, 0.05)


def test_a_deliberate_answer_is_a_draft_too(desk):
    desk.press("e")
    desk.saved()

    assert again(desk).answer == {"nothing": True}


def test_offline_is_said_and_made_good_when_the_connection_is_back(desk):
    desk.page.context.set_offline(True)
    desk.draw(*BOX)
    status(desk, "offline")

    desk.page.context.set_offline(False)

    desk.saved()
    assert len(again(desk).boxes) == 1


def test_a_browser_that_dies_before_anything_was_sent_finds_the_boxes_again(desk):
    desk.page.route(DRAFT, lambda route: route.abort())
    desk.draw(*BOX)
    desk.page.close(run_before_unload=False)

    after = again(desk)

    assert near(after.boxes[0], BOX, 0.05)
    after.saved()


def test_a_session_that_ended_is_said_and_the_answer_is_sent_after_signing_in(desk):
    context = desk.page.context
    cookies = context.cookies()
    context.clear_cookies()
    desk.draw(*BOX)
    status(desk, "signed_out")

    context.add_cookies(cookies)
    desk.page.reload()
    desk.ready()

    desk.saved()
    assert near(desk.boxes[0], BOX, 0.05)


@pytest.mark.parametrize(("choice", "kept"), [("mine", OTHER), ("theirs", BOX)])
def test_two_tabs_on_one_item_end_in_a_choice(desk, choice, kept):
    second = again(desk)
    second.draw(*BOX)
    second.saved()

    desk.draw(*OTHER)
    status(desk, "conflict")
    desk.page.locator(f"[data-conflict] button[value={choice}]").click()

    desk.saved()
    expect(desk.page.locator("[data-conflict]")).to_be_hidden()
    assert near(desk.boxes[0], kept, 0.05)
    assert near(again(desk).boxes[0], kept, 0.05)


def test_a_device_that_cannot_keep_anything_still_saves_to_the_server(page):
    page.add_init_script("delete Storage.prototype.setItem")
    desk = Desk.sit_down(page, "street_basic")
    desk.draw(*BOX)

    desk.saved()


def test_a_submit_overtakes_no_draft_under_way(desk):
    def slowly(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    desk.page.route(DRAFT, slowly)
    desk.draw(*BOX)
    status(desk, "saving")
    desk.page.wait_for_timeout(350)
    desk.draw(*OTHER)
    desk.press("Escape", "Enter")

    desk.page.wait_for_url("**/results/*")


def test_a_submit_replaces_the_draft_that_was_still_waiting(desk):
    sent = []
    desk.page.on("request", lambda request: sent.append(request.method))
    desk.draw(*BOX)
    desk.press("Escape", "Enter")
    desk.page.wait_for_url("**/results/*")

    assert "PUT" not in sent


def test_a_submit_that_does_not_arrive_says_so_and_can_be_repeated(desk):
    desk.draw(*BOX)
    desk.saved()
    desk.page.route("**/submit", lambda route: route.abort())
    desk.press("Escape", "Enter")
    expect(desk.page.locator("[data-hint]")).to_be_visible()

    desk.page.unroute("**/submit")
    desk.press("Enter")

    desk.page.wait_for_url("**/results/*")


def test_a_submit_that_is_refused_leaves_the_work_where_it_is(desk):
    desk.draw(*BOX)
    desk.page.route("**/submit", lambda route: route.fulfill(status=403, body="<p>No.</p>"))
    desk.press("Escape", "Enter")

    expect(desk.page.locator("[data-hint]")).to_be_visible()
    assert near(desk.boxes[0], BOX, 0.05)
    desk.saved()


def test_a_submit_on_an_older_draft_is_a_choice_and_nothing_is_lost(desk):
    second = again(desk)
    second.draw(*BOX)
    second.saved()
    desk.draw(*OTHER)
    status(desk, "conflict")
    desk.press("Escape", "Enter")

    desk.page.locator(".work-notes > div[role=alert]:has(> .notice.error)").wait_for(state="attached")
    desk.ready()
    status(desk, "conflict")
    assert near(desk.boxes[0], OTHER, 0.05)
    desk.page.locator("[data-conflict] button[value=mine]").click()
    desk.saved()
    desk.press("Enter")
    desk.page.wait_for_url("**/results/*")


def test_no_copy_stays_on_the_device_after_sending(desk):
    desk.draw(*BOX)
    desk.press("Escape", "Enter")
    desk.page.wait_for_url("**/results/*")

    kept = desk.page.evaluate("Object.keys(localStorage)")
    assert [name for name in kept if name.startswith("labelkit:draft:")] == []
