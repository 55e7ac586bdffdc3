"""The inspector's chair, in two browsers: what is marked by one is exactly what the other sees."""

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.store.models import Submission
from tests.browser.working import Desk
from tests.make import box, boxes, make_item, make_project, make_submission, make_user

LOOSE = box(x=20, y=24, w=140, h=112)
GOLD = [boxes(box(x=40, y=40, w=100, h=80), box("person", x=220, y=100, w=40, h=80))]
SECOND = box("person", x=220, y=100, w=40, h=80)
UNCHANGED = "This is the answer that was sent back. Change what the inspector marked."
_numbers = itertools.count(1)


class Chairs:
    """A worker and an inspector at their own browsers, and a project that is inspected."""

    def __init__(self, studio, open_page: Callable[[], Page]) -> None:
        self.studio = studio
        number = next(_numbers)
        with studio.session() as session:
            worker = make_user(session, f"story-worker-{number}")
            inspector = make_user(session, f"story-inspector-{number}", Role.INSPECTOR)
            project = make_project(session, f"story_{number}", feedback=Feedback.AFTER_REVIEW, items=0)
            make_item(session, project, gold=GOLD)
            self.slug = project.slug
            self.sent = make_submission(session, worker, project, boxes(LOOSE)).id
            self.own = make_submission(session, inspector, project).id
            self.worker, self.inspector = open_page(), open_page()
            for page, person in ((self.worker, worker), (self.inspector, inspector)):
                studio.sign_in(page.context, person)

    def inspect(self, submission_id: int) -> Page:
        page = self.inspector
        page.goto(f"{self.studio.address}/inspect/{submission_id}?lang=en")
        page.locator("#submission[data-ready=all]").wait_for()
        return page

    def result(self, submission_id: int) -> Page:
        self.worker.goto(f"{self.studio.address}/results/{submission_id}?lang=en")
        return self.worker


@pytest.fixture
def chairs(studio, new_context):
    return Chairs(studio, lambda: new_context().new_page())


def at(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where on the screen a point of the inspected picture is."""
    left, top, width, _ = map(float, page.locator("svg.compare").get_attribute("viewBox").split())
    frame = page.locator("svg.compare").bounding_box()
    scale = frame["width"] / width
    return frame["x"] + (x - left) * scale, frame["y"] + (y - top) * scale


def rework(worker: Page, slug: str) -> Desk:
    worker.locator("button[name=from][value=mine]").click()
    worker.wait_for_url("**/work/*")
    return Desk(worker, slug).ready()


def newest(chairs: Chairs) -> int:
    with chairs.studio.session() as session:
        return max(row.id for row in session.query(Submission))


def test_what_is_marked_is_seen_fixed_and_accepted(chairs):
    page = chairs.inspect(chairs.sent)
    page.locator("[data-region='0'] [data-wrong]").click()
    page.locator("[name=region-0]").select_option("loose")
    page.mouse.click(*at(page, 240, 140))
    page.keyboard.press("Escape")
    page.locator("button[value=rejected]").click()
    page.wait_for_url("**/inspect")

    worker = chairs.result(chairs.sent)
    marks = worker.locator(".marks > li")
    expect(marks).to_have_count(2)
    expect(marks.nth(0)).to_contain_text("A box is loose.")
    expect(marks.nth(0)).to_contain_text("G-02")
    expect(marks.nth(1)).to_contain_text("An object is missing.")
    expect(worker.locator("svg.compare .badge")).to_have_count(2)

    desk = rework(worker, chairs.slug)
    expect(worker.locator(".sent-back .marks > li")).to_have_count(2)
    expect(worker.locator("[data-remarks] .badge")).to_have_count(2)
    desk.submit()
    expect(worker.locator(".work-notes .notice.error")).to_contain_text(UNCHANGED)

    desk.ready()
    desk.choose("person")
    desk.draw(SECOND.x, SECOND.y, SECOND.w, SECOND.h)
    desk.submit()
    worker.wait_for_url("**/results/*")
    second = newest(chairs)

    page = chairs.inspect(second)
    page.keyboard.press("Enter")
    page.wait_for_url("**/inspect")
    expect(chairs.result(second).locator(".review.accepted")).to_be_visible()


def test_nobody_inspects_their_own_work(chairs):
    answer = chairs.inspector.goto(f"{chairs.studio.address}/inspect/{chairs.own}?lang=en")

    assert answer.status == 403
    expect(chairs.inspector.locator("h1")).to_have_text("Nobody inspects their own work.")


def test_an_inspection_is_done_by_keyboard_alone(chairs):
    page = chairs.inspect(chairs.sent)

    page.keyboard.press("1")
    page.keyboard.press("x")
    page.locator("[name=region-0]").select_option("loose")
    page.keyboard.press("Enter")
    page.keyboard.press("m")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("r")
    page.wait_for_url("**/inspect")

    worker = chairs.result(chairs.sent)
    expect(worker.locator(".marks > li")).to_have_count(2)
    expect(worker.locator("#mark-2")).to_have_attribute("data-at", "170.0 119.0")


def test_gold_is_shown_by_a_key_and_what_was_marked_stays(chairs):
    page = chairs.inspect(chairs.sent)
    assert page.locator("[data-gold]").count() == 0
    page.locator("[data-region='0'] [data-wrong]").click()
    page.locator("[name=region-0]").select_option("loose")
    page.keyboard.press("Enter")

    page.keyboard.press("s")

    expect(page.locator("g[data-gold]")).to_have_count(2)
    expect(page.locator("[name=region-0]")).to_have_value("loose")
    expect(page.locator("[data-region='0']")).to_have_attribute("data-verdict", "wrong")
