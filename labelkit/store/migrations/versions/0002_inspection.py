"""Inspection by rules of the project: corrections, deadlines, second looks, disputes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _new_columns() -> dict[str, list[sa.Column[Any]]]:
    return {
        "project": [sa.Column("review_rules", sa.Text(), nullable=False, server_default="{}")],
        "assignment": [sa.Column("guide_version", sa.Integer(), nullable=True)],
        "review": [
            sa.Column("correction", sa.Text(), nullable=True),
            sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column("seconds", sa.Double(), nullable=True),
            sa.Column("overturned", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        ],
    }


def upgrade() -> None:
    for table, columns in _new_columns().items():
        for column in columns:
            op.add_column(table, column)
    op.create_index("submission_of_project", "submission", ["project_id", "attempt", "id"], unique=False)
    op.create_index("review_by", "review", ["inspector_id", "decided_at"], unique=False)
    op.create_index(
        "review_due",
        "review",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "submission_sent_back",
        "submission",
        ["state"],
        unique=False,
        sqlite_where=sa.text("newest = 1 AND state = 'rejected'"),
        postgresql_where=sa.text("newest AND state = 'rejected'"),
    )
    with op.batch_alter_table("notice") as notice:
        notice.alter_column("after", existing_type=sa.Double(), nullable=True)
    op.execute("DELETE FROM lease")  # they last ten minutes
    with op.batch_alter_table("lease") as lease:
        lease.add_column(sa.Column("since", sa.DateTime(timezone=True), nullable=False))
    _create_corrections()
    _create_second_looks()
    _create_disputes()


def _create_corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("inspector_id", sa.Integer(), nullable=False),
        sa.Column("annotation", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["inspector_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("submission_id", "inspector_id"),
    )


def _create_second_looks() -> None:
    op.create_table(
        "second_look",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("inspector_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["first_id"], ["user.id"]),
        sa.ForeignKeyConstraint(["inspector_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("submission_id"),
    )
    op.create_index("second_look_of_first", "second_look", ["first_id", "decided_at"], unique=False)
    op.create_index("second_look_of_second", "second_look", ["inspector_id", "decided_at"], unique=False)
    op.create_index(
        "second_look_waiting",
        "second_look",
        ["drawn_at"],
        unique=False,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )


def _create_disputes() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("gold_version", sa.Integer(), nullable=True),
        sa.Column("guide_version", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("against_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ruling_clause", sa.String(), nullable=False),
        sa.Column("ruling", sa.String(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("new_version", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"]),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.ForeignKeyConstraint(["against_id"], ["user.id"]),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"]),
        sa.ForeignKeyConstraint(["proposal_id"], ["gold_proposal.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("dispute_mine", "dispute", ["user_id", "project_id", "state"], unique=False)
    op.create_index("dispute_queue", "dispute", ["state", "raised_at"], unique=False)
    op.create_index("dispute_against", "dispute", ["against_id", "state"], unique=False)
    op.create_index(
        "dispute_open",
        "dispute",
        ["submission_id", "subject"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def downgrade() -> None:
    for table in ("dispute", "second_look", "correction"):
        op.drop_table(table)
    op.execute("DELETE FROM notice WHERE after IS NULL")
    with op.batch_alter_table("notice") as notice:
        notice.alter_column("after", existing_type=sa.Double(), nullable=False)
    op.drop_column("lease", "since")
    op.drop_index("submission_sent_back", "submission")
    op.drop_index("review_due", "review")
    op.drop_index("review_by", "review")
    op.drop_index("submission_of_project", "submission")
    for table, columns in _new_columns().items():
        for column in columns:
            op.drop_column(table, column.name)
