"""Practising inspection in a real browser: with the mouse, and with the keyboard alone."""

import itertools
import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from labelkit.domain.inspection import found
from labelkit.domain.projects import Reason, Split
from labelkit.domain.texts import Texts
from labelkit.services import inspection_practice
from labelkit.store.models import Exercise, Item, Project
from tests.browser.test_axe import look_it_over
from tests.make import RIGHT, box, boxes, make_guide, make_item, make_project, make_user

OBJECTS = boxes(box("car", 20, 20, 80, 60), box("person", 150, 30, 50, 90), box("car", 60, 140, 90, 60))
_numbers = itertools.count(1)


class Chair:
    """Somebody who inspects results with errors of one kind."""

    def __init__(self, page: Page, studio, kind: str, task_type: str = "bbox") -> None:
        self.page, self.studio, self.kind = page, studio, kind
        number = next(_numbers)
        with studio.session() as session:
            person = make_user(session, f"inspecting-{number}")
            project = make_project(session, task_type=task_type, items=0)
            reasons = (
                Reason(kind, "G-01", Texts(kind, kind)),
                Reason("other", "G-02", Texts("other", "other")),
            )
            project.guide = replace(make_guide([kind]), reasons=reasons)
            gold = OBJECTS if task_type == "bbox" else RIGHT[task_type]
            for position in range(8):
                make_item(session, project, position=position, split=Split.INSPECT, gold=[gold])
            studio.sign_in(page.context, person)
            self.project = project.slug
        page.goto(f"{studio.address}/inspection-practice")

    def begin(self) -> None:
        self.page.locator(f"form:has(input[value='{self.project}']) button").click()
        self.ready()

    def ready(self) -> None:
        self.page.locator("#exercise[data-ready]").wait_for()
        self.page.locator("#verdict[data-ready]").wait_for()

    def told(self) -> None:
        self.page.locator("#told[data-ready]").wait_for()

    @property
    def exercise(self) -> Exercise:
        with self.studio.session() as session:
            session.expire_on_commit = False
            number = int(self.page.url.rpartition("/")[2])
            found = session.get_one(Exercise, number)
            session.get_one(Item, found.item_id), session.get_one(Project, found.project_id)
            return found

    @property
    def faults(self):
        return inspection_practice.faults_of(self.exercise)

    def until(self, *, faulty: bool) -> None:
        """Accept results until one is faulty, or right."""
        while bool(self.faults) is not faulty:
            self.page.keyboard.press("Enter")
            self.told()
            self.page.keyboard.press("Enter")
            self.ready()

    def press_picture(self, x: float, y: float) -> None:
        at = self.page.locator("svg.compare").evaluate(
            """(svg, [x, y]) => {
                const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
                return [at.x, at.y];
            }""",
            [x, y],
        )
        self.page.mouse.click(*at)

    def says(self, sentence: str) -> None:
        expect(self.page.locator("#verdict-title")).to_contain_text(sentence)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "en-GB"}


@pytest.fixture(autouse=True)
def no_chance(monkeypatch):
    """What is shown is the same in every run of a test."""
    numbers = itertools.count()
    monkeypatch.setattr(inspection_practice.secrets, "token_hex", lambda _: f"seed-{next(numbers)}")


@pytest.fixture
def english(new_context) -> Page:
    return new_context(reduced_motion="reduce").new_page()


def test_a_loose_box_is_pressed_and_sent_back_with_its_reason(english, studio):
    chair = Chair(english, studio, "loose")
    chair.begin()
    chair.until(faulty=True)
    (region,) = chair.faults[0].regions
    x, y, w, h = chair.exercise.annotation["regions"][region]["box"]

    chair.press_picture(x + w / 2, y + h / 2)
    expect(english.locator(f"input[name=place][value='{region}']")).to_be_checked()
    expect(english.locator(f"[data-mine='{region}']")).to_have_class(re.compile("pointed-at"))
    english.locator("input[name=reason][value=loose]").check()
    english.locator("button[value=rejected]").click()

    chair.told()
    chair.says("Right: it had to go back.")
    expect(english.locator(".said .icon-right")).to_have_count(2)
    expect(english.locator(".finding[data-kind=loose]")).to_be_visible()


