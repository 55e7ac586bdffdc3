"""Drawing boxes with a mouse and with keys, up to the scored result."""

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from tests.browser.working import Desk, gold_of, near


@pytest.fixture
def desk(page: Page) -> Desk:
    return Desk.sit_down(page, "street_basic")


def test_a_drag_draws_a_box_in_picture_pixels(desk):
    desk.draw(100, 80, 120, 60)

    [box] = desk.boxes
    assert near(box, (100, 80, 120, 60), 0.02)
    expect(desk.rows).to_have_count(1)


def test_a_box_drawn_beyond_the_picture_is_clipped_to_it(desk):
    desk.draw(500, 300, 200, 200)

    [box] = desk.boxes
    assert near(box, (500, 300, 60, 60), 0.02)


def test_a_box_is_moved_by_its_middle(desk):
    desk.draw(200, 100, 100, 80)
    desk.drag((250, 140), (270, 150))

    assert near(desk.boxes[0], (220, 110, 100, 80), 0.05)


def test_each_of_the_eight_handles_moves_its_own_sides(desk):
    desk.draw(200, 100, 100, 80)
    for across, down in set(product((0, 0.5, 1), repeat=2)) - {(0.5, 0.5)}:
        x, y, w, h = desk.boxes[0]
        left, top = 8 * (across == 0), 6 * (down == 0)
        right, bottom = 8 * (across == 1), 6 * (down == 1)
        grip = (x + across * w, y + down * h)

        desk.drag(grip, (grip[0] + left + right, grip[1] + top + bottom))

        expected = (x + left, y + top, w - left + right, h - top + bottom)
        assert near(desk.boxes[0], expected, 0.1), (across, down)


def test_a_click_selects_and_repeated_clicks_go_through_a_pile(desk):
    desk.draw(100, 100, 200, 150)
    desk.draw(150, 130, 40, 40)
    desk.press("Escape")

    desk.click(170, 150)
    expect(desk.rows.nth(1).locator("[data-pick]")).to_have_attribute("aria-pressed", "true")
    desk.click(170, 150)
    expect(desk.rows.nth(0).locator("[data-pick]")).to_have_attribute("aria-pressed", "true")
    desk.click(450, 50)
    expect(desk.rows.locator("[aria-pressed=true][data-pick]")).to_have_count(0)


def test_digits_and_clicks_choose_labels_for_the_next_box_and_for_the_selected_one(desk):
    keys = desk.page.locator('[data-command^="label "]')
    names = [
        command.split()[1] for command in keys.evaluate_all("all => all.map(one => one.dataset.command)")
    ]

    target = desk.page.locator("[data-label-target]")
    free = target.inner_text()
    desk.press("2")
    desk.draw(50, 50, 60, 60)
    assert target.inner_text() != free
    desk.choose(names[2])

    assert [region["label"] for region in desk.answer["regions"]] == [names[2]]
    desk.press("Escape", "1")
    desk.draw(200, 50, 60, 60)
    assert [region["label"] for region in desk.answer["regions"]] == [names[2], names[0]]


def test_delete_undo_and_redo(desk):
    desk.draw(50, 50, 60, 60)
    desk.draw(200, 50, 60, 60)
    desk.press("Delete")
    assert len(desk.boxes) == 1
    desk.press("Control+z")
    assert len(desk.boxes) == 2
    desk.press("Control+z", "Control+z")
    assert desk.boxes == []
    desk.press("Control+y", "Control+Shift+z")
    assert len(desk.boxes) == 2
    desk.page.locator('[data-command="undo"]').click()
    assert len(desk.boxes) == 1


def test_the_list_selects_and_deletes_in_step_with_the_picture(desk):
    desk.draw(50, 50, 60, 60)
    desk.draw(200, 50, 60, 60)
    desk.rows.nth(0).locator("[data-pick]").click()
    expect(desk.page.locator(".region.selected")).to_have_count(1)
    expect(desk.rows.nth(0)).to_contain_text("60 × 60")

    desk.rows.nth(0).locator("[data-remove]").click()

    expect(desk.page.locator(".region")).to_have_count(1)
    assert near(desk.boxes[0], (200, 50, 60, 60), 0.05)


def test_the_wheel_zooms_to_the_pointer_and_space_or_the_right_button_pan(desk):
    place = desk.at(300, 200)
    desk.move_to(300, 200)
    desk.page.mouse.wheel(0, -400)
    assert near([*desk.at(300, 200)], [*place], 1)
    zoomed = desk.scale

    desk.drag((300, 200), (310, 190), button="right")
    assert near([*desk.at(300, 200)], [place[0] + 10 * zoomed, place[1] - 10 * zoomed], 1)
    desk.page.keyboard.down("Space")
    desk.drag((300, 200), (290, 210))
    desk.page.keyboard.up("Space")
    assert near([*desk.at(300, 200)], [*place], 1)
    assert desk.answer == {"regions": []}

    desk.press("f")
    whole = desk.scale
    desk.press("0")
    assert desk.scale == pytest.approx(1)
    desk.press("+", "-", "f")
    assert desk.scale == pytest.approx(whole)


