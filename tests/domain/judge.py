"""DESIGN section 4 told a second time, slowly and plainly, with SciPy's assignment: judge of the engine."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.rules import BoxRules


def common(a: Box, b: Box) -> float:
    width = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
    height = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    return max(width, 0) * max(height, 0)


def iou(a: Box, b: Box) -> float:
    return common(a, b) / (a.w * a.h + b.w * b.h - common(a, b))


def best_pairs(weights: np.ndarray) -> list[tuple[int, int]]:
    """The one-to-one pairing with the largest total weight; weight 0 is no pair."""
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if weights[r, c] > 0]


def scipy_optimum(ious: np.ndarray, least: float) -> float:
    """The largest total IoU of any one-to-one pairing over pairs of `least` or more."""
    allowed = np.where(ious >= least, ious, 0.0)
    return float(sum(allowed[pair] for pair in best_pairs(allowed)))


class Judge:
    """The verdict on one answer: `pairs` {(answer, gold): kind}, and sets of positions of all the rest."""

    def __init__(self, answer: BoxAnnotation, gold: BoxAnnotation, rules: BoxRules) -> None:
        self.drawn, self.gold, self.rules = answer.regions, gold.regions, rules
        self.free = set(range(len(self.drawn)))
        self.open = {g for g, box in enumerate(self.gold) if not (box.ignore or box.crowd)}
        self.pairs: dict[tuple[int, int], str] = {}
        self._pair("hit", rules.match_iou, alike=True)
        self._pair("wrong_label", rules.match_iou, alike=False)
        self.set_aside = self._leave({a for a in self.free if self._lies_aside(a)})
        self.duplicates = self._leave({a for a in self.free if self._doubles(a)})
        self._pair("misplaced", rules.near_iou, alike=True)
        self._pair("misplaced_wrong_label", rules.near_iou, alike=False)
        self.extra = self.free
        self.missing = {g for g in self.open if not self.gold[g].optional}

    def _pair(self, kind: str, least: float, alike: bool) -> None:
        weights = np.zeros((len(self.drawn), len(self.gold)))
        for a in self.free:
            for g in self.open:
                near = iou(self.drawn[a], self.gold[g])
                if near >= least and (self.drawn[a].label == self.gold[g].label) == alike:
                    weights[a, g] = near
        for a, g in best_pairs(weights):
            self.pairs[a, g] = kind
            self.free.discard(a)
            self.open.discard(g)

    def _leave(self, answers: set[int]) -> set[int]:
        self.free -= answers
        return answers

    def _lies_aside(self, a: int) -> bool:
        return any(self._lies_on(self.drawn[a], region) for region in self.gold)

    def _lies_on(self, box: Box, region: Box) -> bool:
        inside = common(box, region) / (box.w * box.h)
        near = iou(box, region) >= self.rules.match_iou
        if region.ignore and (near or inside >= self.rules.ignore_share):
            return True
        return region.crowd and box.label == region.label and inside >= self.rules.match_iou

    def _doubles(self, a: int) -> bool:
        return any(iou(self.drawn[a], self.gold[g]) >= self.rules.match_iou for _, g in self.pairs)

    def sides(self, a: int, g: int) -> list[float]:
        """Signed error of left, top, right, bottom in units of the tolerance."""
        box, gold = self.drawn[a], self.gold[g]
        tx, ty = self._tolerance(gold.w), self._tolerance(gold.h)
        right, bottom = box.x + box.w - gold.x - gold.w, box.y + box.h - gold.y - gold.h
        return [(gold.x - box.x) / tx, (gold.y - box.y) / ty, right / tx, bottom / ty]

    def _tolerance(self, length: float) -> float:
        rules = self.rules
        return min(rules.tolerance_max, max(rules.tolerance_min, rules.tolerance_share * length))

    def boundary(self, a: int, g: int) -> tuple[str, str] | None:
        """Kind and severity of what is to be said of the sides of one pair."""
        sides = self.sides(a, g)
        worst = max(sides, key=abs)
        if abs(worst) <= 1:
            return None
        left, top, right, bottom = sides
        shifted = any(min(abs(p), abs(q)) > 1 and p * q < 0 for p, q in ((left, right), (top, bottom)))
        kind = "shifted" if shifted else "loose" if worst > 0 else "cut"
        return kind, "fail" if abs(worst) > self.rules.fail_factor else "warning"

    def findings(self) -> set[tuple[str, str, int | None, int | None]]:
        """All findings but those on flags: (kind, severity, answer, gold); a duplicate without its gold."""
        said = {("duplicate", "fail", a, None) for a in self.duplicates}
        said |= {("extra", "fail", a, None) for a in self.extra}
        said |= {("missing", "fail", None, g) for g in self.missing}
        for (a, g), kind in self.pairs.items():
            boundary = self.boundary(a, g) if kind in ("hit", "misplaced") else (kind, "fail")
            if boundary is not None:
                misplaced = kind == "misplaced" and boundary[1] == "fail"
                said.add(("misplaced", "fail", a, g) if misplaced else (*boundary, a, g))
        return said

    def value(self) -> float:
        mistakes = sum(severity == "fail" for _, severity, _, _ in self.findings())
        failed = {(a, g) for _, severity, a, g in self.findings() if severity == "fail"}
        right = sum(kind in ("hit", "misplaced") and pair not in failed for pair, kind in self.pairs.items())
        return right / (right + mistakes) if right + mistakes else 1.0
