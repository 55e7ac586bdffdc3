"""How smoothly a box is dragged among 500 on a 4000 × 3000 picture, beside the same page left alone.

Frames are those that the page is given by requestAnimationFrame in a headless Chromium: at 60 a second
one takes 16.7 ms. The idle figure tells how much of a long frame is this machine's own doing.
"""

import io
import math
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser import equipment
from tests.browser.studio import running_studio
from tests.browser.watching import keep_inside
from tests.browser.working import Desk

SIZE = (4000, 3000)
COLUMNS, ROWS = 25, 20
BOXES = [
    {"label": ("car", "person")[n % 2], "box": [n % COLUMNS * 160 + 20, n // COLUMNS * 150 + 20, 120, 110]}
    for n in range(COLUMNS * ROWS)
]
STEPS = 400
RECORD = """() => {
  window.frames_ = [];
  let last = 0;
  const tick = (now) => {
    if (last) window.frames_.push(now - last);
    last = now;
    window.ticking_ = requestAnimationFrame(tick);
  };
  window.ticking_ = requestAnimationFrame(tick);
}"""
STOP = "() => (cancelAnimationFrame(window.ticking_), window.frames_)"


def picture() -> bytes:
    """A picture with something to decode in every part of it; the same each time."""
    coarse = np.random.default_rng(4).integers(0, 256, (SIZE[1] // 20, SIZE[0] // 20, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(coarse).resize(SIZE, Image.Resampling.BICUBIC).save(out, "JPEG", quality=85)
    return out.getvalue()


def frames_of_a_drag(page: Page, desk: Desk, resize: bool) -> list[float]:
    """Frame times in milliseconds while a box in the middle goes round in a circle."""
    x, y, w, h = BOXES[len(BOXES) // 2 + 12]["box"]
    desk.press("Escape")
    desk.click(x + w / 2, y + h / 2)
    start = (x + w, y + h) if resize else (x + w / 2, y + h / 2)
    desk.move_to(*start)
    page.mouse.down()
    left, top = desk.at(*start)
    page.evaluate(RECORD)
    for step in range(STEPS):
        angle = step / STEPS * 12 * math.pi
        page.mouse.move(left + 60 * math.sin(angle), top + 60 * (1 - math.cos(angle)))
    frames = page.evaluate(STOP)
    page.keyboard.press("Escape")
    page.mouse.up()
    return list(frames)


def frames_of_an_idle_page(page: Page) -> list[float]:
    page.evaluate(RECORD)
    page.wait_for_timeout(3000)
    return list(page.evaluate(STOP))


def show(what: str, frames: list[float]) -> None:
    late = sum(frame > 17.5 for frame in frames)
    p50, p95 = np.percentile(frames, (50, 95))
    print(f"{what:<26} {len(frames):5} frames  median {p50:5.1f} ms  95 % within {p95:5.1f} ms  late {late}")


def measure(executable: str | None) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_studio(Path(folder)) as studio,
        sync_playwright() as playwright,
    ):
        arguments = ["--no-sandbox"] if equipment.is_root() else []
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        keep_inside(context, [])
        page = context.new_page()
        desk = studio.sit_down(page, picture=picture(), draft={"regions": BOXES})
        page.wait_for_timeout(1500)
        print(f"\n{len(BOXES)} boxes on {SIZE[0]} x {SIZE[1]} pixels, Chromium {browser.version}:")
        show("the page left alone", frames_of_an_idle_page(page))
        show("a box moved", frames_of_a_drag(page, desk, resize=False))
        show("a corner dragged, loupe", frames_of_a_drag(page, desk, resize=True))
        show("the page left alone", frames_of_an_idle_page(page))
        browser.close()


if __name__ == "__main__":
    with sync_playwright() as finder:
        own = finder.chromium.executable_path
    found = str(equipment.chromium(own))
    measure(None if found == own else found)
