"""Looking closely: loupe, readout, brightness, zoom, huge pictures, and coordinates that are exact."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.studio import Studio
from tests.browser.working import Desk, near


def picture(size: tuple[int, int], turned: bool = False) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6  # the camera lay on its side
    Image.new("RGB", size, (90, 120, 60)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def desk(page: Page, studio: Studio) -> Desk:
    return studio.sit_down(page)


def test_the_loupe_is_there_while_a_corner_is_dragged(desk):
    loupe = desk.page.locator(".loupe")
    desk.draw(100, 100, 200, 150)
    expect(loupe).to_be_hidden()
    desk.move_to(300, 250)
    desk.page.mouse.down()
    desk.page.mouse.move(*desk.at(320, 260), steps=3)
    expect(loupe).to_be_visible()
    expect(desk.page.locator("[data-tag]")).to_contain_text("220 × 160")
    desk.page.mouse.up()
    expect(loupe).to_be_hidden()


def test_the_pixel_under_the_pointer_is_told(desk):
    readout = desk.page.locator("[data-readout]")
    desk.page.mouse.move(*desk.at(123.5, 45.5))
    expect(readout).to_have_text("123, 45")
    desk.page.mouse.move(5, 5)
    expect(readout).to_be_hidden()


def test_brightness_and_contrast_change_only_what_is_seen_and_are_remembered(desk):
    shown = desk.stage.locator("img")
    desk.page.locator("[popovertarget=look]").click()
    sliders = desk.page.locator("[data-look] input")
    sliders.nth(0).fill("150")
    sliders.nth(1).fill("80")
    assert shown.evaluate("img => img.style.filter") == "brightness(150%) contrast(80%)"
    desk.page.reload()
    desk.ready()
    assert shown.evaluate("img => img.style.filter") == "brightness(150%) contrast(80%)"
    desk.page.locator("[popovertarget=look]").click()
    desk.page.locator("[data-look] [data-reset]").click()
    assert shown.evaluate("img => img.style.filter") == ""
    assert desk.page.evaluate("localStorage.getItem('labelkit:look')") is None


def test_z_zooms_to_the_selected_box_and_pixels_are_crisp_from_three_times_on(desk):
    desk.draw(600, 400, 40, 30)
    crisp = desk.page.locator(".stage > img.crisp")
    expect(crisp).to_have_count(0)
    desk.press("z")

    expect(crisp).to_have_count(1)
    frame = desk.stage.bounding_box()
    middle = (frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    assert near([*desk.at(620, 415)], [*middle], 1)


def test_a_picture_of_twelve_thousand_pixels_opens_small_and_comes_whole_when_zoomed(page, studio):
    desk = studio.sit_down(page, picture=picture((12_000, 3_000)))
    image = desk.stage.locator("img")
    assert image.get_attribute("src").endswith("/preview")
    expect(image).to_have_js_property("naturalWidth", 2560)
    desk.draw(6_000, 1_000, 2_000, 1_000)
    assert near(desk.boxes[0], (6_000, 1_000, 2_000, 1_000), 0.5 / desk.scale)

    desk.press("z", "0")
    expect(image).to_have_js_property("naturalWidth", 12_000)
    assert near(desk.boxes[0], (6_000, 1_000, 2_000, 1_000), 0.5 / desk.scale)


def test_a_box_drawn_at_37_percent_on_a_turned_picture_at_double_density_comes_back_exact(
    new_context, studio
):
    page = new_context(device_scale_factor=2).new_page()
    desk = studio.sit_down(page, picture=picture((1600, 1200), turned=True))
    image = desk.stage.locator("img")
    assert (image.get_attribute("width"), image.get_attribute("height")) == ("1200", "1600")
    desk.press("f")
    zoom_to(desk, 0.37)
    drawn = (310.0, 420.0, 333.0, 222.0)
    desk.draw(*drawn)
    desk.saved()

    [region] = studio.draft_of(desk)["regions"]
    assert near(region["box"], drawn, 0.5 / 0.37)
    height = desk.rows.first.locator(".numbers input").nth(3)
    height.fill("222.25")
    height.press("Enter")
    desk.saved()
    [region] = studio.draft_of(desk)["regions"]
    assert region["box"][3] == 222.25
    page.reload()
    assert Desk(page, "").ready().boxes == [region["box"]]


def zoom_to(desk: Desk, scale: float) -> None:
    """Turn the wheel over the middle of the picture until one pixel of it is this many of the screen."""
    desk.move_to(600, 800)
    for _ in range(6):
        factor = scale / desk.scale
        if abs(factor - 1) < 1e-3:
            break
        delta = desk.page.evaluate("factor => -Math.log(factor) / 0.0018", factor)
        desk.page.mouse.wheel(0, delta)
        desk.page.wait_for_timeout(60)
    assert abs(desk.scale - scale) < 0.01
