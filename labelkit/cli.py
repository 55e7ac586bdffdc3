"""The list of commands. An error is one sentence and exit code 2, never a traceback."""

import io
import sys
from pkgutil import resolve_name

import click

from labelkit import __version__
from labelkit.config import BadSetting
from labelkit.domain.errors import Refused

COMMANDS = {
    "demo": "labelkit.cli_site:demo",
    "doctor": "labelkit.cli_doctor:doctor",
    "import": "labelkit.cli_site:import_pack",
    "init": "labelkit.cli_site:init",
    "project": "labelkit.cli_project:project",
    "rescore": "labelkit.cli_rescore:rescore",
    "score": "labelkit.cli_score:score",
    "serve": "labelkit.cli_site:serve",
    "user": "labelkit.cli_site:user",
}


class Commands(click.Group):
    """Loads a command when it is called for: scoring two files waits for neither database nor server."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = COMMANDS.get(cmd_name)
        command: click.Command | None = resolve_name(place) if place else None
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def labelkit() -> None:
    """Practise data labeling, inspect, and see exact scores."""


def _database_error() -> type[Exception]:
    """What a database raises. Asked for only once something has gone wrong, and loaded only then."""
    from sqlalchemy.exc import SQLAlchemyError

    return SQLAlchemyError


def main() -> None:
    """Run a command; what goes wrong by somebody's input is told in one sentence."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a name that the terminal cannot show is no failure
    try:
        labelkit(standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
    except (Refused, BadSetting) as problem:
        click.echo(f"labelkit: {problem}", err=True)
        sys.exit(2)
    except (OSError, _database_error()) as problem:
        click.echo(f"labelkit: {problem}".splitlines()[0], err=True)
        sys.exit(2)
