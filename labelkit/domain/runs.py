"""Runs: some items in a row with an aim."""

from enum import StrEnum


class RunKind(StrEnum):
    """What a run is for."""

    DIAGNOSIS = "diagnosis"
    SILENT = "silent"
    WEAKNESS = "weakness"

    @property
    def silent(self) -> bool:
        """True where nothing is scored aloud before the run has ended."""
        return self is not RunKind.WEAKNESS
