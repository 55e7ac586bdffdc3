"""`labelkit score`: two annotation files, and neither a server nor a database."""

from dataclasses import replace
from pathlib import Path

import click

from labelkit.domain.errors import Refused
from labelkit.domain.rules import BoxRules
from labelkit.formats.coco_json import CocoError, read_json
from labelkit.formats.coco_scores import score_files, to_csv, to_json
from labelkit.score_report import report

STANDARD_OUTPUT = Path("-")

_file = click.Path(path_type=Path)


@click.command()
@click.option("--gold", required=True, type=_file, help="What is right: a COCO annotation file.")
@click.option("--answers", required=True, type=_file, help="What was marked: such a file, or a results list.")
@click.option("--iou", type=float, help="The IoU from which a box is a hit, instead of that of the rules.")
@click.option(
    "--rules", "rules_file", type=_file, help='A JSON file with the rules that differ: {"pass_score": 0.9}.'
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON instead.")
@click.option("--csv", "csv_file", type=_file, help="Write a line for each image here; - prints it instead.")
@click.option(
    "--worst", type=click.IntRange(0), default=10, show_default=True, help="How many images to name."
)
def score(
    gold: Path,
    answers: Path,
    iou: float | None,
    rules_file: Path | None,
    as_json: bool,
    csv_file: Path | None,
    worst: int,
) -> None:
    """Score boxes in one COCO file against another, and say what is wrong with each.

    Images belong together by file name, else by id; labels by name.
    """
    if as_json and csv_file == STANDARD_OUTPUT:
        raise click.UsageError("Give --csv a file: with --json, both would be printed.")
    if csv_file and csv_file.resolve() in {path.resolve() for path in (gold, answers, rules_file) if path}:
        raise click.UsageError("--csv would write over a file that is read.")
    scored = score_files(gold, answers, _rules(rules_file, iou))
    if csv_file and csv_file != STANDARD_OUTPUT:
        csv_file.write_bytes(to_csv(scored))
    if as_json:
        click.echo(to_json(scored))
    elif csv_file == STANDARD_OUTPUT:
        click.echo(to_csv(scored), nl=False)
    else:
        click.echo(report(scored, worst))


def _rules(file: Path | None, iou: float | None) -> BoxRules:
    """The default rules, but for what the file says; a lower `iou` takes `near_iou` along."""
    try:
        rules = BoxRules.from_json(read_json(file)) if file else BoxRules()
    except CocoError:
        raise
    except Refused as refusal:
        raise CocoError(str(file), refusal.sentence, **refusal.values) from refusal
    return rules if iou is None else replace(rules, match_iou=iou, near_iou=min(rules.near_iou, iou))
