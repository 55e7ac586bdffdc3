"""Which items a run takes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from labelkit.domain import runs
from labelkit.domain.projects import Feedback, Split
from labelkit.domain.runs import Candidate
from labelkit.domain.scores import ErrorKind
from labelkit.services import choosing
from labelkit.services.reports import Card
from labelkit.store.models import Gold, GoldView, Item, Project, Submission, User
from labelkit.tasktypes import TASK_TYPES


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be begun: the items of a diagnosis and about how many minutes they take, and those of a
    silent run."""

    diagnosis: int
    minutes: int
    silent: int


def offer(cards: Sequence[Card]) -> Offer:
    """What these projects have to offer: those that answer at once."""
    there: Counter[str] = Counter()
    for card in cards:
        if card.project.feedback is Feedback.AT_ONCE and not card.project.archived:
            there[card.project.task_type] += card.total
    counts = runs.of_each({key: there[key] for key in _labeling_types()})
    seconds = {key: kind.seconds_an_item for key, kind in TASK_TYPES.items()}
    silent = min(runs.SILENT_ITEMS, there.total())
    return Offer(sum(counts.values()), runs.minutes(counts, seconds), silent)


def for_diagnosis(session: Session, me: User) -> list[int]:
    """Two items of each labeling task type there is, of those that are not too hard."""
    candidates, seen = _candidates(session), _seen(session, me)
    items: list[int] = []
    for key in _labeling_types():
        mine = [one for one in candidates if one.task_type == key]
        fresh = [one for one in mine if one.item not in seen]
        groups = [runs.easier_half(fresh), fresh, mine]
        items += runs.draw(groups, runs.OF_EACH, f"{me.id} diagnosis {key} {len(seen)}")
    return items


def for_silent(session: Session, me: User) -> list[int]:
    """Ten items that I have not seen, first out of projects that I know already."""
    candidates, seen = _candidates(session), _seen(session, me)
    known = {one.project for one in candidates if one.item in seen}
    fresh = [one for one in candidates if one.item not in seen]
    begun = [one for one in fresh if one.project in known]
    new = [one for one in fresh if one.task_type in _labeling_types()]
    groups = [runs.easier_half(begun), runs.easier_half(new), begun, new, candidates]
    return runs.draw(groups, runs.SILENT_ITEMS, f"{me.id} silent {len(seen)}")


def for_weakness(
    session: Session, me: User, project: Project, kind: ErrorKind | None, label: str | None
) -> list[int]:
    """Ten items of a project that teach most about a kind of mistake, or about a label; where none is known
    to teach it, about whatever I fail there."""
    about = choosing.weakest(session, me, project, runs.WEAKNESS_ITEMS, kind=kind, label=label)
    return about or choosing.weakest(session, me, project, runs.WEAKNESS_ITEMS)


def _labeling_types() -> list[str]:
    """The task types in which something is labelled, the quickest first; a question is not labelled."""
    kinds = [kind for kind in TASK_TYPES.values() if not kind.needs_question]
    return [kind.key for kind in sorted(kinds, key=lambda kind: kind.seconds_an_item)]


def _candidates(session: Session) -> list[Candidate]:
    """All that can be told at once: practice items with gold of projects that answer at once."""
    there = (
        select(Item.id, Item.project_id, Project.task_type, Item.source, Item.difficulty)
        .join(Project, Project.id == Item.project_id)
        .join(Gold, (Gold.item_id == Item.id) & Gold.current)
        .where(Item.split == Split.PRACTICE, Project.feedback == Feedback.AT_ONCE, ~Project.archived)
    )
    return [Candidate(*row) for row in session.execute(there)]


def _seen(session: Session, me: User) -> set[int]:
    """The items that I have answered, or was shown the gold of."""
    answered = select(Submission.item_id).where(Submission.user_id == me.id)
    shown = select(GoldView.item_id).where(GoldView.user_id == me.id)
    return set(session.scalars(answered.union(shown)))
