"""Whether an award begins or ends before what it replaces, and the indexes of the overviews."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WHOLE_AWARD = [
    "person_id",
    "valid_from",
    "training_id",
    "valid_until",
    "obtained_on",
    "withdrawn_on",
]
EARLIER_WHOLE_AWARD = [
    "training_id",
    "person_id",
    "valid_from",
    "valid_until",
    "obtained_on",
    "withdrawn_on",
    "supersedes_id",
]
LESS = "{} OR supersedes_id IS NOT NULL AND withdrawn_on IS NOT NULL"
# An award without an end lasts longest; days are compared as text, which sorts as they do.
COMPARE = """
UPDATE award SET is_earlier = {yes}
WHERE EXISTS (
    SELECT 1 FROM award AS replaced
    WHERE replaced.id = award.supersedes_id
      AND (award.valid_from < replaced.valid_from
      OR COALESCE(CAST(award.valid_until AS TEXT), '9999-12-31')
          || CAST(award.obtained_on AS TEXT)
        < COALESCE(CAST(replaced.valid_until AS TEXT), '9999-12-31')
          || CAST(replaced.obtained_on AS TEXT))
)
"""


def upgrade() -> None:
    """Apply the revision."""
    op.add_column(
        "award", sa.Column("is_earlier", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(COMPARE.format(yes="1" if is_sqlite else "true"))
    op.drop_index("ix_award_training", table_name="award")
    op.create_index("ix_award_person", "award", WHOLE_AWARD)
    op.create_index(
        "ix_award_supersedes",
        "award",
        ["supersedes_id"],
        sqlite_where=sa.text("supersedes_id IS NOT NULL"),
        postgresql_where=sa.text("supersedes_id IS NOT NULL"),
    )
    op.create_index(
        "ix_award_less",
        "award",
        ["supersedes_id", "valid_from"],
        sqlite_where=sa.text(LESS.format("is_earlier = 1")),
        postgresql_where=sa.text(LESS.format("is_earlier")),
    )


def downgrade() -> None:
    """Take the revision back."""
    op.drop_index("ix_award_less", table_name="award")
    op.drop_index("ix_award_supersedes", table_name="award")
    op.drop_index("ix_award_person", table_name="award")
    op.create_index("ix_award_training", "award", EARLIER_WHOLE_AWARD)
    with op.batch_alter_table("award") as batch:
        batch.drop_column("is_earlier")
