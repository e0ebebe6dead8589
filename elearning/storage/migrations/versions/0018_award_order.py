"""The number of an award in the index of the overviews: it says which of two came first."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NAME = "ix_award_person"
EARLIER = ["person_id", "valid_from", "training_id", "valid_until", "obtained_on", "withdrawn_on"]


def upgrade() -> None:
    """Apply the revision."""
    op.drop_index(NAME, table_name="award")
    op.create_index(NAME, "award", [*EARLIER, "sequence"])


def downgrade() -> None:
    """Take the revision back."""
    op.drop_index(NAME, table_name="award")
    op.create_index(NAME, "award", EARLIER)
