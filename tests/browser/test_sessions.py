"""Ended sessions, second tabs, lost answers, dead servers: the same answer is there, and it arrives."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.working import Desk
from tests.make import PASSWORD, make_user

DRAFT = "**/draft"
LABEL = {"labels": ["bus"]}


@pytest.fixture
def desk(page, studio) -> Desk:
    return studio.sit_down(page, task_type="image_class", items=2)


def status(desk: Desk, state: str) -> None:
    expect(desk.page.locator("[data-save]")).to_have_attribute("data-state", state)


def sign_in(desk: Desk, password: str) -> None:
    dialog = desk.page.locator("dialog[data-sign-in]")
    dialog.locator("[name=password]").fill(password)
    dialog.locator("[name=password]").press("Enter")


def test_who_is_signed_out_signs_in_beside_the_work_and_the_draft_is_sent(desk, studio):
    desk.page.context.clear_cookies()
    desk.press("2")
    status(desk, "signed_out")
    dialog = desk.page.locator("dialog[data-sign-in]")
    expect(dialog).to_be_visible()

    sign_in(desk, "not this one")
    expect(dialog.locator("[data-problem]")).to_be_visible()
    sign_in(desk, PASSWORD)

    expect(dialog).to_be_hidden()
    desk.saved()
    assert studio.draft_of(desk) == LABEL


def test_a_sending_without_a_session_goes_on_after_signing_in(desk):
    desk.press("2")
    desk.saved()
    desk.page.context.clear_cookies()
    desk.press("Enter")
    expect(desk.page.locator("dialog[data-sign-in]")).to_be_visible()
    sign_in(desk, PASSWORD)

    desk.page.wait_for_url("**/results/*")


def test_signing_in_can_wait_and_is_not_asked_for_at_every_change(desk, studio):
    desk.page.context.clear_cookies()
    desk.press("1")
    dialog = desk.page.locator("dialog[data-sign-in]")
    dialog.locator("[data-later]").click()
    desk.press("2")
    status(desk, "signed_out")

    expect(dialog).to_be_hidden()
    desk.page.locator("[data-signed-out] button").click()
    sign_in(desk, PASSWORD)
    desk.saved()
    expect(desk.page.locator("[data-signed-out]")).to_be_hidden()
    assert studio.draft_of(desk) == LABEL


def test_in_demo_mode_one_button_signs_in_as_the_same_person(page):
    desk = Desk.sit_down(page, "vehicle_type")
    page.context.clear_cookies()
    desk.press("1")
    expect(page.locator("dialog[data-sign-in]")).to_be_visible()
    page.keyboard.press("Enter")

    desk.saved()
    page.reload()
    assert desk.ready().answer["labels"]


def test_the_same_item_in_a_second_tab_is_said_in_both(desk):
    notice = desk.page.locator("[data-elsewhere]")
    expect(notice).to_be_hidden()
    second = desk.page.context.new_page()
    second.goto(desk.page.url)
    Desk(second, desk.slug).ready()

    expect(notice).to_be_visible()
    expect(second.locator("[data-elsewhere]")).to_be_visible()
    second.close()
    expect(notice).to_be_hidden()


def lose_the_answer(desk: Desk) -> list[str]:
    """The server gets the sending, the page never hears of it."""
    keys = []

    def lose(route: Route) -> None:
        keys.append(route.request.post_data or "")
        route.fetch(max_redirects=0)
        route.abort()

    desk.page.route("**/submit", lose)
    return keys


def test_a_sending_without_an_answer_is_repeated_safely(desk):
    lose_the_answer(desk)
    desk.press("2", "Enter")
    expect(desk.page.locator("[data-hint]")).to_be_visible()
    desk.page.unroute("**/submit")
    desk.press("Enter")

    desk.page.wait_for_url("**/results/*")
    expect(desk.page.locator("#result")).to_be_visible()


def test_the_same_answer_keeps_its_key_over_a_reload_and_another_gets_its_own(desk):
    keys = []

    def refuse(route: Route) -> None:
        data = route.request.post_data or ""
        keys.append(next(part for part in data.split("&") if part.startswith("submit_key=")))
        route.abort()

    def send(n: int) -> None:
        desk.press("Enter")
        expect(desk.page.locator("[data-hint]")).to_be_visible()
        expect(desk.page.locator(".work-form[aria-busy]")).to_have_count(0)
        assert len(keys) == n

    desk.page.route("**/submit", refuse)
    desk.press("2")
    desk.saved()
    send(1)
    desk.page.reload()
    desk.ready()
    send(2)
    desk.press("1")
    desk.saved()
    send(3)

    assert keys[0] == keys[1] != keys[2]


def test_a_server_that_is_down_is_waited_for(desk, studio):
    tries = []

    def be_down_at_first(route: Route) -> None:
        tries.append(route)
        route.abort() if len(tries) < 3 else route.continue_()

    desk.page.route(DRAFT, be_down_at_first)
    desk.press("2")
    status(desk, "offline")

    desk.saved()
    assert studio.draft_of(desk) == LABEL


def test_the_way_back_leads_to_the_answer(desk):
    desk.press("2")
    desk.page.locator(".back").click()
    desk.page.locator("#project").wait_for()
    desk.page.go_back()
    desk.ready()

    assert desk.answer == LABEL


def test_a_device_without_storage_says_so_once_and_the_server_has_it_all(page, studio):
    forbidden = "get() { throw new DOMException('', 'SecurityError') }"
    page.add_init_script(f"Object.defineProperty(window, 'localStorage', {{{forbidden}}})")
    desk = studio.sit_down(page, task_type="image_class", items=2)
    desk.press("2")

    expect(page.locator("[data-hint]")).to_be_visible()
    desk.saved()
    assert studio.draft_of(desk) == LABEL


def test_a_full_device_and_no_connection_ask_to_keep_the_page_open(page, studio):
    full = "throw new DOMException('', 'QuotaExceededError')"
    page.add_init_script(f"Storage.prototype.setItem = () => {{ {full} }}")
    desk = studio.sit_down(page, task_type="image_class", items=2)
    page.route(DRAFT, lambda route: route.abort())
    desk.press("2")

    words = json.loads(page.locator("#item").get_attribute("data-words") or "")
    expect(page.locator("[data-save]")).to_have_text(words["not_copied"])
    page.unroute(DRAFT)
    desk.saved()
    assert studio.draft_of(desk) == LABEL


def test_no_copy_is_offered_to_another_person_or_on_another_database(desk, studio, new_context):
    desk.page.route(DRAFT, lambda route: route.abort())
    desk.press("2")
    status(desk, "offline")
    [mine] = desk.page.evaluate("Object.keys(localStorage).filter((name) => name.includes(':draft:'))")
    with studio.session() as session:
        studio.sign_in(desk.page.context, make_user(session))
    other = studio.sit_down(desk.page.context.new_page(), task_type="image_class", items=2)

    assert other.answer == {"labels": []}
    assert other.page.locator("[data-copy]").get_attribute("data-copy") not in mine


def test_labels_that_the_project_no_longer_has_are_kept_and_marked(page, studio):
    desk = studio.sit_down(
        page, task_type="image_class", items=2, draft={"labels": ["tram", "car"]}, multiple=True
    )
    gone = page.locator("[data-gone] button:has(s)")

    expect(gone).to_contain_text("tram")
    assert desk.answer == {"labels": ["tram", "car"]}
    gone.click()
    assert desk.answer == {"labels": ["car"]}
    expect(gone).to_have_count(0)
