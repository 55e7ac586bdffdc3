"""Gold before it is in force, and the notices to those whom a change of gold touched."""

from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labelkit.domain.gold_states import GoldState, Made
from labelkit.domain.texts import Texts
from labelkit.store.models.base import Base
from labelkit.store.models.people import User
from labelkit.store.models.projects import Item
from labelkit.store.types import Key, Moment, utc_now


class GoldProposal(Base):
    """What may become a gold, or became one: then `version` names it. It stays as the gold's history.

    `base_version` was in force when it was begun. `remark` is the sentence of whoever sent it back, or
    withdrew it. A gold that was imported has such a row only once it was withdrawn.
    """

    __tablename__ = "gold_proposal"
    __table_args__ = (UniqueConstraint("item_id", "version"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    state: Mapped[GoldState]
    made: Mapped[Made]
    accepted: Mapped[list[Any]]
    explanation: Mapped[Texts]
    reason: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=0)
    base_version: Mapped[int | None]
    version: Mapped[int | None]
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id", ondelete="SET NULL"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    remark: Mapped[str] = mapped_column(default="")
    remark_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[Moment] = mapped_column(onupdate=utc_now)

    item: Mapped[Item] = relationship(lazy="raise_on_sql")
    author: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=author_id)
    remark_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=remark_by_id)


Index("gold_proposal_waiting", GoldProposal.state, GoldProposal.author_id)


class Notice(Base):
    """A word to a worker whose score moved because a gold was changed; gone once it was put away.

    Without `after` the gold was withdrawn, and there is no score any longer.
    """

    __tablename__ = "notice"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    gold_version: Mapped[int]
    before: Mapped[float]
    after: Mapped[float | None]
    reason: Mapped[str]
    at: Mapped[Moment]

    item: Mapped[Item] = relationship(lazy="raise_on_sql")
