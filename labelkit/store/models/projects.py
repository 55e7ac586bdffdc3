"""Projects, what they are made of, and who has seen their gold."""

from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labelkit.domain.projects import Feedback, Guide, Label, Split
from labelkit.domain.questions import Question
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.texts import Texts
from labelkit.store.models.base import Base
from labelkit.store.types import Key, Moment, Value

_LABELS = Value(
    lambda labels: [label.to_json() for label in labels],
    lambda raw: tuple(Label.from_json(label) for label in raw),
)
GUIDE = Value(Guide.to_json, Guide.from_json)
_REVIEW_RULES = Value(ReviewRules.to_json, ReviewRules.from_json)
_QUESTION = Value(Question.to_json, Question.from_json)


class Project(Base):
    """Labels, guide and rules of one kind of work, with its items."""

    __tablename__ = "project"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(unique=True)
    task_type: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[Texts]
    summary: Mapped[Texts]
    feedback: Mapped[Feedback]
    labels: Mapped[tuple[Label, ...]] = mapped_column(_LABELS)
    rules: Mapped[dict[str, Any]]
    rules_version: Mapped[int] = mapped_column(default=1)
    review_rules: Mapped[ReviewRules] = mapped_column(_REVIEW_RULES, default=ReviewRules)
    guide: Mapped[Guide] = mapped_column(GUIDE, deferred=True)
    guide_version: Mapped[int] = mapped_column(default=1)
    archived: Mapped[bool] = mapped_column(default=False)
    leaderboard: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]


class Picture(Base):
    """One stored picture, upright; its bytes lie in the data folder under its digest."""

    __tablename__ = "picture"

    id: Mapped[Key]
    digest: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]


class Item(Base):
    """One picture, one text or one question to label.

    `features` counts what its current gold holds ({"label/car": 2, "size/small": 1}): what one can learn
    from it. It is gold, and never leaves the server.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("project_id", "key"),
        Index("item_pool", "project_id", "split", "position"),
    )

    id: Mapped[Key]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    key: Mapped[str]
    position: Mapped[int]
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"), index=True)
    text: Mapped[str | None]
    language: Mapped[str | None]
    question: Mapped[Question | None] = mapped_column(_QUESTION)
    source: Mapped[str]
    split: Mapped[Split]
    difficulty: Mapped[float]
    attributes: Mapped[dict[str, Any]]
    features: Mapped[dict[str, int]] = mapped_column(default=dict)
    cover: Mapped[bool] = mapped_column(default=False)

    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    picture: Mapped[Picture | None] = relationship(lazy="raise_on_sql")


class Gold(Base):
    """One version of the accepted Annotations of an Item that an inspector approved."""

    __tablename__ = "gold"
    __table_args__ = (UniqueConstraint("item_id", "version"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    version: Mapped[int]
    accepted: Mapped[list[Any]]
    explanation: Mapped[Texts]
    current: Mapped[bool] = mapped_column(default=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[Moment]


Index(
    "gold_current",
    Gold.item_id,
    unique=True,
    sqlite_where=text("current = 1"),
    postgresql_where=text("current"),
)


class GoldView(Base):
    """The ledger of who has been shown the gold of an item, and how, for the first time."""

    __tablename__ = "gold_view"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    how: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[Moment]
