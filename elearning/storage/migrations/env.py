"""Alembic's entry: runs on the connection that `elearning.storage.schema` hands in."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from elearning.storage.base import UtcDateTime
from elearning.storage.models import Base


def render_item(kind: str, item: object, _autogenerate: AutogenContext) -> str | Literal[False]:
    """Write our own types as the plain types they are, so that revisions never import us."""
    is_instant = kind == "type" and isinstance(item, UtcDateTime)
    return "sa.DateTime(timezone=True)" if is_instant else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
