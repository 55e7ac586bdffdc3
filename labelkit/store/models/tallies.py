"""The tables that are counted or made out of others: they could be made again."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from labelkit.store.models.base import Base
from labelkit.store.types import Key, Moment


class Tally(Base):
    """What one person did in one project, counted; see `domain.tallies` for the counts.

    The plain columns are what lists of many people show.
    """

    __tablename__ = "tally"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True, index=True)
    counts: Mapped[dict[str, int]] = mapped_column(default=dict, deferred=True)
    standing: Mapped[float | None]
    standing_n: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    passed: Mapped[int] = mapped_column(default=0)
    firsts: Mapped[int] = mapped_column(default=0)
    firsts_passed: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)


class DayTally(Base):
    """What one person did in one project on one day."""

    __tablename__ = "day_tally"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    counts: Mapped[dict[str, int]] = mapped_column(default=dict)


class ProjectTally(Base):
    """What everybody did in one project."""

    __tablename__ = "project_tally"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    counts: Mapped[dict[str, int]] = mapped_column(default=dict)


class ItemTally(Base):
    """How everybody's first attempts at one item went; `value` in millionths, as in `domain.tallies`."""

    __tablename__ = "item_tally"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    firsts: Mapped[int] = mapped_column(default=0)
    passed: Mapped[int] = mapped_column(default=0)
    value: Mapped[int] = mapped_column(BigInteger, default=0)
    millis: Mapped[int] = mapped_column(BigInteger, default=0)


class Job(Base):
    """Scores of a project made anew in slices: whoever holds the lease goes on where the last one stopped."""

    __tablename__ = "job"

    id: Mapped[Key]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    unreadable: Mapped[int] = mapped_column(default=0)
    next_id: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    created_at: Mapped[Moment]
    finished_at: Mapped[datetime | None]


class Record(Base):
    """A record of practice as it was issued; its code lets anybody confirm it on this server."""

    __tablename__ = "record"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    snapshot: Mapped[dict[str, Any]]
    issued_at: Mapped[Moment]
