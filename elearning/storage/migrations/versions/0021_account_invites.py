"""Links with which somebody chooses the password of a local account."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the revision."""
    op.create_table(
        "account_invite",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_name", sa.String(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_account_invite_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_account_invite")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_account_invite_code_digest")),
        sa.UniqueConstraint("sign_in_name", name=op.f("uq_account_invite_sign_in_name")),
    )
    op.create_index(op.f("ix_account_invite_expires_at"), "account_invite", ["expires_at"])


def downgrade() -> None:
    """Undo the revision."""
    op.drop_table("account_invite")
