"""Drawing boxes with fingers on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.working import Desk, near

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


class Fingers:
    """Fingers on the glass; each is a list of places that it passes, in picture pixels."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.device = desk.page.context.new_cdp_session(desk.page)

    def touch(self, kind: str, places: list[tuple[float, float]]) -> None:
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(places)]
        self.device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def slide(self, *ways: tuple[tuple[float, float], tuple[float, float]]) -> None:
        """Each finger slides from its first to its second place, all together."""
        on_screen = [(self.desk.at(*start), self.desk.at(*end)) for start, end in ways]
        for count in range(1, len(ways) + 1):
            self.touch("touchStart", [start for start, _ in on_screen[:count]])
        for step in range(1, 6):
            part = step / 5
            self.touch(
                "touchMove", [(a + (c - a) * part, b + (d - b) * part) for (a, b), (c, d) in on_screen]
            )
        self.touch("touchEnd", [])

    def tap(self, x: float, y: float) -> None:
        self.slide(((x, y), (x, y)))


@pytest.fixture
def desk(new_context) -> Desk:
    return Desk.sit_down(new_context(**PHONE).new_page(), "street_basic")


@pytest.fixture
def fingers(desk) -> Fingers:
    return Fingers(desk)


def test_one_finger_draws_a_box(desk, fingers):
    fingers.slide(((100, 80), (220, 160)))

    assert near(desk.boxes[0], (100, 80, 120, 80), 0.1)


def test_two_fingers_zoom_and_move_the_picture_and_draw_nothing(desk, fingers):
    before = desk.scale
    fingers.slide(((200, 150), (150, 100)), ((300, 200), (400, 300)))

    assert desk.scale > 1.5 * before
    assert desk.answer == {"regions": []}


def test_a_tap_selects_and_a_finger_beside_a_side_still_takes_hold_of_it(desk, fingers):
    fingers.slide(((100, 80), (300, 280)))
    fingers.tap(400, 50)
    expect(desk.page.locator(".region.selected")).to_have_count(0)
    fingers.tap(200, 180)
    expect(desk.page.locator(".region.selected")).to_have_count(1)

    beside = 10 / desk.scale  # ten screen pixels
    fingers.slide(((300 + beside, 180), (340 + beside, 180)))

    assert near(desk.boxes[0], (100, 80, 240, 200), 0.2)


def test_a_tap_that_slips_draws_nothing(desk, fingers):
    fingers.slide(((100, 80), (100 + 5 / desk.scale, 80 + 5 / desk.scale)))

    assert desk.answer == {"regions": []}


def test_a_second_finger_gives_the_drawing_up(desk, fingers):
    (start, end), other = (desk.at(100, 80), desk.at(220, 160)), desk.at(400, 300)
    fingers.touch("touchStart", [start])
    fingers.touch("touchMove", [end])
    fingers.touch("touchStart", [end, other])
    fingers.touch("touchEnd", [])

    assert desk.answer == {"regions": []}


def test_a_pen_draws_with_the_palm_on_the_glass_and_then_fingers_only_move_the_picture(desk, fingers):
    def pen(kind: str, place: tuple[float, float]) -> None:
        x, y = desk.at(*place)
        fingers.device.send(
            "Input.dispatchMouseEvent",
            {
                "type": kind,
                "x": x,
                "y": y,
                "button": "left",
                "buttons": 1,
                "pointerType": "pen",
                "clickCount": 1,
            },
        )

    fingers.touch("touchStart", [desk.at(400, 300)])  # the palm
    pen("mousePressed", (100, 80))
    pen("mouseMoved", (160, 120))
    fingers.touch("touchMove", [desk.at(420, 320)])
    pen("mouseMoved", (220, 160))
    pen("mouseReleased", (220, 160))
    fingers.touch("touchEnd", [])
    assert near(desk.boxes[0], (100, 80, 120, 80), 0.2)

    place = desk.at(0, 0)
    desk.press("Escape")
    fingers.slide(((350, 250), (380, 250)))
    assert len(desk.boxes) == 1
    assert desk.at(0, 0)[0] > place[0] + 5


def test_four_taps_make_a_box_from_its_extreme_points(desk, fingers):
    desk.page.locator('[data-command="extremes"]').tap()
    for point in ((200, 60), (100, 120), (210, 180), (300, 130)):
        fingers.tap(*point)

    assert near(desk.boxes[0], (100, 60, 200, 120), 0.2)


def test_the_list_is_a_sheet_that_its_heading_pulls_up(desk, fingers):
    fingers.slide(((100, 80), (220, 160)))
    expect(desk.rows.first).to_be_hidden()
    desk.saved()
    # A tap so soon after a slide may be taken for the same gesture; what is meant here is the press.
    desk.page.locator("[data-sheet]").click()
    desk.rows.first.locator("[data-remove]").click()

    expect(desk.rows).to_have_count(0)
    assert desk.answer == {"regions": []}


def test_the_page_scrolls_in_no_direction(desk):
    root = desk.page.locator("html")
    assert root.evaluate("root => root.scrollWidth <= innerWidth")
    assert root.evaluate("root => root.scrollHeight <= innerHeight")
