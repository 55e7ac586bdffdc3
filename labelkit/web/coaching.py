"""Coaching as pages show it: a sentence with its sign, what it rests on, and what can be done about it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from labelkit.domain import coaching
from labelkit.domain.coaching_statements import SizeMissed, Statement, Tempo, Tone
from labelkit.domain.projects import Clause
from labelkit.domain.scores import ErrorKind
from labelkit.domain.tallies import Counts, total
from labelkit.domain.texts import Texts
from labelkit.store.models import Project
from labelkit.tasktypes import TASK_TYPES
from labelkit.web.coaching_words import sentence
from labelkit.web.filters import text
from labelkit.web.words import say

Link = Callable[[str | None, str | None], str]  # an error kind and a label to the attempts that have them

HEADLINES = 3
# Names of works are the same in every language.
_SOURCES = {SizeMissed: "COCO", Tempo: "Papadopoulos et al. 2017"}


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """One sentence. `tone` is right, warning or wrong, `sign` says so in a word.

    `attempts` is the address of those that it speaks of, `practise` the fields of the form that begins a
    run of such items; both None for praise and for what concerns no kind of mistake. `source` names whose
    measure it quotes. `days` says of how many days it speaks (None: of all attempts). `project` is its
    title where statements of several stand together.
    """

    tone: str
    sign: str
    sentence: str
    clause: Clause | None
    source: str | None
    attempts: str | None
    practise: dict[str, str] | None
    days: int | None = None
    project: Texts | None = None


def coach(
    project: Project,
    counts: Mapping[str, int],
    days: Mapping[date, Counts],
    link: Link,
    most: int | None = None,
) -> list[ShownStatement]:
    """All that may be said of somebody's work in a project, or the first so many; the most useful first.

    `counts` are of all attempts, `days` of each newer day. Where those hold enough objects to be praised,
    they alone are spoken of: a habit that is overcome is not held against anybody.
    """
    recent = total(days.values())
    is_enough = recent.get("right", 0) + recent.get("mistakes", 0) >= coaching.ENOUGH
    rules = TASK_TYPES[project.task_type].parse_rules(project.rules)
    found = coaching.statements(
        recent if is_enough else counts,
        clauses=project.guide.errors,
        days=days,
        pass_score=rules.pass_score,
    )
    say_it = _speaker(project)
    spoken_of = len(days) if is_enough else None
    return [replace(_shown(one, project, say_it(one), link), days=spoken_of) for one in found[:most]]


def _speaker(project: Project) -> Callable[[Statement], str]:
    names = {label.key: text(label.name) for label in project.labels}
    drawn = ErrorKind.LOOSE in TASK_TYPES[project.task_type].errors
    return lambda statement: sentence(statement, names, drawn)


def headlines(
    places: Iterable[tuple[Project, Mapping[str, int]]], linker: Callable[[Project], Link]
) -> list[ShownStatement]:
    """The first thing to say of each project that costs points or is worth a look, with its title; three at
    most, what costs points first. `linker` makes the Link of a project."""
    first = [(project, coach(project, counts, {}, linker(project), most=1)) for project, counts in places]
    told = [
        replace(statement, project=project.title)
        for project, found in first
        for statement in found
        if statement.tone != Tone.RIGHT
    ]
    return sorted(told, key=lambda one: one.tone != Tone.WRONG)[:HEADLINES]


def _shown(statement: Statement, project: Project, said: str, link: Link) -> ShownStatement:
    to_practise = statement.error if statement.tone is not Tone.RIGHT else None
    return ShownStatement(
        tone=statement.tone,
        sign=_sign(statement.tone),
        sentence=said,
        clause=project.guide.clause(statement.clause or ""),
        source=_SOURCES.get(type(statement)),
        attempts=link(to_practise, statement.label) if to_practise else None,
        practise=_run(project, to_practise, statement.label)
        if to_practise and not project.archived
        else None,
    )


def _sign(tone: Tone) -> str:
    return {
        Tone.RIGHT: say("Right"),
        Tone.WATCH: say("Worth a look"),
        Tone.WRONG: say("Costs points"),
    }[tone]


def _run(project: Project, error: ErrorKind, label: str | None) -> dict[str, str]:
    """What the form sends that begins a run of such items; a label that is no more is not asked for."""
    fields = {"kind": "weakness", "slug": project.slug, "error": error.value}
    offered = any(one.key == label for one in project.labels)
    return fields | ({"label": label} if label and offered else {})
