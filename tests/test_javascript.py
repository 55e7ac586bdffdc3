"""The browser's pure modules are tested by Node: the one inside Playwright, so never skipped."""

import os
import subprocess
from pathlib import Path

import playwright

FOLDER = Path(__file__).parent / "js"
NODE = Path(playwright.__file__).parent / "driver" / ("node.exe" if os.name == "nt" else "node")


def test_javascript_modules_do_what_their_tests_say():
    files = sorted(str(path) for path in FOLDER.glob("*.test.js"))
    assert files

    run = subprocess.run(
        [NODE, "--test", "--test-reporter=spec", *files], capture_output=True, encoding="utf-8", timeout=300
    )

    assert run.returncode == 0, f"\n{run.stdout}\n{run.stderr}"
