"""Leases: which inspector looks at which submission just now."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labelkit.store.models.base import Base
from labelkit.store.models.people import User
from labelkit.store.types import Moment


class Lease(Base):
    """A submission that an inspector has taken, until it runs out; renewed by what is done there.

    `since` is when this inspector took it, from when the time at work counts.
    """

    __tablename__ = "lease"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True
    )
    inspector_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    since: Mapped[Moment]
    until: Mapped[datetime]

    inspector: Mapped[User] = relationship(lazy="raise_on_sql")
