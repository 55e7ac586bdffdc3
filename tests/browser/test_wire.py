"""The cold labeling page: how much travels before somebody can draw or choose.

The picture and htmx do not count; nor does what is only asked for once the page can be worked with.
"""

import pytest

from tests.browser.working import Desk

MOST_BYTES = 80_000
MOST_REQUESTS = 14
NOTE_WHEN_DRAWABLE = """
  new MutationObserver((_, observer) => {
    if (!document.querySelector("[data-editor][data-ready]")) return;
    observer.disconnect();
    window.drawableAt = performance.now();
  }).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"]});
"""
TRAVELLED = """() => performance.getEntries()
  .filter(({entryType}) => ["navigation", "resource"].includes(entryType))
  .filter(({name}) => !name.includes("/pictures/") && !name.includes("htmx"))
  .filter(({responseEnd}) => responseEnd <= window.drawableAt)
  .map(({transferSize, name}) => [transferSize, name])"""


@pytest.mark.parametrize("slug", ["street", "vehicle_type", "inquiry_ko"])
def test_little_travels_until_work_can_begin(page, new_context, slug):
    address = Desk.sit_down(page, slug).page.url
    cold = new_context(storage_state=page.context.storage_state()).new_page()
    cold.add_init_script(NOTE_WHEN_DRAWABLE)
    cold.goto(address)
    Desk(cold, slug).ready()

    travelled = cold.evaluate(TRAVELLED)
    told = "\n".join(f"{size:6} {name}" for size, name in sorted(travelled))
    total = sum(size for size, _ in travelled)

    at = cold.evaluate("window.drawableAt")
    print(f"\n{slug}: {len(travelled)} requests, {total / 1000:.1f} kB, {at:.0f} ms until drawable")
    assert 5 <= len(travelled) <= MOST_REQUESTS, told
    assert 10_000 <= total <= MOST_BYTES, told
