"""What is said to an inspector: of what was planted, and of his or her figures."""

from labelkit.domain.inspector_figures import Says, Statement
from labelkit.domain.scores import ErrorKind
from labelkit.domain.texts import N_
from labelkit.web.words import say

PLANTED = {
    ErrorKind.MISSING: N_("%(gold)s was left out."),
    ErrorKind.EXTRA: N_("%(label)s is one too many."),
    ErrorKind.DUPLICATE: N_("One %(label)s is marked twice."),
    ErrorKind.WRONG_LABEL: N_("%(label)s was chosen, but it is %(gold)s."),
    ErrorKind.MISPLACED: N_("%(label)s is in the wrong place."),
    ErrorKind.MISPLACED_WRONG_LABEL: N_("%(label)s is in the wrong place, and it is %(gold)s."),
    ErrorKind.LOOSE: N_("%(label)s is loose: %(sides)s."),
    ErrorKind.CUT: N_("%(label)s is cut: %(sides)s."),
    ErrorKind.SHIFTED: N_("%(label)s is shifted: %(sides)s."),
    ErrorKind.FALSE_UNUSABLE: N_("This can be labelled."),
    ErrorKind.MISSED_UNUSABLE: N_("This cannot be labelled."),
}
LET_THROUGH = {
    ErrorKind.MISSING: N_("You let %(part)d of %(whole)d omissions through."),
    ErrorKind.EXTRA: N_("You let %(part)d of %(whole)d needless marks through."),
    ErrorKind.DUPLICATE: N_("You let %(part)d of %(whole)d double marks through."),
    ErrorKind.WRONG_LABEL: N_("You let %(part)d of %(whole)d wrong labels through."),
    ErrorKind.MISPLACED: N_("You let %(part)d of %(whole)d misplaced boxes through."),
    ErrorKind.MISPLACED_WRONG_LABEL: N_(
        "You let %(part)d of %(whole)d misplaced boxes with a wrong label through."
    ),
    ErrorKind.LOOSE: N_("You let %(part)d of %(whole)d loose boxes through."),
    ErrorKind.CUT: N_("You let %(part)d of %(whole)d cut boxes through."),
    ErrorKind.SHIFTED: N_("You let %(part)d of %(whole)d shifted boxes through."),
    ErrorKind.FALSE_UNUSABLE: N_(
        "You let %(part)d of %(whole)d answers through that say “Cannot be labelled” without need."
    ),
    ErrorKind.MISSED_UNUSABLE: N_(
        "You let %(part)d of %(whole)d answers through to what cannot be labelled."
    ),
}
SAID = {
    Says.TOO_FEW: N_(
        "So far you have judged %(part)d. From about %(whole)d on, half of them faulty, this page says how"
        " good you are."
    ),
    Says.FAULTLESS: N_("All of your %(whole)d verdicts are right."),
    Says.ALL_SENT_BACK: N_("You sent everything back: also each of the %(part)d right results."),
    Says.ALL_ACCEPTED: N_("You accepted everything: also each of the %(part)d faulty results."),
    Says.LET_ANY_THROUGH: N_("You let %(part)d of %(whole)d faulty results through."),
    Says.NONE_LET_THROUGH: N_("You let none of %(whole)d faulty results through."),
    Says.SENT_BACK_RIGHT: N_("You sent %(part)d of %(whole)d right results back."),
    Says.NO_RIGHT_SENT_BACK: N_("You sent none of %(whole)d right results back."),
    Says.PLACE: N_("You pointed at the fault in %(part)d of %(whole)d faulty results that you sent back."),
    Says.REASON: N_("Your reason was right in %(part)d of %(whole)d faulty results that you sent back."),
}


def statement(told: Statement) -> str:
    """What the figures of an inspector say, as one sentence."""
    sentence = LET_THROUGH[told.kind] if told.kind else SAID[told.says]
    return say(sentence, part=told.part, whole=told.whole)
