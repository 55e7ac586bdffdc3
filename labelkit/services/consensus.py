"""A gold proposed by consensus: what the people who answered an item say together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from labelkit.domain.consensus import ENOUGH, NOTHING, UNUSABLE, likeliest
from labelkit.domain.errors import Conflict
from labelkit.domain.gold_states import Made
from labelkit.domain.texts import N_, Texts
from labelkit.services import agreement, gold_work, tallies
from labelkit.services.agreement import Answered
from labelkit.store.models import GoldProposal, Project, User
from labelkit.tasktypes import TASK_TYPES


@dataclass(frozen=True, slots=True)
class Origin:
    """How a consensus came to be: out of so many answers, of which `alike` say just that; `kept` of the
    `objects` that anybody marked are in it."""

    answers: int
    alike: int
    objects: int
    kept: int
    unusable: bool


def propose(session: Session, me: User, item_id: int, say: Callable[[Origin], str]) -> GoldProposal:
    """Lay the consensus of the answers to an item before the inspectors; it has no author, and whoever asks
    for it may approve it. `say` makes of its origin the sentence that is its reason.

    Raises Conflict where too few have answered, or one waits already.
    """
    item = gold_work.find_item(session, me, item_id)
    project = item.project
    tallies.lock(session, [project.id])  # of two who ask at once, the second finds what the first made
    if agreement.open_consensus(session, item.id) is not None:
        raise Conflict(N_("A consensus on this item waits for approval already."))
    mine = agreement.of_item(session, project, item)
    if len(mine.annotations) < ENOUGH:
        raise Conflict(N_("A consensus needs answers of two people or more."))
    classes = likeliest(
        {one.item: one.said for one in agreement.around(session, project, mine).values()}, item.id
    )
    made = _made(project, mine, classes)
    accepted = [TASK_TYPES[project.task_type].dump(made)]
    reason = say(_origin(project, mine, classes, made))
    return gold_work.propose(session, item, accepted, Texts(), None, reason, Made.CONSENSUS)


def _made(project: Project, mine: Answered, classes: list[str]) -> Any:  # noqa: ANN401
    kind = TASK_TYPES[project.task_type]
    return kind.consensus(mine.annotations, classes, kind.parse_rules(project.rules))


def _origin(project: Project, mine: Answered, classes: list[str], made: Any) -> Origin:  # noqa: ANN401
    kind = TASK_TYPES[project.task_type]
    marked = [place for place, unit in enumerate(mine.said.units) if set(unit) - {NOTHING, UNUSABLE}]
    unusable = bool(made.unusable)
    return Origin(
        answers=len(mine.annotations),
        alike=sum(kind.is_same(kind.dump(made), kind.dump(one)) for one in mine.annotations),
        objects=len(marked),
        kept=0 if unusable else sum(classes[place] != NOTHING for place in marked),
        unusable=unusable,
    )