def test_a_box_drawn_while_zoomed_comes_back_in_picture_pixels(desk):
    desk.move_to(300, 200)
    desk.page.mouse.wheel(0, -900)

    desk.draw(290, 190, 30, 20)

    assert near(desk.boxes[0], (290, 190, 30, 20), 0.02)


def test_shift_draws_inside_the_selected_box_and_escape_gives_a_drag_up(desk):
    desk.draw(100, 100, 200, 150)
    desk.page.keyboard.down("Shift")
    desk.drag((150, 130), (200, 170))
    desk.page.keyboard.up("Shift")
    assert near(desk.boxes[1], (150, 130, 50, 40), 0.05)

    desk.press("Escape")
    desk.move_to(350, 50)
    desk.page.mouse.down()
    desk.page.mouse.move(*desk.at(400, 90), steps=3)
    desk.press("Escape")
    desk.page.mouse.up()
    assert len(desk.boxes) == 2
    expect(desk.page.locator(".region")).to_have_count(2)


def test_a_click_that_slips_is_no_box(desk):
    desk.drag((100, 100), (100.5, 100.5))

    assert desk.answer == {"regions": []}


def test_a_tight_box_can_be_made_with_keys_alone(desk):
    desk.stage.focus()
    desk.press("n")
    [(x, y, w, h)] = desk.boxes

    desk.press(
        "ArrowRight", "Shift+ArrowDown", "Control+ArrowRight", "Control+ArrowUp", "Control+Alt+ArrowLeft"
    )

    assert near(desk.boxes[0], (x, y + 10, w + 2, h - 1), 0.02)
    assert desk.page.locator("[data-live]").inner_text()


def test_tab_walks_the_boxes_and_then_leaves_the_picture(desk):
    desk.draw(50, 50, 60, 60)
    desk.draw(200, 50, 60, 60)
    desk.press("Escape")
    desk.stage.focus()

    desk.press("Tab", "Tab")
    expect(desk.rows.nth(1).locator("[data-pick]")).to_have_attribute("aria-pressed", "true")
    desk.press("Tab")
    expect(desk.stage).not_to_be_focused()


def test_keys_work_under_a_hangul_layout(desk):
    desk.draw(50, 50, 60, 60)
    desk.page.evaluate(
        """() => document.body.dispatchEvent(
            new KeyboardEvent("keydown", {code: "KeyZ", key: "ㅋ", ctrlKey: true, bubbles: true}))"""
    )

    assert desk.boxes == []


def test_nothing_here_is_a_deliberate_answer_that_brings_the_boxes_back_when_taken_back(desk):
    desk.draw(50, 50, 60, 60)
    desk.page.locator('[data-command="nothing"]').click()
    assert desk.answer == {"nothing": True}
    desk.page.locator('[data-command="nothing"]').click()
    assert len(desk.boxes) == 1
    desk.press("u")
    assert desk.answer == {"unusable": True}


def test_an_answer_that_decides_nothing_is_not_sent(desk):
    address = desk.page.url
    desk.press("Enter")

    expect(desk.page.locator("[data-hint]")).to_be_visible()
    assert desk.page.url == address


@pytest.mark.parametrize("by", ["with htmx", "without htmx"])
def test_the_score_is_the_one_computed_by_hand(by, request):
    """All counted objects but one, drawn with the mouse: right / (right + mistakes) = (n - 1) / n."""
    if by == "without htmx":
        request.getfixturevalue("htmx_blocked")
    desk = Desk.sit_down(request.getfixturevalue("page"), "street_basic")
    regions = gold_of("street_basic", desk.item_key)[0]["regions"]
    counted = [region for region in regions if not region.get("ignore") and not region.get("optional")]
    for region in counted[1:]:
        desk.press("Escape")
        desk.choose(region["label"])
        desk.draw(*region["box"])
    assert len(desk.boxes) == len(counted) - 1

    desk.press("Escape", "Enter")

    desk.page.wait_for_url("**/results/*")
    percent = int(100 * (len(counted) - 1) / len(counted) + 0.5)
    expect(desk.page.locator("#result")).to_contain_text(str(percent))
    expect(desk.page.locator(".finding")).to_have_count(1)


def test_two_presses_of_submit_send_one_answer(desk):
    sent = []
    desk.page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    desk.draw(50, 50, 60, 60)
    desk.page.locator("[data-submit]").dblclick()

    desk.page.wait_for_url("**/results/*")
    assert len([url for url in sent if url.endswith("/submit")]) == 1


def test_a_picture_that_does_not_come_is_said_and_fetched_again(desk):
    desk.draw(50, 50, 60, 60)
    desk.saved()
    desk.page.route("**/pictures/**", lambda route: route.abort())
    desk.page.context.new_cdp_session(desk.page).send("Network.clearBrowserCache")
    desk.page.reload()
    desk.ready()
    lost = desk.page.locator("[data-lost]")
    expect(lost).to_be_visible()

    desk.page.unroute("**/pictures/**")
    lost.get_by_role("button").click()

    expect(lost).to_be_hidden()
    assert len(desk.boxes) == 1
