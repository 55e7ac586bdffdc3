"""Each statement of coaching as one sentence, in the language of the reader."""

from collections.abc import Callable, Mapping
from typing import Any

from labelkit.domain.coaching_statements import (
    AllRight,
    Broken,
    Confused,
    Hurried,
    Lean,
    Leaning,
    NoneConfused,
    NoneMissed,
    NoneTooMany,
    Retried,
    SizeMissed,
    Statement,
    Tempo,
    Trend,
    TrueHand,
)
from labelkit.domain.scores import ErrorKind
from labelkit.domain.sides import SIDES
from labelkit.domain.texts import N_
from labelkit.web.coaching_pace import hurried, retried, tempo, trend
from labelkit.web.filters import number
from labelkit.web.findings import kind_name
from labelkit.web.words import say

Names = Mapping[str, str]  # label keys to their names

_ONE_SIDE = {
    Lean.LOOSE: N_("The %(side)s side is %(pixels)s px loose on average, over %(n)s boxes."),
    Lean.CUT: N_("The %(side)s side is %(pixels)s px cut on average, over %(n)s boxes."),
}
_ALL_SIDES = {
    Lean.LOOSE: N_("Boxes are %(pixels)s px too large on each side on average, over %(n)s boxes."),
    Lean.CUT: N_("Boxes are %(pixels)s px too small on each side on average, over %(n)s boxes."),
}
_AXIS = {
    ("left", Lean.LOOSE): N_(
        "Boxes are too wide: left and right are %(pixels)s px loose on average, over %(n)s boxes."
    ),
    ("left", Lean.CUT): N_(
        "Boxes are too narrow: left and right are %(pixels)s px cut on average, over %(n)s boxes."
    ),
    ("top", Lean.LOOSE): N_(
        "Boxes are too tall: top and bottom are %(pixels)s px loose on average, over %(n)s boxes."
    ),
    ("top", Lean.CUT): N_(
        "Boxes are too low: top and bottom are %(pixels)s px cut on average, over %(n)s boxes."
    ),
}
_SHIFT = {
    ("left", True): N_("Boxes lie %(pixels)s px too far right on average, over %(n)s boxes."),
    ("left", False): N_("Boxes lie %(pixels)s px too far left on average, over %(n)s boxes."),
    ("top", True): N_("Boxes lie %(pixels)s px too far down on average, over %(n)s boxes."),
    ("top", False): N_("Boxes lie %(pixels)s px too far up on average, over %(n)s boxes."),
}
_SIZES = {
    "small": N_(
        "%(missed)s of %(n)s small objects (below 32 × 32 px) were missed, "
        "against %(others_missed)s of %(others)s others."
    ),
    "medium": N_(
        "%(missed)s of %(n)s medium objects (32 × 32 to 96 × 96 px) were missed, "
        "against %(others_missed)s of %(others)s others."
    ),
    "large": N_(
        "%(missed)s of %(n)s large objects (from 96 × 96 px) were missed, "
        "against %(others_missed)s of %(others)s others."
    ),
}

_BROKEN = {  # whether objects are drawn, whether a label stands out
    (True, False): N_("%(kinds)s: %(count)s times in %(n)s objects."),
    (True, True): N_("%(kinds)s: %(count)s times in %(n)s objects, %(label_count)s times with %(label)s."),
    (False, False): N_("%(kinds)s: %(count)s times in %(n)s choices."),
    (False, True): N_("%(kinds)s: %(count)s times in %(n)s choices, %(label_count)s times with %(label)s."),
}


def sentence(statement: Statement, names: Names, drawn: bool) -> str:
    """What a statement says. `names` are those of the project's labels; a label that is no more goes by its
    key. `drawn`: objects are drawn, rather than labels chosen."""
    said = _SENTENCES[type(statement)](statement, names, drawn)
    return said[0].upper() + said[1:]  # it may begin with a name or a kind


