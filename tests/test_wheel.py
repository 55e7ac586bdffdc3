"""A wheel in an empty environment serves the demo from any directory: pages, static files and packs."""

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from packaging.requirements import Requirement

from tests.serving import running_demo

TOP = Path(__file__).parents[1]


def required(name: str, seen: set[str]) -> Iterator[Distribution]:
    """What this package needs at run time, and what that needs in turn; no extras."""
    for requirement in map(Requirement, distribution(name).requires or []):
        wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if wanted and requirement.name.lower() not in seen:
            seen.add(requirement.name.lower())
            yield distribution(requirement.name)
            yield from required(requirement.name, seen)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
    subprocess.run(build, cwd=TOP, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def empty_environment(tmp_path_factory, wheel) -> Path:
    """A new environment with the wheel and the packages that it declares, and no others.

    They are linked from here rather than fetched again: tests use no network.
    """
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    for package in required("labelkit", set()):
        for entry in {file.parts[0] for file in package.files or []} - {"..", "__pycache__"}:
            (site / entry).symlink_to(package.locate_file(entry))
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    return folder


def test_the_wheel_serves_the_demo_from_another_directory(empty_environment, tmp_path):
    packs = {head.parent.name for head in (TOP / "sample_data").glob("*/pack.json")}
    browser = build_opener(HTTPCookieProcessor())

    with running_demo(empty_environment / "bin" / "labelkit", tmp_path / "data", cwd=tmp_path) as address:
        home = browser.open(f"{address}/demo/start", data=b"chair=worker").read().decode()
        files = set(re.findall(r'(?:src|href)="(/(?:static|pictures)/[^"]+)"', home))

        assert set(re.findall(r'href="/projects/(\w+)"', home)) == packs
        assert {browser.open(address + file).status for file in files} == {200}
