"""Files that are made in the background."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply the revision."""
    op.create_table(
        "export_job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=True),
        sa.Column("unit_ids", sa.JSON(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.Uuid(), nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["person.id"],
            name=op.f("fk_export_job_asked_by_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_job")),
    )
    op.create_index(op.f("ix_export_job_asked_by"), "export_job", ["asked_by"])
    op.create_index("ix_export_job_state", "export_job", ["state", "asked_at"])


def downgrade() -> None:
    """Undo the revision; what waits is not made, and nobody can fetch the files any more."""
    op.drop_table("export_job")
