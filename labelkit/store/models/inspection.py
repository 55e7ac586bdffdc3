"""Inspection practice: results that were shown to somebody, and the word on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labelkit.domain.workflow import Verdict
from labelkit.store.models.base import Base
from labelkit.store.models.projects import Item, Project
from labelkit.store.types import Json, Key, Moment


class Exercise(Base):
    """A result made of gold and shown to somebody to inspect; `faults` is what was planted in it, none where
    it is right, and never leaves the server before the verdict.

    `place` is a region by its position, [3], or an empty place, [x, y]. Without a verdict but with
    `decided_at` it was taken back, because its gold is no longer in force.
    """

    __tablename__ = "exercise"
    __table_args__ = (
        UniqueConstraint("user_id", "item_id", "seed"),
        Index("exercise_mine", "user_id", "decided_at"),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    gold_version: Mapped[int]
    seed: Mapped[str]
    annotation: Mapped[dict[str, Any]]
    faults: Mapped[list[Any]]
    shown_at: Mapped[Moment]
    verdict: Mapped[Verdict | None]
    place: Mapped[list[Any] | None] = mapped_column(Json)
    reason: Mapped[str | None]
    place_found: Mapped[bool | None]
    reason_holds: Mapped[bool | None]
    value: Mapped[float | None]
    seconds: Mapped[float | None]
    decided_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    item: Mapped[Item] = relationship(lazy="raise_on_sql")


Index(
    "exercise_open",
    Exercise.user_id,
    Exercise.project_id,
    unique=True,
    sqlite_where=text("decided_at IS NULL"),
    postgresql_where=text("decided_at IS NULL"),
)
