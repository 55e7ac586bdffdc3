"""What no page may do: break its own CSP, throw, make the server fail, or talk to another machine."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request, Response, Route

from labelkit.config import HTMX_URL
from tests.browser import equipment

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
TELL_OF_CSP = """
  document.addEventListener("securitypolicyviolation", (event) => {
    tellOfCsp(`${event.effectiveDirective} refuses ${event.blockedURI} at line ${event.lineNumber}`);
  });
"""


def watch(context: BrowserContext, problems: list[str]) -> None:
    """Write down what goes wrong on any page of this context."""

    def on_page(page: Page) -> None:
        page.on("pageerror", lambda error: problems.append(f"Not caught on {page.url}: {error}"))

    def on_response(response: Response) -> None:
        if response.status >= 500:
            problems.append(f"{response.status} from {response.request.method} {response.url}")

    def on_csp(source: dict[str, Page], text: str) -> None:
        problems.append(f"CSP on {source['page'].url}: {text}")

    context.on("page", on_page)
    context.on("response", on_response)
    context.expose_binding("tellOfCsp", on_csp)
    context.add_init_script(TELL_OF_CSP)


def keep_inside(context: BrowserContext, problems: list[str], *, htmx: bool = True) -> None:
    """Let nothing leave this machine: htmx comes from the checked local copy, or not at all."""

    def answer(route: Route, request: Request) -> None:
        if request.url != HTMX_URL:
            problems.append(f"A request would have left this machine: {request.url}")
        if htmx and request.url == HTMX_URL:
            headers = {"content-type": "text/javascript", "access-control-allow-origin": "*"}
            route.fulfill(body=equipment.htmx(), headers=headers)
        else:
            route.abort()

    context.route(_leaves, answer)


def _leaves(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and parts.hostname not in LOOPBACK
