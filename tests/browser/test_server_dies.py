"""The server is killed in the middle of the work and comes back: nothing is lost."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.working import Desk
from tests.serving import free_port


class Server:
    """The real program at one address, which can be killed and started again."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = data.parent / "server.log"
        self.environ = {name: value for name, value in os.environ.items() if not name.startswith("LABELKIT_")}
        self.environ["LABELKIT_DATA_DIR"] = str(data)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = Path(sys.executable).with_name("labelkit")
        command = [program, "demo", "--no-browser", "--port", str(self.port)]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(command, env=self.environ, stdout=out, stderr=out)
        for _ in range(1200):
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
                return
            except (urllib.error.URLError, ConnectionError):
                assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
                time.sleep(0.05)
        raise AssertionError("The server does not answer.")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        self.process.wait(timeout=20)


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    server = Server(tmp_path / "data")
    server.start()
    yield server
    server.kill()


def test_boxes_outlive_the_server(page, server):
    page.goto(server.address)
    page.locator("form:has(input[value=worker]) button").click()
    page.goto(f"{server.address}/projects/street_basic")
    page.locator("form[action$='/next'] button").click()
    desk = Desk(page, "street_basic").ready()
    desk.draw(100, 80, 120, 60)
    desk.saved()
    server.kill()
    desk.draw(300, 150, 50, 40)
    drawn = desk.boxes
    expect(page.locator("[data-save]")).to_have_attribute("data-state", "offline")
    server.start()

    desk.saved()
    page.reload()
    desk.ready()
    assert desk.boxes == drawn
    assert len(drawn) == 2


def test_a_sending_to_a_dead_server_is_made_good_by_pressing_again(page, server):
    page.goto(server.address)
    page.locator("form:has(input[value=worker]) button").click()
    page.goto(f"{server.address}/projects/vehicle_type")
    page.locator("form[action$='/next'] button").click()
    desk = Desk(page, "vehicle_type").ready()
    desk.press("1")
    desk.saved()
    server.kill()
    desk.press("Enter")
    expect(page.locator("[data-hint]")).to_be_visible()
    server.start()
    desk.press("Enter")

    page.wait_for_url("**/results/*")
    expect(page.locator("#verdict-title")).to_be_visible()
