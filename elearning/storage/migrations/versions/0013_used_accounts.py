"""The day an account was made or last used, so that one without an appointment has a limit too."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the revision; for accounts that are there, the time begins now."""
    op.add_column("account", sa.Column("used_on", sa.Date(), nullable=True))
    op.execute("UPDATE account SET used_on = CURRENT_DATE")
    with op.batch_alter_table("account") as table:
        table.alter_column("used_on", existing_type=sa.Date(), nullable=False)


def downgrade() -> None:
    """Undo the revision."""
    op.drop_column("account", "used_on")
