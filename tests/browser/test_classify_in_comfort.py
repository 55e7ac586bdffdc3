"""Many labels, long texts, small details, and the next picture that is there already."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from labelkit.domain.projects import Label
from labelkit.domain.texts import Texts
from labelkit.store.models import Assignment, Project
from tests.browser.working import Desk
from tests.make import LABELS, picture_bytes

MORE = tuple(Label(f"l{n}", Texts(f"라벨 {n}", f"Label {n}"), n % 12 + 1) for n in range(1, 29))
MANY = (*LABELS["image_class"], *MORE)


@pytest.fixture
def crowded(page, studio) -> Desk:
    """A project of 30 labels."""
    desk = studio.sit_down(page, task_type="image_class", items=2)
    with studio.session() as session:
        session.scalars(select(Project).where(Project.slug == desk.slug)).one().labels = MANY
    page.reload()
    return desk.ready()


def shown_labels(page: Page) -> int:
    return page.locator('[data-command^="label "]:visible').count()


def test_one_of_many_labels_is_found_by_typing_and_chosen_by_enter(crowded):
    page = crowded.page
    assert shown_labels(page) == 30
    crowded.press("s")
    expect(page.locator("[data-find-label]")).to_be_focused()
    page.keyboard.type("23")
    assert shown_labels(page) == 1
    crowded.press("Enter")

    assert crowded.answer == {"labels": ["l23"]}
    assert shown_labels(page) == 30
    crowded.press("Enter")
    page.wait_for_url("**/results/*")


def test_a_label_that_is_not_there_is_said_and_escape_leaves(crowded):
    page = crowded.page
    crowded.press("s")
    page.keyboard.type("tram")
    expect(page.locator("[data-no-label]")).to_be_visible()
    crowded.press("Enter")
    assert crowded.answer == {"labels": []}
    crowded.press("Escape")

    expect(page.locator("[data-no-label]")).to_be_hidden()
    assert shown_labels(page) == 30


def test_few_labels_need_no_search(page):
    Desk.sit_down(page, "vehicle_type")

    expect(page.locator("[data-find-label]")).to_have_count(0)


def test_a_picture_is_zoomed_by_wheel_keys_and_buttons_and_moved(page):
    desk = Desk.sit_down(page, "vehicle_type")
    page.locator("[data-stage][data-ready]").wait_for()
    whole = desk.scale
    desk.press("+")
    assert desk.scale == pytest.approx(whole * 1.25, rel=1e-4)
    page.locator('[data-command="zoomOut"]').click()
    assert desk.scale == pytest.approx(whole, rel=1e-4)
    desk.press("0")
    assert desk.scale == pytest.approx(1)

    place = desk.at(100, 100)
    page.mouse.move(*place)
    page.mouse.wheel(0, -300)
    page.wait_for_function("document.querySelector('[data-stage] img').style.transform.includes('scale(1.5')")
    assert desk.at(100, 100) == pytest.approx(place, abs=1)
    page.mouse.down()
    page.mouse.move(place[0] + 30, place[1] + 20, steps=3)
    page.mouse.up()
    assert desk.at(100, 100) == pytest.approx((place[0] + 30, place[1] + 20), abs=1)
    desk.press("f")
    assert desk.scale == pytest.approx(whole, rel=1e-4)


def test_a_lost_picture_is_said_and_the_answer_stays(page, studio):
    page.route("**/pictures/**", lambda route: route.abort())
    desk = studio.sit_down(page, task_type="image_class", items=2, picture=picture_bytes((60, 40)))
    desk.press("1")
    lost = page.locator("[data-lost]")
    expect(lost).to_be_visible()
    page.unroute("**/pictures/**")
    lost.locator("button").click()

    expect(lost).to_be_hidden()
    assert desk.answer == {"labels": ["car"]}


def test_words_are_found_in_a_text_on_request(page):
    Desk.sit_down(page, "inquiry_ko")
    expect(page.locator("#find-box")).to_be_hidden()
    letter = page.locator(".item-text").evaluate("(text) => text.textContent.trim()[0]")
    page.keyboard.press("Control+f")
    page.keyboard.type(letter)

    expect(page.locator("#find-box output")).not_to_be_empty()
    assert page.evaluate("CSS.highlights.get('found').size") >= 1
    page.keyboard.press("Escape")
    assert page.evaluate("CSS.highlights.has('found')") is False
    expect(page.locator("#find-box")).to_be_hidden()


def test_the_next_picture_is_there_before_it_is_asked_for_and_its_clock_stands_still(page, studio):
    desk = studio.sit_down(page, task_type="image_class", items=3)
    fetched = []
    page.on("response", lambda response: "/pictures/" in response.url and fetched.append(response))
    with page.expect_response("**/ahead") as answer, page.expect_response("**/pictures/**"):
        desk.press("1")
    picture = answer.value.json()["picture"]
    assert fetched[-1].url.endswith(picture)
    assert "immutable" in (fetched[-1].header_value("cache-control") or "")
    with studio.session() as session:
        ahead = session.scalars(select(Assignment).order_by(Assignment.id.desc())).first()
        assert (ahead.open, ahead.shown_at) == (True, None)

    desk.press("Enter")
    page.wait_for_url("**/results/*")
    page.locator("#result[data-ready]").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/*")
    desk.ready()

    assert desk.stage.locator("img").get_attribute("src") == picture
    with studio.session() as session:
        assert session.get(Assignment, ahead.id).shown_at is not None
