"""People, and who failed to sign in."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from labelkit.domain.goals import Goal
from labelkit.domain.people import Role
from labelkit.store.models.base import Base
from labelkit.store.types import Key, Moment, Value

_GOAL = Value(Goal.to_json, Goal.from_json)


class User(Base):
    """A person, or a simulated one. `epoch` rises when old sessions must end.

    `plain_order` asks for items in their order, instead of those that teach most.
    """

    __tablename__ = "user"

    id: Mapped[Key]
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[Role]
    password_hash: Mapped[str | None]
    language: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    simulated: Mapped[bool] = mapped_column(default=False)
    epoch: Mapped[int] = mapped_column(default=1)
    plain_order: Mapped[bool] = mapped_column(default=False)
    goal: Mapped[Goal | None] = mapped_column(_GOAL)
    created_at: Mapped[Moment]


class LoginFailure(Base):
    """Failed sign-ins of one name or one address within the running window."""

    __tablename__ = "login_failure"

    who: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime]
