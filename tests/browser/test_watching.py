"""The watch that all browser tests rely on sees what it is there to see."""

import pytest
from playwright.sync_api import Page

from labelkit.config import HTMX_INTEGRITY, HTMX_URL
from tests.browser.watching import keep_inside, watch

ADDRESS = "http://127.0.0.1/"
HTMX = f'<script src="{HTMX_URL}" integrity="{HTMX_INTEGRITY}" crossorigin="anonymous"></script>'


@pytest.fixture
def problems() -> list[str]:
    return []


@pytest.fixture
def show(browser, problems):
    """Opens a page of this HTML in a watched context."""
    context = browser.new_context()

    def visit(html: str, *, status: int = 200, htmx: bool = True):
        watch(context, problems)
        keep_inside(context, problems, htmx=htmx)
        headers = {"content-type": "text/html", "content-security-policy": "script-src 'self' https:"}
        context.route(ADDRESS, lambda route: route.fulfill(status=status, headers=headers, body=html))
        page = context.new_page()
        page.goto(ADDRESS)
        return page

    yield visit
    context.close()


def first_of(problems: list[str], page: Page) -> str:
    """Reports arrive on their own time."""
    for _ in range(500):
        if problems:
            break
        page.wait_for_timeout(10)
    return problems[0]


def test_a_good_page_raises_no_problem(show, problems):
    show("<p>안녕하세요</p>")

    assert problems == []


def test_an_inline_script_is_told(show, problems):
    page = show("<script>document.title = 'never'</script>")

    assert "CSP" in first_of(problems, page)


def test_an_error_that_nobody_catches_is_told(show, problems):
    page = show("<p>Fine</p>")
    page.evaluate("setTimeout(() => { throw new Error('on purpose') })")

    assert "on purpose" in first_of(problems, page)


def test_a_failing_server_is_told(show, problems):
    show("<p>Sorry</p>", status=500)

    assert problems == [f"500 from GET {ADDRESS}"]


def test_a_request_to_another_machine_is_told_and_stopped(show, problems):
    show('<img alt="" src="https://example.org/picture.png">')

    assert problems == ["A request would have left this machine: https://example.org/picture.png"]


def test_htmx_is_there_although_nothing_is_fetched(show, problems):
    page = show(HTMX)

    assert page.evaluate("typeof htmx") == "object"
    assert problems == []


def test_htmx_can_be_kept_away(show, problems):
    page = show(HTMX, htmx=False)

    assert page.evaluate("typeof htmx") == "undefined"
    assert problems == []
