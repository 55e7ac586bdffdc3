"""The real program, started as its user starts it."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_WITHIN = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_demo(program: Path, data_dir: Path, cwd: Path | None = None) -> Iterator[str]:
    """`labelkit demo` on a free port with a data folder of its own; yields its address.

    Fails if the program ends by itself, or if it had to report an error of its own meanwhile.
    """
    port = free_port()
    log = data_dir.parent / f"{data_dir.name}.log"
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("LABELKIT_", "PYTHONPATH"))
    }
    command = [program, "demo", "--no-browser", "--port", str(port)]
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command, cwd=cwd, env=environ | {"LABELKIT_DATA_DIR": str(data_dir)}, stdout=out, stderr=out
        )
        try:
            yield _answering(f"http://127.0.0.1:{port}", process, log)
        finally:
            process.terminate()
            process.wait(timeout=20)
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said


def _answering(address: str, process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(START_WITHIN * 20):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return address
        except (urllib.error.URLError, ConnectionError):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.05)
    raise AssertionError(f"No answer within {START_WITHIN} s: {log.read_text(encoding='utf-8')}")
