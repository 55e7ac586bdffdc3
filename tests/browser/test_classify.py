"""Labels for a picture and for a text: a digit or a click, then Enter."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.working import Desk

PROJECTS = ("vehicle_type", "inquiry_ko")


def labels(desk: Desk) -> list[str]:
    commands = desk.page.locator('[data-command^="label "]').evaluate_all(
        "all => all.map(one => one.dataset.command)"
    )
    return [command.split()[1] for command in commands]


@pytest.mark.parametrize("slug", PROJECTS)
def test_a_digit_chooses_and_enter_submits(page, slug):
    desk = Desk.sit_down(page, slug)
    first, second = labels(desk)[:2]

    desk.press("1")
    assert desk.answer == {"labels": [first]}
    desk.press("2")
    assert desk.answer == {"labels": [second]}
    expect(page.locator("[data-command][aria-pressed=true]")).to_have_count(1)

    desk.press("Enter")
    page.wait_for_url("**/results/*")


@pytest.mark.parametrize("slug", PROJECTS)
def test_a_click_chooses_and_enter_submits_without_htmx_too(page, slug, htmx_blocked):
    desk = Desk.sit_down(page, slug)
    third = labels(desk)[2]

    desk.choose(third)
    assert desk.answer == {"labels": [third]}
    desk.press("Enter")

    page.wait_for_url("**/results/*")


def test_tab_and_enter_choose_and_send(page):
    desk = Desk.sit_down(page, "inquiry_ko")
    page.locator('[data-command^="label "]').nth(3).focus()

    desk.press("Enter")
    assert desk.answer == {"labels": [labels(desk)[3]]}
    desk.press("Enter")

    page.wait_for_url("**/results/*")


def test_cannot_be_labelled_is_an_answer(page):
    desk = Desk.sit_down(page, "inquiry_ko")
    desk.press("u")
    assert desk.answer == {"unusable": True}
    desk.press("u")
    assert desk.answer == {"labels": []}
    page.locator('[data-command="unusable"]').click()
    desk.submit()

    page.wait_for_url("**/results/*")


def test_nothing_chosen_is_not_sent(page):
    desk = Desk.sit_down(page, "vehicle_type")
    address = page.url
    desk.press("Enter")

    expect(page.locator("[data-hint]")).to_be_visible()
    assert page.url == address


def test_the_choice_is_a_draft(page):
    desk = Desk.sit_down(page, "vehicle_type")
    desk.press("3")
    desk.saved()
    page.reload()
    desk.ready()

    assert desk.answer == {"labels": [labels(desk)[2]]}
    expect(page.locator("[data-command][aria-pressed=true]")).to_have_count(1)


def test_keys_are_dead_while_a_syllable_is_composed(page):
    desk = Desk.sit_down(page, "inquiry_ko")
    page.evaluate(
        """() => document.body.dispatchEvent(
            new KeyboardEvent("keydown", {code: "Digit1", isComposing: true, bubbles: true}))"""
    )

    assert desk.answer == {"labels": []}


def test_the_guide_opens_beside_the_work_and_closes(page):
    desk = Desk.sit_down(page, "vehicle_type")
    drawer = page.locator("[data-drawer]")
    desk.press("g")
    expect(drawer.locator("#guide")).to_be_visible()
    desk.press("g")
    expect(drawer).to_be_hidden()
    desk.press("g")
    expect(drawer.locator("#guide")).to_be_visible()
    desk.press("Escape")
    expect(drawer).to_be_hidden()


def test_the_key_sheet_opens_by_its_key(page: Page):
    desk = Desk.sit_down(page, "vehicle_type")
    desk.press("?")
    expect(page.locator("#key-sheet")).to_be_visible()
    desk.press("Escape")
    expect(page.locator("#key-sheet")).to_be_hidden()


def test_several_labels_may_apply_and_none_of_them_is_an_answer(page):
    desk = Desk.sit_down(page, "comment_policy_ko")
    first, second = labels(desk)[:2]
    desk.press("1", "2")
    assert desk.answer == {"labels": [first, second]}
    desk.press("1")
    assert desk.answer == {"labels": [second]}
    desk.press("e")
    assert desk.answer == {"nothing": True}
    desk.press("Enter")

    page.wait_for_url("**/results/*")
