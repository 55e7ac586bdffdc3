"""How a project's answers are inspected: how many of them, how often again, and by whom else."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from labelkit.domain.errors import Invalid
from labelkit.domain.sampling import STEP
from labelkit.domain.texts import N_

LONGEST_SEED = 40
# The least and the most of each number; where None is allowed, it switches the rule off.
RANGES = {
    "sample_percent": (STEP, 100),
    "cross_percent": (0, 100),
    "rework_hours": (1, 720),
    "rework_limit": (1, 10),
    "overlap": (2, 20),
    "dispute_days": (1, 90),
}
MAY_BE_OFF = ("rework_hours", "rework_limit", "overlap")
IN_STEPS = ("sample_percent", "cross_percent")


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """The rules of inspection; the defaults inspect everything and set no deadline.

    `sample_percent` of each worker's answers are inspected, drawn by `seed`; `cross_percent` of each
    inspector's verdicts are looked at by a second one. A rejected answer is reworked within `rework_hours`,
    and rejected `rework_limit` times at most (None: without end). `overlap` gives an item to so many workers
    (None: to everybody). A worker may dispute within `dispute_days`.
    """

    sample_percent: int = 100
    cross_percent: int = 10
    seed: str = ""
    rework_hours: int | None = None
    rework_limit: int | None = None
    overlap: int | None = None
    dispute_days: int = 7

    def __post_init__(self) -> None:
        for key, (least, most) in RANGES.items():
            value = getattr(self, key)
            if value is not None or key not in MAY_BE_OFF:
                _check_number(key, value, least, most)
        for key in IN_STEPS:
            if getattr(self, key) % STEP:
                raise Invalid(N_("“%(key)s” goes in steps of %(step)d."), key=key, step=STEP)
        if not isinstance(self.seed, str) or len(self.seed) > LONGEST_SEED:
            raise Invalid(N_("The seed is a text of at most %(most)d characters."), most=LONGEST_SEED)

    @classmethod
    def from_json(cls, raw: object) -> "ReviewRules":
        """Rules from a JSON object that names only what differs from the defaults; raises Invalid."""
        if not isinstance(raw, Mapping):
            raise Invalid(N_("The rules must be a JSON object."))
        known = {field.name for field in fields(cls)}
        for key in raw:
            if key not in known:
                raise Invalid(N_("There is no rule named “%(key)s”."), key=str(key))
        return cls(**raw)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def digest(self) -> str:
        """A short name of these very rules; others have another."""
        written = json.dumps(self.to_json(), sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()[:16]


def _check_number(key: str, value: object, least: int, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Invalid(N_("The rule “%(key)s” must be a whole number."), key=key)
    if not least <= value <= most:
        sentence = N_("The rule “%(key)s” must be from %(least)s to %(most)s.")
        raise Invalid(sentence, key=key, least=str(least), most=str(most))
