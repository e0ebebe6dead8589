"""Indexes with all that the overviews read: which award came first, and what rules are about."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

AWARD, APPOINTMENT = "ix_award_person", "ix_appointment_person"
AWARD_BEFORE = [
    "person_id", "valid_from", "training_id", "valid_until", "obtained_on", "withdrawn_on",
]  # fmt: skip
APPOINTMENT_BEFORE = ["person_id", "unit_id", "starts_on", "ends_on", "retracted_at"]


def upgrade() -> None:
    """Apply the revision."""
    op.drop_index(AWARD, table_name="award")
    op.create_index(AWARD, "award", [*AWARD_BEFORE, "sequence"])
    op.drop_index(APPOINTMENT, table_name="appointment")
    op.create_index(APPOINTMENT, "appointment", [*APPOINTMENT_BEFORE, "category", "function_tags"])


def downgrade() -> None:
    """Take the revision back."""
    op.drop_index(APPOINTMENT, table_name="appointment")
    op.create_index(APPOINTMENT, "appointment", APPOINTMENT_BEFORE)
    op.drop_index(AWARD, table_name="award")
    op.create_index(AWARD, "award", AWARD_BEFORE)
