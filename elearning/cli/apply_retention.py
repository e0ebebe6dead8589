"""`elearning apply-retention`: forget what is past its limit; run it once a day."""

from __future__ import annotations

import os

import click

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.services import apply_retention
from elearning.storage.engine import build_engine, one_transaction, truncate_write_ahead_log


@click.command()
def command() -> None:
    """Delete learning state, sessions and counters that are past their limit."""
    engine = build_engine(read_settings(os.environ).database_url)
    with one_transaction(engine) as session:
        forgotten = apply_retention.apply_retention(session, clock=SystemClock())
    truncate_write_ahead_log(engine)
    click.echo(
        f"Forgotten: learning state of {forgotten.learners} people, "
        f"{forgotten.sessions} sessions, {forgotten.counters} counters."
    )
