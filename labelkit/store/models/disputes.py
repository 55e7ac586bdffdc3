"""Disputes: a worker's claim that a gold or a verdict is wrong, and what was decided on it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labelkit.domain.dispute_states import DisputeState
from labelkit.store.models.base import Base
from labelkit.store.models.people import User
from labelkit.store.models.projects import Item, Project
from labelkit.store.models.work import Submission
from labelkit.store.types import Json, Key, Moment


class Dispute(Base):
    """A claim on one finding of a score, or on a verdict (`subject` says which), with a clause of the guide.

    `finding` keeps the finding as it was, None where the verdict is disputed; `gold_version` is the version
    that it was made by. `against_id` is who wrote that gold, or gave that verdict; None where the gold was
    imported. `ruling_clause` and `ruling` are the answer; `proposal_id` is the gold that somebody draws
    because of it, `new_version` the version that came of it. `due_at` is the deadline of the rework, which
    stands still while its rejection is disputed. `seen`: whoever raised it has put the answer away.
    """

    __tablename__ = "dispute"
    __table_args__ = (
        Index("dispute_mine", "user_id", "project_id", "state"),
        Index("dispute_queue", "state", "raised_at"),
        Index("dispute_against", "against_id", "state"),
    )

    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    subject: Mapped[str]
    finding: Mapped[dict[str, Any] | None] = mapped_column(Json)
    gold_version: Mapped[int | None]
    guide_version: Mapped[int]
    clause: Mapped[str]
    sentence: Mapped[str]
    against_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    state: Mapped[DisputeState] = mapped_column(default=DisputeState.OPEN)
    raised_at: Mapped[Moment]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    ruling_clause: Mapped[str] = mapped_column(default="")
    ruling: Mapped[str] = mapped_column(default="")
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("gold_proposal.id", ondelete="SET NULL"))
    new_version: Mapped[int | None]
    due_at: Mapped[datetime | None]
    seen: Mapped[bool] = mapped_column(default=False)

    submission: Mapped[Submission] = relationship(lazy="raise_on_sql")
    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    item: Mapped[Item] = relationship(lazy="raise_on_sql")
    user: Mapped[User] = relationship(lazy="raise_on_sql", foreign_keys=user_id)
    decided_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=decided_by_id)


Index(
    "dispute_open",
    Dispute.submission_id,
    Dispute.subject,
    unique=True,
    sqlite_where=text("state = 'open'"),
    postgresql_where=text("state = 'open'"),
)
