"""A person at the workbench, as browser tests move her: in picture pixels, with a real mouse."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

PACKS = Path(__file__).parents[2] / "sample_data"
Box = tuple[float, float, float, float]


@cache
def _keys_by_digest(slug: str) -> dict[str, str]:
    items = json.loads((PACKS / slug / "items" / "items.json").read_text(encoding="utf-8"))
    return {
        hashlib.sha256((PACKS / slug / "items" / item["picture"]).read_bytes()).hexdigest(): item["key"]
        for item in items
    }


def gold_of(slug: str, key: str) -> list[dict[str, Any]]:
    """The accepted annotations of an item, read from the pack on disk."""
    entries = json.loads((PACKS / slug / "gold.json").read_text(encoding="utf-8"))["gold"]
    newest = max((entry for entry in entries if entry["item"] == key), key=lambda entry: entry["version"])
    accepted: list[dict[str, Any]] = newest["accepted"]
    return accepted


class Desk:
    """The labeling page of one item."""

    def __init__(self, page: Page, slug: str) -> None:
        self.page = page
        self.slug = slug
        self.stage = page.locator("[data-stage]")

    @classmethod
    def sit_down(cls, page: Page, slug: str) -> "Desk":
        """Start as a new worker, on the first item of a project: sent as its two forms send it, for the pages
        that have these are other tests' affair and take their time."""
        page.request.post("/demo/start", form={"chair": "worker"}, max_redirects=0)
        following = page.request.post(f"/projects/{slug}/next", max_redirects=0)
        page.goto(following.headers["location"])
        return cls(page, slug).ready()

    def ready(self) -> "Desk":
        """Wait until everything that can be loaded is, and give the mouse a place to come from."""
        self.page.locator("#item[data-ready=all]").wait_for()
        self.page.locator("[data-editor][data-ready=all]").wait_for()
        return self

    @property
    def answer(self) -> Any:
        return json.loads(self.page.locator("input[name=annotation]").input_value())

    @property
    def boxes(self) -> list[list[float]]:
        return [region["box"] for region in self.answer["regions"]]

    @property
    def rows(self) -> Locator:
        return self.page.locator("[data-objects] > li")

    @property
    def item_key(self) -> str:
        """Which item this is, told by its picture."""
        url = self.stage.locator("img").get_attribute("src")
        body = self.page.request.get(url or "").body()
        return _keys_by_digest(self.slug)[hashlib.sha256(body).hexdigest()]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where on the screen a point of the picture is."""
        numbers = self.stage.locator("img").evaluate("img => getComputedStyle(img).transform")
        a, _, _, d, dx, dy = map(float, re.findall(r"-?[\d.]+(?:e-?\d+)?", numbers))
        frame = self.stage.bounding_box()
        assert frame is not None
        return frame["x"] + dx + x * a, frame["y"] + dy + y * d

    @property
    def scale(self) -> float:
        return (self.at(1000, 0)[0] - self.at(0, 0)[0]) / 1000

    def move_to(self, x: float, y: float) -> None:
        self.page.mouse.move(*self.at(x, y))

    def click(self, x: float, y: float) -> None:
        self.page.mouse.click(*self.at(x, y))

    def drag(self, start: tuple[float, float], end: tuple[float, float], button: Any = "left") -> None:
        self.move_to(*start)
        self.page.mouse.down(button=button)
        self.page.mouse.move(*self.at(*end), steps=4)
        self.page.mouse.up(button=button)

    def draw(self, x: float, y: float, w: float, h: float) -> None:
        """Draw a box from its upper left corner, selected or not what lies there."""
        self.page.keyboard.press("Escape")
        self.drag((x, y), (x + w, y + h))

    def choose(self, label: str) -> None:
        self.page.locator(f'[data-command="label {label}"]').click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def saved(self) -> None:
        """Wait until the page says that the server has it."""
        expect(self.page.locator("[data-save]")).to_have_attribute("data-state", "saved")

    def submit(self) -> None:
        self.page.locator("[data-submit]").click()


def near(actual: list[float], expected: Box | list[float], within: float) -> bool:
    return all(abs(a - b) <= within for a, b in zip(actual, expected, strict=True))
