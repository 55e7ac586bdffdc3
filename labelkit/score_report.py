"""The scores of two files as a page of text, at most 100 columns wide."""

from collections import Counter
from collections.abc import Sequence

from labelkit.domain.figures import Cell
from labelkit.domain.scores import LabelFigures, Score, Severity
from labelkit.formats.coco_json import printable
from labelkit.formats.coco_scores import FileScores, label_score
from labelkit.text_table import GAP, fit, table, width

WIDTH = 100
_MOST_LABELS, _MOST_CELLS, _MOST_NAMES = 100, 15, 3  # lines and names; --json has them all
_MOST_NAME, _MOST_KINDS = 30, 40  # columns
_NOTHING = "(nothing)"


def report(scored: FileScores, worst: int) -> str:
    """All that is to be said in one page, with the `worst` images by name."""
    parts = (
        _head(scored),
        _section("Overall", _overall(scored)),
        _section("Labels, those with most mistakes first", _labels(scored)),
        _section("Findings by kind", _findings(scored)),
        _section("Confusion of gold with answers", _confusion(scored)),
        _section("Worst images", _worst(scored, worst)),
        _section("Good to know", _notes(scored)),
    )
    return "\n\n".join("\n".join(part) for part in parts if part)


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *lines] if lines else []


def _head(scored: FileScores) -> list[str]:
    gold, answers = scored.compared.gold.file, scored.compared.answers.file
    names = (printable(str(path)) for path in (answers.path, gold.path))
    return [" against ".join(fit(name, (WIDTH - 9) // 2) for name in names)]


def _overall(scored: FileScores) -> list[str]:
    counts = scored.overall
    passed = f"{_count(sum(scored.passed))} of {_count(len(scored.passed))}"
    lines = (
        ("score", _ratio(counts.value), "precision", _ratio(counts.precision)),
        ("right", _count(counts.right), "recall", _ratio(counts.recall)),
        ("mistakes", _count(counts.mistakes), "F1", _ratio(counts.f1)),
        ("images passed", passed, "mean IoU", _ratio(counts.mean_iou)),
        ("gold boxes", _count(counts.golds), "panoptic quality", _ratio(counts.panoptic_quality)),
        ("answers", _count(counts.answers), "mean |side error|", _pixels(counts.mean_side_error)),
        ("exact share", _ratio(counts.exact_share), "IoU of a hit", f"{scored.rules.match_iou:g}"),
    )
    return table([(name, value, f"  {other}", figure) for name, value, other, figure in lines], left=(0, 2))


def _labels(scored: FileScores) -> list[str]:
    each = sorted(scored.scores.overall().labels, key=lambda label: -label.mistakes)
    head = ("label", "gold", "answers", "right", "mistakes", "score", "precision", "recall", "F1", "mean IoU")
    return _table([head, *map(_label, each)], _MOST_LABELS)


def _label(own: LabelFigures) -> tuple[str, ...]:
    counts = (own.golds, own.answers, own.right, own.mistakes)
    ratios = (label_score(own), own.precision, own.recall, own.f1, own.mean_iou)
    return (_name(own.label), *map(_count, counts), *map(_ratio, ratios))


def _findings(scored: FileScores) -> list[str]:
    kinds = [(kind, _count(mistakes), _count(warnings)) for kind, mistakes, warnings in scored.kinds()]
    return _table([("kind", "mistakes", "warnings"), *kinds], len(kinds))


def _confusion(scored: FileScores) -> list[str]:
    """The whole matrix where it fits the page, else which labels were taken for which."""
    cells = scored.scores.overall().confusion
    keys = [*sorted({key for cell in cells for key in cell[:2] if key is not None}), None]
    if cells and len(keys) < WIDTH // 3:
        matrix = _matrix(cells, keys)
        if all(width(line) <= WIDTH for line in matrix):
            return matrix
    confused = [cell for cell in cells if cell[0] != cell[1] and None not in cell]
    confused.sort(key=lambda cell: -cell[2])
    lines = [(_name(gold), _name(answer), _count(number)) for gold, answer, number in confused]
    return _table([("gold", "taken for", "boxes"), *lines], _MOST_CELLS, left=(0, 1))


def _matrix(cells: Sequence[Cell], keys: Sequence[str | None]) -> list[str]:
    """Gold down, answers across."""
    count = {(gold, answer): number for gold, answer, number in cells}
    rows = [[_name(gold), *(_count(count.get((gold, answer), 0)) for answer in keys)] for gold in keys]
    return table([["gold", *map(_name, keys)], *rows])


def _worst(scored: FileScores, worst: int) -> list[str]:
    images, each = scored.compared.gold.file.images, scored.scores.figures.each
    faulty = [scene for scene, counts in enumerate(each) if counts.mistakes]
    faulty.sort(key=lambda scene: (each[scene].value, -each[scene].mistakes))
    lines = [
        (
            printable(images.title(scene)),
            _ratio(each[scene].value),
            _count(each[scene].right),
            _count(each[scene].mistakes),
            _kinds(scored.scores.score(scene)),
        )
        for scene in faulty[:worst]
    ]
    return _table([("image", "score", "right", "mistakes", ""), *lines], worst, left=(0, 4))


def _kinds(score: Score) -> str:
    """How many mistakes of each kind there are, as far as they fit."""
    found = Counter(finding.kind for finding in score.findings if finding.severity is Severity.FAIL)
    kinds = [f"{kind} {number}" for kind, number in found.most_common()]
    while sum(map(len, kinds)) + len(", ") * len(kinds) > _MOST_KINDS:
        kinds[-2:] = ["…"]
    return ", ".join(kinds)


def _notes(scored: FileScores) -> list[str]:
    """How often each note holds, and below it the first few things it is about."""
    rows = []
    for note in scored.notes:
        rows.append((_count(note.count), note.text))
        if note.names:
            more = ", …" if len(note.names) > _MOST_NAMES else ""
            rows.append(("", f"{GAP}{', '.join(map(_name, note.names[:_MOST_NAMES]))}{more}"))
    return table(rows, left=(1,)) if rows else []


def _table(rows: Sequence[Sequence[str]], most: int, left: Sequence[int] = (0,)) -> list[str]:
    """A head and at most so many lines below it, with a word on how many more there are; or nothing."""
    more = len(rows) - 1 - most
    told = [f"{GAP}… and {_count(more)} more: --json has them all"] if more > 0 else []
    return [*table(rows[: most + 1], left), *told] if len(rows) > 1 else []


def _name(name: str | None) -> str:
    return _NOTHING if name is None else fit(printable(name), _MOST_NAME)


def _count(number: int) -> str:
    return f"{number:,}"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _pixels(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f} px"
