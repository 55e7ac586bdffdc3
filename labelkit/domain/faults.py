"""How people go wrong, one function per kind: a gold box and its drawn copy in, a faulty box out.

Each size is drawn well beyond the line that DESIGN section 4 sets for its kind, and each box stays
inside the picture. A box that cannot carry the fault gives None: a small one is no hit any more when
it is cut, one at the edge of the picture has no room to be loose, and so on.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from labelkit.domain.annotations import Box
from labelkit.domain.hand import Setting, tolerance
from labelkit.domain.scores import ErrorKind
from labelkit.domain.sides import SIDES

TRIES = 24
CLEAR = 1.15  # how far beyond a line the smallest fault lies, as a multiple
COARSE = 2.0  # and the largest
MARGIN = 0.1  # share of the way from one IoU line to the next that a fault keeps clear of it
APART = 0.04  # IoU by which the second box of a duplicate lies further off than the first
SMALLEST = 12.0  # px, the shortest side of a box drawn around nothing
OPPOSITE = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}

Fault = Callable[[Box, Box, Setting], Box | None]


def loosen(gold: Box, box: Box, setting: Setting) -> Box | None:
    """One to four sides too far out, the first of them beyond the line of a fail; still a hit."""
    return _pull(gold, box, setting, +1)


def cut(gold: Box, box: Box, setting: Setting) -> Box | None:
    """One to four sides too far in, the first of them beyond the line of a fail; still a hit."""
    return _pull(gold, box, setting, -1)


def shift(gold: Box, box: Box, setting: Setting) -> Box | None:
    """The whole box pushed along one axis, or both, beyond the line of a fail; still a hit."""
    for _ in range(TRIES):
        way = setting.random.choice(SIDES)
        also = setting.random.choice([side for side in SIDES if side not in (way, OPPOSITE[way])])
        pushes = {way: _beyond(gold, way, setting)}
        if setting.random.random() < 0.4:
            pushes[also] = _beyond(gold, also, setting)
        errors = pushes | {OPPOSITE[side]: -push for side, push in pushes.items()}
        pushed = _with_errors(gold, box, errors, setting)
        if pushed and _iou(pushed, gold) >= _hit(setting):
            return pushed
    return None


def misplace(gold: Box, box: Box, setting: Setting) -> Box | None:
    """Near the object, of about its size, but no hit, and beyond the line of a fail on some side."""
    rules, chance = setting.rules, setting.random
    gap = rules.match_iou - rules.near_iou
    low, high = rules.near_iou + 2 * MARGIN * gap, rules.match_iou - MARGIN * gap
    for _ in range(TRIES):
        away = _pushed_to(chance.uniform(low, high), box, chance)
        other = _resized(away, chance.uniform(0.85, 1.15), chance.uniform(0.85, 1.15))
        if _inside(other, setting) and low <= _iou(other, gold) <= high and _fails(other, gold, setting):
            return other
    return None


def relabel(gold: Box, box: Box, setting: Setting) -> Box | None:
    """The right place under another label."""
    others = [label for label in setting.labels if label != gold.label]
    return replace(box, label=setting.random.choice(others)) if others else None


def misplace_and_relabel(gold: Box, box: Box, setting: Setting) -> Box | None:
    """Near the object, no hit, and under another label."""
    off = misplace(gold, box, setting)
    return off and relabel(gold, off, setting)


def draw_again(gold: Box, box: Box, setting: Setting) -> Box | None:
    """A second box on the same object, visibly off the first and further from the object than it."""
    high = min(_iou(box, gold) - APART, 0.92)
    low = max(_hit(setting), high - 0.2)
    for _ in range(TRIES if low < high else 0):
        second = _pushed_to(setting.random.uniform(low, high), gold, setting.random)
        if _inside(second, setting) and low <= _iou(second, gold) <= high:
            return replace(second, flags=box.flags)
    return None


def invent(taken: Sequence[Box], setting: Setting) -> Box | None:
    """A box around nothing, of a size that is usual here, clear of every box in `taken`."""
    chance, (width, height) = setting.random, setting.size
    label = _likely_label(taken, setting)
    for shrink in (1.0, 0.8, 0.6, 0.45):
        for _ in range(TRIES):
            w, h = (shrink * side for side in _usual_size(taken, setting))
            w, h = max(w, SMALLEST, setting.rules.min_side), max(h, SMALLEST, setting.rules.min_side)
            if w < width and h < height:
                box = Box(label, chance.uniform(0, width - w), chance.uniform(0, height - h), w, h)
                if not any(_touch(box, other, 2 * setting.rules.tolerance_min) for other in taken):
                    return box
    return None


RESHAPED: dict[ErrorKind, Fault] = {
    ErrorKind.LOOSE: loosen,
    ErrorKind.CUT: cut,
    ErrorKind.SHIFTED: shift,
    ErrorKind.MISPLACED: misplace,
    ErrorKind.WRONG_LABEL: relabel,
    ErrorKind.MISPLACED_WRONG_LABEL: misplace_and_relabel,
}


def _pull(gold: Box, box: Box, setting: Setting, sign: int) -> Box | None:
    """Sides moved outward (+1) or inward (-1); the fewer the longer it takes to find some that fit."""
    chance = setting.random
    for attempt in range(TRIES):
        count = chance.randint(1, 4 - 3 * attempt // TRIES)
        first, *others = chance.sample(SIDES, count)
        errors = {first: sign * _beyond(gold, first, setting)}
        errors |= {side: sign * chance.random() * _beyond(gold, side, setting) for side in others}
        pulled = _with_errors(gold, box, errors, setting)
        if pulled and _iou(pulled, gold) >= _hit(setting):
            return pulled
    return None


def _beyond(gold: Box, side: str, setting: Setting) -> float:
    """A side error in pixels that is a fail and cannot be taken for less."""
    across, down = tolerance(gold, setting.rules)
    line = setting.rules.fail_factor * (across if side in ("left", "right") else down)
    return setting.random.uniform(CLEAR, COARSE) * line


def _with_errors(gold: Box, box: Box, errors: dict[str, float], setting: Setting) -> Box | None:
    """`box` with the named sides at this distance outside (+) or inside (-) those of gold.

    None if it would leave the picture or lose its size.
    """
    places = {"left": gold.x, "top": gold.y, "right": gold.x + gold.w, "bottom": gold.y + gold.h}
    edges = {"left": box.x, "top": box.y, "right": box.x + box.w, "bottom": box.y + box.h}
    for side, error in errors.items():
        edges[side] = places[side] + (error if side in ("right", "bottom") else -error)
    left, top = edges["left"], edges["top"]
    other = replace(box, x=left, y=top, w=edges["right"] - left, h=edges["bottom"] - top)
    return other if other.w > 1 and other.h > 1 and _inside(other, setting) else None


def _pushed_to(iou: float, box: Box, chance: random.Random) -> Box:
    """The box pushed in a chance direction until its IoU with the place it had is this."""
    shared = 2 * iou / (1 + iou)
    split = chance.random()
    dx, dy = box.w * (1 - shared**split), box.h * (1 - shared ** (1 - split))
    return replace(box, x=box.x + chance.choice((-dx, dx)), y=box.y + chance.choice((-dy, dy)))


def _resized(box: Box, across: float, down: float) -> Box:
    w, h = box.w * across, box.h * down
    return replace(box, x=box.x + (box.w - w) / 2, y=box.y + (box.h - h) / 2, w=w, h=h)


def _hit(setting: Setting) -> float:
    """The IoU that a hit has and cannot be taken for less."""
    return setting.rules.match_iou + MARGIN * (1 - setting.rules.match_iou)


def _fails(box: Box, gold: Box, setting: Setting) -> bool:
    """Whether some side lies clearly beyond the line of a fail."""
    across = max(abs(box.x - gold.x), abs(box.x + box.w - gold.x - gold.w))
    down = max(abs(box.y - gold.y), abs(box.y + box.h - gold.y - gold.h))
    t_across, t_down = tolerance(gold, setting.rules)
    line = CLEAR * setting.rules.fail_factor
    return across > line * t_across or down > line * t_down


def _inside(box: Box, setting: Setting) -> bool:
    width, height = setting.size
    return box.x >= 0 and box.y >= 0 and box.x + box.w <= width and box.y + box.h <= height


def _iou(a: Box, b: Box) -> float:
    across = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
    down = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    shared = max(0.0, across) * max(0.0, down)
    return shared / (a.w * a.h + b.w * b.h - shared)


def _touch(a: Box, b: Box, gap: float) -> bool:
    """Whether two boxes are less than `gap` pixels apart."""
    across = max(a.x, b.x) - min(a.x + a.w, b.x + b.w)
    down = max(a.y, b.y) - min(a.y + a.h, b.y + b.h)
    return max(across, down) < gap


def _usual_size(taken: Sequence[Box], setting: Setting) -> tuple[float, float]:
    """Width and height of a box in this picture, give or take; about a tenth of an empty picture."""
    if taken:
        like = setting.random.choice(taken)
        return like.w * setting.random.uniform(0.7, 1.2), like.h * setting.random.uniform(0.7, 1.2)
    share = setting.random.uniform(0.06, 0.2)
    return setting.size[0] * share, setting.size[1] * share


def _likely_label(taken: Iterable[Box], setting: Setting) -> str:
    """A label that occurs here, else any of the project's."""
    here = sorted({box.label for box in taken} & set(setting.labels))
    return setting.random.choice(here or list(setting.labels))
