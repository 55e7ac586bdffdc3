"""A real Chromium against the real program: `live_server` is its address, `page` a tab in it.

Every page of every test is watched, and what it did wrong fails the test: see `watching`. Ask for
`htmx_blocked` to have a browser that cannot get htmx, for what must work without it.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser import equipment
from tests.browser.studio import Studio, running_studio
from tests.browser.watching import keep_inside, watch
from tests.serving import running_demo

HERE = Path(__file__).parent
QUIET = ("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, playwright):
    own = playwright.chromium.executable_path
    found = str(equipment.chromium(own))
    return browser_type_launch_args | {
        "executable_path": None if found == own else found,
        "args": [*QUIET, *(["--no-sandbox"] if equipment.is_root() else [])],
    }


@pytest.fixture(scope="session")
def live_server(tmp_path_factory) -> Iterator[str]:
    """The address of a running demo with the sample packs and a fresh data folder."""
    program = Path(sys.executable).with_name("labelkit")
    with running_demo(program, tmp_path_factory.mktemp("browser") / "data") as address:
        yield address


@pytest.fixture(scope="session")
def studio(tmp_path_factory) -> Iterator[Studio]:
    """A running program without sample packs, which makes items to order."""
    with running_studio(tmp_path_factory.mktemp("studio")) as studio:
        yield studio


@pytest.fixture(scope="session")
def base_url(live_server) -> str:
    """Where `page.goto("/")` goes."""
    return live_server


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "ko-KR"}


@pytest.fixture
def htmx_blocked() -> None:
    """Only asked for: the browser of this test cannot get htmx."""


@pytest.fixture
def new_context(new_context, request) -> Iterator[Callable[..., BrowserContext]]:
    """Makes watched browser contexts."""
    problems: list[str] = []

    def make(**options: object) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(15_000)
        watch(context, problems)
        keep_inside(context, problems, htmx="htmx_blocked" not in request.fixturenames)
        return context

    yield make
    assert not problems, "\n".join(problems)
