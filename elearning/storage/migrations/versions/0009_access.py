"""Grants for a training and a level, given by somebody; who looked, found quickly."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NEW_COLUMNS = ("training_id", "level", "given_by", "given_at")


def upgrade() -> None:
    """Apply the revision."""
    with op.batch_alter_table("role_grant") as table:
        table.add_column(sa.Column("training_id", sa.String(), nullable=True))
        table.add_column(sa.Column("level", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("given_by", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("given_at", INSTANT, nullable=True))
    op.execute("UPDATE role_grant SET level = 'counts'")
    op.execute("UPDATE role_grant SET level = 'named' WHERE role IN ('hr_unit', 'hr_central')")
    with op.batch_alter_table("role_grant") as table:
        table.alter_column("level", existing_type=sa.String(length=40), nullable=False)
        table.create_foreign_key(
            op.f("fk_role_grant_given_by_person"),
            "person",
            ["given_by"],
            ["id"],
            ondelete="SET NULL",
        )
        table.drop_constraint(op.f("ck_role_grant_ends_after"), type_="check")
        table.create_check_constraint(
            op.f("ck_role_grant_ends_after"), "until_on IS NULL OR until_on >= from_on"
        )
    op.create_index("ix_audit_entry_kind", "audit_entry", ["kind", "recorded_at"])


def downgrade() -> None:
    """Undo the revision; a grant for one training or for counts only would open more: it goes."""
    op.drop_index("ix_audit_entry_kind", "audit_entry")
    op.execute("DELETE FROM role_grant WHERE training_id IS NOT NULL OR until_on = from_on")
    op.execute(
        "DELETE FROM role_grant WHERE role IN ('hr_unit', 'hr_central') AND level = 'counts'"
    )
    with op.batch_alter_table("role_grant") as table:
        table.drop_constraint(op.f("fk_role_grant_given_by_person"), type_="foreignkey")
        table.drop_constraint(op.f("ck_role_grant_ends_after"), type_="check")
        table.create_check_constraint(
            op.f("ck_role_grant_ends_after"), "until_on IS NULL OR until_on > from_on"
        )
        for column in NEW_COLUMNS:
            table.drop_column(column)
