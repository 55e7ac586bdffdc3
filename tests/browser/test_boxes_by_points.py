"""Boxes by four points, copied, hidden, locked and typed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.studio import Studio
from tests.browser.working import Desk, near


@pytest.fixture
def desk(page: Page, studio: Studio) -> Desk:
    return studio.sit_down(page, min_side=20, flags=["occluded", "truncated"])


def pressed(desk: Desk, row: int, what: str) -> bool:
    return desk.rows.nth(row).locator(f"[data-{what}]").get_attribute("aria-pressed") == "true"


def test_four_clicks_in_any_order_make_a_box(desk):
    desk.press("x")
    for point in ((450, 320), (300, 200), (520, 250), (410, 120)):
        assert desk.boxes == []
        desk.click(*point)

    assert near(desk.boxes[0], (300, 120, 220, 200), 0.02)


def test_escape_takes_the_last_point_back(desk):
    desk.page.locator('[data-command="extremes"]').click()
    for point in ((450, 320), (300, 200), (700, 500)):
        desk.click(*point)
    desk.press("Escape")
    expect(desk.page.locator(".extreme")).to_have_count(2)
    desk.click(520, 250)
    desk.click(410, 120)

    assert near(desk.boxes[0], (300, 120, 220, 200), 0.02)
    expect(desk.page.locator(".extreme")).to_have_count(0)


def test_points_are_put_on_a_selected_box_too_and_another_tool_drops_them(desk):
    desk.draw(100, 100, 300, 300)
    desk.press("x")
    for point in ((150, 200), (250, 200)):
        desk.click(*point)
    desk.press("b")
    expect(desk.page.locator(".extreme")).to_have_count(0)
    assert len(desk.boxes) == 1


def test_a_box_is_duplicated_copied_and_pasted_eight_pixels_aside_and_inside_the_picture(desk):
    desk.draw(100, 100, 50, 60)
    desk.press("Control+d")
    assert near(desk.boxes[1], (108, 108, 50, 60), 0.02)

    desk.press("Escape")
    desk.draw(740, 530, 60, 70)
    desk.page.locator('[data-command="copy"]').click()
    desk.page.locator('[data-command="paste"]').click()
    assert near(desk.boxes[3], (740, 530, 60, 70), 0.05)
    expect(desk.page.locator("[data-hint]")).to_be_visible()  # nearly the same as the one it was copied from

    desk.press("Control+z")
    assert len(desk.boxes) == 3


def test_boxes_are_pasted_on_another_item_where_they_stood(page, studio):
    first = studio.sit_down(page, draft={"regions": [{"label": "tram", "box": [500, 400, 200, 150]}]})
    first.press("Control+c")
    second = studio.sit_down(page)
    second.press("Control+v")

    assert second.answer == {"regions": [{"label": "tram", "box": [500, 400, 200, 150]}]}
    expect(second.rows.first.locator("[data-doubt]")).to_contain_text("tram")
    second.press("1")
    expect(second.rows.first.locator("[data-doubt]")).to_be_empty()


def test_h_hides_the_selected_box_and_held_it_hides_all_for_as_long(desk):
    desk.draw(100, 100, 100, 100)
    desk.draw(300, 100, 100, 100)
    desk.press("h")
    expect(desk.page.locator(".region.unseen")).to_have_count(1)
    assert pressed(desk, 1, "hide")
    desk.press("h")
    expect(desk.page.locator(".region.unseen")).to_have_count(0)

    desk.page.keyboard.down("h")
    expect(desk.page.locator(".region.unseen")).to_have_count(2)
    desk.page.keyboard.up("h")
    expect(desk.page.locator(".region.unseen")).to_have_count(0)
    assert len(desk.boxes) == 2


def test_all_are_hidden_and_shown_again_and_what_is_hidden_is_not_clicked(desk):
    desk.draw(100, 100, 100, 100)
    desk.press("Escape", "Shift+H")
    desk.click(150, 150)
    expect(desk.page.locator(".region.selected")).to_have_count(0)
    desk.page.locator('[data-command="hideAll"]').click()
    desk.click(150, 150)
    expect(desk.page.locator(".region.selected")).to_have_count(1)


def test_a_locked_box_is_neither_moved_nor_deleted_and_can_be_drawn_upon(desk):
    desk.draw(100, 100, 400, 300)
    desk.press("l", "ArrowRight", "Delete")
    expect(desk.page.locator("[data-hint]")).to_be_visible()
    desk.drag((200, 200), (300, 300))

    assert near(desk.boxes[0], (100, 100, 400, 300), 0.02)
    assert near(desk.boxes[1], (200, 200, 100, 100), 0.02)
    desk.rows.first.locator("[data-pick]").click()
    desk.rows.first.locator("[data-lock]").click()
    desk.press("ArrowRight")
    assert near(desk.boxes[0], (101, 100, 400, 300), 0.02)


def test_flags_have_their_letters(desk):
    desk.draw(100, 100, 100, 100)
    desk.press("o", "t")
    assert desk.answer["regions"][0]["flags"] == ["occluded", "truncated"]
    desk.press("o")
    assert desk.answer["regions"][0]["flags"] == ["truncated"]


def test_near_and_tiny_boxes_are_marked_and_kept(desk):
    desk.draw(100, 100, 200, 150)
    desk.draw(102, 101, 200, 150)
    desk.draw(500, 400, 12, 40)

    expect(desk.rows.nth(0).locator("[data-doubt]")).to_be_empty()
    expect(desk.rows.nth(1).locator("[data-doubt]")).to_contain_text("1")
    expect(desk.rows.nth(2).locator("[data-doubt]")).to_contain_text("20")
    expect(desk.page.locator(".doubt")).to_have_count(2)
    assert len(desk.boxes) == 3


def test_a_box_is_typed_to_the_last_digit_and_clipped_with_a_word(desk):
    desk.draw(100, 100, 200, 150)
    expect(desk.page.locator(".numbers")).to_be_visible()
    x, y, w, h = desk.rows.first.locator(".numbers input").all()
    x.fill("120.123456")
    x.press("Enter")
    h.fill("33.3")
    h.press("Tab")
    assert desk.boxes == [[120.123456, 100, 200, 33.3]]

    w.fill("5000")
    w.press("Enter")
    assert near(desk.boxes[0], (120.123456, 100, 679.876544, 33.3), 1e-6)
    expect(desk.page.locator("[data-note]")).to_be_visible()
    expect(w).to_have_value("679.876544")
    y.fill("")
    y.press("Enter")
    expect(y).to_have_attribute("aria-invalid", "true")
    y.press("Escape")
    expect(y).to_have_value("100")
    assert "/work/" in desk.page.url


def steps(desk: Desk, keys: str, arrows: tuple[str, str], by: float) -> None:
    """Go this many pixels with arrows, as a person does: tens first, then ones."""
    arrow = arrows[by > 0]
    tens, ones = divmod(round(abs(by)), 10)
    desk.press(*[f"{keys}Shift+{arrow}"] * tens, *[f"{keys}{arrow}"] * ones)


def test_a_tight_box_is_made_with_keys_alone_and_a_screen_reader_hears_of_it(desk):
    across, down = ("ArrowLeft", "ArrowRight"), ("ArrowUp", "ArrowDown")
    desk.stage.focus()
    desk.press("n", "2")
    x, y, w, h = desk.boxes[0]

    steps(desk, "", across, 123 - x)
    steps(desk, "", down, 77 - y)
    steps(desk, "Control+", across, 45 - w)
    steps(desk, "Control+", down, 31 - h)
    steps(desk, "Control+Alt+", down, 2)

    assert desk.answer == {"regions": [{"label": "person", "box": [123, 79, 45, 29]}]}
    expect(desk.page.locator("[data-live]")).to_have_text("123, 79, 45 × 29.")


def test_the_accessibility_tree_has_the_objects_with_all_that_can_be_done_to_them(page, studio):
    desk = studio.sit_down(page, flags=["occluded"])
    desk.page.goto(f"{desk.page.url}?lang=en")
    desk.ready()
    desk.stage.focus()
    desk.press("n")
    [(x, y, w, h)] = desk.boxes
    expect(desk.page.locator(".numbers")).to_be_visible()

    expect(desk.page.locator(".objects ol")).to_match_aria_snapshot(f"""
      - list:
        - listitem:
          - button "1 Car {x:.0f}, {y:.0f} · {w:.0f} × {h:.0f}" [pressed]
          - button /Occluded/
          - button /Hide/
          - button /Lock/
          - button "Delete 1 Car"
          - group "Position and size in pixels":
            - spinbutton "Left edge"
            - spinbutton "Upper edge"
            - spinbutton "Width"
            - spinbutton "Height"
    """)
