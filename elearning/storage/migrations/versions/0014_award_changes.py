"""Decisions that give awards that exist another end, and the awards that came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
OPEN = sa.text("decided_at IS NULL")


def upgrade() -> None:
    """Apply the revision."""
    op.create_table(
        "award_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("training_id", sa.String(), nullable=False),
        sa.Column("effect", sa.String(length=40), nullable=False),
        sa.Column("version_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("requested_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("is_confirmed", sa.Boolean(), nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        *(_person(column) for column in ("requested_by", "decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_change")),
    )
    op.create_index(
        "uq_award_change_open",
        "award_change",
        ["training_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "changed_award",
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["award_id"],
            ["award.id"],
            name=op.f("fk_changed_award_award_id_award"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["award_change.id"], name=op.f("fk_changed_award_change_id_award_change")
        ),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_changed_award")),
    )


def downgrade() -> None:
    """Undo the revision; the awards stay as they were made."""
    op.drop_table("changed_award")
    op.drop_table("award_change")


def _person(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        ["person.id"],
        name=op.f(f"fk_award_change_{column}_person"),
        ondelete="SET NULL",
    )
