"""`elearning apply-retention`: forget what is past its limit; run it once a day."""

from __future__ import annotations

import os

import click

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.content.library import load_library
from elearning.content.sources import content_root
from elearning.services import apply_retention
from elearning.storage.engine import build_engine, one_transaction, truncate_write_ahead_log
from elearning.web.factory import ADDRESSES


@click.command()
def command() -> None:
    """Forget learning state, sessions, counters, codes and log entries past their limit."""
    settings = read_settings(os.environ)
    library = load_library(content_root(settings.content), settings.overlay, ADDRESSES)
    engine = build_engine(settings.database_url)
    with one_transaction(engine) as session:
        forgotten = apply_retention.apply_retention(session, library=library, clock=SystemClock())
    truncate_write_ahead_log(engine)
    click.echo(
        f"Forgotten: learning state of {forgotten.learners} people, "
        f"{forgotten.sessions} sessions, {forgotten.counters} counters, "
        f"{forgotten.codes} one-time codes, {forgotten.messages} messages, "
        f"what {forgotten.audit_entries} entries of the audit log say."
    )
