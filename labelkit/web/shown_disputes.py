"""What the pages of disputes are given to show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from sqlalchemy.orm import Session

from labelkit.domain.dispute_states import DisputeState
from labelkit.domain.dispute_subjects import VERDICT, FindingSubject
from labelkit.domain.projects import Clause
from labelkit.domain.scores import Finding, findings_from_json
from labelkit.domain.texts import N_
from labelkit.services import dispute_counts, dispute_desk, disputes, golds, submissions, users
from labelkit.services.dispute_counts import Against
from labelkit.services.dispute_desk import Hindrance
from labelkit.services.submissions import Result
from labelkit.store.models import Dispute, Project, User
from labelkit.web.findings import ShownFinding, finding_sentence, kind_name
from labelkit.web.shown import ShownResult
from labelkit.web.words import say

HINDRANCES = {
    Hindrance.RAISED: N_("You raised it, so another inspector decides."),
    Hindrance.WROTE_GOLD: N_("You wrote the gold, so another inspector decides."),
    Hindrance.GAVE_VERDICT: N_("You gave the verdict, so another inspector decides."),
}
ALONE = N_("There is no other inspector, so it stays as an open note.")


@dataclass(frozen=True, slots=True)
class ShownDispute:
    """A dispute as its worker sees it, and, with the name of the worker, the inspectors.

    `kind_name` and `what` tell the finding as it was when it was disputed; of a verdict, only `what`.
    `corrector` is who draws a new gold because of it.
    """

    id: int
    submission_id: int
    project: Project
    item_key: str
    is_verdict: bool
    kind_name: str | None
    what: str
    clause_id: str
    clause: Clause | None
    sentence: str
    state: DisputeState
    raised_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    by_worker: bool
    ruling: str
    ruling_clause_id: str
    ruling_clause: Clause | None
    new_version: int | None
    corrector: str | None

    @classmethod
    def of(cls, dispute: Dispute, corrector: str | None = None) -> Self:
        project, finding = dispute.project, finding_of(dispute)
        return cls(
            id=dispute.id,
            submission_id=dispute.submission_id,
            project=project,
            item_key=dispute.item.key,
            is_verdict=finding is None,
            kind_name=kind_name(finding.kind) if finding else None,
            what=finding_sentence(finding, project) if finding else say("The verdict on this answer"),
            clause_id=dispute.clause,
            clause=project.guide.clause(dispute.clause),
            sentence=dispute.sentence,
            state=dispute.state,
            raised_at=dispute.raised_at,
            decided_at=dispute.decided_at,
            decided_by=dispute.decided_by.name if dispute.decided_by else None,
            by_worker=dispute.decided_by_id == dispute.user_id,
            ruling=dispute.ruling,
            ruling_clause_id=dispute.ruling_clause,
            ruling_clause=project.guide.clause(dispute.ruling_clause),
            new_version=dispute.new_version,
            corrector=corrector,
        )


def finding_of(dispute: Dispute) -> Finding | None:
    """The finding as it was when it was disputed; None where the verdict is."""
    return findings_from_json({"findings": [dispute.finding]})[0] if dispute.finding else None


def shown_disputes(session: Session, found: Sequence[Dispute]) -> list[ShownDispute]:
    names = dispute_desk.correctors(session, found)
    return [ShownDispute.of(one, names.get(one.id)) for one in found]


def position_of(dispute: Dispute, result: Result) -> int | None:
    """Where in the present score the disputed finding stands; None where it is gone."""
    present = result.score.detail.to_json().get("findings", []) if result.score else []
    return next((place for place, finding in enumerate(present) if finding == dispute.finding), None)


@dataclass(frozen=True, slots=True)
class OnResult:
    """What a worker may dispute on a result, and what he or she has: by the position of a finding, or None
    for the verdict. `others` are about findings that are gone."""

    subjects: dict[int | None, str]
    raised: dict[int | None, list[ShownDispute]]
    others: list[ShownDispute]

    @classmethod
    def of(cls, session: Session, me: User, result: Result) -> Self:
        submission = result.submission
        found = disputes.of_submission(session, me, submission.id)
        names = dispute_desk.correctors(session, found)
        raised: dict[int | None, list[ShownDispute]] = {}
        others: list[ShownDispute] = []
        for one in found:
            place = position_of(one, result) if one.finding else None
            same = one.finding is None or (place is not None and _is_of(one, result))
            group = raised.setdefault(place, []) if same else others
            group.append(ShownDispute.of(one, names.get(one.id)))
        subjects = _subjects(session, result)
        for place, about in raised.items():
            if any(one.state in (DisputeState.OPEN, DisputeState.DISMISSED) for one in about):
                subjects.pop(place, None)
        return cls(subjects, raised, others)

    @property
    def holds_rejection(self) -> bool:
        """True where the verdict is disputed, which a rework would give up."""
        return any(one.state is DisputeState.OPEN for one in self.raised.get(None, ()))


def _is_of(dispute: Dispute, result: Result) -> bool:
    return result.score is not None and result.score.gold_version == dispute.gold_version


def _subjects(session: Session, result: Result) -> dict[int | None, str]:
    """What may be disputed of a result by its time, by position; None for the verdict."""
    may, score = disputes.windows(session, result.submission), result.score
    found: dict[int | None, str] = {None: VERDICT} if may.verdict else {}
    if score is None or not may.findings:
        return found
    return found | {
        place: str(FindingSubject(place, score.gold_version, score.rules_version))
        for place in range(len(score.detail.findings))
    }


def focused(shown: ShownResult, position: int | None) -> tuple[ShownResult, ShownFinding | None]:
    """A result with this finding alone on its picture, and the finding; without any, the marks of its
    inspector show."""
    one = next((finding for finding in shown.findings if finding.position == position), None)
    return replace(shown, findings=[one] if one else [], praise=None), one


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A dispute before an inspector: the answer, over the gold in force, and what speaks against deciding it.

    `present` is that gold's version; `is_newer`, whether it is another than the disputed one. `others` counts
    the further findings of the answer, which would all be right if it became gold.
    """

    dispute: ShownDispute
    worker: str
    result: ShownResult
    finding: ShownFinding | None
    others: int
    value: float | None
    present: int | None
    is_newer: bool
    hindrance: str | None
    alone: str | None
    accused: str | None
    against: Against | None

    @classmethod
    def of(cls, session: Session, me: User, dispute: Dispute) -> Self:
        result = submissions.to_inspect(
            session, me, dispute.submission_id, with_gold=_may_see_gold(me, dispute), how=golds.How.DISPUTE
        )
        position = position_of(dispute, result) if dispute.finding else None
        shown, finding = focused(ShownResult.of(result, me), position)
        present = golds.version_in_force(session, dispute.item_id)
        hindrance = dispute_desk.hindrances(session, me, [dispute]).get(dispute.id)
        accused = dispute.against_id
        return cls(
            dispute=shown_disputes(session, [dispute])[0],
            worker=dispute.user.name,
            result=shown,
            finding=finding,
            others=len(result.score.detail.findings) - (finding is not None) if result.score else 0,
            value=result.score.value if result.score else None,
            present=present,
            is_newer=dispute.finding is not None and present not in (None, dispute.gold_version),
            hindrance=say(HINDRANCES[hindrance]) if hindrance else None,
            alone=say(ALONE) if hindrance and not users.is_inspector_beside(session, me.id) else None,
            accused=users.names(session, [accused]).get(accused) if accused else None,
            against=dispute_counts.against(session, accused) if accused else None,
        )


def _may_see_gold(me: User, dispute: Dispute) -> bool:
    """Not whoever disputes the verdict on an own answer that is closed yet."""
    return dispute.user_id != me.id or dispute.submission.opened


def shown_queue(session: Session, me: User, waiting: Sequence[Dispute]) -> list[dict[str, Any]]:
    """The lines of the queue: the dispute, its worker, and why it is not mine to decide."""
    hindrances = dispute_desk.hindrances(session, me, waiting)
    shown = shown_disputes(session, waiting)
    return [
        {
            "dispute": one,
            "worker": dispute.user.name,
            "hindrance": say(HINDRANCES[hindrances[one.id]]) if one.id in hindrances else None,
        }
        for one, dispute in zip(shown, waiting, strict=True)
    ]
