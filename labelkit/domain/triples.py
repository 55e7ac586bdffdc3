"""The triple of one finding: a place in the picture untouched, as gold marks it, and as the answer did."""

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.examples import Example, view_round
from labelkit.domain.scores import ErrorKind, Finding, Score


def triple(
    finding: Finding, score: Score, answer: BoxAnnotation, gold: BoxAnnotation, size: tuple[float, float]
) -> Example[BoxAnnotation] | None:
    """What gold and the answer mark where this finding lies, and the view that holds both.

    Nothing was marked where an object is missing, and nothing is right where one is too many. A duplicate
    shows the box that it doubles too. `size` is the picture's width and height in pixels. None where a
    finding concerns the whole picture, or points at what neither of the two has.
    """
    right, wrong = _boxes(gold, finding.gold), _boxes(answer, finding.answer)
    if finding.kind is ErrorKind.DUPLICATE:
        first = next((drawn for drawn, meant in score.pairs if meant == finding.gold), None)
        wrong = (*_boxes(answer, first), *wrong)
    if not right and not wrong:
        return None
    view = view_round((*right, *wrong), size)
    return Example(finding, BoxAnnotation(right), BoxAnnotation(wrong), view)


def _boxes(annotation: BoxAnnotation, position: int | None) -> tuple[Box, ...]:
    if position is None or position >= len(annotation.regions):
        return ()
    return (annotation.regions[position],)
