"""Commands, run as the console script runs them, but in this process."""

import io
import sys

import pytest

from labelkit import cli
from labelkit.store.engine import open_engine, reading


class Ran:
    """What a command said, and how it ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def refusal(self):
        """The one sentence of a command that failed; click tells of usage before it."""
        assert self.code == 2
        assert self.out == ""
        assert "Traceback" not in self.err
        return next(line for line in self.err.splitlines() if line.startswith(("labelkit: ", "Error: ")))


class Typed(io.StringIO):
    """Standard input, with a person at a keyboard or without."""

    def __init__(self, text, by_hand):
        super().__init__(text)
        self.isatty = lambda: by_hand


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder of one's own, and nothing else set."""
    for name in ("LABELKIT_DATABASE_URL", "LABELKIT_PROXIES", "LABELKIT_SECRET_KEY", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LABELKIT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def run(data, monkeypatch, capsys):
    """Runs a command as the console script does, without a keyboard unless told otherwise."""

    def labelkit(*arguments, typed="", by_hand=False):
        monkeypatch.setattr(sys, "argv", ["labelkit", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", Typed(typed, by_hand))
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = end.code
        return Ran(code, *capsys.readouterr())

    return labelkit


@pytest.fixture
def look(data):
    """What a question finds in the database afterwards."""

    def ask(question, file="labelkit.sqlite3"):
        engine = open_engine(f"sqlite:///{data / file}")
        with reading(engine) as session:
            found = session.scalars(question).all()
        engine.dispose()
        return found

    return ask
