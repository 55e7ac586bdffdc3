"""What a dispute is about, in one word that addresses can carry, and until when it may be raised."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from labelkit.domain.errors import NotFound
from labelkit.domain.texts import N_
from labelkit.domain.workflow import State

VERDICT = "verdict"
LONGEST = 500  # characters of a sentence
MOST_OPEN = 3  # disputes of one person in one project
MOST_DIGITS = 9
# Verdicts that went against the worker, or what came of them.
DISPUTABLE = frozenset({State.REJECTED, State.FAILED, State.LAPSED, State.CORRECTED})


@dataclass(frozen=True, slots=True)
class FindingSubject:
    """One finding of a score: its position there from 0, and the versions of gold and rules that it was
    made by."""

    position: int
    gold_version: int
    rules_version: int

    def __str__(self) -> str:
        return f"finding/{self.position}/{self.gold_version}/{self.rules_version}"

    @classmethod
    def parse(cls, subject: str) -> Self:
        """The finding that a subject names; raises NotFound for what names none."""
        word, *numbers = subject.split("/")
        if word != "finding" or len(numbers) != 3 or not all(map(_is_number, numbers)):
            raise NotFound(N_("There is no such finding in this result."))
        return cls(*map(int, numbers))


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdecimal() and len(written) <= MOST_DIGITS


def is_over(known_at: datetime, days: int, now: datetime) -> bool:
    """Whether so many days have passed since something became known."""
    return now > known_at + timedelta(days=days)
