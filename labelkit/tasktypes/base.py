"""What a task type must be able to do. One class, one key; nobody else asks which one it is."""

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, ClassVar, Generic, TypeVar

from labelkit.domain.arrays import Floats
from labelkit.domain.consensus import Unit
from labelkit.domain.errors import Invalid
from labelkit.domain.examples import Example
from labelkit.domain.gravity import worst_first
from labelkit.domain.inspection import ToInspect
from labelkit.domain.marks import Mark
from labelkit.domain.projects import Aim, ClauseGroup, Label
from labelkit.domain.questions import Question
from labelkit.domain.rules import Rules
from labelkit.domain.scores import ErrorKind, Finding, Score
from labelkit.domain.simulated import SimulatedWorker
from labelkit.domain.tallies import Counts, counts_of
from labelkit.domain.texts import N_

Json = dict[str, Any]
Size = tuple[float, float]
A = TypeVar("A")
R = TypeVar("R", bound=Rules)


class TaskType(ABC, Generic[A, R]):
    """A kind of work: `A` is its Annotation, `R` its rules.

    `raw` is always the JSON form: a draft, a form field, a line of gold.json.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    needs_picture: ClassVar[bool]
    needs_question: ClassVar[bool] = False  # else, without a picture either, its items are texts
    marks_regions: ClassVar[bool] = False  # its answers have regions, which one can point at
    seconds_an_item: ClassVar[float] = 30.0  # about how long one takes, to say beforehand what a run will
    errors: ClassVar[tuple[ErrorKind, ...]]
    plantable: ClassVar[tuple[ErrorKind, ...]]  # what `to_inspect` can plant, where an item can carry it
    exemplary: ClassVar[tuple[ErrorKind, ...]] = ()  # what `example` can show, the plainest first
    clause_groups: ClassVar[dict[ClauseGroup, str]] = {
        ClauseGroup.WHAT: N_("What to mark"),
        ClauseGroup.TIGHT: N_("How tight"),
        ClauseGroup.HIDDEN: N_("Hidden and cut off"),
        ClauseGroup.SPECIAL: N_("Special cases"),
        ClauseGroup.UNUSABLE: N_("Cannot be labelled"),
    }

    @abstractmethod
    def parse_rules(self, raw: Json) -> R:
        """The project's rules, with defaults for what is left out; raises Invalid."""

    def offer(self, labels: Sequence[Label], question: Question | None) -> Sequence[Label]:
        """The labels that an item offers: the project's, unless its question has choices of its own."""
        return labels

    @abstractmethod
    def parse(
        self, raw: object, labels: Sequence[Label], rules: R, *, size: Size | None = None, gold: bool = False
    ) -> A:
        """The Annotation that `raw` holds; raises Invalid with a sentence where it holds none.

        `size` is the picture's (width, height) in pixels. `gold` admits what only gold may say.
        """

    @abstractmethod
    def read(self, raw: object) -> A:
        """The Annotation that was kept as `raw`, to be shown.

        What the project's labels and rules no longer know stays in it: they may have changed since.
        Raises Invalid only where it holds none at all.
        """

    @abstractmethod
    def dump(self, annotation: A) -> Json:
        """The JSON form of an Annotation."""

    def is_same(self, one: Json, other: Json) -> bool:
        """True where two answers in JSON form say the same."""
        return one == other

    @abstractmethod
    def score(self, answer: A, accepted: Sequence[A], rules: R) -> Score:
        """The best score of an answer over the accepted Annotations of its gold."""

    def score_many(self, answers: Sequence[A], accepted: Sequence[Sequence[A]], rules: R) -> Sequence[Score]:
        """`score` of each answer over its own accepted Annotations; both of one length."""
        return [self.score(answer, golds, rules) for answer, golds in zip(answers, accepted, strict=True)]

    def count(self, score: Score, answer: A, gold: A) -> Counts:
        """What a score adds to the tallies; `gold` is the accepted Annotation that it was scored against."""
        return counts_of(score)

    def objects(self, annotation: A) -> int:
        """How many objects an answer marks; a choice of labels counts as one."""
        return 1

    def features(self, gold: A) -> Counts:
        """What one can learn from an item with this gold: label/<label> and size/<size> to a count."""
        return {}

    @abstractmethod
    def simulate(
        self,
        worker: SimulatedWorker,
        gold: A,
        random: Random,
        labels: Sequence[Label],
        rules: R,
        *,
        size: Size | None = None,
    ) -> A:
        """How a simulated worker answers an item with this gold."""

    @abstractmethod
    def mend(
        self,
        answer: A,
        accepted: Sequence[A],
        marks: Sequence[Mark],
        random: Random,
        rules: R,
        *,
        size: Size | None = None,
    ) -> A:
        """How a simulated worker answers a rejection: by the accepted Annotation that is closest, and
        nothing but what is marked; without marks, whatever is wrong."""

    @abstractmethod
    def to_inspect(
        self,
        accepted: Sequence[A],
        kinds: Sequence[ErrorKind],
        random: Random,
        labels: Sequence[Label],
        rules: R,
        *,
        size: Size | None = None,
        alike: Mapping[str, Sequence[str]] | None = None,
    ) -> ToInspect[A]:
        """A result for inspection practice: right, or with errors of these kinds, of `plantable` ones.

        `alike` names the labels that one is often taken for. Raises Invalid where an item with this gold
        cannot carry them.
        """

    @abstractmethod
    def units(self, answers: Sequence[A], rules: R) -> tuple[Unit, ...]:
        """Several people's answers to one item as questions with a closed list of answers, one class for each
        answer; see `domain.consensus`."""

    @abstractmethod
    def likeness(self, answers: Sequence[A], rules: R) -> Floats:
        """How alike each two answers to one item are, 0 to 1, in the order of `itertools.combinations`."""

    @abstractmethod
    def consensus(self, answers: Sequence[A], classes: Sequence[str], rules: R) -> A:
        """What the answers to one item say together, where `classes` are the likeliest of its `units`."""

    @abstractmethod
    def blank(self) -> Json:
        """The JSON form of a draft in which nothing is decided yet."""

    def say(self, finding: Finding) -> str:
        """A finding in one sentence, with %(name)s for what `Finding` and the labels supply."""
        return SENTENCES[finding.kind]

    def example(
        self,
        error: ErrorKind,
        accepted: Sequence[A],
        seed: str,
        labels: Sequence[Label],
        rules: R,
        *,
        size: Size | None = None,
        aim: Aim | None = None,
    ) -> Example[A] | None:
        """One of the `exemplary` errors on an item with this gold, for a clause of the guide; None where
        the item cannot carry it. A wrong label is chosen out of `labels`; `aim` names the object."""
        return None

    def worst_first(self, findings: Sequence[Finding], answer: A, gold: A, rules: R) -> list[Finding]:
        """The findings of one score in the order in which they are told; see `domain.gravity`."""
        return worst_first(findings)

    def tolerance(self, finding: Finding, gold: A, rules: R) -> tuple[float, float] | None:
        """How many pixels a side of what a finding points at may lie off, across and down; None where
        it has no sides."""
        return None

    def triple(self, finding: Finding, score: Score, answer: A, gold: A, size: Size) -> Example[A] | None:
        """What gold and the answer mark where a finding lies; None where it concerns the whole."""
        return None

    def place(self, finding: Finding, answer: A, gold: A) -> tuple[float, float, float, float] | None:
        """Where in the picture a finding lies, as x, y, w, h; None where it concerns the whole."""
        return None


