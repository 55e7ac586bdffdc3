"""What was right in an answer, to be told as plainly as what was wrong."""

from labelkit.domain.scores import ErrorKind, Score


def faultless(score: Score) -> tuple[int, ...]:
    """Positions of the answers that are half of a pair and of which no finding says anything."""
    told = {finding.answer for finding in score.findings}
    return tuple(answer for answer, _ in score.pairs if answer not in told)


def exact(score: Score) -> int:
    """How many boxes of the right label lie within the tolerance on all four sides."""
    told = {finding.answer for finding in score.findings if finding.kind is not ErrorKind.WRONG_ATTRIBUTE}
    return sum(answer not in told for answer, _ in score.pairs)
