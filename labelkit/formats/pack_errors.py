"""Everything that is wrong with a pack, gathered, so that its author need not find it one by one."""

from typing import NamedTuple

from labelkit.domain.errors import Refused
from labelkit.domain.texts import N_


class PackError(NamedTuple):
    """One fault: where it is ("pack.json, labels 3, colour"), and a sentence in msgid form."""

    place: str
    sentence: str
    values: dict[str, object]

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence % self.values if self.values else self.sentence}"


class PackErrors(Refused):
    """A pack cannot be read. `errors` lists all of its faults in the order of its files."""

    def __init__(self, errors: tuple[PackError, ...]) -> None:
        super().__init__(N_("This pack cannot be read. Errors found: %(count)d."), count=len(errors))
        self.errors = errors

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *map(str, self.errors)])


class Faults:
    """The list in which a reader notes faults while it reads on."""

    def __init__(self) -> None:
        self._errors: list[PackError] = []

    def add(self, place: str, sentence: str, **values: object) -> None:
        self._errors.append(PackError(place, sentence, values))

    def add_refusal(self, place: str, refusal: Refused) -> None:
        """Note what another part of the program refused, in its own words."""
        self.add(place, refusal.sentence, **refusal.values)

    def raise_if_any(self) -> None:
        if self._errors:
            raise PackErrors(tuple(self._errors))
