"""What pages are given to show of a run."""

from dataclasses import dataclass
from typing import Self

from labelkit.domain.runs import RunKind
from labelkit.store.models import Run
from labelkit.store.types import utc_now


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run beside one of its items: which of `total` it is, and the server's clock, in seconds."""

    id: int
    kind: RunKind
    silent: bool
    position: int
    total: int
    seconds: float
    limit: float | None
    ended: bool

    @classmethod
    def of(cls, run: Run, position: int) -> Self:
        now = run.ended_at or utc_now()
        return cls(
            id=run.id,
            kind=run.kind,
            silent=run.kind.silent,
            position=min(max(position, 1), len(run.items)),
            total=len(run.items),
            seconds=max((now - run.started_at).total_seconds(), 0.0),
            limit=run.limit_seconds,
            ended=run.ended_at is not None,
        )
