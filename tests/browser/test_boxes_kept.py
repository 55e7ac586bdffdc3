"""What becomes of boxes over time and from elsewhere: undo after a reload, odd drafts, a project's limit."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.studio import Studio
from tests.browser.working import Desk, near


@pytest.fixture
def desk(page: Page, studio: Studio) -> Desk:
    return studio.sit_down(page)


def reload(desk: Desk) -> None:
    desk.saved()
    desk.page.wait_for_timeout(300)  # the undo history is put aside a moment after the last change
    desk.page.reload()
    desk.ready()


def test_undo_and_redo_go_on_after_a_reload(desk):
    desk.draw(100, 100, 60, 60)
    desk.draw(200, 100, 60, 60)
    desk.draw(300, 100, 60, 60)
    desk.press("Control+z")
    reload(desk)
    assert len(desk.boxes) == 2

    desk.press("Control+y")
    assert len(desk.boxes) == 3
    desk.press("Control+z", "Control+z", "Control+z")
    assert desk.boxes == []
    assert len(set(desk.page.evaluate("Object.keys(localStorage)"))) <= 3


def test_boxes_that_nothing_here_set_aside_are_there_after_a_reload(desk):
    desk.draw(100, 100, 60, 60)
    desk.press("Escape", "e")
    assert desk.answer == {"nothing": True}
    reload(desk)
    assert desk.answer == {"nothing": True}

    desk.press("e")
    assert near(desk.boxes[0], (100, 100, 60, 60), 0.02)


def test_the_undo_history_ends_with_the_sending(desk):
    desk.draw(100, 100, 60, 60)
    desk.saved()
    desk.page.wait_for_timeout(300)
    desk.press("Escape", "Enter")
    desk.page.wait_for_url("**/results/*")
    desk.page.wait_for_timeout(300)

    assert not [key for key in desk.page.evaluate("Object.keys(localStorage)") if key.endswith(":past")]


def test_a_draft_with_odd_boxes_opens_with_each_put_in_order_and_said(page, studio):
    boxes = [
        [400, 300, -100, -50],
        [700, 500, 300, 300],
        [900, 100, 50, 50],
        [10, 10, 0, 20],
        [100, 100, 50, 50],
    ]
    desk = studio.sit_down(page, draft={"regions": [{"label": "car", "box": box} for box in boxes]})

    assert desk.boxes == [
        [300, 250, 100, 50], [700, 500, 100, 100], [750, 100, 50, 50], [10, 10, 1, 20], [100, 100, 50, 50],
    ]  # fmt: skip
    note = desk.page.locator("[data-note]")
    expect(note).to_be_visible()
    assert note.inner_text().count(": 1") == 4
    desk.saved()


def test_an_unknown_label_of_an_older_draft_is_marked_and_kept(page, studio):
    desk = studio.sit_down(page, draft={"regions": [{"label": "tram", "box": [10, 10, 50, 50]}]})

    expect(desk.rows.first.locator("[data-doubt]")).to_contain_text("tram")
    assert desk.answer["regions"][0]["label"] == "tram"


def test_two_thousand_boxes_over_a_limit_of_500_are_all_kept_and_none_is_added(page, studio):
    boxes = [[n % 50 * 16, n // 50 * 15, 12, 12] for n in range(2000)]
    desk = studio.sit_down(page, draft={"regions": [{"label": "car", "box": box} for box in boxes]})
    expect(desk.page.locator("[data-overfull]")).to_contain_text("2000")
    expect(desk.page.locator("[data-overfull]")).to_contain_text("500")

    desk.stage.focus()
    desk.press("n")
    expect(desk.page.locator("[data-hint]")).to_contain_text("500")
    desk.press("Control+c", "Control+v")
    assert len(desk.boxes) == 2000
    expect(desk.rows).to_have_count(2000)


def test_pasting_more_than_the_project_allows_pastes_none_and_says_so(page, studio):
    boxes = [[n % 10 * 50, n // 10 * 50, 40, 40] for n in range(20)]
    first = studio.sit_down(page, draft={"regions": [{"label": "car", "box": box} for box in boxes]})
    first.press("Control+c")
    second = studio.sit_down(page, max_regions=15)
    second.press("Control+v")

    assert second.boxes == []
    expect(second.page.locator("[data-hint]")).to_contain_text("15")


def test_storage_that_is_forbidden_costs_nothing_but_the_lasting_undo(page, studio):
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name,"
        " {get() { throw new DOMException('', 'SecurityError'); }})"
    )
    desk = studio.sit_down(page)
    desk.draw(100, 100, 60, 60)
    desk.press("Control+c", "Control+v", "Control+z")

    assert len(desk.boxes) == 1
    desk.saved()
