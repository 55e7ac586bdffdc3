"""From the first page to the next item without a mouse, as a screen reader would tell it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.working import Desk


@pytest.fixture
def hands_off(page: Page) -> Page:
    """A page that would notice a mouse."""
    page.add_init_script(
        """addEventListener("pointerdown", () => { throw new Error("A mouse was used."); }, true);"""
    )
    return page


def tab_to(page: Page, selector: str) -> None:
    """Walk on with Tab until the focus stands there."""
    for _ in range(120):
        if page.evaluate("(selector) => document.activeElement?.matches(selector) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def sit_down(page: Page, slug: str) -> Desk:
    page.goto("/")
    tab_to(page, "form:has(input[value=worker]) button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(f"/projects/{slug}")
    tab_to(page, "form[action$='/next'] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/*")
    return Desk(page, slug).ready()


def send_and_go_on(desk: Desk) -> None:
    page = desk.page
    first = page.url
    page.keyboard.press("Enter")
    page.wait_for_url("**/results/*")
    page.locator("#result[data-ready]").wait_for()
    expect(page.locator("#verdict-title")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/*")
    desk.ready()
    assert page.url != first


def test_a_class_is_chosen_sent_and_gone_on_from(hands_off):
    page = hands_off
    desk = sit_down(page, "vehicle_type")
    expect(page.locator("#item")).to_match_aria_snapshot("""
      - region /차종 고르기/:
        - heading /차종 고르기/ [level=1]
        - link /가이드/
        - button "단축키"
        - toolbar "도구":
          - button "확대"
        - img
        - region /라벨/:
          - heading [level=2]
          - button /세단 1/
          - button /자전거 8/
        - button /작업 불가/
        - button "건너뛰기"
        - button "제출"
    """)
    desk.press("1")
    expect(page.locator("[data-live]")).to_contain_text("세단")
    expect(page.locator('[data-command="label sedan"]')).to_match_aria_snapshot("- button /세단/ [pressed]")

    desk.press("g")
    expect(page.locator("[data-drawer] #guide")).to_be_visible()
    expect(page.locator("[data-drawer]")).to_be_focused()
    tab_to(page, "#guide-search")
    page.keyboard.type("세단")
    page.keyboard.press("Escape")
    expect(page.locator("[data-guide]")).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    send_and_go_on(desk)


def test_boxes_are_made_fitted_labelled_sent_and_gone_on_from(hands_off):
    page = hands_off
    desk = sit_down(page, "street_basic")
    tab_to(page, "[data-stage]")
    desk.press("n", "2")
    desk.press(*["ArrowLeft"] * 3, "Shift+ArrowUp", "Control+ArrowRight", "Control+Alt+ArrowUp")
    expect(desk.rows).to_have_count(1)
    expect(page.locator("[data-live]")).not_to_be_empty()
    expect(page.locator("[data-objects]")).to_match_aria_snapshot("""
      - list:
        - listitem
    """)
    desk.saved()
    send_and_go_on(desk)


def test_the_sheet_of_keys_is_read_and_changed(hands_off):
    page = hands_off
    desk = sit_down(page, "vehicle_type")
    desk.press("?")
    sheet = page.locator("#key-sheet")
    expect(sheet).to_be_visible()
    tab_to(page, "[data-change]")
    desk.press("Enter")
    tab_to(page, '[data-for="unusable"]')
    desk.press("Enter", "j")
    expect(sheet.locator("[data-told]")).not_to_be_empty()
    expect(page.locator('[data-for="unusable"]')).to_be_focused()
    desk.press("Escape", "j")

    assert desk.answer == {"unusable": True}
