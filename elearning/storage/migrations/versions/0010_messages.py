"""Messages that wait to be sent, who would rather hear later, and more time for an obligation."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
WAITING = sa.text("state = 'queued'")


def upgrade() -> None:
    """Apply the revision."""
    op.add_column(
        "obligation",
        sa.Column("days_later", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    _add_messages()
    op.create_table(
        "outbox_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("training_id", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("template", _word(), nullable=False),
        sa.Column("slot", _word(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbox_message.id"],
            name=op.f("fk_outbox_slot_message_id_outbox_message"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_outbox_slot_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_slot")),
        sa.UniqueConstraint(
            "person_id",
            "training_id",
            "due_on",
            "template",
            "slot",
            name=op.f("uq_outbox_slot_person_id_training_id_due_on_template_slot"),
        ),
    )
    op.create_index(op.f("ix_outbox_slot_message_id"), "outbox_slot", ["message_id"])
    op.create_table(
        "quiet_until",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_quiet_until_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_quiet_until")),
    )


def downgrade() -> None:
    """Undo the revision; what waits to be sent is not sent any more."""
    for table in ("quiet_until", "outbox_slot", "outbox_message"):
        op.drop_table(table)
    with op.batch_alter_table("obligation") as batch:
        batch.drop_column("days_later")


def _word() -> sa.String:
    return sa.String(length=40)


def _add_messages() -> None:
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("template", _word(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("state", _word(), nullable=False),
        sa.Column("queued_at", INSTANT, nullable=False),
        sa.Column("next_try_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.Uuid(), nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_outbox_message_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
    )
    op.create_index(
        "uq_outbox_message_waiting",
        "outbox_message",
        ["person_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index(
        "ix_outbox_message_next",
        "outbox_message",
        ["next_try_at"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index(
        "ix_outbox_message_person", "outbox_message", ["person_id", "state", "settled_at"]
    )
