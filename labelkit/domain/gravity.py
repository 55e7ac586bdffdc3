"""Which finding is the worse one: the order in which a person is told what is wrong."""

from collections.abc import Iterable, Sequence

from labelkit.domain.annotations import Box
from labelkit.domain.hand import tolerance
from labelkit.domain.rules import BoxRules
from labelkit.domain.scores import ErrorKind, Finding, Severity

# Every fail costs the same, one mistake. So what orders them is how much of an object is lost by it: the
# whole item; then an object that is not there, or one that nobody asked for; then its place and name; its
# name; its one place among doubles; its place; its outline; and last a mark on it.
STEPS = (
    (ErrorKind.FALSE_UNUSABLE, ErrorKind.MISSED_UNUSABLE),
    (ErrorKind.MISSING,),
    (ErrorKind.EXTRA,),
    (ErrorKind.MISPLACED_WRONG_LABEL,),
    (ErrorKind.WRONG_LABEL,),
    (ErrorKind.DUPLICATE,),
    (ErrorKind.MISPLACED,),
    (ErrorKind.LOOSE, ErrorKind.CUT, ErrorKind.SHIFTED),
    (ErrorKind.WRONG_ATTRIBUTE,),
)
_STEP = {kind: number for number, kinds in enumerate(STEPS) for kind in kinds}


def worst_first(
    findings: Iterable[Finding],
    answers: Sequence[Box] = (),
    golds: Sequence[Box] = (),
    rules: BoxRules | None = None,
) -> list[Finding]:
    """The findings of one score, the worst first; the same whatever order they came in, but for equals.

    Fails stand before warnings, and both by `STEPS`. Within a step the one that is farther off comes
    first (`off`, which wants the boxes that findings point at, and the rules), then the larger object,
    by square pixels of its gold or else of the answer; equals keep their order.
    """

    def rank(finding: Finding) -> tuple[bool, int, float, float]:
        meant = _at(golds, finding.gold)
        box = meant or _at(answers, finding.answer)
        area = box.w * box.h if box else 0.0
        is_warning = finding.severity is not Severity.FAIL
        return is_warning, _STEP[finding.kind], -off(finding, meant, rules), -area

    return sorted(findings, key=rank)


def off(finding: Finding, gold: Box | None, rules: BoxRules | None) -> float:
    """How far off what was drawn lies, to be compared within one step only; 0 where that says nothing.

    For an outline, the worst side in tolerances t of DESIGN section 4, rule 5 (above 1); for a wrong
    place, 1 - IoU (0 to 1).
    """
    if finding.kind in STEPS[-2] and finding.sides and gold and rules:
        across, down = tolerance(gold, rules)
        sides = finding.sides
        return max(
            abs(sides.left) / across,
            abs(sides.right) / across,
            abs(sides.top) / down,
            abs(sides.bottom) / down,
        )
    if finding.kind is ErrorKind.MISPLACED and finding.iou is not None:
        return 1 - finding.iou
    return 0.0


def _at(boxes: Sequence[Box], position: int | None) -> Box | None:
    return boxes[position] if position is not None and position < len(boxes) else None
