"""What the result of one half of a two-guide drill shows of the other half."""

from dataclasses import dataclass
from typing import Self

from flask import url_for
from sqlalchemy.orm import Session

from labelkit.services import drills
from labelkit.store.models import Assignment, Project, Submission


@dataclass(frozen=True, slots=True)
class ShownHalf:
    """`next_url` leads on from the first half as long as the second is not sent; `other_url` to what came
    of the other half."""

    half: int
    there: Project
    next_url: str | None
    other_url: str | None

    @classmethod
    def of(cls, session: Session, submission: Submission) -> Self | None:
        drill = drills.half_of(session, session.get_one(Assignment, submission.assignment_id))
        if drill is None:
            return None
        sent = drill.other is not None and not drill.other.open
        onward = url_for("work.other_guide", submission_id=submission.id)
        return cls(
            half=drill.half,
            there=drill.there,
            next_url=onward if drill.half == 1 and not sent else None,
            other_url=url_for("work.item", assignment_id=drill.other.id) if drill.other and sent else None,
        )
