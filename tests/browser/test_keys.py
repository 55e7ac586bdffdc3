"""Keys: dead while somebody types or composes Hangul, listed truly, and given another meaning."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.working import Desk

ON_A_MAC = """
  Object.defineProperty(navigator, "platform", {get: () => "MacIntel"});
  Object.defineProperty(navigator, "userAgentData", {get: () => undefined});
"""


@pytest.fixture
def desk(page, studio) -> Desk:
    return studio.sit_down(page, task_type="image_class", items=2)


def open_sheet(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#key-sheet")).to_be_visible()


def give(page: Page, action: str, chord: str) -> None:
    """Give an action another key, the sheet being open and its list of changes too."""
    page.locator(f'#key-sheet [data-for="{action}"]').click()
    page.keyboard.press(chord)


def told(page: Page) -> str:
    return page.locator("#key-sheet [data-told]").get_attribute("data-shown") or ""


def compose(page: Page, *steps: str) -> None:
    """What a Hangul input method sends while it composes: keys without a character, and the growing text."""
    session = page.context.new_cdp_session(page)
    for text, code in zip(steps, ("KeyR", "KeyK", "KeyG"), strict=False):
        key = {"windowsVirtualKeyCode": 229, "code": code, "key": "Process"}
        session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
        session.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    session.detach()


def test_keys_are_dead_while_hangul_is_composed(desk):
    page = desk.page
    desk.press("g")
    field = page.locator("#guide-search")
    field.click()
    events = page.evaluate_handle(
        """() => {
          const seen = [];
          addEventListener("compositionupdate", (event) => seen.push(event.data));
          addEventListener("keydown", (event) => seen.push(`${event.isComposing} ${event.keyCode}`));
          return seen;
        }"""
    )
    compose(page, "ㄱ", "가", "갛")  # on the keys R, K and G, of which G is the guide's

    assert {"ㄱ", "가", "갛"} <= set(events.json_value())
    assert any(seen.endswith(" 229") for seen in events.json_value())
    expect(field).to_have_value("갛")
    expect(page.locator("[data-drawer]")).to_be_visible()
    field.press("1")
    assert desk.answer == {"labels": []}


def test_keys_go_by_their_place_under_a_hangul_layout(desk):
    session = desk.page.context.new_cdp_session(desk.page)
    key = {"code": "KeyG", "key": "ㅎ", "windowsVirtualKeyCode": 71}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})

    expect(desk.page.locator("[data-drawer] #guide")).to_be_visible()


def test_keys_wait_while_the_sheet_has_them(desk):
    open_sheet(desk.page)
    desk.press("1")
    assert desk.answer == {"labels": []}
    desk.press("?")
    expect(desk.page.locator("#key-sheet")).to_be_hidden()
    desk.press("1")
    assert desk.answer == {"labels": ["car"]}


def test_a_key_is_given_another_meaning_which_holds_at_once_and_after_a_reload(desk):
    page = desk.page
    open_sheet(page)
    page.locator("[data-change]").click()
    give(page, "label bus", "j")
    assert told(page) == "changed"
    desk.press("Escape")

    desk.press("2")
    assert desk.answer == {"labels": []}
    desk.press("j")
    assert desk.answer == {"labels": ["bus"]}
    expect(page.locator('[data-command="label bus"] kbd')).to_have_text("J")
    desk.saved()
    page.reload()
    desk.ready()
    expect(page.locator('[data-command="label bus"] kbd')).to_have_text("J")
    desk.press("1", "j")
    assert desk.answer == {"labels": ["bus"]}


def test_all_keys_can_be_had_as_delivered_again(desk):
    page = desk.page
    open_sheet(page)
    page.locator("[data-change]").click()
    give(page, "submit", "Control+Enter")
    expect(page.locator("[data-submit] kbd")).to_have_text("Ctrl ⏎")
    page.locator("[data-reset]").first.click()

    expect(page.locator("[data-submit] kbd")).to_have_text("⏎")
    desk.press("Escape")
    expect(page.locator("#key-sheet")).to_be_hidden()
    desk.press("1", "Enter")
    page.wait_for_url("**/results/*")


@pytest.mark.parametrize(
    ("chord", "why"),
    [("g", "taken"), ("1", "taken"), ("Tab", "fixed"), ("Control+w", "browser"), ("Shift", "waiting")],
)
def test_a_key_that_cannot_be_given_is_refused_in_words(desk, chord, why):
    page = desk.page
    open_sheet(page)
    page.locator("[data-change]").click()
    give(page, "unusable", chord)

    assert told(page) == why
    expect(page.locator("#key-sheet [data-told]")).not_to_be_empty()
    desk.press("Escape", "Escape")
    desk.press("u")
    assert desk.answer == {"unusable": True}


def test_every_key_has_a_button_in_sight_too(desk):
    page = desk.page
    open_sheet(page)
    page.locator("[data-change]").click()
    actions = page.locator("#key-sheet [data-for]").evaluate_all("all => all.map((one) => one.dataset.for)")
    desk.press("Escape")

    assert {"submit", "guide", "help", "unusable", "zoomIn", "zoomOut", "fit", "actual", "label car"} <= set(
        actions
    )
    buttons = {"submit": "[data-submit]", "guide": "[data-guide]", "help": "[data-help]"}
    for action in actions:
        expect(page.locator(buttons.get(action, f'[data-command="{action}"]')).first).to_be_visible()


def test_a_mac_shows_its_own_caps(page, studio):
    page.add_init_script(ON_A_MAC)
    desk = studio.sit_down(page, task_type="text_class", items=2)
    open_sheet(page)

    row = page.locator('#key-sheet [data-action="findText"] kbd')
    expect(row).to_have_text(["⌘", "F"])
    desk.press("Escape")
    page.keyboard.press("Meta+f")
    expect(page.locator("#find-box input")).to_be_focused()


def test_the_break_reminder_is_turned_off_in_the_account(desk, studio):
    page = desk.page
    page.clock.install()
    page.reload()
    desk.ready()
    page.evaluate(
        """() => sessionStorage.setItem("labelkit:worked", JSON.stringify({worked: 1499, at: Date.now()}))"""
    )
    page.reload()
    desk.ready()
    page.mouse.move(100, 100)
    page.clock.run_for(3000)
    notice = page.locator("[data-break]")
    expect(notice).to_be_visible()
    notice.locator("[value=never]").click()
    expect(notice).to_be_hidden()

    page.goto(f"{studio.address}/account")
    box = page.locator("[data-setting=breaks]")
    expect(box).not_to_be_checked()
    box.check()
    page.reload()
    expect(box).to_be_checked()
