"""Names that a unit has during some days only, and a way to find who was put on a list."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LISTED = sa.text("rule_code IS NULL")


def upgrade() -> None:
    """Apply the revision."""
    op.add_column("unit_place", sa.Column("name_nl", sa.String(), nullable=True))
    op.add_column("unit_place", sa.Column("name_en", sa.String(), nullable=True))
    op.create_index(
        "ix_obligation_listed",
        "obligation",
        ["training_id", "person_id"],
        sqlite_where=LISTED,
        postgresql_where=LISTED,
    )


def downgrade() -> None:
    """Undo the revision."""
    op.drop_index("ix_obligation_listed", "obligation")
    with op.batch_alter_table("unit_place") as batch:
        batch.drop_column("name_en")
        batch.drop_column("name_nl")
