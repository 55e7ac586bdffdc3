"""A scored picture: its two layers, its numbered findings, and the way on."""

from playwright.sync_api import Page, expect

from tests.browser.working import Desk


def scored(page: Page) -> Page:
    """A result with findings: one stray box was drawn, everything else was missed."""
    desk = Desk.sit_down(page, "street_basic")
    desk.draw(200, 150, 60, 40)
    desk.submit()
    page.wait_for_url("**/results/*")
    return page


def mounted(page: Page) -> Page:
    page.locator("#result[data-ready=all]").wait_for()
    return page


def view(page: Page) -> list[float]:
    """The part of the picture that is shown: x, y, width, height."""
    numbers = page.locator("svg.compare").get_attribute("viewBox") or ""
    return [float(number) for number in numbers.split()]


def wait_for_width(page: Page, comparison: str) -> None:
    width = "document.querySelector('svg.compare').getAttribute('viewBox').split(' ')[2]"
    page.wait_for_function(f"() => Number({width}) {comparison}")


def test_each_finding_in_the_list_has_its_number_on_the_picture(page):
    scored(page)

    listed = page.locator(".finding-number").all_inner_texts()

    assert len(listed) > 1
    assert page.locator(".badge text").all_text_contents() == listed


def test_a_layer_is_hidden_by_its_choice_and_by_the_key_s(page):
    mounted(scored(page))
    mine, gold = page.locator("g.layer-mine"), page.locator("g.layer-gold")
    expect(mine).to_be_visible()
    expect(gold).to_be_visible()

    page.keyboard.press("s")  # from both on to mine
    expect(gold).to_be_hidden()
    page.keyboard.press("s")  # and on to gold
    expect(mine).to_be_hidden()
    expect(gold).to_be_visible()


def test_a_finding_is_shown_closely_by_click_and_by_digit_and_the_whole_again_by_escape(page):
    mounted(scored(page))
    whole = view(page)
    first = page.locator(".finding > a").first

    first.click()
    expect(first).to_have_attribute("aria-current", "true")
    expect(page.locator(".region.here")).not_to_have_count(0)
    wait_for_width(page, f"< {whole[2]}")
    page.keyboard.press("2")
    expect(page.locator(".finding > a").nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")

    expect(page.locator(".finding [aria-current]")).to_have_count(0)
    wait_for_width(page, f"=== {whole[2]}")


def test_the_wheel_zooms_to_what_lies_under_the_pointer(page):
    mounted(scored(page))
    before = view(page)

    page.locator(".frame-stage").hover()
    page.mouse.wheel(0, -300)

    wait_for_width(page, f"< {before[2]}")


def test_enter_goes_on_to_the_next_item(page):
    mounted(scored(page))
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/*")


def test_the_title_of_the_tab_follows_a_swap(page):
    mounted(scored(page))
    expect(page).to_have_title(page.locator("#result").get_attribute("data-title") or "-")


def test_again_from_mine_begins_with_my_boxes(page):
    mounted(scored(page))
    page.keyboard.press("m")
    page.wait_for_url("**/work/*")

    assert len(Desk(page, "street_basic").ready().boxes) == 1


def test_everything_is_there_without_htmx(page, htmx_blocked):
    scored(page)
    page.locator(".layers label").first.click()
    expect(page.locator("g.layer-gold")).to_be_hidden()

    page.locator(".frame-actions .filled").click()
    page.wait_for_url("**/work/*")


def test_a_phone_shows_picture_findings_and_the_way_on_without_sideways_scrolling(page):
    scored(page)
    page.set_viewport_size({"width": 390, "height": 844})

    expect(page.locator(".frame-actions .filled")).to_be_in_viewport()
    expect(page.locator("svg.compare")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate("document.documentElement.scrollHeight") <= 844
