"""Where the audit log begins once its oldest entries are gone; badges of forgotten awards."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

AWARD = "fk_badge_status_award_id_award"


def upgrade() -> None:
    """Apply the revision."""
    op.create_table(
        "audit_anchor",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("chain_digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_anchor")),
    )
    with op.batch_alter_table("badge_status") as table:
        table.alter_column("award_id", existing_type=sa.Uuid(), nullable=True)
    _refer(ondelete="SET NULL")


def downgrade() -> None:
    """Undo the revision; the places of forgotten badges can then be taken again."""
    op.execute("DELETE FROM badge_status WHERE award_id IS NULL")
    _refer(ondelete="CASCADE")
    with op.batch_alter_table("badge_status") as table:
        table.alter_column("award_id", existing_type=sa.Uuid(), nullable=False)
    op.drop_table("audit_anchor")


def _refer(*, ondelete: str) -> None:
    with op.batch_alter_table("badge_status") as table:
        table.drop_constraint(op.f(AWARD), type_="foreignkey")
        table.create_foreign_key(op.f(AWARD), "award", ["award_id"], ["id"], ondelete=ondelete)
