"""The numbers a project scores by: one frozen value per task family, refused in words when wrong."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from labelkit.domain.errors import Invalid
from labelkit.domain.texts import N_

SLACK = 1e-9  # every comparison of scoring forgives this much (DESIGN section 4)
FLAGS = ("occluded", "truncated")


class Rules:
    """What the rules of all task types share: reading, writing, and when an item is passed."""

    pass_score: float

    @classmethod
    def from_json(cls, raw: object) -> Self:
        """Rules from a JSON object that names only what differs from the defaults."""
        if not isinstance(raw, Mapping):
            raise Invalid(N_("The rules must be a JSON object."))
        known = {field.name for field in fields(cls)}  # type: ignore[arg-type]
        for key in raw:
            if key not in known:
                raise Invalid(N_("There is no rule named “%(key)s”."), key=str(key))
        return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()})

    def to_json(self) -> dict[str, Any]:
        """All rules, defaults included."""
        raw = asdict(self)  # type: ignore[call-overload]
        return {key: list(value) if isinstance(value, tuple) else value for key, value in raw.items()}

    def passes(self, value: float) -> bool:
        """Whether a score of `value` passes the item (DESIGN section 4, rule 10)."""
        return value >= self.pass_score - SLACK


@dataclass(frozen=True, slots=True)
class BoxRules(Rules):
    """The numbers of DESIGN section 4. Shares and IoU are 0 to 1; tolerances and sides are image pixels.

    `ignore_share` is the "half of the answer's area" of rule 3, `fail_factor` the 2 in "beyond 2t" of
    rule 5. `flags` are those the project asks for. Below `min_side` the editor badges a box as tiny.
    """

    match_iou: float = 0.5
    near_iou: float = 0.1
    ignore_share: float = 0.5
    tolerance_share: float = 0.03
    tolerance_min: float = 2.0
    tolerance_max: float = 10.0
    fail_factor: float = 2.0
    pass_score: float = 0.8
    flags: tuple[str, ...] = ()
    min_side: float = 0.0
    max_regions: int = 500

    def __post_init__(self) -> None:
        _check_number("match_iou", self.match_iou, 0.01, 1)
        _check_number("near_iou", self.near_iou, 0.01, self.match_iou)
        _check_number("ignore_share", self.ignore_share, 0.01, 1)
        _check_number("tolerance_share", self.tolerance_share, 0, 1)
        _check_number("tolerance_min", self.tolerance_min, 0.01, 1000)
        _check_number("tolerance_max", self.tolerance_max, self.tolerance_min, 1000)
        _check_number("fail_factor", self.fail_factor, 1, 100)
        _check_number("pass_score", self.pass_score, 0, 1)
        _check_number("min_side", self.min_side, 0, 10_000)
        _check_number("max_regions", self.max_regions, 1, 5_000)
        _check_whole("max_regions", self.max_regions)
        _check_flags(self.flags)


@dataclass(frozen=True, slots=True)
class ClassRules(Rules):
    """`multiple` asks for a set of labels; `unusable` offers "cannot be labelled"."""

    multiple: bool = False
    pass_score: float = 0.8
    unusable: bool = True

    def __post_init__(self) -> None:
        _check_number("pass_score", self.pass_score, 0, 1)
        _check_switch("multiple", self.multiple)
        _check_switch("unusable", self.unusable)


def _check_number(key: str, value: object, least: float, most: float) -> None:
    finite = not isinstance(value, float) or math.isfinite(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not finite:
        raise Invalid(N_("The rule “%(key)s” must be a number."), key=key)
    if not least <= value <= most:
        sentence = N_("The rule “%(key)s” must be from %(least)s to %(most)s.")
        raise Invalid(sentence, key=key, least=f"{least:g}", most=f"{most:g}")


def _check_whole(key: str, value: object) -> None:
    if not isinstance(value, int):
        raise Invalid(N_("The rule “%(key)s” must be a whole number."), key=key)


def _check_switch(key: str, value: object) -> None:
    if not isinstance(value, bool):
        raise Invalid(N_("The rule “%(key)s” must be true or false."), key=key)


def _check_flags(flags: object) -> None:
    if (
        not isinstance(flags, tuple)
        or any(flag not in FLAGS for flag in flags)
        or len(set(flags)) < len(flags)
    ):
        sentence = N_("The rule “%(key)s” must be a list out of: %(choices)s.")
        raise Invalid(sentence, key="flags", choices=", ".join(FLAGS))
