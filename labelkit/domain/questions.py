"""A question that an item asks: its text, and choices of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labelkit.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what may be chosen: each choice goes by the key of a label of the project."""

    text: Texts
    choices: Mapping[str, Texts]

    def to_json(self) -> dict[str, Any]:
        choices = {key: choice.to_json() for key, choice in self.choices.items()}
        return {"text": self.text.to_json(), "choices": choices}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Question":
        choices = {key: Texts.from_json(choice) for key, choice in raw["choices"].items()}
        return cls(Texts.from_json(raw["text"]), choices)
