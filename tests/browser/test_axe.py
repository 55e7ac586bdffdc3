"""No page has a serious accessibility fault, in light and dark, on a desk and on a phone."""

import json
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.working import Desk

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
    "result of boxes": result_of("street"),
    "result of a class": result_of("vehicle_type"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_serious_fault(new_context, name):
    found: list[str] = []
    context = new_context(reduced_motion="reduce")
    page = context.new_page()
    PAGES[name](page)
    for scheme, (width, height) in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(50)
        found += [f"{scheme} {width}: {fault}" for fault in faults(page)]

    assert not found, json.dumps(found, indent=1, ensure_ascii=False).replace("\\n", "\n")


def test_a_fault_would_be_found(page):
    page.goto("/")
    page.evaluate("document.body.append(document.createElement('button'))")

    assert any("button-name" in fault for fault in faults(page))
