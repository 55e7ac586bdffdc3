"""What is issued, sent, scored and judged."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labelkit.domain.runs import RunKind
from labelkit.domain.scores import Score as ScoreValue
from labelkit.domain.workflow import State, Verdict
from labelkit.store.models.base import Base
from labelkit.store.models.people import User
from labelkit.store.models.projects import Item, Project
from labelkit.store.types import Json, Key, Moment, Value

_SCORE = Value(ScoreValue.to_json, ScoreValue.from_json)


class Run(Base):
    """Some items in a row with an aim: a diagnosis, a silent run, or a weakness to practise.

    `items` are item ids in their order. Of a silent one nothing is opened before it has ended.
    """

    __tablename__ = "run"
    __table_args__ = (Index("run_mine", "user_id", "started_at"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[RunKind]
    items: Mapped[list[Any]]
    limit_seconds: Mapped[float | None]
    started_at: Mapped[Moment]
    ended_at: Mapped[datetime | None]


class Assignment(Base):
    """One Item issued to one worker; holds the Draft. Closed by a submission or a skip.

    `guide_version` is the guide's that was in force when the item was last shown.
    """

    __tablename__ = "assignment"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    round: Mapped[int]
    purpose: Mapped[str]  # "first", "drill" or "contrast" in its round; "again" or "rework"
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    open: Mapped[bool] = mapped_column(default=True)
    skipped: Mapped[bool] = mapped_column(default=False)
    draft: Mapped[dict[str, Any] | None] = mapped_column(Json)
    revision: Mapped[int] = mapped_column(default=0)
    issued_at: Mapped[Moment]
    shown_at: Mapped[datetime | None]
    guide_version: Mapped[int | None]

    user: Mapped[User] = relationship(lazy="raise_on_sql")
    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    item: Mapped[Item] = relationship(lazy="raise_on_sql")
    run: Mapped[Run | None] = relationship(lazy="raise_on_sql")


Index("assignment_mine", Assignment.user_id, Assignment.project_id, Assignment.round)
Index(
    "assignment_of_run",
    Assignment.run_id,
    sqlite_where=text("run_id IS NOT NULL"),
    postgresql_where=text("run_id IS NOT NULL"),
)
Index(
    "assignment_open",
    Assignment.user_id,
    Assignment.item_id,
    unique=True,
    sqlite_where=text("open = 1"),  # SQLite uses it only where a question says it in the same words
    postgresql_where=text("open"),
)


class Submission(Base):
    """An Annotation as sent. Its annotation is never edited: a retry or rework is a new attempt.

    `opened` tells that its worker may see score and gold: at once, at the end of a silent run, or when an
    inspector has accepted it or a rework of it. `newest`, that its worker has sent no later attempt at the
    item. `day` is the day it was sent, where the server stands.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("user_id", "item_id", "attempt"),
        Index("submission_mine", "user_id", "project_id", "sent_at"),
        Index("submission_firsts", "user_id", "project_id", "first_try", "opened", "sent_at"),
        Index("submission_on_item", "item_id", "first_try", "opened", "id", "user_id"),
        Index("submission_queue", "state", "sent_at"),
        Index("submission_of_project", "project_id", "attempt", "id"),
    )

    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    attempt: Mapped[int]
    first_try: Mapped[bool]
    submit_key: Mapped[str]
    annotation: Mapped[dict[str, Any]]
    state: Mapped[State]
    opened: Mapped[bool]
    newest: Mapped[bool] = mapped_column(default=True)
    guide_version: Mapped[int]
    seconds: Mapped[float]
    active_seconds: Mapped[float | None]
    sent_at: Mapped[Moment]
    day: Mapped[date]

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


Index(
    "submission_newest",
    Submission.user_id,
    Submission.state,
    Submission.sent_at,
    sqlite_where=text("newest = 1"),
    postgresql_where=text("newest"),
)
Index(
    "submission_sent_back",
    Submission.state,
    sqlite_where=text("newest = 1 AND state = 'rejected'"),
    postgresql_where=text("newest AND state = 'rejected'"),
)


class Score(Base):
    """How close a Submission is to one version of gold under one version of the rules.

    `counts` is what it adds to the tallies while it is current, see `domain.tallies`.
    """

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
    counts: Mapped[dict[str, int]] = mapped_column(default=dict)


Index(
    "score_current",
    Score.submission_id,
    unique=True,
    sqlite_where=text("current = 1"),
    postgresql_where=text("current"),
)


class Review(Base):
    """An inspector's decision on a Submission; one each. `marks` is what it points at, see `domain.marks`.

    `correction` is the right answer that a correction put beside it. `due_at` is until when a rejected one
    may be sent again; None where there is no deadline. `seconds` is how long the inspector was at it, None
    where nobody saw. `overturned`: a dispute of it was upheld. `seen_at` is when its worker first looked.
    """

    __tablename__ = "review"
    __table_args__ = (Index("review_by", "inspector_id", "decided_at"),)

    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    inspector_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    verdict: Mapped[Verdict]
    reasons: Mapped[list[Any]]
    marks: Mapped[list[Any]] = mapped_column(default=list)
    comment: Mapped[str]
    correction: Mapped[dict[str, Any] | None] = mapped_column(Json)
    due_at: Mapped[datetime | None]
    seconds: Mapped[float | None]
    overturned: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[datetime | None]
    decided_at: Mapped[Moment]

    submission: Mapped[Submission] = relationship(lazy="raise_on_sql", back_populates="review")
    inspector: Mapped[User] = relationship(lazy="raise_on_sql")


Index(
    "review_due",
    Review.due_at,
    sqlite_where=text("due_at IS NOT NULL"),
    postgresql_where=text("due_at IS NOT NULL"),
)
