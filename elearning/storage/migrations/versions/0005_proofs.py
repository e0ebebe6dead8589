"""The digest of the proof of every published scenario, and the rules it was proved by."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the revision."""
    with op.batch_alter_table("published_scenario") as table:
        table.add_column(sa.Column("proof_digest", sa.String(), nullable=True))
        table.add_column(sa.Column("prover", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Undo the revision."""
    with op.batch_alter_table("published_scenario") as table:
        table.drop_column("prover")
        table.drop_column("proof_digest")
