"""One-time codes for doing a training with a person: digests only, and nobody's name."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the revision."""
    op.create_table(
        "training_code",
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("training_id", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("code_digest", name=op.f("pk_training_code")),
    )
    op.create_index(op.f("ix_training_code_expires_on"), "training_code", ["expires_on"])


def downgrade() -> None:
    """Undo the revision."""
    op.drop_index(op.f("ix_training_code_expires_on"), table_name="training_code")
    op.drop_table("training_code")
