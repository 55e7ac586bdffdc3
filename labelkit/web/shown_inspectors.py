"""What the pages of inspectors' figures are given to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from flask import url_for

from labelkit.domain.inspector_figures import Share
from labelkit.domain.texts import N_, Texts
from labelkit.domain.verdict_figures import RealFigures, Slips, refused, slipping, statements
from labelkit.services import inspectors
from labelkit.services.inspectors import Told
from labelkit.store.models import Submission, User
from labelkit.web.access import me
from labelkit.web.findings import kind_name
from labelkit.web.transaction import database
from labelkit.web.verdict_words import sentence
from labelkit.web.words import say

SLIPPED = N_("Slipped through: accepted or corrected, and a mistake was left")
REFUSED = N_("Sent back though it passes by its score")
REFUSED_RIGHT = N_("Sent back though nothing is wrong by gold")
AGREED = N_("Same verdict as another inspector")


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """Figures of real inspection with what they say; `shares` and `kinds` are the rows of the tables."""

    figures: RealFigures
    sentences: list[str]
    shares: list[tuple[str, Share]]
    kinds: list[tuple[str, Slips]]

    @classmethod
    def of(cls, figures: RealFigures, *, alone: bool = False) -> Self:
        """`alone`: nobody else is there who could look a second time."""
        shares = [
            (SLIPPED, figures.slipped),
            (REFUSED, figures.refused),
            (REFUSED_RIGHT, figures.refused_right),
        ]
        if not alone:
            shares.append((AGREED, figures.agreement.same))
        return cls(
            figures=figures,
            sentences=[sentence(one) for one in statements(figures)],
            shares=[(say(name), share) for name, share in shares],
            kinds=[(kind_name(one.kind), one) for one in figures.kinds],
        )


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer that is worth another look."""

    url: str
    key: str
    title: Texts

    @classmethod
    def of(cls, submission: Submission) -> Self:
        url = url_for("work.result", submission_id=submission.id)
        return cls(url, submission.item.key, submission.project.title)


def real_figures(person: User) -> dict[str, Any]:
    """What the page of somebody's figures says of real inspection."""
    told = inspectors.tell(database(), person.id)
    return {
        "real": ShownFigures.of(told.real),
        "simulated": ShownFigures.of(told.simulated, alone=True) if told.simulated else None,
        "disputes": told.disputes,
        "answers": list(_answers(person, told)),
    }


def _answers(person: User, told: Told) -> Iterable[tuple[str, list[ShownAnswer]]]:
    """Lists of answers behind the figures, as far as whoever reads them may open them."""
    for name, judged in ((SLIPPED, slipping(told.verdicts.real)), (REFUSED, refused(told.verdicts.real))):
        if found := inspectors.to_look_at(database(), me(), person, judged):
            yield say(name), [ShownAnswer.of(one) for one in found]
