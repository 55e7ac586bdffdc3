"""A question with four choices: answered by digits, letters and clicks, and explained at once."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.working import PACKS, Desk

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
ITEMS = json.loads((PACKS / "theory_ko" / "items" / "items.json").read_text(encoding="utf-8"))
GOLD = json.loads((PACKS / "theory_ko" / "gold.json").read_text(encoding="utf-8"))["gold"]


@pytest.fixture
def desk(page: Page) -> Desk:
    return Desk.sit_down(page, "theory_ko")


def known(desk: Desk) -> tuple[dict, str, str]:
    """The item that is asked, the letter of its right choice, and the explanation in Korean."""
    asked = desk.page.locator("#question-text").inner_text()
    item = next(item for item in ITEMS if item["question"]["ko"] == asked)
    gold = next(entry for entry in GOLD if entry["item"] == item["key"])
    return item, gold["accepted"][0]["labels"][0], gold["explanation"]["ko"]


def test_a_letter_chooses_and_the_right_one_passes(desk):
    item, right, explanation = known(desk)
    expect(desk.page.locator("button.choice")).to_have_count(4)

    desk.press(right)
    assert desk.answer == {"labels": [right]}
    expect(desk.page.locator("button.choice[aria-pressed=true]")).to_contain_text(
        item["choices"][right]["ko"]
    )
    desk.press("Enter")

    desk.page.wait_for_url("**/results/*")
    expect(desk.page.locator("#result")).to_contain_text(explanation)
    expect(desk.page.locator(".choice.mine.right")).to_contain_text(item["choices"][right]["ko"])
    expect(desk.page.locator(".finding")).to_have_count(0)


def test_a_digit_chooses_and_a_wrong_one_is_told_beside_the_right_one(desk):
    item, right, explanation = known(desk)
    wrong = "abcd"["abcd".index(right) - 1]

    desk.press(str("abcd".index(wrong) + 1))
    assert desk.answer == {"labels": [wrong]}
    desk.press("Enter")

    desk.page.wait_for_url("**/results/*")
    expect(desk.page.locator(".choice.mine")).to_contain_text(item["choices"][wrong]["ko"])
    expect(desk.page.locator(".choice.right")).to_contain_text(item["choices"][right]["ko"])
    expect(desk.page.locator("#result")).to_contain_text(explanation)
    expect(desk.page.locator(".finding")).to_contain_text("G-02")


def test_keys_that_belong_to_no_choice_choose_nothing(desk):
    desk.press("5", "e", "u", "f")

    assert desk.answer == {"labels": []}


def test_a_choice_is_changed_by_a_click_and_kept_as_a_draft(desk):
    desk.press("a")
    desk.choose("c")
    desk.saved()
    desk.page.reload()
    desk.ready()

    assert desk.answer == {"labels": ["c"]}
    expect(desk.page.locator("button.choice[aria-pressed=true]")).to_have_count(1)


def test_the_question_speaks_the_language_of_its_reader(desk):
    item, _, _ = known(desk)
    desk.page.goto(f"{desk.page.url}?lang=en")
    desk.ready()

    expect(desk.page.locator("#question-text")).to_have_text(item["question"]["en"])
    for choice in item["choices"].values():
        expect(desk.page.locator(".choices-of")).to_contain_text(choice["en"])


def test_on_a_phone_everything_is_in_sight_and_nothing_goes_sideways(new_context):
    desk = Desk.sit_down(new_context(**PHONE).new_page(), "theory_ko")

    expect(desk.page.locator("button.choice").last).to_be_in_viewport(ratio=1)
    desk.choose("d")
    expect(desk.page.locator("[data-submit]")).to_be_in_viewport(ratio=1)
    assert desk.page.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]
    desk.submit()

    desk.page.wait_for_url("**/results/*")
    expect(desk.page.locator("li.choice").last).to_be_in_viewport()
    assert desk.page.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]
