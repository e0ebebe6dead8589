"""Requests to let a training elsewhere count, and the answers to those that do not."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the revision."""
    op.create_table(
        "prior_learning",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("training_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence_kind", sa.String(length=40), nullable=True),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(evidence IS NULL) = (evidence_kind IS NULL)",
            name=op.f("ck_prior_learning_evidence_has_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_prior_learning_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prior_learning")),
        sa.UniqueConstraint("person_id", name=op.f("uq_prior_learning_person_id")),
    )
    op.create_index(op.f("ix_prior_learning_sent_at"), "prior_learning", ["sent_at"])
    op.create_table(
        "prior_answer",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("training_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_prior_answer_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_prior_answer")),
    )


def downgrade() -> None:
    """Undo the revision."""
    op.drop_table("prior_answer")
    op.drop_table("prior_learning")