def _leaning(said: Leaning, names: Names, drawn: bool) -> str:
    values = {"pixels": _pixels(said.pixels), "n": number(said.n)}
    if said.lean is Lean.SHIFTED:
        return say(_SHIFT[said.sides[0], said.pixels > 0], **values)
    if len(said.sides) == len(SIDES):
        return say(_ALL_SIDES[said.lean], **values)
    if len(said.sides) == 1:
        return say(_ONE_SIDE[said.lean], **values, side=_side(said.sides[0]))
    return say(_AXIS[said.sides[0], said.lean], **values)


def _side(side: str) -> str:
    return {"left": say("left"), "top": say("top"), "right": say("right"), "bottom": say("bottom")}[side]


def _pixels(value: float) -> str:
    """A length without sign: tenths count below 3 px."""
    return number(abs(value), 0 if abs(value) >= 3 else 1)


def _confused(said: Confused, names: Names, drawn: bool) -> str:
    values = {
        "gold": names.get(said.gold, said.gold),
        "answer": names.get(said.answer, said.answer),
        "count": number(said.count),
        "n": number(said.n),
    }
    if not said.back:
        return say("%(gold)s was marked as %(answer)s in %(count)s of %(n)s cases.", **values)
    return say(
        "%(gold)s and %(answer)s are confused: %(gold)s marked as %(answer)s in %(count)s of %(n)s cases, "
        "%(answer)s as %(gold)s in %(back)s of %(back_n)s.",
        **values,
        back=number(said.back),
        back_n=number(said.back_n),
    )


def _size_missed(said: SizeMissed, names: Names, drawn: bool) -> str:
    return say(
        _SIZES[said.size],
        missed=number(said.missed),
        n=number(said.n),
        others_missed=number(said.others_missed),
        others=number(said.others),
    )


def _broken(said: Broken, names: Names, drawn: bool) -> str:
    values = {
        "kinds": _kinds(said.kinds),
        "count": number(said.count),
        "n": number(said.n),
        "label": names.get(said.label or "", said.label or ""),
        "label_count": number(said.label_count),
    }
    if said.error is ErrorKind.WRONG_ATTRIBUTE:
        return say("A mark was set wrongly %(count)s times in %(n)s objects. It costs no points.", **values)
    return say(_BROKEN[drawn, said.label is not None], **values)


def _kinds(kinds: tuple[tuple[ErrorKind, int], ...]) -> str:
    """One kind by its name, several with how often each came: "loose 8, cut 6"."""
    if len(kinds) == 1:
        return kind_name(kinds[0][0])
    return ", ".join(f"{kind_name(kind)} {number(count)}" for kind, count in kinds)


def _all_right(said: AllRight, names: Names, drawn: bool) -> str:
    if drawn:
        return say("No mistake in %(n)s objects.", n=number(said.n))
    return say("No mistake in %(n)s choices.", n=number(said.n))


def _none_confused(said: NoneConfused, names: Names, drawn: bool) -> str:
    if drawn:
        return say("No label was confused in %(n)s objects.", n=number(said.n))
    return say("No label was confused in %(n)s choices.", n=number(said.n))


def _none_missed(said: NoneMissed, names: Names, drawn: bool) -> str:
    return say("Nothing was missed among %(n)s objects.", n=number(said.n))


def _none_too_many(said: NoneTooMany, names: Names, drawn: bool) -> str:
    return say("None of %(n)s boxes was one too many.", n=number(said.n))


def _true_hand(said: TrueHand, names: Names, drawn: bool) -> str:
    values = {"pixels": _pixels(said.pixels), "n": number(said.n)}
    return say("Boxes lean to no side: within %(pixels)s px on average, over %(n)s boxes.", **values)


_SENTENCES: dict[type[Statement], Callable[[Any, Names, bool], str]] = {
    Hurried: hurried,
    Retried: retried,
    Tempo: tempo,
    Trend: trend,
    Leaning: _leaning,
    Confused: _confused,
    SizeMissed: _size_missed,
    Broken: _broken,
    AllRight: _all_right,
    NoneConfused: _none_confused,
    NoneMissed: _none_missed,
    NoneTooMany: _none_too_many,
    TrueHand: _true_hand,
}