def test_what_is_missing_is_pointed_at_where_nothing_is_marked(english, studio):
    chair = Chair(english, studio, "missing")
    chair.begin()
    chair.until(faulty=True)
    x, y, w, h = chair.faults[0].box

    chair.press_picture(x + w / 2, y + h / 2)
    expect(english.locator("input[name=place][value=missing]")).to_be_checked()
    english.locator("input[name=reason][value=missing]").check()
    english.keyboard.press("Enter")

    chair.told()
    chair.says("Right: it had to go back.")
    assert found(chair.faults, inspection_practice.place_of(chair.exercise))


def test_a_second_press_on_a_box_means_the_place_beneath(english, studio):
    chair = Chair(english, studio, "loose")
    chair.begin()
    x, y, w, h = chair.exercise.annotation["regions"][0]["box"]

    chair.press_picture(x + w / 2, y + h / 2)
    chair.press_picture(x + w / 2, y + h / 2)

    expect(english.locator("input[name=place][value=missing]")).to_be_checked()
    assert float(english.locator("input[name=x]").input_value()) == pytest.approx(x + w / 2, abs=2)


def test_everything_goes_by_the_keyboard_alone(english, studio):
    chair = Chair(english, studio, "missing")
    chair.begin()
    chair.until(faulty=True)
    goal = [chair.faults[0].box[axis] + chair.faults[0].box[axis + 2] / 2 for axis in (0, 1)]
    keys = english.keyboard

    keys.press("r")  # nothing is chosen yet: the form asks for the place
    expect(english.locator("input[name=place]").first).to_be_focused()
    keys.press("ArrowUp")  # round to the last choice
    expect(english.locator("input[name=place][value=missing]")).to_be_checked()
    keys.press("Tab")
    for axis, (less, more) in enumerate((("ArrowLeft", "ArrowRight"), ("ArrowUp", "ArrowDown"))):
        field = english.locator("input[name=x], input[name=y]").nth(axis)
        keys.press(more)
        for _ in range(60):
            gap = goal[axis] - float(field.input_value())
            if abs(gap) < 8:
                break
            keys.press(more if gap > 0 else less)
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Space")
    expect(english.locator("input[name=reason][value=missing]")).to_be_checked()
    keys.press("Enter")

    chair.told()
    chair.says("Right: it had to go back.")
    expect(english.locator(".said .icon-right")).to_have_count(2)
    keys.press("Enter")
    chair.ready()


def test_once_a_reason_is_chosen_enter_no_longer_accepts(english, studio):
    chair = Chair(english, studio, "wrong_label", "text_class")
    chair.begin()
    english.locator("input[name=reason][value=other]").check()

    english.keyboard.press("Enter")

    chair.told()
    assert chair.exercise.verdict == "rejected"


def test_it_works_without_script(new_context, studio):
    page = new_context(java_script_enabled=False).new_page()
    chair = Chair(page, studio, "missing")
    page.locator(f"form:has(input[value='{chair.project}']) button").click()
    page.locator("input[name=place][value=missing]").check()
    page.locator("input[name=x]").fill("30")
    page.locator("input[name=y]").fill("40")
    page.locator("input[name=reason][value=missing]").check()
    page.locator("button[value=rejected]").click()

    expect(page.locator("#told")).to_be_visible()
    assert inspection_practice.place_of(chair.exercise) == (30, 40)


@pytest.mark.parametrize("task_type", ["bbox", "image_class", "choice"])
def test_the_pages_have_no_serious_fault(english, studio, task_type):
    chair = Chair(english, studio, "wrong_label", task_type)
    look_it_over(english)
    chair.begin()
    look_it_over(english)
    chair.until(faulty=True)
    english.keyboard.press("Enter")
    chair.told()
    look_it_over(english)
    english.goto(f"{studio.address}/inspection-practice/figures")
    look_it_over(english)
