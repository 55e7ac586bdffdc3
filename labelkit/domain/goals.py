"""Goals: what somebody sets out to do, and what an hour of such work would be worth."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """Minutes of practice a day, the standing to reach (0 to 1), and what one passed item would be paid,
    in whole units of whatever money the person thinks in; None where no price was named."""

    minutes: int = 20
    standing: float = 0.9
    price: int | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Goal":
        return cls(**raw)
