"""Every guide that was ever in force, and who has read which."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labelkit.domain.projects import Guide
from labelkit.domain.texts import Texts
from labelkit.store.models.base import Base
from labelkit.store.models.people import User
from labelkit.store.models.projects import GUIDE
from labelkit.store.types import Moment


class GuideVersion(Base):
    """One version of a project's guide; without author it came with its pack."""

    __tablename__ = "guide_version"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    guide: Mapped[Guide] = mapped_column(GUIDE)
    note: Mapped[Texts]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    published_at: Mapped[Moment]

    author: Mapped[User | None] = relationship(lazy="raise_on_sql")


class GuideRead(Base):
    """The newest version of a project's guide that somebody said to have read."""

    __tablename__ = "guide_read"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    version: Mapped[int]
