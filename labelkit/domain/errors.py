"""What may go wrong for a person: each error is one sentence, translated where it is shown."""


class Refused(Exception):
    """Something a person asked for cannot be done; `sentence` says why, in English msgid form."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence, values)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        return self.sentence % self.values if self.values else self.sentence


class Invalid(Refused):
    """The input itself is wrong: an unknown label, a box without size, a form without a field."""


class TooLarge(Refused):
    """The input is more than we take."""


class NotAllowed(Refused):
    """This person may not do that."""


class NotFound(Refused):
    """There is no such thing, or it is not this person's to see."""


class Conflict(Refused):
    """Somebody, or another tab, was first."""
