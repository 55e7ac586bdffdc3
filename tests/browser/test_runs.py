"""Runs, as a newcomer and somebody who knows her way meet them."""

import re

from playwright.sync_api import Page, expect

from tests.browser.working import Desk


def answer(page: Page) -> None:
    """Answer the item at hand somehow, by hand, and send it; the next page is another one."""
    desk, before = Desk(page, "").ready(), page.url
    if page.locator("[data-editor=bbox]").count():
        desk.draw(60, 60, 120, 80)
    else:
        desk.press("1")
    desk.submit()
    page.wait_for_url(lambda url: url != before)


def test_a_newcomer_is_diagnosed_and_begins_with_the_weakest_kind(page):
    page.goto("/")
    page.locator("form:has(input[value=worker]) button").click()
    offer = page.locator("#home .filled")
    expect(offer).to_have_count(1)
    assert re.findall(r"\d+", offer.inner_text()) == ["6", "8"]
    offer.click()

    for place in range(1, 7):
        expect(page.locator(".position")).to_contain_text(f"{place} / 6")
        answer(page)

    expect(page.locator("#run .figure")).to_be_visible()
    expect(page.locator(".run-answers li")).to_have_count(6)
    weakness = page.locator("#run .filled")
    [items] = re.findall(r"\d+", weakness.inner_text())
    weakness.click()
    expect(page.locator(".position")).to_contain_text(f"1 / {items}")
    answer(page)
    expect(page.locator("#result .position")).to_contain_text(f"1 / {items}")
    expect(page.locator("#result .figure")).to_be_visible()
    page.locator("#result .frame-actions .filled").click()
    expect(page.locator("#item .position")).to_contain_text(f"2 / {items}")


def test_a_silent_run_tells_nothing_until_it_is_ended(page):
    Desk.sit_down(page, "inquiry_ko").press("1", "Enter")
    page.wait_for_url("**/results/*")
    page.goto("/")
    page.locator("select[name=minutes]").select_option("10")
    page.locator(".silent-run button").click()
    clock = page.locator(".run-clock [data-time]")
    expect(clock).to_contain_text("09:5")
    answer(page)
    expect(page.locator(".position")).to_contain_text("2 / 10")
    expect(clock).to_contain_text("09:")

    page.locator("a.back").click()
    expect(page.locator("#run progress")).to_have_attribute("value", "1")
    expect(page.locator("#run .figure")).to_have_count(0)
    page.locator("form[action$='/end'] button").click()

    expect(page.locator(".run-answers li")).to_have_count(1)
    expect(page.locator("#run .figure")).to_be_visible()
    page.locator(".run-answers a").click()
    expect(page.locator("#result .figure")).to_be_visible()
