"""What is said to an inspector of real verdicts."""

from labelkit.domain.scores import ErrorKind
from labelkit.domain.texts import N_
from labelkit.domain.verdict_figures import Says, Statement
from labelkit.web.words import say

SLIPPED = {
    ErrorKind.MISSING: N_(
        "In %(part)d of %(whole)d answers that you accepted or corrected, something was left out."
    ),
    ErrorKind.EXTRA: N_(
        "In %(part)d of %(whole)d answers that you accepted or corrected, something was needless."
    ),
    ErrorKind.DUPLICATE: N_(
        "In %(part)d of %(whole)d answers that you accepted or corrected, something was twice."
    ),
    ErrorKind.WRONG_LABEL: N_(
        "In %(part)d of %(whole)d answers that you accepted or corrected, a label was wrong."
    ),
    ErrorKind.MISPLACED: N_(
        "In %(part)d of %(whole)d answers that you accepted or corrected, a box was misplaced."
    ),
    ErrorKind.MISPLACED_WRONG_LABEL: N_(
        "In %(part)d of %(whole)d answers that you accepted or corrected, a box was misplaced"
        " and its label wrong."
    ),
    ErrorKind.LOOSE: N_("In %(part)d of %(whole)d answers that you accepted or corrected, a box was loose."),
    ErrorKind.CUT: N_("In %(part)d of %(whole)d answers that you accepted or corrected, a box was cut."),
    ErrorKind.SHIFTED: N_(
        "In %(part)d of %(whole)d answers that you accepted or corrected, a box was shifted."
    ),
    ErrorKind.WRONG_ATTRIBUTE: N_(
        "In %(part)d of %(whole)d answers that you accepted or corrected, a flag was wrong."
    ),
    ErrorKind.FALSE_UNUSABLE: N_(
        "%(part)d of %(whole)d answers that you accepted or corrected say “Cannot be labelled” without need."
    ),
    ErrorKind.MISSED_UNUSABLE: N_(
        "%(part)d of %(whole)d answers that you accepted or corrected are to what cannot be labelled."
    ),
}
SAID = {
    Says.TOO_FEW: N_(
        "So far %(part)d of your verdicts can be held against gold. From %(whole)d accepted or corrected,"
        " or %(whole)d sent back on, this page says what slips through."
    ),
    Says.ALL_SENT_BACK: N_(
        "You sent all %(whole)d answers back: also each of the %(part)d that pass by their score."
    ),
    Says.SLIPPED: N_("In %(part)d of %(whole)d answers that you accepted or corrected, a mistake was left."),
    Says.NONE_SLIPPED: N_("In none of %(whole)d answers that you accepted or corrected, a mistake was left."),
    Says.REFUSED: N_("%(part)d of %(whole)d answers that you sent back pass by their score."),
    Says.NONE_REFUSED: N_("None of %(whole)d answers that you sent back passes by its score."),
}


def sentence(told: Statement) -> str:
    """What the figures of real inspection say, as one sentence."""
    said = SLIPPED[told.kind] if told.kind else SAID[told.says]
    return say(said, part=told.part, whole=told.whole)
