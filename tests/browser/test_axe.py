"""No page has a serious accessibility fault, in light and dark, on a desk and on a phone."""

import json
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from tests.browser.working import Desk
from tests.make import make_project, make_submission, make_user

LOOKS = [(scheme, size) for scheme in ("light", "dark") for size in ((1440, 900), (390, 844))]
BAD = {"serious", "critical"}


def faults(page: Page) -> list[str]:
    """The serious findings on a page as it stands, one a line."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url} {fault['id']}: {fault['help']}\n  "
        + "\n  ".join(node["html"][:160] for node in fault["nodes"][:4])
        for fault in found
        if fault["impact"] in BAD
    ]


def start(page: Page, chair: str) -> None:
    page.goto("/")
    page.locator(f"form:has(input[value={chair}]) button").click()
    page.wait_for_load_state()


def work_on(slug: str, *keys: str) -> Callable[[Page], None]:
    def visit(page: Page) -> None:
        desk = Desk.sit_down(page, slug)
        desk.press(*keys)
        page.wait_for_timeout(250)

    return visit


def result_of(slug: str) -> Callable[[Page], None]:
    def visit(page: Page) -> None:
        Desk.sit_down(page, slug).press("1" if slug != "street" else "e", "Enter")
        page.wait_for_url("**/results/*")
        page.locator("#result[data-ready]").wait_for()

    return visit


def signed_out(page: Page) -> None:
    desk = Desk.sit_down(page, "inquiry_ko")
    page.context.clear_cookies()
    desk.press("1")
    page.locator("dialog[open]").wait_for()


def at(address: str, chair: str = "worker") -> Callable[[Page], None]:
    def visit(page: Page) -> None:
        start(page, chair)
        page.goto(address)

    return visit


def in_a_run(*, ended: bool) -> Callable[[Page], None]:
    def visit(page: Page) -> None:
        start(page, "worker")
        page.locator("#home .filled").click()
        Desk(page, "").ready().press("1", "Enter")
        page.locator(".position", has_text="2 / 6").wait_for()
        page.locator("a.back").click()
        if ended:
            page.locator("form[action$='/end'] button").click()
            page.locator(".run-answers").wait_for()

    return visit


PAGES: dict[str, Callable[[Page], None]] = {
    "start": lambda page: page.goto("/") and None,
    "home": at("/"),
    "project": at("/projects/street"),
    "guide": at("/projects/street/guide"),
    "account": at("/account"),
    "scores": at("/scores"),
    "no such page": at("/no-such-page"),
    "inspector's home": at("/", "inspector"),
    "inspection queue": at("/inspect", "inspector"),
    "people": at("/scores/people", "inspector"),
    "boxes": work_on("street", "n"),
    "picture class": work_on("vehicle_type", "1"),
    "text class": work_on("inquiry_ko", "1"),
    "keys": work_on("vehicle_type", "?"),
    "drawer": work_on("inquiry_ko", "g"),
    "signed out": signed_out,
    "question": work_on("theory_ko", "1"),
    "result of a question": result_of("theory_ko"),
    "result of boxes": result_of("street"),
    "result of a class": result_of("vehicle_type"),
    "run that goes on": in_a_run(ended=False),
    "run that has ended": in_a_run(ended=True),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_serious_fault(new_context, name):
    page = new_context(reduced_motion="reduce").new_page()
    PAGES[name](page)

    look_it_over(page)


def look_it_over(page: Page) -> None:
    found: list[str] = []
    for scheme, (width, height) in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(50)
        found += [f"{scheme} {width}: {fault}" for fault in faults(page)]

    assert not found, json.dumps(found, indent=1, ensure_ascii=False).replace("\\n", "\n")


@pytest.mark.parametrize(
    "place", ["/sign-in", "/account", "/inspect", "/inspect/{id}", "/scores/people/{worker}"]
)
def test_a_page_of_a_school_has_no_serious_fault(new_context, studio, place):
    context = new_context(reduced_motion="reduce")
    page = context.new_page()
    with studio.session() as session:
        worker, inspector = make_user(session), make_user(session, role=Role.INSPECTOR)
        project = make_project(session, feedback=Feedback.AFTER_REVIEW)
        submission = make_submission(session, worker, project)
        if place != "/sign-in":
            studio.sign_in(context, inspector)
        address = place.format(id=submission.id, worker=worker.id)
    answer = page.goto(f"{studio.address}{address}")
    assert answer is not None
    assert answer.ok

    look_it_over(page)


def test_a_fault_would_be_found(page):
    page.goto("/")
    page.evaluate("document.body.append(document.createElement('button'))")

    assert any("button-name" in fault for fault in faults(page))
