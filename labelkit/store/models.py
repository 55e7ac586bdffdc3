"""The tables. Rules live in `domain`; here is only what the data must keep to."""

from datetime import datetime
from typing import Any

from sqlalchemy import Enum, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback, Guide, Label, Split
from labelkit.domain.questions import Question
from labelkit.domain.scores import Score as ScoreValue
from labelkit.domain.texts import Texts
from labelkit.domain.workflow import State, Verdict
from labelkit.store.types import Json, Key, Moment, UtcDateTime, Value

_TEXTS = Value(Texts.to_json, Texts.from_json)
_LABELS = Value(
    lambda labels: [label.to_json() for label in labels],
    lambda raw: tuple(Label.from_json(label) for label in raw),
)
_GUIDE = Value(Guide.to_json, Guide.from_json)
_QUESTION = Value(Question.to_json, Question.from_json)
_SCORE = Value(ScoreValue.to_json, ScoreValue.from_json)


def _words(kind: type) -> Enum:
    """An enum column that holds the words themselves, readable in any database tool."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda k: [m.value for m in k])


class Base(DeclarativeBase):
    type_annotation_map = {
        datetime: UtcDateTime,
        dict[str, Any]: Json,
        list[Any]: Json,
        Texts: _TEXTS,
        Role: _words(Role),
        Split: _words(Split),
        Feedback: _words(Feedback),
        State: _words(State),
        Verdict: _words(Verdict),
    }


class User(Base):
    """A person, or a simulated one. `epoch` rises when old sessions must end."""

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
    created_at: Mapped[Moment]


class LoginFailure(Base):
    """Failed sign-ins of one name or one address within the running window."""

    __tablename__ = "login_failure"

    who: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime]


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
    guide: Mapped[Guide] = mapped_column(_GUIDE, deferred=True)
    guide_version: Mapped[int] = mapped_column(default=1)
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
    """One picture, one text or one question to label."""

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
    "gold_current", Gold.item_id, unique=True, sqlite_where=text("current"), postgresql_where=text("current")
)


class GoldView(Base):
    """The ledger of who has been shown the gold of an item, and how, for the first time."""

    __tablename__ = "gold_view"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    how: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[Moment]


class Assignment(Base):
    """One Item issued to one worker; holds the Draft. Closed by a submission or a skip."""

    __tablename__ = "assignment"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    round: Mapped[int]
    purpose: Mapped[str]  # "first", "drill" or "contrast" in its round; "again" or "rework"
    open: Mapped[bool] = mapped_column(default=True)
    skipped: Mapped[bool] = mapped_column(default=False)
    draft: Mapped[dict[str, Any] | None] = mapped_column(Json)
    revision: Mapped[int] = mapped_column(default=0)
    issued_at: Mapped[Moment]
    shown_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="raise_on_sql")
    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    item: Mapped[Item] = relationship(lazy="raise_on_sql")


Index("assignment_mine", Assignment.user_id, Assignment.project_id, Assignment.round)
Index(
    "assignment_open",
    Assignment.user_id,
    Assignment.item_id,
    unique=True,
    sqlite_where=text("open"),
    postgresql_where=text("open"),
)


class Submission(Base):
    """An Annotation as sent. Its annotation is never edited: a retry or rework is a new attempt.

    `opened` tells that its worker may see score and gold: at once, or when an inspector has accepted it
    or a rework of it.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("user_id", "item_id", "attempt"),
        Index("submission_mine", "user_id", "project_id", "sent_at"),
        Index("submission_queue", "state", "sent_at"),
    )

    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    attempt: Mapped[int]
    first_try: Mapped[bool]
    submit_key: Mapped[str]
    annotation: Mapped[dict[str, Any]]
    state: Mapped[State]
    opened: Mapped[bool]
    guide_version: Mapped[int]
    seconds: Mapped[float]
    active_seconds: Mapped[float | None]
    sent_at: Mapped[Moment]

    user: Mapped[User] = relationship(lazy="raise_on_sql")
    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    item: Mapped[Item] = relationship(lazy="raise_on_sql")
    score: Mapped["Score | None"] = relationship(
        lazy="raise_on_sql",
        primaryjoin="and_(Submission.id == Score.submission_id, Score.current)",
        viewonly=True,
        uselist=False,
    )
    review: Mapped["Review | None"] = relationship(lazy="raise_on_sql", back_populates="submission")


class Score(Base):
    """How close a Submission is to one version of gold under one version of the rules."""

    __tablename__ = "score"
    __table_args__ = (UniqueConstraint("submission_id", "gold_version", "rules_version"),)

    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    gold_version: Mapped[int]
    rules_version: Mapped[int]
    current: Mapped[bool] = mapped_column(default=True)
    value: Mapped[float]
    passed: Mapped[bool]
    detail: Mapped[ScoreValue] = mapped_column(_SCORE)


Index(
    "score_current",
    Score.submission_id,
    unique=True,
    sqlite_where=text("current"),
    postgresql_where=text("current"),
)


class Review(Base):
    """An inspector's decision on a Submission; one each."""

    __tablename__ = "review"

    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    inspector_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    verdict: Mapped[Verdict]
    reasons: Mapped[list[Any]]
    comment: Mapped[str]
    decided_at: Mapped[Moment]

    submission: Mapped[Submission] = relationship(lazy="raise_on_sql", back_populates="review")
    inspector: Mapped[User] = relationship(lazy="raise_on_sql")
