"""Somebody may have a reminder that waits and a message about a role as well."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

WAITING = "uq_outbox_message_waiting"
QUEUED = sa.text("state = 'queued'")


def upgrade() -> None:
    """Apply the revision."""
    op.drop_index(WAITING, table_name="outbox_message")
    _create(["person_id", "template"])


def downgrade() -> None:
    """Take the revision back; the program before knows only reminders."""
    op.execute("DELETE FROM outbox_message WHERE template <> 'reminder'")
    op.drop_index(WAITING, table_name="outbox_message")
    _create(["person_id"])


def _create(columns: list[str]) -> None:
    op.create_index(
        WAITING,
        "outbox_message",
        columns,
        unique=True,
        sqlite_where=QUEUED,
        postgresql_where=QUEUED,
    )
