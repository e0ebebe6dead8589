"""Names that a unit has during some days only."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the revision."""
    op.add_column("unit_place", sa.Column("name_nl", sa.String(), nullable=True))
    op.add_column("unit_place", sa.Column("name_en", sa.String(), nullable=True))


def downgrade() -> None:
    """Undo the revision."""
    with op.batch_alter_table("unit_place") as batch:
        batch.drop_column("name_en")
        batch.drop_column("name_nl")
