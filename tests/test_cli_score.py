"""`labelkit score` compares two files on the command line, with neither a server nor a database."""

import subprocess
import sys

HEAVY = {"alembic", "flask", "PIL", "sqlalchemy", "waitress"}


def loaded_by(*arguments):
    """The top-level modules that a command has loaded when it is done."""
    code = "import sys; from labelkit.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in run.stderr.split()}


def test_the_list_of_commands_loads_neither_server_nor_database():
    assert not HEAVY & loaded_by("--version")