SENTENCES = {
    ErrorKind.MISSING: N_("You missed one %(gold)s."),
    ErrorKind.EXTRA: N_("This %(label)s is not an object to mark."),
    ErrorKind.DUPLICATE: N_("This %(label)s is already marked."),
    ErrorKind.WRONG_LABEL: N_("You marked %(label)s, but it is %(gold)s."),
    ErrorKind.MISPLACED: N_("This %(label)s is in the wrong place."),
    ErrorKind.MISPLACED_WRONG_LABEL: N_("You marked %(label)s in the wrong place, and it is %(gold)s."),
    ErrorKind.LOOSE: N_("%(label)s is loose: %(sides)s."),
    ErrorKind.CUT: N_("%(label)s is cut: %(sides)s."),
    ErrorKind.SHIFTED: N_("%(label)s is shifted: %(sides)s."),
    ErrorKind.WRONG_ATTRIBUTE: N_("%(label)s: the mark “%(flag)s” is wrong."),
    ErrorKind.FALSE_UNUSABLE: N_("This can be labelled."),
    ErrorKind.MISSED_UNUSABLE: N_("This cannot be labelled."),
}


def the_one_answer(raw: object, open_key: str) -> Json:
    """`raw` as a dict with exactly one of `open_key`, "nothing" and "unusable"; raises Invalid."""
    if not isinstance(raw, dict):
        raise Invalid(N_("The answer could not be read."))
    said = [key for key in (open_key, "nothing", "unusable") if raw.get(key)]
    if len(said) > 1 or set(raw) - {open_key, "nothing", "unusable"}:
        raise Invalid(N_("The answer could not be read."))
    if any(not isinstance(raw.get(key, False), bool) for key in ("nothing", "unusable")):
        raise Invalid(N_("The answer could not be read."))
    return raw


def number(value: object, position: int) -> float:
    """A finite number out of JSON; raises Invalid for anything else, NaN and true among it.

    `position` counts the regions from 1, for the sentence that says which one is wrong.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            if math.isfinite(found := float(value)):
                return found
        except OverflowError:  # a whole number beyond all floats
            pass
    raise Invalid(N_("Box %(number)d has a coordinate that is not a number."), number=position)
