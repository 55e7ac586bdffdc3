"""What inspectors are about to write, and what a second one says."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labelkit.domain.workflow import Verdict
from labelkit.store.models.base import Base
from labelkit.store.models.people import User
from labelkit.store.models.work import Submission
from labelkit.store.types import Moment, utc_now


class Correction(Base):
    """The copy of an answer that an inspector is correcting: a draft, gone with the verdict."""

    __tablename__ = "correction"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True
    )
    inspector_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    annotation: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=0)
    at: Mapped[Moment] = mapped_column(onupdate=utc_now)


class SecondLook(Base):
    """A verdict that was drawn for a second inspector, who does not see the first; without `decided_at` it
    waits. It moves nothing: it tells how far inspectors agree."""

    __tablename__ = "second_look"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True
    )
    first_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    inspector_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    verdict: Mapped[Verdict | None]
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    marks: Mapped[list[Any]] = mapped_column(default=list)
    comment: Mapped[str] = mapped_column(default="")
    drawn_at: Mapped[Moment]
    decided_at: Mapped[datetime | None]

    submission: Mapped[Submission] = relationship(lazy="raise_on_sql")
    first: Mapped[User] = relationship(lazy="raise_on_sql", foreign_keys=first_id)
    inspector: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=inspector_id)


Index("second_look_of_first", SecondLook.first_id, SecondLook.decided_at)
Index("second_look_of_second", SecondLook.inspector_id, SecondLook.decided_at)
Index(
    "second_look_waiting",
    SecondLook.drawn_at,
    sqlite_where=text("decided_at IS NULL"),
    postgresql_where=text("decided_at IS NULL"),
)
