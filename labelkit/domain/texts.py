"""Texts that people write for a project, in Korean and English."""

from collections.abc import Mapping
from dataclasses import dataclass


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a sentence for translation where it is written; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Texts:
    """One text in both languages; a missing one falls back to the other."""

    ko: str = ""
    en: str = ""

    @classmethod
    def from_json(cls, raw: Mapping[str, str]) -> "Texts":
        return cls(ko=raw.get("ko", ""), en=raw.get("en", ""))

    def to_json(self) -> dict[str, str]:
        return {language: text for language, text in (("ko", self.ko), ("en", self.en)) if text}

    def pick(self, language: str) -> str:
        """The text in `language` ("ko" or "en"), or else in the other one."""
        return (self.en or self.ko) if language == "en" else (self.ko or self.en)

    def __bool__(self) -> bool:
        return bool(self.ko or self.en)
