"""Frozen reports for those who see figures and no names."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the revision."""
    op.create_table(
        "board_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("training_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.Uuid(), nullable=True),
        sa.Column("full", sa.Text(), nullable=False),
        sa.Column("full_digest", sa.String(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("shown_digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["frozen_by"],
            ["person.id"],
            name=op.f("fk_board_report_frozen_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_report")),
        sa.UniqueConstraint(
            "training_id",
            "day",
            "known_on",
            name=op.f("uq_board_report_training_id_day_known_on"),
        ),
    )


def downgrade() -> None:
    """Undo the revision."""
    op.drop_table("board_report")
